"""The rules of words: reading grade, length, abbreviations, American forms, brand names, the same sentence twice."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from content_pack.build.complaints import Complaint
from content_pack.build.reading_grade import grade_of, sentences_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from content_pack.blocks import Block
    from content_pack.build.kinds import Page
    from content_pack.build.lists import Lists, Row

CORE_GRADE = 6.0
HIGHEST_GRADE = {"": 7.0, "introductory": 7.0, "intermediate": 10.0, "advanced": 10.0}
FEWEST_TO_GRADE = 80  # words; the grade of fewer says little
LENGTHS = {"introductory": (250, 600), "intermediate": (250, 750), "advanced": (250, 900)}
ROOM = 1.1  # a body is refused only where it is longer by more than a tenth
LONGEST_SHARED = 8  # words of a sentence that may stand on two pages
LONGEST_IDEA = 15  # words of a sentence of an Easy Read page

# Fields that are shown as an editor wrote them, in British English.
_SHOWN = (
    "title", "method", "summary", "lesson", "where", "evidence_why", "compare_why", "patients_part", "time", "ask",
    "done_when", "worked_example", "form", "easy_read",
)  # fmt: skip
_NOT_WORDS = ("picture", "widths", "lines", "rows", "grow", "because")
_ADDRESS = re.compile(r"\]\([\w-]+:[\w.-]*")
_TOKEN = re.compile(r"[A-Za-z][\w’'-]*\w|[A-Za-z]")
_SHORT = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]*(?:[-&][A-Z0-9]+)*(?=s?(?![\w-]))")
_ROMAN = re.compile(r"[IVX]+")
_ENDS = ".?!:|"
_DRAWN = re.compile(r">([^<>]+)</(?:text|tspan|textPath|title|desc)>")
_SMALL_WORDS = ("a", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to", "with")
PLACE_HOLDERS = ("TODO", "FIXME", "TBC", "TBD")
_COMPLAINED_OF = (*PLACE_HOLDERS, "HEAD")  # in lines.py, so not as abbreviations as well
_TERM = re.compile(r"\[([^\]]*)\]\(term:")


class Line(NamedTuple):
    """Some words of a page, and the line of the file on which they stand."""

    number: int
    words: str


def shown_fields(page: Page) -> list[Line]:
    """The words of the fields that readers see."""
    return [Line(page.line(*key), words) for name in _SHOWN for key, words in _texts(page.get(name, ()), (name,))]


def shown_lines(page: Page) -> list[Line]:
    """Every line of a page that readers see, as it was written, the fields first; addresses of links left out."""
    body = enumerate(page.source.body.split("\n"), start=page.source.body_line)
    return shown_fields(page) + [Line(number, _ADDRESS.sub("](", words)) for number, words in body if words]


def _texts(value: Any, key: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _NOT_WORDS:
                yield from _texts(part, (*key, name))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _texts(part, (*key, index))


def check_words(
    page: Page, blocks: tuple[Block, ...], lists: Lists, glossary: Mapping[str, str]
) -> Iterator[Complaint]:
    """What is wrong with the words of a page. `glossary` gives the long form of each abbreviation explained there."""
    lines = shown_lines(page)
    yield from _grade(page, blocks)
    yield from _length(page, blocks)
    yield from _american(page.source.file, lines, lists.american)
    yield from _brands(page.source.file, lines, lists.brands)
    yield from _abbreviations(page, lists.abbreviations, glossary)
    yield from _ideas(page)


def _grade(page: Page, blocks: tuple[Block, ...]) -> Iterator[Complaint]:
    if page.kind in ("material", "term"):
        return
    sentences = sentences_of(blocks)
    count = sum(len(words_of(sentence)) for sentence in sentences)
    highest = CORE_GRADE if page.get("core") else HIGHEST_GRADE[page.get("level")]
    grade = grade_of(sentences)
    if count < FEWEST_TO_GRADE or grade is None or grade <= highest:
        return
    hardest = max(sentences, key=lambda sentence: (grade_of([sentence]) or 0, sentence))
    wrong = f"the reading grade is {grade:.2f}, and at most {highest:.0f} is asked for"
    write = f"write shorter sentences and words, first here: “{_beginning(hardest)} …”"
    yield page.source.complaint(page.source.line_of_words(hardest), wrong, write)


def _length(page: Page, blocks: tuple[Block, ...]) -> Iterator[Complaint]:
    limits = LENGTHS.get(page.get("level")) if page.kind == "tool" else None
    if limits is None:
        return
    fewest, most = limits
    count = sum(len(words_of(sentence)) for sentence in sentences_of(blocks))
    if fewest <= count <= most:
        return
    few = count < fewest
    write = f"say more: write at least {fewest} words" if few else f"take out {count - most} words or more"
    wrong = f"the body has {count} words, and {page.get('level')} pages have {fewest} to {most}"
    yield page.source.complaint(page.source.body_line, wrong, write, advice=few or count <= most * ROOM)


def check_drawing(shown: str, text: str, lists: Lists) -> Iterator[Complaint]:
    """American forms and brand names in the words of a drawing."""
    words = _DRAWN.findall(text)
    lines = [Line(1 + text.count("\n", 0, text.find(one)), html.unescape(one)) for one in words if one.strip()]
    yield from _american(shown, lines, lists.american)
    yield from _brands(shown, lines, lists.brands)


def _american(shown: str, lines: Iterable[Line], american: Mapping[str, Row]) -> Iterator[Complaint]:
    """Words of the list, in small letters or at the beginning of a sentence; elsewhere they belong to a name."""
    phrases = [words for words in american if " " in words]
    for number, words in lines:
        for token in _TOKEN.finditer(words):
            row = american.get(token.group().lower())
            if row and (token.group().islower() or _begins(words, token.start())):
                yield _instead(shown, number, f"“{token.group()}” is an American form", row["write"])
        for phrase in phrases:
            if re.search(rf"\b{phrase}\b", words):
                yield _instead(shown, number, f"“{phrase}” is an American form", american[phrase]["write"])


def _begins(words: str, place: int) -> bool:
    """Whether a sentence begins at this place of a line."""
    before = words[:place].rstrip(" *_“‘\"'([#")
    return not before or before[-1] in _ENDS


def _brands(shown: str, lines: Iterable[Line], brands: Mapping[str, Row]) -> Iterator[Complaint]:
    names = {name: name.split()[0] for name in brands}
    for number, words in lines:
        tokens = {token.group() for token in _TOKEN.finditer(words)}
        for name, first in names.items():
            if first in tokens and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", words):
                yield _instead(shown, number, f"“{name}” is a brand name", brands[name]["write"])


def _instead(shown: str, line: int, wrong: str, write: str) -> Complaint:
    return Complaint(shown, line, wrong, f"write “{write}”")


def abbreviations(words: str) -> Iterator[tuple[str, int]]:
    """Every abbreviation in a text (two capital letters or more, none of them small), with its place."""
    for found in _SHORT.finditer(words):
        name = found.group()
        if sum(letter.isupper() for letter in name) > 1 and not _ROMAN.fullmatch(name) and name not in _COMPLAINED_OF:
            yield name, found.start()


def glossary_of(terms: Iterable[Page]) -> dict[str, str]:
    """Each abbreviation that the glossary explains, with its long form."""
    glossary: dict[str, str] = {}
    for term in terms:
        names = [term.get("title"), *term.get("aliases", ())]
        short = {name for words in names for name, _ in abbreviations(words)}
        for name in sorted(short):
            long = next((words for words in names if _stands_for(name, words)), "")
            if long or name not in glossary:
                glossary[name] = long
    return glossary


def _stands_for(name: str, words: str) -> bool:
    """Whether the capitals of an abbreviation are the first letters of words, small words left out or not."""
    letters = "".join(letter for letter in name if letter.isalpha()).lower()
    every = re.findall(r"[A-Za-z]+", words.lower())
    return letters in ("".join(w[0] for w in every), "".join(w[0] for w in every if w not in _SMALL_WORDS))


class _Use(NamedTuple):
    """The first use of an abbreviation on a page, and whether it is opened there."""

    name: str
    line: int
    opened: bool


def _first_uses(page: Page) -> list[_Use]:
    """Of each abbreviation that is not a name of the page itself."""
    names = (page.get("title"), page.get("method"), *page.get("aliases", ()))
    seen = {name for words in names for name, _ in abbreviations(words)}
    linked = {name for words in _TERM.findall(page.source.body) for name, _ in abbreviations(words)}
    uses = []
    for number, words in shown_lines(page):
        for name, place in abbreviations(words):
            if name not in seen:
                uses.append(_Use(name, number, name in linked or _opened(words, name, place)))
            seen.add(name)
    return uses


def _abbreviations(page: Page, known: Mapping[str, Row], glossary: Mapping[str, str]) -> Iterator[Complaint]:
    for name, line, opened in _first_uses(page):
        if not opened and name not in known:
            example = f"{glossary[name].lower()} ({name})" if glossary.get(name) else f"the words, then ({name})"
            write = f"write “{example}” the first time"
            write += "" if name in glossary else ", or add it to lint/abbreviations.tsv"
            yield page.source.complaint(line, f"the abbreviation {name} is not opened", write, advice=True)


def opened_abbreviations(page: Page) -> dict[str, int]:
    """The abbreviations that a page opens, each with its line: the glossary should explain them."""
    return {use.name: use.line for use in _first_uses(page) if use.opened}


def _opened(words: str, name: str, place: int) -> bool:
    """Whether an abbreviation stands in brackets after its words, or its words in brackets after it."""
    before, after = words[:place], words[place + len(name) :]
    inside = before.rpartition("(")[2] if before.count("(") > before.count(")") else None
    if inside is not None and re.search(r"\w", before.rpartition("(")[0]):
        return True
    return bool(re.match(r"s?[*_”’]*(?: \([^)]*[a-z]|,? (?:is short for|stands for|means|is|for) )", after))


def _ideas(page: Page) -> Iterator[Complaint]:
    for index, idea in enumerate(page.get("easy_read", ())):
        words = "".join(run for run, _ in idea["spans"])
        longest = max((len(words_of(sentence)) for sentence in re.split(r"(?<=[.?!:])\s+", words)), default=0)
        if longest > LONGEST_IDEA:
            wrong = f"a sentence of {longest} words is hard to read here"
            line = page.line("easy_read", index)
            yield page.source.complaint(line, wrong, f"write at most {LONGEST_IDEA} words", advice=True)


def long_sentences(page: Page, blocks: tuple[Block, ...]) -> dict[str, str]:
    """The sentences of a body that may stand on no other page: their bare words, and how each was written."""
    if page.kind == "term":
        return {}
    found = {}
    for sentence in sentences_of(blocks):
        words = words_of(sentence)
        if len(words) > LONGEST_SHARED:
            found[" ".join(words).lower().replace("’", "'")] = sentence
    return found


def _beginning(sentence: str) -> str:
    return " ".join(sentence.split()[:8])
