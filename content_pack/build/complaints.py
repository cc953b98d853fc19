"""What the builder has to say to an editor: where, what is wrong, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass, replace

_MOST_ALIKE = 4  # files of which the same thing is said one by one


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


def gathered(complaints: list[Complaint]) -> list[Complaint]:
    """The complaints, where the same is said of many files (a word was taken out of a list) once, with their number."""
    alike: dict[tuple[str, str], list[Complaint]] = {}
    for one in complaints:
        alike.setdefault((one.wrong, one.write), []).append(one)
    found = []
    for one in complaints:
        same = alike[one.wrong, one.write]
        if len({other.file for other in same}) <= _MOST_ALIKE:
            found.append(one)
        elif one is same[0]:
            found.append(replace(one, wrong=f"{one.wrong} ({len(same) - 1} other places have the same fault)"))
    return found


class Refused(Exception):  # noqa: N818 - it reads as what happened: the build was refused
    """The sources cannot become a pack as they stand; `complaints` says why, in order."""

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__("\n".join(map(str, complaints)))
        self.complaints = complaints
