"""`current.json`, the switch of a store: which pack is in use and which one was before.

Read at every start of the program, so nothing slow is loaded here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
FILE = "current.json"
SUFFIX = ".ilsypack"


class Installed(NamedTuple):
    """A pack in the store. `sequence` is its number in the feed, by which the newer of two is known.

    Where IT put a pack in by hand and named nothing but its hash, version and date are empty.
    """

    sha256: str
    version: str
    dated: str
    sequence: int


class Current(NamedTuple):
    """What `current.json` says. A pack of None is the one that came with the program.

    `held` is true after somebody went back: then `previous` is the newer one, and nothing new is taken.
    """

    pack: Installed | None
    previous: Installed | None
    held: bool


NOTHING_INSTALLED = Current(None, None, held=False)


def pack_file(store: Path, sha256: str) -> Path:
    """Where the pack with this hash lies in a store, or would lie."""
    return store / f"{sha256}{SUFFIX}"


def read_pointer(store: Path) -> Current:
    """The switch of a store; a file that is missing or damaged, and a pack that is not there, count for nothing."""
    found = read_object(store / FILE)
    pack = _installed(found.get("current")) or _bare(found.get("sha256"))
    previous = _installed(found.get("previous"))
    if pack is not None and not pack_file(store, pack.sha256).is_file():
        pack = None
    if previous is not None and not pack_file(store, previous.sha256).is_file():
        previous = None
    return Current(pack, previous, held=found.get("held") is True)


def pointer_fault(store: Path) -> str:
    """What is wrong with the switch of a store, in a sentence; empty where nothing is, or nothing is installed yet."""
    file = store / FILE
    if not file.exists():
        return ""
    found = read_object(file)
    if not found:
        return f"{file} is damaged, or this login cannot read it."
    sha256 = found.get("sha256")
    if sha256 is None:
        return ""
    pack = _installed(found.get("current")) or _bare(sha256)
    if pack is None or pack.sha256 != sha256:
        return f"{file} makes no sense."
    try:
        with pack_file(store, pack.sha256).open("rb"):
            return ""
    except OSError as error:
        return f"{pack_file(store, pack.sha256)} is in use and cannot be read: {error.strerror}."


def pointer_bytes(to: Current) -> bytes:
    """The content of a `current.json` that says this."""
    return json_bytes(
        {
            "format": FORMAT,
            "sha256": to.pack.sha256 if to.pack else None,
            "current": to.pack._asdict() if to.pack else None,
            "previous": to.previous._asdict() if to.previous else None,
            "held": to.held,
        }
    )


def read_object(path: Path) -> dict[str, Any]:
    """A JSON object from a file; empty where there is none."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def json_bytes(facts: dict[str, Any]) -> bytes:
    """A JSON object as the content of a file."""
    return (json.dumps(facts, indent=2) + "\n").encode()


def newer(version: str, than: str) -> bool:
    """Whether a version, as in 2026.11.3, is later than another; one that is not made of numbers never is."""
    try:
        return [int(part) for part in version.split(".")] > [int(part) for part in than.split(".")]
    except ValueError:
        return False


def _bare(sha256: object) -> Installed | None:
    return _installed({"sha256": sha256, "version": "", "dated": "", "sequence": 0})


def _installed(found: object) -> Installed | None:
    if not isinstance(found, dict):
        return None
    sha256, version, dated, sequence = (found.get(name) for name in Installed._fields)
    if not (isinstance(sha256, str) and len(sha256) == 64 and set(sha256) <= set("0123456789abcdef")):
        return None
    if not (isinstance(version, str) and isinstance(dated, str) and isinstance(sequence, int)):
        return None
    return Installed(sha256, version, dated, sequence)
