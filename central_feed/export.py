"""A smaller feed for a stick: all that proves it, the newest pack as it is, and its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from central_feed import catalogue, chain
from central_feed.errors import FeedError
from central_feed.repository import Feed
from central_feed.verify import wrong_with

if TYPE_CHECKING:
    from pathlib import Path

_README = "README.txt"
_OURS = frozenset({"metadata", "targets", _README})
_WORDS = """This folder holds an update of the ILSY library.

On a PC: ilsy-admin import THIS-FOLDER
or in the program: Menu, Updates, Import from USB stick or folder.
"""


def export(feed: Feed, folder: Path) -> list[str]:
    """Write the newest pack of `feed` and its proof into `folder`, which is empty or an earlier export.

    Returns what to tell the person. Raises FeedError when there is nothing to export, or other things are there.
    """
    state = chain.read(feed)
    packs = catalogue.packs(state.targets.signed)
    if not packs:
        raise FeedError("Nothing is published in this feed yet. Run ilsy-feed publish first.")
    _may_be_written(folder, feed.root_file(1).read_bytes())
    stick = Feed(folder)
    for part in (stick.metadata, stick.targets):
        part.mkdir(parents=True, exist_ok=True)
    stick.files.write(folder / _README, _WORDS.encode())
    wanted = [packs[-1].target, *catalogue.parts_of(state.targets.signed, packs[-1], catalogue.NOTES)]
    for target in wanted:
        if words := wrong_with(feed, target):
            raise FeedError(words)
    # The timestamp makes the rest count, so it comes last.
    files = [
        *(feed.target_file(target) for target in wanted),
        *(feed.root_file(root.signed.version) for root in state.roots),
        feed.metadata / f"{state.targets.signed.version}.targets.json",
        feed.metadata / f"{state.snapshot.signed.version}.snapshot.json",
        feed.timestamp,
    ]
    copies = [folder / file.relative_to(feed.folder) for file in files]
    for file, copy in zip(files, copies, strict=True):
        stick.files.write(copy, file.read_bytes())
    for old in {*stick.metadata.iterdir(), *stick.targets.iterdir()} - set(copies):
        stick.files.remove(old)
    newest = packs[-1]
    return [f"{folder} now holds {newest.version} of {newest.dated}.", f"On a PC: ilsy-admin import {folder}"]


def _may_be_written(folder: Path, first_root: bytes) -> None:
    """Only an empty folder, or an earlier export of this feed: everything else in it would be in the way, or lost."""
    there = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if there and (there - _OURS or _README not in there):
        other = ", ".join(sorted(there - _OURS)) or "a feed"
        raise FeedError(f"There are other things in {folder}: {other}. Choose an empty folder.")
    root = Feed(folder).root_file(1)
    if root.exists() and root.read_bytes() != first_root:
        raise FeedError(f"{folder} holds an export of another feed. Choose an empty folder.")
