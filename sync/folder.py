"""A feed in a folder: a USB stick or a file share."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sync.outcomes import MissingError, Outcome, SyncError
from sync.transport import CHUNK, Body

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from sync.cancel import Cancel


class FolderTransport:
    """Reads a feed's files from below `folder`, and nothing from elsewhere."""

    def __init__(self, folder: Path, cancel: Cancel) -> None:
        self._folder = folder
        self._cancel = cancel

    @property
    def place(self) -> str:
        return str(self._folder)

    @contextmanager
    def get(self, name: str, length: int, start: int = 0) -> Iterator[Body]:
        """See `Transport.get`."""
        self._cancel.check()
        try:
            file = self._path(name).open("rb")
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            if self._folder.is_file():
                words = f"{self.place} is a file. An update comes in a folder, as “ilsy-admin export” writes it."
                raise SyncError(Outcome.OFFLINE, words) from error
            if not self._folder.is_dir():
                raise SyncError(Outcome.OFFLINE, f"{self.place} is not there (any more).") from error
            raise MissingError(self.place, name) from error
        except (OSError, ValueError) as error:
            raise self._unreadable(name, error) from error
        with file:
            yield Body(start, self._chunks(file, name, length, start), resumable=True)

    def clock_error(self) -> None:
        """A folder tells no time."""

    def close(self) -> None:
        """There is nothing to let go of."""

    def _path(self, name: str) -> Path:
        root = self._folder.resolve()
        path = (root / unquote(name).lstrip("/")).resolve()
        if not path.is_relative_to(root):
            raise MissingError(self.place, name)
        return path

    def _chunks(self, file: BinaryIO, name: str, length: int, start: int) -> Iterator[bytes]:
        done = start
        try:
            file.seek(start)
            while chunk := file.read(CHUNK):
                self._cancel.check()
                done += len(chunk)
                if done > length:
                    raise SyncError(Outcome.NOT_TRUSTED, f"{name} at {self.place} is longer than it may be.")
                yield chunk
        except OSError as error:
            raise self._unreadable(name, error) from error

    def _unreadable(self, name: str, error: Exception) -> SyncError:
        why = getattr(error, "strerror", None) or "not a name of a file"
        return SyncError(Outcome.OFFLINE, f"{name} at {self.place} cannot be read: {why}.")
