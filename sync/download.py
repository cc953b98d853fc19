"""One signed file from a place to the disk: resumed where that is possible, proved when it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuf.api.exceptions import LengthOrHashMismatchError

from sync.files import store_error
from sync.outcomes import Outcome, SyncError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tuf.api.metadata import TargetFile

    from sync.transport import Transport

WORTH_GOING_ON = frozenset({Outcome.OFFLINE, Outcome.SERVER_BUSY, Outcome.CANCELLED})


def download(
    transport: Transport, name: str, target: TargetFile, path: Path, progress: Callable[[int], None] = lambda _: None
) -> None:
    """Fetch the file `name` into `path`, going on where an earlier try stopped, and prove that it is `target`.

    `progress` hears how many bytes are there. After an error `path` is left only where the place can go on
    with it; after a proof that fails it is taken away. Raises SyncError.
    """
    try:
        resumed = _fetch(transport, name, target.length, path, progress)
        if not _proved(target, path) and resumed:
            path.unlink()  # the earlier part was not of this file: once more, from the start
            _fetch(transport, name, target.length, path, progress)
        if not _proved(target, path):
            path.unlink()
            raise SyncError(Outcome.NOT_TRUSTED, f"{name} from {transport.place} is not the file that was signed.")
    except OSError as error:
        path.unlink(missing_ok=True)
        raise store_error(error, path.parent) from error


def hashed(name: str, target: TargetFile) -> str:
    """The name of a target's file in a feed with consistent snapshots: its hash before the last part."""
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}{next(iter(target.hashes.values()))}.{last}"


def _fetch(transport: Transport, name: str, length: int, path: Path, progress: Callable[[int], None]) -> bool:
    """Fetch what is missing; the result says whether an earlier part was used."""
    have = path.stat().st_size if path.exists() else 0
    if have > length:
        path.unlink()
        have = 0
    if have == length and path.exists():
        return True
    resumable = have > 0
    try:
        with transport.get(name, length, have) as body:
            resumable = body.resumable
            _write(body.chunks, path, body.start, have, progress)
            if path.stat().st_size < length:
                raise SyncError(Outcome.OFFLINE, f"The connection to {transport.place} broke off.")
            return body.start > 0
    except SyncError as error:
        if not (resumable and error.outcome in WORTH_GOING_ON):
            path.unlink(missing_ok=True)
        raise


def _write(chunks: Iterator[bytes], path: Path, start: int, have: int, progress: Callable[[int], None]) -> None:
    if start not in (0, have):
        raise SyncError(Outcome.NOT_TRUSTED, "The server went on with a file at another place than it was asked to.")
    with path.open("ab" if start else "wb") as file:
        done = start
        for chunk in chunks:
            file.write(chunk)
            done += len(chunk)
            progress(done)


def _proved(target: TargetFile, path: Path) -> bool:
    try:
        with path.open("rb") as file:
            target.verify_length_and_hashes(file)
    except LengthOrHashMismatchError:
        return False
    return True
