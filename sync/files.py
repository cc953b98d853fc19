"""The few ways in which the store touches the disk, so that each is durable and can be watched by a test."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from sync.outcomes import Outcome, SyncError

if TYPE_CHECKING:
    from pathlib import Path

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Files:
    """Writes that survive a power cut once they return. Each method may raise OSError."""

    def write(self, path: Path, data: bytes) -> None:
        """Put `data` in the place of what `path` held: whole or not at all."""
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            self.move(part, path)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise

    def settle(self, path: Path) -> None:
        """Wait until the content of a file is on the disk."""
        with path.open("rb+") as file:
            os.fsync(file.fileno())

    def move(self, path: Path, to: Path) -> None:
        """Give a settled file its place, in one step, and wait until its folder knows."""
        path.replace(to)
        if os.name != "nt":  # on Windows a folder cannot be opened, and NTFS keeps its own journal
            folder = os.open(to.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def remove(self, path: Path) -> None:
        """Take a file away where it is there; one that is open elsewhere may stay until the next time."""
        try:
            path.unlink(missing_ok=True)
        except PermissionError:
            return


def store_error(error: OSError, place: Path) -> SyncError:
    """The named outcome of an error of the disk."""
    if error.errno in _FULL:
        return SyncError(Outcome.NO_ROOM, f"There is no room left on the disk of {place}.")
    return SyncError(Outcome.NO_ROOM, f"{place} does not take files: {error.strerror or error}.")
