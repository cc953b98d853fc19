"""What the feed offers: the newest pack, and the ways to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sync.outcomes import Outcome, SyncError
from sync.pointer import Installed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tuf.api.metadata import TargetFile


_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,40}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Way(NamedTuple):
    """One way to a pack. `base` is the SHA-256 of the pack that a patch is made on; `packed` says that it is zstd."""

    name: str
    target: TargetFile
    packed: bool
    base: str | None

    @property
    def length(self) -> int:
        """Bytes to fetch."""
        return self.target.length


class Offer(NamedTuple):
    """The newest pack of a feed, and the ways to it, the one with the fewest bytes first."""

    name: str
    pack: Installed
    length: int
    ways: tuple[Way, ...]
    notes: Way | None


def newest(targets: Mapping[str, TargetFile], bases: Collection[str]) -> Offer:
    """The offer with the highest sequence number, for a PC that has the packs `bases` (their SHA-256).

    Raises SyncError where the feed, although it is signed, names no pack.
    """
    packs = {name: pack for name, target in targets.items() if (pack := _pack(target)) is not None}
    if not packs:
        raise SyncError(Outcome.NOT_TRUSTED, "The feed is signed, but offers no library. Tell the central team.")
    name = max(packs, key=lambda name: packs[name].sequence)
    ways = [Way(name, targets[name], packed=False, base=None)]
    notes = None
    for other, target in targets.items():
        facts = _facts(target)
        if facts.get("of") != name:
            continue
        if facts.get("kind") == "whole":
            ways.append(Way(other, target, packed=True, base=None))
        elif facts.get("kind") == "patch" and facts.get("base") in bases:
            ways.append(Way(other, target, packed=True, base=facts["base"]))
        elif facts.get("kind") == "notes":
            notes = Way(other, target, packed=False, base=None)
    ways.sort(key=lambda way: way.length)
    return Offer(name, packs[name], targets[name].length, tuple(ways), notes)


def _pack(target: TargetFile) -> Installed | None:
    facts = _facts(target)
    version, dated, sequence = facts.get("version"), facts.get("dated"), facts.get("sequence")
    sha256 = target.hashes.get("sha256")
    if facts.get("kind") != "pack" or not sha256:
        return None
    if not (isinstance(sequence, int) and _VERSION.fullmatch(str(version)) and _DAY.fullmatch(str(dated))):
        return None
    return Installed(sha256, str(version), str(dated), sequence)


def _facts(target: TargetFile) -> dict[str, Any]:
    facts = (target.custom or {}).get("ilsy")
    return facts if isinstance(facts, dict) else {}
