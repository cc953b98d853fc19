"""What the feed says, once it is proved: python-tuf's client on our transport, with one error for each end.

The metadata folder has to be local and writable, and used by one process at a time (see `store.py`).
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    DownloadLengthMismatchError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp
from tuf.api.serialization import DeserializationError
from tuf.ngclient import FetcherInterface, Updater

from sync.files import store_error
from sync.outcomes import MissingError, Outcome, SyncError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tuf.api.metadata import MetaFile, TargetFile

    from sync.transport import Transport

Role = TypeVar("Role", Timestamp, Snapshot, Targets)

LOG = logging.getLogger("ilsy.sync")
METADATA = "metadata/"
TARGETS = "targets/"
MOST = 512_000  # bytes of one metadata file, ours being a twentieth of it; the deadline follows from it
CLOCK_MAY_DIFFER = timedelta(days=1)


class Trust:
    """The feed at `transport` as proved from a root of trust, with what was proved earlier in `folder`.

    `root` is the content of a root.json that came with the program or from IT; None takes the one in `folder`.
    """

    def __init__(self, folder: Path, root: bytes | None, transport: Transport, base: str = METADATA) -> None:
        self._folder = folder
        self._transport = transport
        self._fetcher = _Fetcher(transport)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._updater = Updater(str(folder), base, fetcher=self._fetcher, bootstrap=root)
        except RepositoryError as error:
            raise SyncError(Outcome.NOT_TRUSTED, "The root of trust of this PC is not one, or is damaged.") from error
        except OSError as error:
            raise store_error(error, folder) from error

    def refresh(self) -> None:
        """Get the newest metadata and prove it. Raises SyncError."""
        try:
            self._updater.refresh()
        except (RepositoryError, DownloadError) as error:
            raise self._as_sync_error(error) from error
        except OSError as error:
            raise store_error(error, self._folder) from error

    def check_clock(self) -> None:
        """Raise SyncError when this PC's clock differs much from the feed's: then expiry dates say nothing."""
        error = self._clock_error()
        if error is not None:
            raise error

    def find(self, name: str) -> TargetFile | None:
        """What the feed says of one target, delegated ones too; None where it names no such target."""
        try:
            return self._updater.get_targetinfo(name)
        except (RepositoryError, DownloadError) as error:
            raise self._as_sync_error(error) from error
        except OSError as error:
            raise store_error(error, self._folder) from error

    def targets(self) -> dict[str, TargetFile]:
        """All targets that the feed names, after `refresh`."""
        return Metadata[Targets].from_file(str(self._folder / "targets.json")).signed.targets

    @property
    def consistent(self) -> bool:
        """Whether files of targets carry their hash in their name, after `refresh`."""
        return self._root().consistent_snapshot is True

    def _root(self) -> Root:
        return Metadata[Root].from_file(str(self._folder / "root.json")).signed

    def _as_sync_error(self, error: Exception) -> SyncError:
        place = self._transport.place
        if self._fetcher.fault is not None:
            return self._fetcher.fault
        if isinstance(error, ExpiredMetadataError):
            words = f"What {place} says was signed for a time that is over."
            if self._transport.clock_error() is None:
                words += f" Or the clock of this PC is wrong: it says {datetime.now(UTC):%Y-%m-%d}."
            return self._clock_error() or SyncError(Outcome.NOT_TRUSTED, words)
        if isinstance(error, UnsignedMetadataError):
            words = f"What {place} says is not signed by those whom this PC trusts."
            return SyncError(Outcome.NOT_TRUSTED, words, tampered=True)
        if isinstance(error, BadVersionNumberError):
            words = f"{place} offers something older than this PC has already seen."
            return SyncError(Outcome.NOT_TRUSTED, words, tampered=True)
        if isinstance(error, DownloadHTTPError):
            return SyncError(Outcome.OFFLINE, f"There is no feed at {place}: {error}", status=error.status_code)
        cut_short = isinstance(error, LengthOrHashMismatchError) and self._fetcher.came_short
        if cut_short or isinstance(error, DeserializationError):
            return SyncError(Outcome.OFFLINE, f"What came from {place} is not a feed, or came in part only.")
        LOG.info("refused: %r", error)
        return SyncError(Outcome.NOT_TRUSTED, f"What came from {place} does not fit together; nothing of it is used.")

    def _clock_error(self) -> SyncError | None:
        ahead = self._transport.clock_error()
        if ahead is None or abs(ahead) <= CLOCK_MAY_DIFFER:
            return None
        days, way = abs(ahead).days, "ahead of" if ahead > timedelta(0) else "behind"
        words = f"The clock of this PC is {days} days {way} that of {self._transport.place}."
        return SyncError(Outcome.CLOCK_WRONG, words)


class _Fetcher(FetcherInterface):
    """Hands python-tuf metadata from our transport and remembers which of our errors ended it."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.fault: SyncError | None = None
        self.came_short = False

    def _fetch(self, url: str) -> Iterator[bytes]:
        try:
            with self._transport.get(url, MOST) as body:
                yield from body.chunks
        except MissingError as error:
            raise DownloadHTTPError(str(error), error.status or 404) from error
        except SyncError as error:
            self.fault = error
            raise DownloadError(str(error)) from error

    def download_bytes(self, url: str, max_length: int) -> bytes:
        """As python-tuf's own, but in memory: these files are small, and a full disk is no reason to fail."""
        parts: list[bytes] = []
        for chunk in self.fetch(url):
            parts.append(chunk)
            if sum(map(len, parts)) > max_length:
                raise DownloadLengthMismatchError(f"more than {max_length} bytes")
        data = b"".join(parts)
        self.came_short = len(data) < max_length
        return data


