"""What can be done with the library of this PC: bring it up to date, go back and forward, prove it, pass it on.

Plain functions for the sync lane and for `ilsy-admin`. Importing this loads the network; the start of the
program does not.
"""

from __future__ import annotations

import errno
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from content_pack import PackError, open_pack
from ilsy_desktop.domain import update_texts
from ilsy_desktop.host.feed import transport_to
from ilsy_desktop.host.logs import LOG
from sync.export import export
from sync.outcomes import Outcome, PackRefusedError, SyncError
from sync.pace import next_wait
from sync.patches import sha256_of
from sync.pointer import read_object
from sync.store import Store
from sync.trust import proved_offline
from sync.update import Progress, Result, Update

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    from content_pack.model import PackInfo
    from ilsy_desktop.domain.feed_settings import FeedSettings
    from ilsy_desktop.host.packs import PackChoice
    from sync.cancel import Cancel
    from sync.offers import Offer

LARGEST_ROOT = 512_000  # bytes
ANOTHER_RUN_TAKES = 60.0  # seconds at most that going back waits for an update in another session


class Proof(StrEnum):
    """What was found of an installed pack: signed by the feed, as its name says, or something else."""

    SIGNED = "signed"
    WHOLE = "whole"
    CHANGED = "changed"


def check_pack(path: Path) -> PackInfo:
    """Read every page and file of a pack. Raises PackRefusedError with the reader's sentence."""
    try:
        with open_pack(path) as pack:
            pack.verify()
            return pack.info
    except PackError as error:
        raise PackRefusedError(str(error)) from error


def update(
    choice: PackChoice,
    folder: Path | None,
    settings: FeedSettings,
    place: str,
    cancel: Cancel,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Result:
    """Bring the store in `folder` up to date with the feed at `place`. Never raises: every end is a Result."""
    try:
        folder = _writable(folder)
        root = root_of_trust(settings)
        transport = transport_to(place, settings, cancel)
    except SyncError as error:
        return Result(error.outcome, str(error), tampered=error.tampered)
    try:
        store = Store(folder)
        base = next(path for path in choice.candidates_outside(folder))
        is_feed = place == settings.url
        return Update(store, root, transport, check_pack, base, cancel, progress, keeps_contact=is_feed).run()
    finally:
        transport.close()


def obstacle(folder: Path | None, settings: FeedSettings) -> Result | None:
    """Why no update can be taken on this PC, whatever the feed says, with what to do about it; None where one can."""
    try:
        _writable(folder)
        root_of_trust(settings)
    except SyncError as error:
        return Result(error.outcome, str(error))
    return None


def root_of_trust(settings: FeedSettings) -> bytes:
    """The content of the root of trust. Raises SyncError where this PC has none, or it cannot be read."""
    if settings.problem:
        raise SyncError(Outcome.NOT_TRUSTED, settings.problem)
    if settings.root is None:
        raise SyncError(Outcome.NOT_TRUSTED, update_texts.NO_ROOT)
    try:
        if not settings.root.is_file() or settings.root.stat().st_size > LARGEST_ROOT:
            raise OSError(errno.EINVAL, "it is not such a file")
        return settings.root.read_bytes()
    except OSError as error:
        words = f"The root of trust {settings.root} cannot be read: {error.strerror}. Ask for it again."
        raise SyncError(Outcome.NOT_TRUSTED, words) from error


def go_back(choice: PackChoice, folder: Path | None, cancel: Cancel) -> None:
    """Use the previous library from now on. Raises SyncError where there is none."""
    store = _store(folder)
    with store.locked(cancel, ANOTHER_RUN_TAKES):
        now = store.current()
        in_use = choice.candidates()[0]
        if not now.held and now.pack is not None and in_use != store.pack(now.pack.sha256):
            raise SyncError(Outcome.HELD, "There is no earlier library on this PC to go back to.")
        store.go_back()


def go_forward(folder: Path | None, cancel: Cancel) -> None:
    """Use the newer library again. Raises SyncError where nobody went back."""
    store = _store(folder)
    with store.locked(cancel, ANOTHER_RUN_TAKES):
        store.go_forward()


def pass_on(choice: PackChoice, settings: FeedSettings, folder: Path) -> Offer:
    """Write a feed for a stick into `folder`. Raises SyncError where there is nothing proved to pass on."""
    root = root_of_trust(settings)
    source = next((store for store in choice.stores if (store / "metadata").is_dir()), choice.stores[-1])
    in_use = choice.candidates()[0]
    return export(Store(source), root, in_use if in_use.parent != source else choice.builtin, folder)


def prove(path: Path, settings: FeedSettings) -> Proof:
    """Compare an installed pack with its name, and its name with what the feed signed. Raises OSError."""
    if sha256_of(path) != path.stem:
        return Proof.CHANGED
    try:
        targets = proved_offline(path.parent / "metadata", root_of_trust(settings))
    except SyncError as error:
        LOG.info("%s is whole; what the feed signed is not known here: %s", path.name, error)
        return Proof.WHOLE
    named = any(target.hashes.get("sha256") == path.stem for target in targets.values())
    return Proof.SIGNED if named else Proof.WHOLE


def last_contact(choice: PackChoice) -> dict[str, Any]:
    """How the last try of any store of this PC ended: what one session asked, the others need not ask again."""
    contacts = [read_object(store / "contact.json") for store in choice.stores]
    return max(contacts, key=_last_try)


def wait_before_next(contact: dict[str, Any], source: random.Random) -> timedelta:
    """How long from now until the feed may be asked again; nothing when it may be asked at once."""
    with suppress(ValueError, TypeError):
        outcome, asked = Outcome(contact.get("outcome", "")), contact.get("retry_after")
        since = datetime.now(UTC) - datetime.fromisoformat(_last_try(contact))
        if since < timedelta(0):
            return timedelta(0)  # the clock was set back: what it said then tells nothing
        failures = contact.get("failures")
        asked = asked if isinstance(asked, int | float) else None
        wait = next_wait(outcome, failures if isinstance(failures, int) else 0, asked, source)
        return max(wait - since, timedelta(0))
    return timedelta(0)


def _last_try(contact: dict[str, Any]) -> str:
    tried = contact.get("last_try")
    return tried if isinstance(tried, str) else ""


def _store(folder: Path | None) -> Store:
    return Store(_writable(folder))


def _writable(folder: Path | None) -> Path:
    if folder is None:
        raise SyncError(Outcome.NO_ROOM, update_texts.NO_STORE)
    return folder
