"""A stick from an up-to-date PC: a small feed with the pack in use, which other PCs prove like any other feed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tuf.api.metadata import Metadata, Snapshot

from sync.download import hashed
from sync.files import Files, store_error
from sync.offers import newest
from sync.outcomes import Outcome, SyncError
from sync.patches import sha256_of
from sync.trust import METADATA, TARGETS, proved_offline

if TYPE_CHECKING:
    from pathlib import Path

    from sync.offers import Offer
    from sync.store import Store

_OURS = frozenset({"metadata", "targets", "README.txt"})
_README = """This folder holds an update of the ILSY library.

On another PC: ilsy-admin import THIS-FOLDER
or in the program: Menu, Updates, Import from USB stick or folder.
"""


def export(store: Store, root: bytes, builtin: Path, folder: Path) -> Offer:
    """Write a feed with the newest pack that this PC has proved into `folder`. The result is what it offers.

    Raises SyncError where this PC has nothing proved to pass on, or the folder does not take it.
    """
    try:
        targets = proved_offline(store.metadata, root)
    except SyncError as error:
        words = f"This PC has no proof to pass on. Run “ilsy-admin sync” first. ({error})"
        raise SyncError(error.outcome, words, tampered=error.tampered) from error
    offer = newest(targets, ())
    pack = next((path for path in (store.pack(offer.pack.sha256), builtin) if _is(path, offer.pack.sha256)), None)
    if pack is None:
        words = f"This PC has the proof of the library of {offer.pack.dated}, not the library. Run “ilsy-admin sync”."
        raise SyncError(Outcome.NOT_TRUSTED, words)
    if folder.is_dir() and (others := sorted(path.name for path in folder.iterdir() if path.name not in _OURS)):
        words = f"{folder} holds other things, such as {others[0]}. Name an empty folder."
        raise SyncError(Outcome.NO_ROOM, words)
    try:
        _write(store, offer, pack, folder)
    except OSError as error:
        for half in folder.glob("targets/*.part"):
            half.unlink(missing_ok=True)
        raise store_error(error, folder) from error
    return offer


def _is(path: Path, sha256: str) -> bool:
    return path.is_file() and sha256_of(path) == sha256


def _write(store: Store, offer: Offer, pack: Path, folder: Path) -> None:
    """The timestamp, which makes the rest count, comes last."""
    files = Files()
    targets, metadata = folder / TARGETS, folder / METADATA
    targets.mkdir(parents=True, exist_ok=True)
    metadata.mkdir(exist_ok=True)
    raw = next(way for way in offer.ways if way.name == offer.name)
    place = targets / hashed(raw.name, raw.target)
    part = place.with_name(f"{place.name}.part")
    shutil.copyfile(pack, part)
    files.settle(part)
    files.move(part, place)
    notes = store.notes(offer.pack.sha256)
    if offer.notes is not None and notes.is_file():
        files.write(targets / hashed(offer.notes.name, offer.notes.target), notes.read_bytes())
    for path in (store.metadata / "root_history").glob("*.root.json"):
        files.write(metadata / path.name, path.read_bytes())
    for role in ("targets", "snapshot"):
        raw_bytes = (store.metadata / f"{role}.json").read_bytes()
        files.write(metadata / f"{_version(raw_bytes)}.{role}.json", raw_bytes)
    files.write(folder / "README.txt", _README.encode())
    files.write(metadata / "timestamp.json", (store.metadata / "timestamp.json").read_bytes())


def _version(raw: bytes) -> int:
    return Metadata[Snapshot].from_bytes(raw).signed.version
