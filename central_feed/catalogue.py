"""What a feed offers: its packs in order, and the files that belong to each. Clients read the same facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from central_feed.errors import FeedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuf.api.metadata import TargetFile, Targets

PACK, WHOLE, PATCH, NOTES = "pack", "whole", "patch", "notes"
_FACTS = "ilsy"
_VERSION = re.compile(r"(\d{4})\.(\d{1,2})\.(\d+)")


class Published(NamedTuple):
    """One pack of a feed. `dated` is an ISO date; the newest has the highest `sequence`."""

    target: TargetFile
    name: str
    version: str
    dated: str
    sequence: int

    @property
    def sha256(self) -> str:
        """The hash of the raw pack."""
        return self.target.hashes["sha256"]


def describe(target: TargetFile, facts: Mapping[str, Any]) -> TargetFile:
    """Put the facts that clients read into a target."""
    target.unrecognized_fields["custom"] = {_FACTS: dict(facts)}
    return target


def facts_of(target: TargetFile) -> dict[str, Any]:
    """What is signed about a target; empty where it is not one of ours."""
    custom = target.custom
    facts = custom.get(_FACTS) if isinstance(custom, dict) else None
    return facts if isinstance(facts, dict) else {}


def packs(targets: Targets) -> list[Published]:
    """All packs, the newest last. Raises FeedError where a fact is missing."""
    found = []
    for target in targets.targets.values():
        facts = facts_of(target)
        if facts.get("kind") != PACK:
            continue
        try:
            label = (str(facts["name"]), str(facts["version"]), str(facts["dated"]), int(facts["sequence"]))
        except (KeyError, TypeError, ValueError) as error:
            raise FeedError(f"What the feed says of {target.path} is incomplete. Publish a newer pack.") from error
        found.append(Published(target, *label))
    return sorted(found, key=lambda pack: pack.sequence)


def parts_of(targets: Targets, pack: Published, *kinds: str) -> list[TargetFile]:
    """The files of these kinds that belong to a pack."""
    found = [target for target in targets.targets.values() if facts_of(target).get("of") == pack.target.path]
    return [target for target in found if facts_of(target).get("kind") in kinds]


def version_number(version: str) -> tuple[int, ...]:
    """A version in a form that can be compared. Raises FeedError when it is not YYYY.MM.N."""
    match = _VERSION.fullmatch(version)
    if match is None:
        raise FeedError(f"The pack's version is “{version}”; write it as 2026.11.1 in pack.yaml and build again.")
    return tuple(map(int, match.groups()))
