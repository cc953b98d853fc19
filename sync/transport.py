"""What a place that files come from has to do: one small protocol, kept by `http.py` and `folder.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import timedelta

CHUNK = 65536  # bytes


class Limits(NamedTuple):
    """How long a place may take. All in seconds, `slowest` in bytes a second.

    `connect` and `gap` bound each wait for the other side; `patience` and `slowest` together bound a
    whole file, so that a place which sends one byte at a time cannot hold a run for ever.
    """

    connect: float = 10
    gap: float = 10
    patience: float = 30
    slowest: int = 8192

    def deadline(self, length: int) -> float:
        """How many seconds a file of so many bytes may take."""
        return self.patience + length / self.slowest


class Body(NamedTuple):
    """A file on its way. `start` is the offset of its first byte; `resumable` says whether a part is worth keeping."""

    start: int
    chunks: Iterator[bytes]
    resumable: bool


class Transport(Protocol):
    """A place that holds a feed."""

    @property
    def place(self) -> str:
        """The place in words for IT: a host name or a folder."""

    def get(self, name: str, length: int, start: int = 0) -> AbstractContextManager[Body]:
        """The file `name`, from the byte `start` on where the place can do that.

        `length` is the size of the whole file, or the most it may have; more is never read.
        Raises MissingError, or another SyncError, on entry and while the chunks are read; nothing else.
        """

    def clock_error(self) -> timedelta | None:
        """How far this PC's clock is ahead of the place's; None where the place has told no time."""

    def close(self) -> None:
        """Let go of the place."""