def proved_offline(folder: Path, root: bytes) -> Mapping[str, TargetFile]:
    """The targets that the metadata in `folder` names, proved from `root` without a network.

    Signatures, versions and hashes are checked; expiry is not, because what was good once can always be read.
    Raises SyncError when the chain does not hold or is not there.
    """
    try:
        return _chain(folder, root)
    except (RepositoryError, KeyError, OSError) as error:
        words = f"The proof in {folder} does not hold: {str(error).rstrip(chr(46))}."
        raise SyncError(Outcome.NOT_TRUSTED, words, tampered=isinstance(error, UnsignedMetadataError)) from error


def _chain(folder: Path, root: bytes) -> Mapping[str, TargetFile]:
    trusted = _root_of_today(folder, root)
    timestamp = _signed(Timestamp, trusted, (folder / "timestamp.json").read_bytes())
    snapshot = _named(Snapshot, trusted, (folder / "snapshot.json").read_bytes(), timestamp.snapshot_meta)
    targets = _named(Targets, trusted, (folder / "targets.json").read_bytes(), snapshot.meta["targets.json"])
    return targets.targets


def _root_of_today(folder: Path, root: bytes) -> Root:
    first = Metadata[Root].from_bytes(root)
    first.verify_delegate(Root.type, first)
    trusted = first.signed
    while (path := folder / "root_history" / f"{trusted.version + 1}.root.json").exists():
        following = Metadata[Root].from_bytes(path.read_bytes())
        trusted.verify_delegate(Root.type, following.signed_bytes, following.signatures)
        following.signed.verify_delegate(Root.type, following.signed_bytes, following.signatures)
        if following.signed.version != trusted.version + 1:
            raise BadVersionNumberError(f"{path.name} says that it is version {following.signed.version}")
        trusted = following.signed
    return trusted


def _named(kind: type[Role], root: Root, raw: bytes, meta: MetaFile) -> Role:
    found = _signed(kind, root, raw)
    if found.version != meta.version:
        raise BadVersionNumberError(f"{kind.type} is version {found.version}, and {meta.version} is named")
    meta.verify_length_and_hashes(raw)
    return found


def _signed(kind: type[Role], root: Root, raw: bytes) -> Role:
    metadata = Metadata[Any].from_bytes(raw)
    if metadata.signed.type != kind.type:
        raise LengthOrHashMismatchError(f"{metadata.signed.type} in the place of {kind.type}")
    root.verify_delegate(kind.type, metadata.signed_bytes, metadata.signatures)
    return cast(Role, metadata.signed)
