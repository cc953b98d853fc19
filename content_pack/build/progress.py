"""How far a long run is, for someone who waits at a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

# Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]

_CLEAR = "\r\x1b[K"


def silent(what: str, done: int, total: int) -> None:
    """Say nothing."""


def progress_on(stream: TextIO) -> Progress:
    """A line on `stream` that is written over as the work goes on; nothing where nobody looks at it."""
    if not stream.isatty():
        return silent

    def show(what: str, done: int, total: int) -> None:
        stream.write(_CLEAR if done >= total else f"{_CLEAR}{what}: {done} of {total}")
        stream.flush()

    return show
