"""Read single values of the front matter, each of which arrives as text, list or map."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from content_pack.build.typography import set_marks

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEAR = 0.75  # of difflib's likeness: one or two letters wrong in a word of eight


class Unfit(Exception):  # noqa: N818 - see Refused
    """A value is not what its field needs; the message says what to write, `where` leads to it."""

    def __init__(self, write: str, *where: str | int) -> None:
        super().__init__(write)
        self.where = where

    def wrong(self, field: str) -> str:
        """What is the matter, for a complaint about `field`."""
        inside = "".join(f", part {key + 1}" if isinstance(key, int) else f", {key}" for key in self.where)
        return f"the field {field}{inside} has a value that does not fit"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was most likely meant by a misspelt one; "" where none is near."""
    by_small = {one.lower().rstrip(".:"): one for one in known}
    found = difflib.get_close_matches(word.lower().rstrip(".:"), by_small, n=1, cutoff=_NEAR)
    return by_small[found[0]] if found else ""


def text(value: Any) -> str:
    """One text that is not empty, with true quotation marks."""
    if not isinstance(value, str) or not value:
        raise Unfit("write a text")
    if value[0] in "“”" and value[-1] in "“”" and value.count("“") + value.count("”") == 2:
        raise Unfit('write straight quotation marks (") before and after the text, not curly ones')
    return set_marks(" ".join(value.split()))


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list):
        raise Unfit('write texts in brackets: ["first", "second"]')
    return tuple(map(text, value))


def whole(value: Any) -> int:
    """A whole number from 1 to 9999."""
    if not isinstance(value, str) or not (value.isascii() and value.isdigit()) or not 0 < int(value) < 10_000:
        raise Unfit("write a whole number from 1 to 9999, in digits")
    return int(value)


def flag(value: Any) -> bool:
    """`true` or `false`."""
    if value not in ("true", "false"):
        raise Unfit("write true or false")
    return bool(value == "true")
