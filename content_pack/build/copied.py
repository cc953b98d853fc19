"""Find what was copied: runs of ten words that a page shares with a given text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from content_pack.build.sources import read_text
from content_pack.build.wording import shown_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from content_pack.build.complaints import Complaint
    from content_pack.build.kinds import Page

RUN = 10
_FEWEST_SMALL = 4  # words without a capital in a run; one with fewer is a name
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


class _Word(NamedTuple):
    """A word of a page as it is compared, as it stands there, and its line."""

    plain: str
    written: str
    line: int


def check_against(pages: Iterable[Page], path: Path) -> Iterator[Complaint]:
    """A complaint for each run of ten words or more that a page has from the file at `path`.

    Titles, sources and citations are left out, and so is a run that names what the page itself cites, or that is
    a name. Raises Unreadable.
    """
    runs = set(_runs([_plain(word) for word in _WORD.findall(_text(path))]))
    for page in pages:
        words = [_Word(_plain(w), w, line) for line, text in shown_lines(page) for w in _WORD.findall(text)]
        own = set(_runs([_plain(word) for word in _WORD.findall(_cited(page))]))
        shared = [run in runs and run not in own for run in _runs([word.plain for word in words])]
        for first, last in _stretches(shared):
            copied = words[first : last + RUN]
            if sum(word.written[0].islower() for word in copied) >= _FEWEST_SMALL:
                wrong = f"{len(copied)} words in a row stand in {path.as_posix()} as well"
                write = f"say it in your own words: “{' '.join(word.written for word in copied)}”"
                yield page.source.complaint(copied[0].line, wrong, write)


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    """The run of ten words that begins at each place."""
    return list(zip(*(words[start:] for start in range(RUN)), strict=False))


def _stretches(flags: list[bool]) -> Iterator[tuple[int, int]]:
    """The first and the last place of each stretch of places that are true."""
    start = None
    for place, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = place
        elif not flag and start is not None:
            yield start, place - 1
            start = None


def _cited(page: Page) -> str:
    """The names that a page may have word for word: its own, and those of what it cites."""
    sources = [part for source in page.get("sources", ()) for part in source.values()]
    return " | ".join([page.get("title"), page.get("method"), page.get("citation"), *sources])


def _text(path: Path) -> str:
    """The words of a file; of JSON, one value or one a line, its texts."""
    text = read_text(path, path.as_posix())
    if path.suffix not in (".json", ".jsonl"):
        return text
    try:
        values = [json.loads(part) for part in ([text] if path.suffix == ".json" else text.splitlines()) if part]
    except ValueError:
        return text
    return "\n".join(_strings(values))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
