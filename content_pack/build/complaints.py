"""What the builder has to say to an editor: where, what is wrong, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Complaint:
    """One thing to put right. `wrong` says what is the matter, `write` what to do about it."""

    file: str
    line: int
    wrong: str
    write: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.wrong}; {self.write}"


class Refused(Exception):  # noqa: N818 - it reads as what happened: the build was refused
    """The sources cannot become a pack as they stand; `complaints` says why, in order."""

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__("\n".join(map(str, complaints)))
        self.complaints = complaints
