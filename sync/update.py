"""One run: check → plan → fetch → verify → stage → switch. Killed or cut off anywhere, the old pack stays in use."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from sync.download import download, hashed
from sync.files import store_error
from sync.offers import newest
from sync.outcomes import GOOD, MissingError, Outcome, PackRefusedError, SyncError
from sync.patches import apply_patch, sha256_of, unpack
from sync.pointer import newer
from sync.trust import TARGETS, Trust

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sync.cancel import Cancel
    from sync.offers import Offer, Way
    from sync.store import Store
    from sync.transport import Transport

LOG = logging.getLogger("ilsy.sync")
AHEAD = timedelta(days=366)
LOCK_PATIENCE = 60.0  # seconds
SMALL = 1_000_000  # bytes of release notes that are read at most


class PackFacts(Protocol):
    """What sync wants to know of a pack that was opened."""

    @property
    def version(self) -> str:
        """The version that the pack itself names."""


class Progress(NamedTuple):
    """Where a run is: `step` is one of connecting, fetching, checking; `done` of `total` bytes are here."""

    step: str
    done: int = 0
    total: int = 0


class Result(NamedTuple):
    """How a run ended. `sentence` says it for IT; `fetched` is the number of bytes that came over the wire."""

    outcome: Outcome
    sentence: str
    version: str = ""
    dated: str = ""
    fetched: int = 0
    tampered: bool = False
    retry_after: float | None = None


class Update:
    """One run of sync on a store.

    `root` is the root of trust. `check` opens a pack and raises PackRefusedError when this program cannot use it;
    `builtin` is the pack that came with the program, which may be the base of a patch. A stick that is carried
    round does not keep contact: what became of it says nothing of when to ask the feed again.
    """

    def __init__(
        self,
        store: Store,
        root: bytes,
        transport: Transport,
        check: Callable[[Path], PackFacts],
        builtin: Path,
        cancel: Cancel,
        progress: Callable[[Progress], None] = lambda _: None,
        *,
        keeps_contact: bool = True,
    ) -> None:
        self._store = store
        self._root = root
        self._transport = transport
        self._check = check
        self._builtin = builtin
        self._cancel = cancel
        self._progress = progress
        self._keeps_contact = keeps_contact
        self._fetched = 0

    def run(self) -> Result:
        """Bring the store up to date. Never raises: every end is a Result."""
        try:
            with self._store.locked(self._cancel, LOCK_PATIENCE):
                return self._kept(self._locked())
        except SyncError as error:
            return self._ended(error)

    def _locked(self) -> Result:
        try:
            self._store.sweep(keep=self._parts())
            result = self._update()
        except SyncError as error:
            result = self._ended(error)
        except Exception as error:  # a named edge: whatever a feed makes our code do, nothing changes
            LOG.exception("sync failed")
            words = f"The update failed unexpectedly ({type(error).__name__}); the log says where."
            result = self._ended(SyncError(Outcome.NOT_TRUSTED, words))
        with suppress(SyncError):
            self._store.sweep(keep=self._parts())
        return result

    def _update(self) -> Result:
        self._cancel.check()
        self._progress(Progress("connecting"))
        trust = Trust(self._store.metadata, self._root, self._transport)
        trust.refresh()
        self._store.share_proof()
        trust.check_clock()
        bases = self._bases()
        offer = newest(trust.targets(), bases)
        check_date(offer)
        if self._store.current().held:
            words = "Somebody went back to an earlier library; it stays until they say otherwise."
            return self._result(Outcome.HELD, offer, words)
        self._check_order(offer)
        if self._is_in_use(offer, bases):
            return self._result(Outcome.UP_TO_DATE, offer, f"The library of {offer.pack.dated} is the newest.")
        self._install(offer, bases)
        return self._result(Outcome.UPDATED, offer, f"The library of {offer.pack.dated} is installed.")

    def _install(self, offer: Offer, bases: dict[str, Path]) -> None:
        staged = self._store.incoming / f"{offer.pack.sha256}.staged"
        try:
            self._stage(offer, bases, staged)
            self._notes(offer)
            self._store.install(staged, offer.pack)
        except OSError as error:
            raise store_error(error, self._store.folder) from error
        finally:
            with suppress(OSError):
                staged.unlink(missing_ok=True)

    def _stage(self, offer: Offer, bases: dict[str, Path], staged: Path) -> None:
        """Try the ways to a pack, the shortest first; a way that does not lead there gives way to the next."""
        last: SyncError | None = None
        for way in offer.ways:
            self._store.check_room(way.length + offer.length)
            self._store.incoming.mkdir(exist_ok=True)
            try:
                self._take(way, offer, bases.get(way.base or ""), staged)
            except MissingError as error:
                words = f"{error} The feed is not complete, or is being changed; it will be tried again."
                last = last or SyncError(Outcome.SERVER_BUSY, words)
            except SyncError as error:
                if error.outcome is not Outcome.NOT_TRUSTED:
                    raise
                last = error
            else:
                self._prove(offer, staged)
                return
            LOG.warning("%s: %s", way.name, last)
        raise last or SyncError(Outcome.NOT_TRUSTED, "The feed names no way to its library.")

    def _take(self, way: Way, offer: Offer, base: Path | None, staged: Path) -> None:
        part = self._store.incoming / f"{way.target.hashes['sha256']}.part"
        self._fetch(way, part)
        self._progress(Progress("checking"))
        try:
            digest = self._made(part, base, staged, offer) if way.packed else moved(part, staged)
        finally:
            part.unlink(missing_ok=True)
        if digest != offer.pack.sha256:
            raise SyncError(Outcome.NOT_TRUSTED, f"{way.name} does not give the library that was signed.")

    def _made(self, part: Path, base: Path | None, staged: Path, offer: Offer) -> str:
        if base is None:
            return unpack(part, staged, offer.length, self._cancel)
        return apply_patch(part, base, staged, offer.length, self._cancel)

    def _fetch(self, way: Way, path: Path) -> None:
        have = path.stat().st_size if path.exists() else 0

        def heard(done: int) -> None:
            self._progress(Progress("fetching", done, way.length))

        heard(have)
        try:
            download(self._transport, TARGETS + hashed(way.name, way.target), way.target, path, heard)
        finally:
            self._fetched += max(0, (path.stat().st_size if path.exists() else 0) - have)

    def _prove(self, offer: Offer, staged: Path) -> None:
        """The pack is the one that was signed; now it has to be one that this program can show."""
        try:
            facts = self._check(staged)
        except PackRefusedError as error:
            words = f"The new library is signed, but does not pass its check: {error}"
            raise SyncError(Outcome.NOT_TRUSTED, words) from error
        if facts.version != offer.pack.version:
            words = f"The new library calls itself {facts.version}, and the feed calls it {offer.pack.version}."
            raise SyncError(Outcome.NOT_TRUSTED, words)

    def _notes(self, offer: Offer) -> None:
        """Fetch what changed, if that can be had: a library without it is better than none."""
        if offer.notes is None or offer.notes.length > SMALL:
            return
        path = self._store.incoming / "notes.part"
        try:
            path.unlink(missing_ok=True)
            self._fetch(offer.notes, path)
            self._store.keep_notes(offer.pack.sha256, path)
        except SyncError as error:
            if error.outcome is Outcome.CANCELLED:
                raise
            LOG.warning("release notes: %s", error)

    def _bases(self) -> dict[str, Path]:
        """The packs that are here and whole, by their hash."""
        now = self._store.current()
        paths = [self._store.pack(pack.sha256) for pack in (now.pack, now.previous) if pack]
        found = {}
        for path in [self._builtin, *paths]:
            with suppress(OSError):
                digest = sha256_of(path)
                if path.stem == digest or path == self._builtin:
                    found[digest] = path
        return found

    def _check_order(self, offer: Offer) -> None:
        """A feed counts its libraries; a PC that has lost the proof of the later ones still knows how far it was."""
        now = self._store.current()
        if now.pack is not None and offer.pack.sequence < now.pack.sequence:
            words = f"{self._transport.place} offers something older than this PC has already installed."
            raise SyncError(Outcome.NOT_TRUSTED, words, tampered=True)

    def _is_in_use(self, offer: Offer, bases: dict[str, Path]) -> bool:
        """Whether the offer is what is read here already, or older than what came with the program."""
        now = self._store.current()
        if now.pack is not None and now.pack.sha256 == offer.pack.sha256 and now.pack.sha256 in bases:
            return True
        if bases.get(offer.pack.sha256) == self._builtin:
            return True
        try:
            return newer(self._check(self._builtin).version, offer.pack.version)
        except PackRefusedError:
            return False

    def _parts(self) -> list[str]:
        return [
            path.name for path in self._store.incoming.glob("*.part") if path.stem.isalnum() and len(path.stem) == 64
        ]

    def _result(self, outcome: Outcome, offer: Offer, sentence: str) -> Result:
        return Result(outcome, sentence, offer.pack.version, offer.pack.dated, self._fetched)

    def _ended(self, error: SyncError) -> Result:
        return Result(
            error.outcome, str(error), fetched=self._fetched, tampered=error.tampered, retry_after=error.retry_after
        )

    def _kept(self, result: Result) -> Result:
        """Note how the run ended, so that the next one knows when to come; a full disk may swallow the note."""
        if not self._keeps_contact:
            return result
        with suppress(SyncError):
            self._store.note_contact(contact_after(self._store.contact(), result, self._transport.place))
        return result


def check_date(offer: Offer) -> None:
    """A stick tells no time, but a clock that is long before the day of a signed library is wrong.

    Raises SyncError. A year is allowed, because libraries may be dated ahead.
    """
    today = datetime.now(UTC).date()
    with suppress(ValueError):
        if today + AHEAD < date.fromisoformat(offer.pack.dated):
            words = f"The clock of this PC says {today}, and the library that is offered is of {offer.pack.dated}."
            raise SyncError(Outcome.CLOCK_WRONG, words)


def moved(path: Path, to: Path) -> str:
    """Give a file another name; the result is its SHA-256."""
    path.replace(to)
    return sha256_of(to)


def contact_after(before: dict[str, Any], result: Result, place: str) -> dict[str, Any]:
    """What is kept of a run: only a try that reached the feed moves `last_contact`."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    good = result.outcome in GOOD
    failures = before.get("failures")
    return {
        "last_try": now,
        "last_contact": now if good else before.get("last_contact"),
        "place": place,
        "outcome": str(result.outcome),
        "sentence": result.sentence,
        "tampered": result.tampered,
        "failures": 0 if good else (failures if isinstance(failures, int) else 0) + 1,
        "retry_after": result.retry_after,
    }
