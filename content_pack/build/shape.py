"""The rules of the shape of a body: what each part must hold, and what must not stand there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content_pack.blocks import Bullets, Callout, Figure, Heading, Paragraph, Steps, plain
from content_pack.build.reading_grade import sentences_of, words_of
from content_pack.build.sections import SAFETY, TAKE
from content_pack.build.values import nearest
from content_pack.html import to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from content_pack.blocks import Block
    from content_pack.build.complaints import Complaint
    from content_pack.build.kinds import Page

STEPS, WHEN, MADE, BROKE = "How to do it", "Use it when", "Worked example", "Which part broke"
# The headings of level 2 that a kind has, in this order.
HEADINGS = {
    "tool": (WHEN, SAFETY, "Before you start", STEPS, MADE, "Common slips", "Take it further", "Include everyone"),
    "example": (TAKE, "The problem", "What they aimed for", "What they did", "What happened", BROKE, "Limits"),
}
EXPLAINS_QI = ("term-qi", "term-improvement")
LONGEST_SENTENCE = 50  # words
LONGEST_TWICE = 8  # words of a sentence that may stand twice on a page
MOST_ON_A_SHEET = 7  # sentences of the body of a sheet

_QI = re.compile(r"\bQI\b")
_ELSE = re.compile(r"\*\*Choose something else (?:when|if)\b")
_LINK = re.compile(r"\]\([a-z]+:")
_INVENTED = re.compile(r"\bmade.up\b|\binvented\b|\bimagin|\]\(example:", re.IGNORECASE)
_NO_WORDS = re.compile(
    r"(?i:an? )?(?i:picture|image|photo|drawing|diagram|chart|figure|graph|alt|alt text)\W*|.*\.\w{3,4}"
)
_FEWEST_WORDS = 3


def check_blocks(page: Page, blocks: tuple[Block, ...]) -> Iterator[Complaint]:
    """What reads well as Markdown and goes wrong on the page."""
    source = page.source
    yield from _sections(page, blocks)
    for block in _all(blocks):
        if isinstance(block, Callout) and not block.blocks:
            write = "put four spaces before the lines that belong into it"
            yield source.complaint(source.line_of(block.title), f"the box “{block.title}” is empty", write)
        elif isinstance(block, Figure):
            yield from _figure(page, block)
    if page.slug not in EXPLAINS_QI and (found := _QI.search(to_text(blocks))):
        wrong = "the abbreviation QI stands in the text"
        yield source.complaint(source.line_of(found.group()), wrong, "write improvement")
    yield from _sentences(page, blocks)
    if page.kind == "tool":
        yield from _tool(page, blocks)
    elif page.kind == "example":
        yield from _example(page, blocks)
    elif page.kind == "material":
        yield from _sheet(page, blocks)


def _all(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block, those inside others too."""
    for block in blocks:
        yield block
        if isinstance(block, Callout):
            yield from _all(block.blocks)
        elif isinstance(block, Steps | Bullets):
            for item in block.items:
                yield from _all(item)


def _sections(page: Page, blocks: tuple[Block, ...]) -> Iterator[Complaint]:
    """Headings without words or text below them, and steps over a level."""
    source, level, seen = page.source, 1, set()
    following = (*blocks[1:], Heading(1, ()))
    for block, after in zip(blocks, following, strict=False):
        if not isinstance(block, Heading):
            continue
        words = plain(block.spans)
        line = source.line_of(f"{'#' * block.level} {words}") if words else _bare_heading(page)
        if not words:
            yield source.complaint(line, "a heading has no words", "write its words after the #, or take it out")
        elif block.level > level + 1:
            wrong = f"the heading “{words}” has {block.level} #, and the one above it {level}"
            yield source.complaint(line, wrong, f"write {'#' * (level + 1)} {words}")
        elif words in seen and block.level == 2:
            again = source.line_of_last(f"## {words}")
            yield source.complaint(again, f"the part “{words}” stands here a second time", "make one part of the two")
        elif isinstance(after, Heading) and after.level <= block.level:
            yield source.complaint(line, f"nothing stands below “{words}”", "write its text, or take the heading out")
        seen.add(words)
        level = block.level


def _bare_heading(page: Page) -> int:
    found = re.search(r"^#+\s*$", page.source.body, re.MULTILINE)
    return page.source.body_line + (page.source.body.count("\n", 0, found.start()) if found else 0)


def _figure(page: Page, figure: Figure) -> Iterator[Complaint]:
    if figure.alt and (_NO_WORDS.fullmatch(figure.alt) or len(figure.alt.split()) < _FEWEST_WORDS):
        wrong = f"“{figure.alt}” does not say what the picture shows"
        write = "say in square brackets what someone would see, in a few words: ![A line from bed to bay](…)"
        yield page.source.complaint(page.source.line_of(f"![{figure.alt}"), wrong, write)


def _sentences(page: Page, blocks: tuple[Block, ...]) -> Iterator[Complaint]:
    seen: dict[str, str] = {}
    for sentence in sentences_of(blocks):
        words = words_of(sentence)
        beginning = " ".join(sentence.split()[:8])
        if len(words) > LONGEST_SENTENCE:
            wrong = f"a sentence has {len(words)} words: “{beginning} …”"
            write = f"make two or three of it: at most {LONGEST_SENTENCE} words, and better 20"
            yield page.source.complaint(page.source.line_of_words(sentence), wrong, write)
        key = " ".join(words).lower()
        if len(words) > LONGEST_TWICE and key in seen:
            wrong = f"a sentence stands on this page twice: “{beginning} …”"
            yield page.source.complaint(page.source.line_of_last(beginning), wrong, "take one of the two out")
        seen[key] = sentence


