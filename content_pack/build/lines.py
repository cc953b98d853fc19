"""The rules of single lines: what must not stand in the words of a page, whichever part they belong to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from content_pack.build.links import SCHEMES
from content_pack.build.wording import PLACE_HOLDERS, shown_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_pack.build.complaints import Complaint
    from content_pack.build.kinds import Page


MOST_COLUMNS = 4  # of a table


class _Rule(NamedTuple):
    """What to look for, what is wrong with it ({0} stands for what was found), and what to write."""

    pattern: re.Pattern[str]
    wrong: str
    write: str


_KINDS = "|".join(sorted(SCHEMES))
# Looked for in this order; a line has at most one complaint. Targets of links and pictures are left out before.
_BOTH = (
    _Rule(
        re.compile(r"^(?:<{7}|>{7}|={7})(?: .*)?$"),
        "a mark of git stands here ({0}): two people changed the same lines",
        "keep the words that are right, and take the lines with <<<<<<<, ======= and >>>>>>> out",
    ),
    _Rule(
        re.compile(rf"\b(?:{'|'.join(PLACE_HOLDERS)}|XXX+|[Ll]orem ipsum)\b|\?\?\?"),
        "a place-holder stands here ({0})",
        "write what belongs here, or take it out",
    ),
    _Rule(
        re.compile(r"[\w.+-]+@[\w-]+\.[\w.]*\w"),
        "an e-mail address stands here ({0})",
        "take it out: a person leaves, and the page stays; name the job instead",
    ),
    _Rule(
        re.compile(r"(?i:https?://|\bwww\.|\b[\w-]+\.(?:com|org|net|uk|gov|edu|info)\b)"),
        "a web address stands in {where} ({0})",
        "move the address to sources or citation, as plain text",
    ),
)
_BODY = (
    _Rule(re.compile(r"</?[a-zA-Z][^<>]*>|<!--"), "HTML stands here ({0})", "write Markdown instead"),
    _Rule(
        re.compile(r"(?i:font-size|\bstyle\s*=|\{:?\s*[.#]|\{:\s*\w)"),
        "a fixed size or style of text stands here ({0})",
        "take it out: readers choose their own size of text",
    ),
    _Rule(re.compile(r"^\s*!!! \w+\s*$"), "a box has no title", 'write {0} "In a few words"'),
    _Rule(
        re.compile(r"•|^\s*[●▪‣◦·–—](?=\s)"),
        "a bullet sign from elsewhere stands here ({0})",
        "begin each entry on a line of its own with a hyphen and a blank: - first; leave an empty line before the list",
    ),
    _Rule(
        re.compile(rf"\]\s+\((?:{_KINDS}):[^)]*\)"),
        "a blank stands between the two brackets of a link",
        "write them next to each other: [words](tool:slug)",
    ),
    _Rule(
        re.compile(rf"(?<!!)\[\s*\]\((?:{_KINDS}):[^)]*\)"),
        "a link has no words ({0})",
        "write in the square brackets what it leads to: [words](tool:slug)",
    ),
    _Rule(
        re.compile(rf"(?<!!)\[(?i:click here|here|this link|link|this page|read more|more)\]\((?:{_KINDS}):"),
        "the words of a link do not say where it leads ({0}…)",
        "write in the square brackets what the reader finds there",
    ),
)
_TARGET = re.compile(r"(\]\()[^)\s]*")
_DIGITS = re.compile(r"(?<![\d.,-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d.,-]*\d)")
_TABLE_LINE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_PERSONAL = re.compile(
    r"\b(?:patient|resident|client|child|person|carer)(?:[’']s)? (?:full )?name\b"
    r"|\bname of (?:the )?(?:patient|resident|client|child|person)\b"
    r"|\b(?:date of birth|DOB|NHS (?:no|number)|hospital (?:no|number)|full name|surname)\b",
    re.IGNORECASE,
)


def check_lines(page: Page) -> Iterator[Complaint]:
    """What is wrong in single lines of a page."""
    source = page.source
    for number, line in enumerate(source.body.split("\n"), start=source.body_line):
        yield from _first(page, number, line, (*_BODY, *_BOTH), "the text")
    for number, words in shown_fields(page):
        yield from _first(page, number, words, _BOTH, "a field")
    yield from _tables(page)
    yield from _asked(page)
    if not source.body.strip():
        yield source.complaint(source.body_line, "the page has no words", "write its body")


def _first(page: Page, number: int, line: str, rules: tuple[_Rule, ...], where: str) -> Iterator[Complaint]:
    """The first complaint about a line."""
    bare = _TARGET.sub(r"\1", line)
    for rule in rules:
        if found := rule.pattern.search(bare if rule in _BOTH else line):
            words = found.group().strip()
            wrong = rule.wrong.replace("{0}", words).replace("{where}", where)
            yield page.source.complaint(number, wrong, rule.write.replace("{0}", words))
            return
    for digits in _DIGITS.findall(bare):
        if _is_nhs_number(digits):
            wrong = f"{digits} is built like an NHS number"
            yield page.source.complaint(number, wrong, "take it out: nothing here may lead to a person")


def _is_nhs_number(digits: str) -> bool:
    """Whether the last of ten digits is the check digit of those before it (modulus 11)."""
    figures = [int(digit) for digit in digits if digit.isdigit()]
    check = 11 - sum(weight * figure for weight, figure in zip(range(10, 1, -1), figures, strict=False)) % 11
    return check % 11 == figures[9] and check != 10


def _tables(page: Page) -> Iterator[Complaint]:
    """Rows with more or fewer cells than the heading: words would go, or a hole be shown."""
    lines = page.source.body.split("\n")
    for number, line in enumerate(lines):
        if number and "|" in line and "-" in line and _TABLE_LINE.fullmatch(line) and "|" in lines[number - 1]:
            wanted = _cells(lines[number - 1])
            if wanted > MOST_COLUMNS:
                write = f"write at most {MOST_COLUMNS}, or make two tables of it"
                yield page.source.complaint(
                    page.source.body_line + number - 1, f"the table has {wanted} columns", write
                )
            for row in range(number, len(lines)):
                if "|" not in lines[row]:
                    break
                if (count := _cells(lines[row])) != wanted:
                    wrong = f"the row of the table has {count} cells, and its heading {wanted}"
                    write = f"write {wanted} cells with | between; leave an empty one blank"
                    yield page.source.complaint(page.source.body_line + row, wrong, write)


def _cells(line: str) -> int:
    return line.replace("\\|", "").strip().removeprefix("|").removesuffix("|").count("|") + 1


def _asked(page: Page) -> Iterator[Complaint]:
    """What a sheet must not ask for."""
    for index, part in enumerate(page.get("form", ())):
        for name in ("field", "row", "choice", "table"):
            for words in _labels(part.get(name)):
                if found := _PERSONAL.search(words):
                    wrong = f"the sheet asks for something that names a person (“{found.group()}”)"
                    write = "ask for the job, the place or a number of your own: no names are kept on a sheet"
                    yield page.source.complaint(page.line("form", index, name), wrong, write)


def _labels(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        yield from (content.get("label", ""), *content.get("columns", ()), *content.get("options", ()))
    elif isinstance(content, tuple):
        for entry in content:
            yield from _labels(entry)
