"""The installed packs of a PC or a person: which one is read, which one was before, and how a new one comes in.

current.json            names the pack in use by its SHA-256: the one switch
<sha256>.ilsypack       packs, never changed once they have their name
metadata/               what python-tuf keeps
incoming/               what is on its way; swept at the start and end of each run
contact.json            when the feed was last reached and how the last try ended
lock                    one run at a time on this PC
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from sync.files import Files, store_error
from sync.outcomes import Outcome, SyncError
from sync.pointer import FILE, SUFFIX, Current, json_bytes, pack_file, pointer_bytes, read_object, read_pointer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from sync.cancel import Cancel
    from sync.pointer import Installed

SPARE = 4_000_000  # bytes that stay free on the disk besides the new pack
READABLE = 0o644
_OURS = (f"*{SUFFIX}", "*.notes.json", "*.part", "metadata/tmp*")
_TRY_LOCK_EVERY = 0.2  # seconds


class Store:
    """A folder of packs. Every change of it raises SyncError with NO_ROOM where the disk does not play along."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self.folder = folder
        self.metadata = folder / "metadata"
        self.incoming = folder / "incoming"
        self._files = files or Files()

    def current(self) -> Current:
        """The switch; a file that is missing or damaged means that nothing is installed."""
        return read_pointer(self.folder)

    def pack(self, sha256: str) -> Path:
        """Where the pack with this hash lies, or would lie."""
        return pack_file(self.folder, sha256)

    @contextmanager
    def locked(self, cancel: Cancel, patience: float) -> Iterator[None]:
        """Be the only run on this store. Waits `patience` seconds for another one, then raises SyncError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / "lock", timeout=patience)
            with lock.acquire(poll_interval=_TRY_LOCK_EVERY, cancel_check=cancel.is_set):
                yield
        except Timeout as error:
            cancel.check()
            raise SyncError(Outcome.SERVER_BUSY, "Another session on this PC is updating the library.") from error
        except OSError as error:
            raise store_error(error, self.folder) from error

    def check_room(self, needed: int) -> None:
        """Raise SyncError when the disk has less than `needed` bytes and a little to spare."""
        free = shutil.disk_usage(self.folder).free
        if free < needed + SPARE:
            wanted = _megabytes(needed + SPARE)
            words = f"The new library needs {wanted} MB in {self.folder}, and {_megabytes(free)} MB are free."
            raise SyncError(Outcome.NO_ROOM, words)

    def install(self, staged: Path, pack: Installed) -> None:
        """Give a checked pack its name and make it the one in use. The step that counts is one rename."""
        before = self.current()
        with self._disk():
            self._files.settle(staged)
            self._files.move(staged, self.pack(pack.sha256))
            again = before.pack is not None and before.pack.sha256 == pack.sha256
            self._point(Current(pack, before.previous if again else before.pack, held=False))

    def go_back(self) -> Current:
        """Use the previous pack again, and stay with it until `go_forward`. Raises SyncError where there is none."""
        now = self.current()
        if now.held or now.pack is None:
            raise SyncError(Outcome.HELD, "There is no earlier library on this PC to go back to.")
        with self._disk():
            self._point(Current(now.previous, now.pack, held=True))
        return self.current()

    def go_forward(self) -> Current:
        """Undo `go_back`. Raises SyncError where nobody went back."""
        now = self.current()
        if not now.held:
            raise SyncError(Outcome.UP_TO_DATE, "Nobody went back to an earlier library on this PC.")
        with self._disk():
            self._point(Current(now.previous, now.pack, held=False) if now.previous else now._replace(held=False))
        return self.current()

    def sweep(self, keep: Collection[str] = ()) -> None:
        """Take away what no one needs: packs that are neither current nor previous, leftovers of killed runs.

        `keep` names files in `incoming` that a later run can go on with.
        """
        now = self.current()
        kept = [pack.sha256 for pack in (now.pack, now.previous) if pack is not None]
        wanted = {path.name for sha256 in kept for path in (self.pack(sha256), self.notes(sha256))}
        with self._disk():
            for pattern in _OURS:
                for path in self.folder.glob(pattern):
                    if path.name not in wanted:
                        self._files.remove(path)
            for path in self.incoming.glob("*"):
                if path.name not in keep:
                    self._files.remove(path)
        with suppress(OSError):
            self.incoming.rmdir()

    def notes(self, sha256: str) -> Path:
        """Where the release notes of a pack lie, or would lie."""
        return self.folder / f"{sha256}.notes.json"

    def keep_notes(self, sha256: str, path: Path) -> None:
        """Keep release notes beside their pack."""
        with self._disk():
            self._files.write(self.notes(sha256), path.read_bytes())

    def share_proof(self) -> None:
        """Let other logins of this PC read the proof, which python-tuf writes for its own login alone."""
        with self._disk():
            for path in self.metadata.rglob("*.json"):
                with suppress(PermissionError):  # another login's, which has shared it itself
                    path.chmod(READABLE)

    def contact(self) -> dict[str, Any]:
        """When the feed was last reached and how the last try ended; empty where that is not known."""
        return read_object(self.folder / "contact.json")

    def note_contact(self, facts: dict[str, Any]) -> None:
        """Keep `contact`."""
        with self._disk():
            self._files.write(self.folder / "contact.json", json_bytes(facts))

    def _point(self, to: Current) -> None:
        self._files.write(self.folder / FILE, pointer_bytes(to))

    @contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise store_error(error, self.folder) from error


def _megabytes(length: int) -> int:
    return -(-length // 1_000_000)
