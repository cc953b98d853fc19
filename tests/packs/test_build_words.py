"""The rules of words: what is refused, and what an editor is only asked to look at."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from building import SMALL, add_page, change, copy_of_small, line_of

from content_pack.build.commands import check

if TYPE_CHECKING:
    from content_pack.build.complaints import Complaint

ROOT = Path(__file__).parents[2]
TOOL, GUIDE, TERM, TIMER = (
    "tools/tea-round.md",
    "guides/guide-begin-here.md",
    "terms/term-round.md",
    "tools/kitchen-timer.md",
)
BELLS = "examples/bells-at-night.md"
EASY_WORDS = "We go out and see who waits. We ask the cook. "
HARD_WORDS = "Multidisciplinary representatives systematically investigate organisational interdependencies. "


def checked(folder: Path) -> tuple[list[str], list[str]]:
    """What is wrong in a folder, and what to look at."""
    complaints, advice = check(folder, None)

    def lines(found: list[Complaint]) -> list[str]:
        return [str(one).removeprefix(f"{folder.as_posix()}/") for one in found]

    return lines(complaints), lines(advice)


def about(lines: list[str], words: str) -> list[str]:
    return [line for line in lines if words in line]


def test_a_hard_page_is_refused_and_its_hardest_sentence_named(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / GUIDE, "Read one page a day.", f"{EASY_WORDS * 8}\n\n{HARD_WORDS * 14}")
    (found,) = checked(folder)[0]
    assert found.startswith(f"{GUIDE}:{line_of(folder / GUIDE, 'Multidisciplinary')}: the reading grade is ")
    assert "and at most 7 is asked for; write shorter sentences and words, first here: “Multidisciplinary" in found


@pytest.mark.parametrize(
    ("level", "core", "refused"),
    [("introductory", "true", True), ("introductory", "false", False), ("intermediate", "false", False)],
)
def test_core_pages_are_held_to_an_easier_grade(tmp_path: Path, level: str, core: str, refused: bool) -> None:
    folder = copy_of_small(tmp_path)
    words = "We talk about each small matter together because everybody in a busy team remembers it differently. " * 11
    change(folder / TOOL, "You need no numbers yet.", words)
    change(folder / TOOL, "level: introductory\ncore: true", f"level: {level}\ncore: {core}")
    assert bool(about(checked(folder)[0], "the reading grade is 6.")) is refused


def test_few_words_are_not_graded(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / GUIDE, "Read one page a day.", HARD_WORDS)
    assert about(checked(folder)[0], "reading grade") == []


@pytest.mark.parametrize(("times", "said", "refused"), [(44, "take out", False), (60, "take out", True)])
def test_a_tool_page_has_its_length(tmp_path: Path, times: int, said: str, refused: bool) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / TOOL, "You need no numbers yet.", EASY_WORDS * times)
    complaints, advice = checked(folder)
    (found,) = about(complaints if refused else advice, "introductory pages have 250 to 600")
    assert said in found
    assert not about(advice if refused else complaints, "introductory pages have 250 to 600")


def test_a_short_tool_page_is_something_to_look_at(tmp_path: Path) -> None:
    complaints, advice = checked(copy_of_small(tmp_path))
    assert complaints == []
    assert about(advice, "the body has 65 words, and intermediate pages have 250 to 750; say more")


@pytest.mark.parametrize(
    ("words", "fine"),
    [
        ("We use PDSA here.", False),
        ("We use plan, do, study, act (PDSA) here. PDSA is short.", True),
        ("We use PDSA (plan, do, study, act) here.", True),
        ("We use **PDSA**, short words. Then PDSA again.", False),
        ("PDSA stands for plan, do, study, act.", True),
        ("We learn by testing (also called PDSA).", True),
        ("See [PDSA](term:term-round).", True),
        ("The NHS is large. Part II is here, and T2 and A are no short forms.", True),
        ("Two PDSAs in a row.", False),
    ],
)
def test_an_abbreviation_is_opened_the_first_time(tmp_path: Path, words: str, fine: bool) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / GUIDE, "Read one page a day.", words)
    found = about(checked(folder)[1], "is not opened")
    assert (found == []) is fine
    if not fine:
        line = line_of(folder / GUIDE, words)
        assert found == [
            f"{GUIDE}:{line}: look at: the abbreviation PDSA is not opened; write “the words, then (PDSA)” the first "
            "time, or add it to lint/abbreviations.tsv"
        ]


def test_the_glossary_gives_the_long_form(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / TERM, "[rounding]", "[rounding, RND, Rounds of new doctors]")
    change(folder / GUIDE, "Read one page a day.", "A RND a day.")
    (found,) = about(checked(folder)[1], "RND")
    assert found.endswith("the abbreviation RND is not opened; write “rounds of new doctors (RND)” the first time")


def test_what_is_not_opened_is_said_once(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / GUIDE, "Read one page a day.", "The QHR first. The quiet hour (QHR) helps.")
    (found,) = about(checked(folder)[1], "QHR")
    assert "is not opened" in found


def test_the_name_of_a_project_needs_no_opening(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    bells = (folder / BELLS).read_text(encoding="utf-8")
    name = next(line for line in bells.splitlines() if line.startswith("title:"))
    change(folder / BELLS, name, f"{name}\nmethod: NIGHTBELL")
    change(folder / BELLS, "## Limits\n", "## Limits\n\nNIGHTBELL was small.\n")
    assert about(checked(folder)[1], "NIGHTBELL") == []


def test_an_abbreviation_without_a_term_is_named_once(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / GUIDE, "Read one page a day.", "The quiet hour (QHR) first.")
    change(folder / BELLS, "## Limits\n", "## Limits\n\nThe quiet hour (QHR) was left out.\n")
    (found,) = about(checked(folder)[1], "QHR")
    assert "the glossary does not explain QHR; add it to the aliases of a term" in found
    change(folder / TERM, "[rounding]", "[rounding, QHR]")
    assert about(checked(folder)[1], "QHR") == []


def test_a_page_that_nothing_leads_to_is_something_to_look_at(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    assert about(checked(folder)[1], "no other page leads") == []
    change(folder / TOOL, ", instead: [guide-begin-here]", "")
    (found,) = about(checked(folder)[1], "no other page leads")
    line = line_of(folder / GUIDE, "slug:")
    assert found.startswith(f"{GUIDE}:{line}: look at: no other page leads to this one; link to it")
    add_page(folder, "guides/guide-first-week", code="G2")
    assert [line.split(":")[0] for line in about(checked(folder)[1], "no other page")] == ["guides/guide-first-week.md"]


def test_a_long_sentence_stands_on_one_page_only(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    one = "Whoever pushes the trolley knows which door stays shut until noon."
    again = "Whoever *pushes* the [trolley](tool:tea-round) knows\nwhich door stays shut until noon."
    change(folder / TOOL, "You need no numbers yet.", f"You need no numbers yet. {one}")
    change(folder / GUIDE, "Read one page a day.", f"Read one page a day.\n\n{again}")
    (found,) = checked(folder)[0]
    there = f"{folder.as_posix()}/{TOOL}:{line_of(folder / TOOL, one)}"
    place = f"{GUIDE}:{line_of(folder / GUIDE, 'Whoever')}"
    assert (
        found
        == f"{place}: this sentence stands in {there} as well; say it in other words, or on one page only: “{one}”"
    )


@pytest.mark.parametrize("words", ["Walk with the tea today.", "Read one page a day, and try it at work."])
def test_short_sentences_and_those_of_terms_may_stand_twice(tmp_path: Path, words: str) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / GUIDE, "Read one page a day.", words)
    file = folder / (TERM if len(words) > 30 else TIMER)
    with file.open("a", encoding="utf-8") as page:
        page.write(f"\n{words}\n")
    assert checked(folder)[0] == []


def test_a_name_may_keep_its_american_form(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / GUIDE, "Read one page a day.", "Ask the Society of Gray Ladies. Color it.")
    (found,) = checked(folder)[0]
    assert "“Color” is an American form; write “colour”" in found


def test_what_people_say_may_be_american(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / TOOL, '"it takes all morning"', '"it is the wrong color"')
    change(folder / TOOL, "[Trolley walk,", "[Color walk,")
    assert checked(folder)[0] == []


def test_an_easy_read_sentence_is_short(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    file = add_page(folder, "materials/tea-easy-read", code="M2")
    change(file, "Ask the cook first.", "Ask the cook first and then go with the tea to each of the doors in turn.")
    (found,) = about(checked(folder)[1], "hard to read")
    assert (
        f"{line_of(file, 'Ask the cook')}: look at: a sentence of 17 words is hard to read here; write at most" in found
    )


@pytest.fixture
def other_text(tmp_path: Path) -> Path:
    file = tmp_path / "other.md"
    file.write_text(
        "Some words. In the end, nobody on the night shift could say who\nhad last seen the big red trolley. More.\n"
        "Carter A. Tea and time, and what the trolley saw on its way.\n"
        "The Royal Tea Society of Upper And Lower Ward Four And Five.\n",
        encoding="utf-8",
    )
    return file


def against(folder: Path, file: Path) -> list[str]:
    complaints, _ = check(folder, None, [file])
    return [str(complaint).removeprefix(f"{folder.as_posix()}/") for complaint in complaints]


def test_ten_words_in_a_row_are_found_wherever_lines_end(tmp_path: Path, other_text: Path) -> None:
    folder = copy_of_small(tmp_path)
    words = "Yet **nobody** on the night shift\ncould say who had [last](tool:tea-round) seen it."
    change(folder / GUIDE, "Read one page a day.", words)
    line = line_of(folder / GUIDE, "nobody")
    (found,) = against(folder, other_text)
    assert found.startswith(f"{GUIDE}:{line}: 11 words in a row stand in {other_text.as_posix()} as well")
    assert found.endswith("say it in your own words: “nobody on the night shift could say who had last seen”")


@pytest.mark.parametrize(
    "words",
    [
        "Nobody on the night shift could say who had.",
        "The Royal Tea Society of Upper And Lower Ward Four And Five.",
    ],
)
def test_fewer_words_and_names_are_no_copy(tmp_path: Path, other_text: Path, words: str) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / GUIDE, "Read one page a day.", words)
    assert against(folder, other_text) == []


def test_what_a_page_cites_is_no_copy(tmp_path: Path, other_text: Path) -> None:
    folder = copy_of_small(tmp_path)
    words = "Carter A. Tea and time, and what the trolley saw on its way"
    change(folder / TOOL, "You need no numbers yet.", f"Read {words}.")
    assert len(against(folder, other_text)) == 1
    change(folder / TOOL, "Carter A. Tea and time.", f"{words}.")
    assert against(folder, other_text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("other.json", '{"a": ["Nobody on the night shift could say who had last se\\u0065n"]}'),
        ("other.jsonl", '{"a": 1}\n{"b": "Nobody on the night shift could say who had last se\\u0065n"}\n'),
        ("other.json", "Nobody on the night shift could say who had last seen { it"),
    ],
)
def test_json_is_read_for_its_texts(tmp_path: Path, name: str, text: str) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / GUIDE, "Read one page a day.", "Nobody on the night shift could say who had last seen it.")
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert len(against(folder, tmp_path / name)) == 1


def run_check(stderr: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "content_pack.build.cli", "check", str(SMALL)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=stderr)


def test_at_a_terminal_a_long_run_shows_how_far_it_is() -> None:
    try:
        ours, theirs = pty.openpty()
    except OSError as error:
        pytest.skip(f"no terminal can be made here: {error}")
    with run_check(theirs) as process:
        os.close(theirs)
        said = b""
        try:
            while part := os.read(ours, 1000):
                said += part
        except OSError:  # the other end was closed
            pass
    os.close(ours)
    assert process.returncode == 0
    assert b"Pages read: 1 of 8" in said
    assert b"Pages set for paper: 7 of 8" in said
    assert said.endswith(b"\r\x1b[K")


def test_nothing_is_written_over_where_nobody_looks() -> None:
    with run_check(subprocess.PIPE) as process:
        assert process.stderr is not None
        assert process.stderr.read() == b""
