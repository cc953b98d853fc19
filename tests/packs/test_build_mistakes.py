"""One mistake has one complaint: at its line, with words that suffice to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from building import add_page, change, copy_of_small, line_of

from content_pack.build.commands import check
from content_pack.build.complaints import gathered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TOOL, TIMER, SHEET = "tools/tea-round.md", "tools/kitchen-timer.md", "materials/tea-round-sheet.md"
QUIET, BELLS, GUIDE, TERM = (
    "examples/quiet-nights.md",
    "examples/bells-at-night.md",
    "guides/guide-begin-here.md",
    "terms/term-round.md",
)
CODES, ROADMAP, PACK, DRAWING = "codes.tsv", "roadmap.yaml", "pack.yaml", "pictures/tea-path.svg"
PROBLEM, EASY = "problems/problem-cold-tea.md", "materials/tea-easy-read.md"
MADE = "*Made up, to show the shape.* A care home"
NEED = "You need no numbers yet."
TWICE = "Walk behind the trolley and write down what you see."
LONG = "We walk slowly past each door and look inside it, " * 6

# The file, what to replace in it and by what, words of the line that is named, and words of the complaint.
MISTAKES: tuple[tuple[str, str, str, str, str], ...] = (
    # Fields
    (TOOL, "aliases:", "alises:", "alises", "a tool has no field alises; write `aliases:`"),
    (TOOL, "minutes:", "minuts:", "minuts", "a tool has no field minuts; write `minutes:`"),
    (TOOL, "title:", "Title:", "Title", "a tool has no field Title; write `title:`, in small letters"),
    (TOOL, "kind: tool", "kind: guide", "kind:", "a guide stands in the folder tools; write `kind: tool`, or move"),
    (TOOL, "[20, 40]", "[0, 40]", "minutes", "minutes, part 1 has a value that does not fit; write a whole number"),
    (TOOL, "goes-with", "go-with", "links:", "write goes-with instead of go-with"),
    (TOOL, "title: Walk the tea round", "title: yes", "title", "write a title in plain words"),
    (TOOL, "title: Walk the tea round", "title: 2026", "title", "write a title in plain words"),
    (TOOL, "Walk the tea round", "Walk " * 30, "title", "write at most 90 letters; there are 149"),
    (TOOL, "Walk the tea round", "Time one job", "title", "the title “Time one job” is that of "),
    (TOOL, "Walk the tea round", "Walk #1 of tea", "title", 'before and after the whole text: "Walk #1 of tea"'),
    (TOOL, "once, and see where", "once. See where", "summary", "the summary has more than one sentence"),
    (TOOL, '"we wait for the trolley"', "“we wait a lot”", "people_say", "straight quotation marks"),
    (TOOL, "next: [kitchen-timer,", "next: [tea-round,", "links", "next names the page itself"),
    (TOOL, "instead: [guide", "instead: [kitchen-timer, guide", "links", "kitchen-timer stands under instead and"),
    (TOOL, "[tea-round-sheet]", "[]", "", "whose page does not name this sheet; write `materials:"),
    (SHEET, "made_from: [tea-round]", "made_from: []", "made_from", "the field made_from is empty"),
    (SHEET, "made_from: [tea-round]", "made_from: [kitchen-timer]", "made_from", "made_from names kitchen-timer,"),
    (SHEET, "licence: CC BY 4.0", "licence: CC-BY-NC", "licence", "write `licence: CC BY 4.0`, that of the library"),
    # Days
    (TOOL, "revised_on: 2026-11-24", "revised_on: 2026-02-30", "revised_on", "in the calendar: there is no 2026-02-30"),
    (TOOL, "revised_on: 2026-11-24", "revised_on: 2924-11-24", "revised_on", "a day that is still to come"),
    (TOOL, "sources_read_on: 2026-", "sources_read_on: 2926-", "sources_read_on", "a day that is still to come"),
    (TOOL, "review_due: 2028-", "review_due: 2021-", "review_due", "not after revised_on (2026-11-24); write a day"),
    (TOOL, "status: draft", "status: reviewed", "status", "no day is given; write `reviewed_on:`"),
    (TIMER, "status: reviewed", "status: draft", "reviewed_on", "its status is draft; write `status: reviewed`"),
    (TOOL, "Home Press, 2019", "Home Press, 2987", "Home Press", "a source has no year that has been"),
    (QUIET, "years: 2018 to 2019", "years: 2018 to 2091", "years", "the year 2091 is still to come"),
    (QUIET, "11-13.", "11-13. doi:10.1136/ bmj", "citation", "a blank stands in the DOI"),
    # YAML
    (TOOL, "title: Walk the tea round", 'title: "Walk the tea round', "title", "opened on this line and not closed"),
    (TOOL, "title: Walk the tea round", "title: 'It's tea'", "title", "an apostrophe ends the text"),
    (TOOL, "[Trolley walk,", "[[Trolley walk,", "aliases", "the bracket [ is opened and not closed; write ]"),
    (TOOL, "level: introductory", "level:introductory", "level:", "a blank is missing after “level:”"),
    (TOOL, "level: introductory", "level introductory", "level i", "a colon is missing after “level”"),
    (TOOL, "    supports: the walk", "\tsupports: the walk", "supports: the walk", "a tab stands before the words"),
    (TOOL, '"we wait for the trolley", ', '"we wait for the trolley" ', "people_say", "a comma is missing between two"),
    (TOOL, "title: Walk", "  title: Walk", "title", "the blanks before “title:” do not fit"),
    (TOOL, "title: Walk", "title: @Walk", "title", "begins with the sign @; put double quotation marks"),
    (TERM, "2026-11-24\n---", "2026-11-24\n----", "----", "the line after the fields is “----”; write exactly three"),
    (TERM, "---\nkind", "\n---\nkind", "", "something stands before the three hyphens"),
    # Parts
    (TOOL, "## Common slips", "## Common slip", "## Common", "no part “Common slip”; write `## Common slips`"),
    (TOOL, "## Use it when", "## use it when", "## use", "no part “use it when”; write `## Use it when`"),
    (TOOL, "## Include everyone", "## Take it further\n\nMore.\n\n## Include everyone", "", "stands here a second"),
    (TOOL, "Ask people who cannot call out.", "", "## Include", "nothing stands below “Include everyone”"),
    (TOOL, NEED, f"{NEED}\n\n#### Small\n\nWords.", "#### Small", "has 4 #, and the one above it 1; write ## Small"),
    (TIMER, "**Choose something else when** many people wait: [walk the round](tool:tea-round).", "", "## Use it",
     "does not say when to choose something else; end the part with: **Choose"),
    (TIMER, "[walk the round](tool:tea-round)", "walk the round", "Choose", "has no link; name the page"),
    (TIMER, "2. **Time it three times.** Write", "2. Write", "2. Write", "does not begin in bold; put ** before"),
    (TOOL, MADE, "A care home", "## Worked", "does not say whether it is made up; begin with *Made up"),
    (QUIET, "\n## What to take", "\nOne ward.\n\n## What to take", "", "words stand before the first part; begin with"),
    (QUIET, "## Limits", "## Which part broke\n\nNone.\n\n## Limits", "## Which", "the outcome is worked, and “Which"),
    (QUIET, "outcome: worked", "outcome: worked\nlink_that_broke: data", "link_that", "the outcome is worked, and a"),
    (BELLS, "link_that_broke: weak-idea", "link_that_broke: week-idea", "week-idea", "one of wrong-problem, weak-idea"),
    (PROBLEM, "{next: [tea-round]}", "{next: [tea-round, kitchen-timer]}", "links", "names 2 next steps; write"),
    # Words
    (TOOL, NEED, "• First • Second", "•", "a bullet sign from elsewhere stands here (•); begin each entry"),
    (TOOL, NEED, "<<<<<<< HEAD", "<<<<", "a mark of git stands here (<<<<<<< HEAD)"),
    (TOOL, NEED, "TODO write this.", "TODO", "a place-holder stands here (TODO); write what belongs here"),
    (TOOL, NEED, "Lorem ipsum dolor.", "Lorem", "a place-holder stands here (Lorem ipsum)"),
    (TOOL, NEED, "Ask sam.hill@ward.nhs.net first.", "sam.hill", "an e-mail address stands here (sam.hill@ward.nhs.ne"),
    (TOOL, NEED, "See https://example.org now.", "https", "a web address stands in the text (https://)"),
    (TOOL, NEED, "See [it](https://example.org).", "https", "a link leads to “https://example.org”"),
    (TOOL, NEED, "Ring 943 476 5919 now.", "943", "943 476 5919 is built like an NHS number; take it out"),
    (TOOL, NEED, f"{LONG}and go.", "We walk", "a sentence has 62 words"),
    (TOOL, NEED, f"{TWICE} {TWICE}",
     "Walk behind", "a sentence stands on this page twice"),
    (TOOL, NEED, '<div style="x">', "<div", "HTML stands here"),
    (TOOL, NEED, "A \U0001f600 helps.", "\U0001f600", "the font has no sign “\U0001f600”; write a word"),
    (TOOL, "title: Walk", "title: \U0001f600 Walk", "title", "the font has no sign “\U0001f600”; write a word"),
    (TOOL, "core: true", "core: true\ncharts: {cups: {kind: run, title: Cups, values: [3, 4, 5, 3, 4, 6, 3, 4, 5]}}",
     "charts:", "the page does not show its chart cups; give it its place"),
    (TOOL, NEED, "Words.\n```\ncode\n```", "```", "program text has no place on a page"),
    # Links, pictures, tables
    (TOOL, "term:term-round", "guide:term-round", "guide:term-round", "term-round is a term, not a guide; write"),
    (TOOL, "term:term-round", "page:term-round", "page:", "a link leads to “page:term-round”; write (term:term-round)"),
    (TOOL, "[rounds](term", "[rounds] (term", "[rounds]", "a blank stands between the two brackets of a link"),
    (TOOL, "[rounds](term", "[](term", "[](term", "a link has no words"),
    (TOOL, "[rounds](term", "[click here](term", "[click", "the words of a link do not say where it leads"),
    (TOOL, "(term:term-round)", "(tool:tea-round)", "(tool:tea-round)", "the page links to itself"),
    (TOOL, "term:term-round", "term:term-rounds", "term-rounds", "there is no page term-rounds; write term-round, or"),
    (TOOL, "picture:tea-path", "picture:tea-pth", "tea-pth", "there is no picture “tea-pth.svg”; write"),
    (TOOL, "picture:tea-path.svg", "pictures/tea-path.svg", "pictures/tea", "write picture:tea-path.svg in the round"),
    (TOOL, "picture:tea-path.svg", "picture:tea.jpg", "tea.jpg", "“tea.jpg” is no drawing that ends in .svg"),
    (TOOL, "A line from the kitchen to the day room", "picture", "![picture", "“picture” does not say what the"),
    (TOOL, NEED, "See ![A line to a door](picture:tea-path.svg) here.", "See ![", "a picture cannot stand inside a"),
    (TOOL, "| Blue | 9 minutes | 2 |", "| Blue | 9 minutes | 2 | x |", "| Blue", "has 4 cells, and its heading 3"),
    (TOOL, "| Blue | 9 minutes | 2 |", "| Blue | 9 minutes |", "| Blue", "has 2 cells, and its heading 3"),
    (TOOL, NEED, "|A|B|C|D|E|\n|-|-|-|-|-|\n|1|2|3|4|5|", "|A|", "the table has 5 columns; write at most 4"),
    (TOOL, NEED, "| A | B |\n| 1 | 2 |", "| A |", "write a line |---|---| below the heading of the table"),
    (TOOL, '!!! note "A tip"', "!!! note “A tip”", "!!! note", "with straight quotation marks"),
    (DRAWING, "</svg>", '<text font-family="Source Sans 3">Gray tea</text></svg>', "Gray", "American form; write"),
    (DRAWING, "</svg>", '<text font-family="Source Sans 3" font-size="6">x</text></svg>', "font-size=\"6\"", "too"),
    # Sheets
    (SHEET, '{label: "What surprised us"', '{lable: "What surprised us"', "lable", "write label instead of lable"),
    (SHEET, '"What surprised us"', '"Date of birth"', "Date of", "asks for something that names a person (“Date of"),
    (SHEET, '["keep", "change", "drop"]', '["keep"]', "choice", "write at least 2 options"),
    (SHEET, "Take one sheet for each walk.", "Take one. " * 9, "Take one", "the words of the sheet are 10 sentences"),
    (SHEET, "Take one sheet", "## How\n\nTake one sheet", "## How", "a heading stands in the words of a sheet"),
    (EASY, "easy_read:\n", 'form: [{field: {label: "Cups"}}]\neasy_read:\n', "easy_read", "either Easy Read or a"),
    # Lists
    (CODES, "T3\tpaper-plane\ttool", "T3\tpaper-plane\ttoool", "paper", "kind “toool” does not fit; write “tool”"),
    (CODES, "T3\tpaper-plane", "M3\tpaper-plane", "paper", "M3 is not the code of a tool"),
    (CODES, "W1\tterm-round", "W2\tterm-walk\tterm\t\nW1\tterm-round", "term-walk", "W2 term-walk has no page; put"),
    (CODES, "T3\tpaper-plane\ttool\t", "T3  paper-plane  tool", "paper", "blanks stand between them in place of tabs"),
    (CODES, "T3\t", '"T3"\t', "paper", "does not fit; write a capital letter and a number"),
    ("planned.tsv", "paper-plane\ttool", "paper-plane\ttol", "paper", "kind “tol” does not fit; write “tool”"),
    ("withdrawn.tsv", "2026-10-01", "2026-13-01", "loud", "write a day of the calendar as 2026-11-24"),
    ("organisations.tsv", "acute\tSouth Yorkshire", "acute\tSouth Yorkshre", "our", "write “South Yorkshire” as its"),
    (ROADMAP, "part: gate", "part: gat", "- slug: gate", "part “gat” is not known; write one of gate, stage, thread"),
    (ROADMAP, "- slug: share", "- slug: test", "", "the step test stands already on line 5"),
    (PACK, "2026.11.1", "2026.13.1", "version", "version is missing or malformed; write version: 2026.11.1"),
    (PACK, "licence:", "licens:", "licens", "there is no field licens; write licence:"),
    ("search/synonyms.tsv", "timer\tyes", "timer\tmaybe", "maybe", "both_ways “maybe” does not fit; write yes where"),
    ("search/variants.tsv", "tea round; tearound", "tea round", "tea round", "write two forms or more"),
    ("search/unsafe.tsv", "hurt\t", "hurt\tfew", "few", "most “few” does not fit; write the highest number of words"),
)  # fmt: skip


def checked(folder: Path) -> list[str]:
    """What is wrong in a folder, a line each, without the name of the folder."""
    return [str(said).replace(f"{folder.as_posix()}/", "") for said in gathered(check(folder, None)[0])]


@pytest.mark.parametrize(("file", "old", "new", "at", "said"), MISTAKES)
def test_a_mistake_has_one_complaint_that_suffices(
    tmp_path: Path, file: str, old: str, new: str, at: str, said: str
) -> None:
    folder = copy_of_small(tmp_path)
    if not (folder / file).exists():
        add_page(folder, file.removesuffix(".md"), code="M2" * file.startswith("materials"))
    change(folder / file, old, new)
    found = checked(folder)
    assert len(found) == 1, "\n".join(found)
    assert said in found[0]
    named = folder / found[0].partition(":")[0]
    if at:
        assert int(found[0].split(":")[1]) == line_of(named, at), found[0]


def _move(folder: Path, old: str, new: str) -> None:
    (folder / new).parent.mkdir(exist_ok=True)
    (folder / old).rename(folder / new)


def _write(folder: Path, name: str, content: bytes) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)


PLACES: tuple[tuple[Callable[[Path], object], str], ...] = (
    (lambda f: (f / TIMER).unlink(), "codes.tsv:2: T1 kitchen-timer has no page; put tools/kitchen-timer.md back; if"),
    (lambda f: _move(f, TIMER, "tools/kitchen-timer.MD"), "kitchen-timer.MD:1: the file does not end in .md, so"),
    (lambda f: _move(f, TIMER, "tools/kitchen-timer.md.txt"), "nothing reads it; name it kitchen-timer.md"),
    (lambda f: _move(f, "tools", "Tools"), "Tools:1: the folder tools is called Tools here, so nothing in it is read"),
    (lambda f: _move(f, "tools", "away"), "away:1: nothing reads the folder away"),
    (lambda f: _write(f, "tools copy/x.md", b"x"), "nothing reads the folder tools copy"),
    (lambda f: _write(f, "tools/old/x.md", b"x"), "tools/old:1: nothing reads a folder here; move its files to tools"),
    (lambda f: _write(f, "pictures/a.jpg", b"x"), "pictures/a.jpg:1: nothing reads this picture; only drawings are"),
    (lambda f: _write(f, "notes.txt", b"x"), "notes.txt:1: nothing reads the file notes.txt"),
    (lambda f: (f / "tools" / "x.md").mkdir(), "x.md:1: this is a folder, not a file; move the files in it"),
    (lambda f: _write(f, TERM, b""), "term-round.md:1: the file is empty"),
    (lambda f: _write(f, TERM, "---\nkind".encode("utf-16")), "another encoding (UTF-16); save the file again with"),
    (lambda f: _write(f, TERM, b"PK\3\4\xff"), "no text file, but something like a Word document"),
    (lambda f: _write(f, TERM, (f / TERM).read_bytes() + b"\0"), "a character that cannot be seen stands here"),
    (lambda f: _write(f, DRAWING, b""), "pictures/tea-path.svg:1: the file is empty; draw it"),
    (lambda f: _write(f, ROADMAP, b""), "roadmap.yaml:1: the roadmap has no step; write its gate"),
    (lambda f: (f / "search" / "not-ours.tsv").unlink(), "search/not-ours.tsv:1: cannot be read (No such file"),
    (lambda f: _write(f, "tools/tea-round copy.md", (f / TOOL).read_bytes()), "this looks like a copy of it; take"),
    (lambda f: _write(f, "tools/.DS_Store", b"x"), ""),
    (lambda f: _write(f, "tools/tea-round.md~", b"x"), ""),
)  # fmt: skip


@pytest.mark.parametrize(("plant", "said"), PLACES)
def test_a_file_that_nobody_reads_or_that_is_gone_is_named(
    tmp_path: Path, plant: Callable[[Path], object], said: str
) -> None:
    folder = copy_of_small(tmp_path)
    plant(folder)
    found = checked(folder)
    assert any(said in line for line in found) if said else found == [], "\n".join(found)
    assert len(found) <= 2, "\n".join(found)


def test_the_same_fault_of_many_pages_is_said_once(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / ROADMAP, "- slug: test", "- slug: try")
    found = [line for line in checked(folder) if "the roadmap has no stage test (" in line]
    assert len(found) == 1
    assert "other places have the same fault)" in found[0]


def test_a_page_that_was_copied_has_one_complaint_about_its_sentences(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    words = [
        f"Whoever pushes the {what} knows which door stays shut until noon."
        for what in "one two three four five".split()
    ]
    for file in (TOOL, GUIDE):
        change(folder / file, {TOOL: NEED, GUIDE: "Read one page a day."}[file], "\n\n".join(words))
    (found,) = checked(folder)
    assert "5 sentences of this page stand in " in found
