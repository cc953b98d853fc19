"""Look at a whole feed as the strictest client would, and say what is wrong."""

from __future__ import annotations

import json
from hashlib import file_digest
from typing import TYPE_CHECKING, NamedTuple

from central_feed import catalogue, chain, patches
from central_feed.errors import FeedError
from central_feed.roles import ROLES
from central_feed.rotation import days_left

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tuf.api.metadata import TargetFile, Targets

    from central_feed.repository import Feed
    from central_feed.roles import State


class Report(NamedTuple):
    """What is good, and what is wrong, each as lines for a person."""

    good: list[str]
    wrong: list[str]


def verify(feed: Feed, trusted: bytes | None, at: datetime, *, stick: bool = False) -> Report:
    """Check signatures, versions, expiry at the time `at`, and every file that is named.

    `trusted` is the root that clients have, if known. A `stick` carries only the newest pack and its notes.
    """
    try:
        state = chain.read(feed, trusted)
        packs = catalogue.packs(state.targets.signed)
    except FeedError as error:
        return Report([], [str(error)])
    good = [
        f"{role}: version {state.of(role).signed.version}, {days_left(state, role, at)} days left" for role in ROLES
    ]
    wrong = list(_expired(state, at))
    targets = state.targets.signed
    wanted = list(targets.targets.values())
    if stick and packs:
        wanted = [packs[-1].target, *catalogue.parts_of(targets, packs[-1], catalogue.NOTES)]
    wrong += [words for target in wanted if (words := wrong_with(feed, target))]
    if not wrong and not stick:
        wrong += _files_that_do_not_unpack(feed, targets)
    newest = f"newest {packs[-1].version} of {packs[-1].dated}" if packs else "nothing published yet"
    return Report([*good, f"packs: {len(packs)}, files: {len(wanted)}, {newest}"], wrong)


def _expired(state: State, at: datetime) -> Iterator[str]:
    mend = {
        "root": "ilsy-feed keys rotate FEED root --key KEY --keys DIR",
        "targets": "ilsy-feed renew FEED --keys DIR, with the targets keys",
        "snapshot": "ilsy-feed renew FEED --keys DIR",
        "timestamp": "ilsy-feed renew FEED --keys DIR",
    }
    for role in ROLES:
        expires = state.of(role).signed.expires
        if expires <= at:
            yield f"{role} ran out on {expires:%Y-%m-%d}: clients take nothing new. Run: {mend[role]}"


def wrong_with(feed: Feed, target: TargetFile) -> str | None:
    """What is wrong with the file of a target, as one sentence; None when it is as it was signed."""
    path = feed.target_file(target)
    again = "Put it back from a copy, or publish a newer pack."
    if not path.is_file():
        return f"{target.path} is missing from {feed.targets}. {again}"
    if path.stat().st_size != target.length:
        return f"{target.path} is {path.stat().st_size} bytes long and should be {target.length}. {again}"
    with path.open("rb") as file:
        if file_digest(file, "sha256").hexdigest() != target.hashes.get("sha256"):
            return f"{target.path} is damaged: its hash is not the one that was signed. {again}"
    if catalogue.facts_of(target).get("kind") == catalogue.NOTES and not _are_notes(path.read_bytes()):
        return f"{target.path} holds no release notes that can be read. Publish a newer pack."
    return None


def _are_notes(content: bytes) -> bool:
    try:
        return isinstance(json.loads(content)["items"], list)
    except (ValueError, KeyError, TypeError):
        return False


def _files_that_do_not_unpack(feed: Feed, targets: Targets) -> Iterator[str]:
    """Packed files and patches that do not give the pack which they are said to give."""
    raw = {pack.target.path: pack for pack in catalogue.packs(targets)}
    by_hash = {pack.sha256: pack for pack in raw.values()}
    for target in targets.targets.values():
        facts = catalogue.facts_of(target)
        if facts.get("kind") not in (catalogue.WHOLE, catalogue.PATCH):
            continue
        pack = raw.get(str(facts.get("of")))
        base = by_hash.get(str(facts.get("base")))
        if pack is None or (facts["kind"] == catalogue.PATCH and base is None):
            yield f"{target.path} belongs to a pack that the feed does not name. Publish a newer pack."
            continue
        from_file = feed.target_file(base.target) if base and facts["kind"] == catalogue.PATCH else None
        if not patches.gives(feed.target_file(target), from_file, pack.target):
            yield f"{target.path} does not give {pack.target.path}. Publish a newer pack."
