"""How a run of sync can end, and the one exception that carries such an end."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """The named ends of a run: the first three are good ones, after all others the library is as it was."""

    UPDATED = "updated"
    UP_TO_DATE = "up-to-date"
    HELD = "held"  # somebody went back to the previous library, and it stays until they say otherwise
    OFFLINE = "offline"
    SIGN_IN_PAGE = "sign-in-page"
    SERVER_BUSY = "server-busy"
    CLOCK_WRONG = "clock-wrong"
    NOT_TRUSTED = "not-trusted"
    NO_ROOM = "no-room"
    CANCELLED = "cancelled"


GOOD = frozenset({Outcome.UPDATED, Outcome.UP_TO_DATE, Outcome.HELD})


class SyncError(Exception):
    """A run cannot go on; the message is one plain sentence for IT.

    `tampered` is true for signature and rollback errors alone; `retry_after` is the number of seconds
    that the server asked for; `status` is the HTTP status, where there is one.
    """

    def __init__(
        self,
        outcome: Outcome,
        sentence: str,
        *,
        tampered: bool = False,
        retry_after: float | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(sentence)
        self.outcome = outcome
        self.tampered = tampered
        self.retry_after = retry_after
        self.status = status


class MissingError(SyncError):
    """The place answers, and says that it does not have the file, or does not hand it out (403, 404)."""

    def __init__(self, place: str, name: str, status: int = 404) -> None:
        says = "is not allowed to be read" if status == 403 else "is not there"
        super().__init__(Outcome.OFFLINE, f"{name} {says} at {place}.", status=status)


class PackRefusedError(Exception):
    """What a `check` raises when a pack cannot be used by this program; the message is one plain sentence."""