def _tool(page: Page, blocks: tuple[Block, ...]) -> Iterator[Complaint]:
    source, heading = page.source, ""
    steps: list[Steps] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            heading = plain(block.spans)
        elif isinstance(block, Steps) and heading == STEPS:
            steps.append(block)
    if heading and not steps and _part(page, STEPS)[1].strip():
        write = "begin each step with its number and a point: 1. **Ask first.**"
        yield source.complaint(source.line_of(STEPS), f"“{STEPS}” has no numbered steps", write)
    for item in (item for block in steps for item in block.items):
        first = item[0] if item and isinstance(item[0], Paragraph) else None
        if first is None or not first.spans or first.spans[0].mark != "strong":
            words = plain(first.spans) if first else ""
            wrong = f"the step “{' '.join(words.split()[:6])} …” does not begin in bold"
            write = "put ** before and after its first few words: 1. **Ask first.** Say why."
            yield source.complaint(source.line_of_words(words), wrong, write)
    line, words = _part(page, WHEN)
    other = _ELSE.search(words)
    if words.strip() and not other:
        write = "end the part with: **Choose something else when** …: use [words](tool:slug)."
        yield source.complaint(line, f"“{WHEN}” does not say when to choose something else", write)
    elif other and not _LINK.search(words, other.start()):
        write = "name the page that is better then, as a link: [words](tool:slug)"
        at = line + words.count("\n", 0, other.start())
        yield source.complaint(at, "“Choose something else when” has no link", write)
    line, words = _part(page, MADE)
    if words.strip() and not _INVENTED.search(words):
        write = "begin with *Made up, to show the shape.*, or link to the real one: [words](example:slug)"
        yield source.complaint(line, f"“{MADE}” does not say whether it is made up", write)


def _example(page: Page, blocks: tuple[Block, ...]) -> Iterator[Complaint]:
    source = page.source
    if blocks and not isinstance(blocks[0], Heading):
        write = f"begin with ## {TAKE}: an example has no lead paragraph"
        yield source.complaint(source.body_line, "words stand before the first part", write)
    if page.get("outcome") == "worked":
        if page.source.has("link_that_broke"):
            write = "take link_that_broke out, or write the outcome that it had"
            yield source.complaint(page.line("link_that_broke"), "the outcome is worked, and a part broke", write)
        elif BROKE in (plain(block.spans) for block in blocks if isinstance(block, Heading)):
            write = "take the part out, or write the outcome that it had"
            yield source.complaint(
                source.line_of(f"## {BROKE}"), f"the outcome is worked, and “{BROKE}” is here", write
            )


def _sheet(page: Page, blocks: tuple[Block, ...]) -> Iterator[Complaint]:
    source = page.source
    for block in blocks:
        if isinstance(block, Heading):
            write = "write it as a sentence, or as a heading of the form"
            line = source.line_of(plain(block.spans))
            yield source.complaint(line, "a heading stands in the words of a sheet", write)
    sentences = sentences_of(blocks)
    count = len(sentences)
    if count > MOST_ON_A_SHEET:
        write = "say in two to five what it is for, when to take it and how to fill it in"
        yield source.complaint(
            source.line_of_words(sentences[0]), f"the words of the sheet are {count} sentences", write
        )


def check_headings(page: Page, found: list[str]) -> Iterator[Complaint]:
    """Parts that are missing, misspelt, strange or out of order. A page without any words has its own complaint."""
    wanted = HEADINGS.get(page.kind)
    if wanted is None or not page.source.body.strip():
        return
    missing = [heading for heading in wanted if heading not in found]
    for heading in (heading for heading in found if heading not in wanted):
        line = page.source.line_of(f"## {heading}")
        if meant := nearest(heading, missing):
            missing.remove(meant)
            yield page.source.complaint(line, f"a {page.kind} has no part “{heading}”", f"write `## {meant}`")
        else:
            write = "use ### for headings of your own, ## for " + " · ".join(wanted)
            yield page.source.complaint(line, f"a {page.kind} has no part “{heading}”", write)
    may_miss = _may_miss(page)
    for heading in (heading for heading in missing if heading not in may_miss):
        after = [h for h in wanted[: wanted.index(heading)] if h in found]
        line = page.source.line_of(f"## {after[-1]}") if after else page.source.body_line
        yield page.source.complaint(line, f"the part “{heading}” is missing", f"write `## {heading}` below here")
    have = list(dict.fromkeys(heading for heading in found if heading in wanted))
    for heading, want in zip(have, sorted(have, key=wanted.index), strict=True):
        if heading != want:
            line = page.source.line_of(f"## {heading}")
            yield page.source.complaint(line, f"the part “{heading}” comes too early", f"put “{want}” before it")
            return


def _may_miss(page: Page) -> set[str]:
    if page.kind == "tool":
        return {"Include everyone"} if "test" in page.get("stages", ()) else {"Include everyone", SAFETY}
    # An outcome that could not be read has its own complaint; guessing from it would mislead.
    return {BROKE} if page.get("outcome", "worked") == "worked" else set()


def _part(page: Page, heading: str) -> tuple[int, str]:
    """The line of a heading of level 2, and the source of what stands below it."""
    body = page.source.body
    found = re.search(rf"^##[ \t]*{re.escape(heading)}[ \t#]*\n", body, re.MULTILINE)
    if found is None:
        return page.source.body_line, ""
    end = re.search(r"^##(?!#)", body[found.end() :], re.MULTILINE)
    line = page.source.body_line + body.count("\n", 0, found.start())
    return line, "\n" + body[found.end() : found.end() + end.start() if end else len(body)]
