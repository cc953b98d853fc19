"""What the builder has to say to an editor: where, what is wrong, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Complaint:
    """One thing to put right. `wrong` says what is the matter, `write` what to do about it.

    With `advice` it is only something to look at, which no pack is refused for.
    """

    file: str
    line: int
    wrong: str
    write: str
    advice: bool = False

    @property
    def page(self) -> str:
        """The slug of the page that it is about: the name of its file."""
        return self.file.rpartition("/")[2].partition(".")[0]

    def __str__(self) -> str:
        look = "look at: " if self.advice else ""
        return f"{self.file}:{self.line}: {look}{self.wrong}; {self.write}"


class Refused(Exception):  # noqa: N818 - it reads as what happened: the build was refused
    """The sources cannot become a pack as they stand; `complaints` says why, in order."""

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__("\n".join(map(str, complaints)))
        self.complaints = complaints
