"""Words of updates: what a run came to, for the person at the screen and for IT.

Quiet words: an update that did not come is nothing to worry about, and the library goes on working.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ilsy_desktop.domain.texts import long_date

GOES_ON = "The library you have goes on working."
NO_STORE = (
    "This login cannot write to the library of this PC, neither to the shared one nor to its own. "
    "Run it as the account that looks after the PC, or ask IT."
)
NO_ROOT = (
    "This PC does not know yet whose libraries to trust. Name the root of trust with --root FILE, "
    "or set feed_root in the policy."
)
NO_FEED = "No feed is set. Name one with --feed, or set feed_url in the policy."


class Words(NamedTuple):
    """`said` is for everybody; `remedy` is what IT can do about it."""

    said: str
    remedy: str = ""


OUTCOMES = {
    "updated": Words("A newer library is here."),
    "up-to-date": Words("You have the newest library."),
    "held": Words(
        "Someone went back to an earlier library on this PC. It stays until somebody chooses the newer one.",
        "Run “ilsy-admin rollback --undo” to take newer ones again.",
    ),
    "offline": Words(
        "The place that updates come from could not be reached.",
        "Look at the network, or bring the update on a stick.",
    ),
    "sign-in-page": Words(
        "The network asked for a sign-in, so nothing was fetched.",
        "Let this PC reach the feed without a sign-in, or set the proxy in the policy.",
    ),
    "server-busy": Words("The place that updates come from is busy. It will be tried again.", "Try again later."),
    "clock-wrong": Words("The clock of this PC is wrong, so nothing new is taken.", "Set the clock."),
    "not-trusted": Words("What was offered could not be proved, so it was not taken.", "Tell those who keep the feed."),
    "no-room": Words("There is no room for a newer library on this PC.", "Make room, or let this login write there."),
    "cancelled": Words("The update was stopped."),
    "not-due": Words("It is too early to ask again."),
}
TAMPERED = Words(
    "What was offered was not signed by those whom this PC trusts, or is older than what it has seen. It was refused.",
    "Tell those who keep the feed, and your security team.",
)
OLD = Words(
    "What is there was not signed by those whom this PC trusts, or it is older than what this PC has seen. "
    "A stick that was written long ago is like that. It was refused.",
    "Write the stick anew on an up-to-date PC with “ilsy-admin export”.",
)
AWAY = Words(
    "There is no library to take in that place, or it cannot be read.",
    "Look whether the stick or folder is there and holds what “ilsy-admin export” wrote.",
)
GOOD = frozenset(("updated", "up-to-date", "held"))


def words_for(outcome: str, tampered: bool = False, folder: bool = False) -> Words:
    """The words of an outcome; `folder` says that it came of a stick or folder.

    Only a wrong signature or something older is called anything like tampering.
    """
    if tampered:
        return OLD if folder else TAMPERED
    if folder and outcome == "offline":
        return AWAY
    return OUTCOMES.get(outcome, OUTCOMES["offline"])


def result_sentences(outcome: str, tampered: bool, folder: bool) -> str:
    """What a person is told when a run has ended."""
    said = words_for(outcome, tampered, folder).said
    return said if outcome in GOOD else f"{said} {GOES_ON}"


def progress_words(step: str, done: int, total: int) -> str:
    """What is going on: "Fetching: 1.2 of 3.4 MB"."""
    if step == "fetching" and total:
        return f"Fetching: {size_words(done, total)}"
    return {"checking": "Checking what came …", "waiting": "Starting …"}.get(step, "Looking for a newer library …")


def size_words(done: int, total: int) -> str:
    """Bytes here of bytes in all, in the unit that suits the whole."""
    for unit, size in (("MB", 1_000_000), ("kB", 1_000)):
        if total >= size:
            figures = (
                f"{done / size:.1f} of {total / size:.1f}" if unit == "MB" else f"{done // size} of {total // size}"
            )
            return f"{figures} {unit}"
    return f"{done} of {total} bytes"


def bytes_words(count: int) -> str:
    """A number of bytes: "435 kB", "1.2 MB"."""
    if count >= 1_000_000:
        return f"{count / 1_000_000:.1f} MB"
    return f"{count // 1000} kB" if count >= 1000 else f"{count} bytes"


def library_of(dated: str, version: str) -> str:
    """ "the library of 12 November 2026", or by its version where no date is known."""
    if dated:
        return f"the library of {long_date(dated)}"
    return f"the library with version {version}" if version else "the library that came with the program"


# The updates page

PAGE_TITLE = "Updates"
CAME = {
    "program": "It came with the program.",
    "store": "It was installed on this PC.",
    "file": "It is a file that was named when this window was opened, so nothing newer is looked for.",
}
WITHOUT_FEED = "This PC does not fetch newer libraries by itself. They come with the program, or on a stick."
WITHOUT_BOTH = "This PC does not fetch newer libraries by itself. They come with the program."
WITHOUT_ROOT = "This PC does not know yet whose libraries to trust. IT sets that; until then it takes none."
WITHOUT_STORE = "IT looks after the library of this PC. With this login it cannot be changed."
MISSET = "What IT set for updates cannot be used, so this PC takes none until it is set right."
NEVER_ASKED = "This PC has not looked for a newer library yet."
NOTHING_TOLD = "What changed is told here once a newer library has come."
HELD = "Someone went back to this library. It stays until you choose the newer one."
CHANGE_HEADINGS = {"new": "New", "changed": "Changed", "removed": "Removed"}


def in_use(dated: str) -> str:
    """The first sentence of the page."""
    return f"You are reading the library of {long_date(dated)}."


def earlier(dated: str, version: str) -> str:
    """The library that one can go back to."""
    library = library_of(dated, version)
    return f"{library[:1].upper()}{library[1:]} is still on this PC."


def moment(iso: str | None) -> str:
    """24 November 2026 at 08:10, in the time of this PC; "" where it is not known."""
    try:
        at = datetime.fromisoformat(iso or "").astimezone()
    except (TypeError, ValueError, OverflowError):
        return ""
    return f"{long_date(at.date().isoformat())} at {at:%H:%M}"
