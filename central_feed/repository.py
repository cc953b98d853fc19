"""The folder of a feed: where its files are, who may write, and what is swept away."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import filelock
from tuf.api.exceptions import RepositoryError, StorageError
from tuf.api.metadata import Metadata, Targets

from central_feed.errors import FeedError
from sync.files import Files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tuf.api.metadata import TargetFile

_VERSIONED = re.compile(r"(\d+)\.(targets|snapshot)\.json")
_PART = ".part"  # what a killed writer leaves
_KEPT_BEFORE = 1  # versions of snapshot and targets that clients in the middle of an update may still ask for


class Feed:
    """A folder of static files: `metadata/`, `targets/`, and a lock that is not served."""

    def __init__(self, folder: Path, files: Files | None = None, patience: float = 5.0) -> None:
        """`patience` is how many seconds to wait for another publisher."""
        self.folder = folder
        self.metadata = folder / "metadata"
        self.targets = folder / "targets"
        self.timestamp = self.metadata / "timestamp.json"
        self.next_timestamp = self.metadata / ".next-timestamp.json"
        self.files = files or Files()
        self._patience = patience

    def root_file(self, version: int) -> Path:
        """Where the root of this version is."""
        return self.metadata / f"{version}.root.json"

    def target_file(self, target: TargetFile) -> Path:
        """Where the bytes of a target are: under their hash, so that two versions never meet."""
        return self.targets / f"{target.hashes.get('sha256')}.{target.path}"

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Keep every other publisher out. Raises FeedError when one is at work, or the folder is no feed."""
        if not self.root_file(1).is_file():
            raise FeedError(f"There is no feed in {self.folder}. Make one with: ilsy-feed init")
        self.targets.mkdir(exist_ok=True)
        try:
            with filelock.FileLock(self.folder / ".lock", timeout=self._patience):
                yield
        except filelock.Timeout as busy:
            raise FeedError(f"Another ilsy-feed is at work in {self.folder}. Wait until it has ended.") from busy

    def sweep(self, present: Targets, snapshot: int) -> list[str]:
        """Take away what neither the present targets nor the ones before them name; return the names.

        A file stays for one publish after the last that named it: clients may be in mid-download.
        `snapshot` is the version of the present snapshot.
        """
        named = {*self._names(present), *self._names_before(present.version)}
        self.sweep_metadata(present.version, snapshot)
        swept = [path for path in sorted(self.targets.iterdir()) if path.name not in named]
        for path in swept:
            self.files.remove(path)
        return [path.name for path in swept]

    def sweep_metadata(self, targets: int, snapshot: int) -> None:
        """Take away old targets and snapshots, and what a killed writer left; roots stay for ever."""
        newest = {"targets": targets, "snapshot": snapshot}
        for path in sorted(self.metadata.iterdir()):
            match = _VERSIONED.fullmatch(path.name)
            outdated = match is not None and int(match[1]) < newest[match[2]] - _KEPT_BEFORE
            if outdated or path.name.endswith(_PART):
                self.files.remove(path)

    def _names(self, targets: Targets) -> set[str]:
        return {self.target_file(target).name for target in targets.targets.values()}

    def _names_before(self, version: int) -> set[str]:
        """The files of the targets before `version`; nothing where these are gone or cannot be read."""
        try:
            before = Metadata[Targets].from_file(str(self.metadata / f"{version - _KEPT_BEFORE}.targets.json"))
        except (StorageError, RepositoryError):
            return set()
        return self._names(before.signed)
