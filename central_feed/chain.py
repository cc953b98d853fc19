"""Read a feed's metadata and check that each part is vouched for by the one above it; expiry is looked at elsewhere."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeVar

from tuf.api.exceptions import RepositoryError, UnsignedMetadataError
from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp

from central_feed.errors import FeedError
from central_feed.roles import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tuf.api.metadata import MetaFile

    from central_feed.repository import Feed

_REPAIR = "Put the metadata folder back from a copy, or from the web server."
_Role = TypeVar("_Role", Root, Targets, Snapshot, Timestamp)


def read(feed: Feed, trusted: bytes | None = None) -> State:
    """The feed's present metadata, from the first root on.

    `trusted` is a root known to be true from elsewhere; the feed has to hold the very same. Raises
    FeedError with the name of the file that is missing, damaged, or not signed by enough keys.
    """
    roots = _roots(feed, trusted)
    root = roots[-1].signed
    timestamp = _read(feed.timestamp, Timestamp, root)
    described = timestamp.signed.snapshot_meta
    snapshot = _read(feed.metadata / f"{described.version}.snapshot.json", Snapshot, root, described)
    with _damage(feed.metadata / f"{described.version}.snapshot.json"):
        described = snapshot.signed.meta["targets.json"]
    targets = _read(feed.metadata / f"{described.version}.targets.json", Targets, root, described)
    return State(roots, targets, snapshot, timestamp)


def recover(feed: Feed, trusted: bytes | None = None) -> None:
    """Finish what a killed change of keys left behind, or drop it where its root never came."""
    if not feed.next_timestamp.exists():
        return
    try:
        _read(feed.next_timestamp, Timestamp, _roots(feed, trusted)[-1].signed)
    except FeedError:
        feed.files.remove(feed.next_timestamp)
    else:
        feed.files.move(feed.next_timestamp, feed.timestamp)


def _roots(feed: Feed, trusted: bytes | None) -> tuple[Metadata[Root], ...]:
    """Every root from the first, each signed by the one before and by itself."""
    first = feed.root_file(1)
    if not first.is_file():
        raise FeedError(f"There is no feed in {feed.folder}. Make one with: ilsy-feed init")
    roots = [_read(first, Root, None)]
    while (path := feed.root_file(len(roots) + 1)).exists():
        roots.append(_read(path, Root, roots[-1].signed))
    if trusted is not None and not _holds(feed, trusted):
        raise FeedError(
            f"The feed in {feed.folder} does not begin with the root that is trusted here: "
            "it is another feed, or somebody has put other keys in. Publish nothing before you know which."
        )
    for version, root in enumerate(roots, 1):
        if root.signed.version != version:
            raise FeedError(_damaged(f"{version}.root.json"))
    return tuple(roots)


def _holds(feed: Feed, trusted: bytes) -> bool:
    try:
        version = Metadata[Root].from_bytes(trusted).signed.version
    except RepositoryError:
        return False
    path = feed.root_file(version)
    return path.is_file() and path.read_bytes() == trusted


def _read(path: Path, kind: type[_Role], root: Root | None, described: MetaFile | None = None) -> Metadata[_Role]:
    """One file, checked against its description, the root above it, and for a root against itself."""
    with _damage(path):
        content = path.read_bytes()
        if described is not None:
            described.verify_length_and_hashes(content)
        metadata = Metadata[_Role].from_bytes(content)
        if not isinstance(metadata.signed, kind) or (described and metadata.signed.version != described.version):
            raise FeedError(_damaged(path.name))
        vouching = [root] if root is not None else []
        if isinstance(metadata.signed, Root):
            vouching.append(metadata.signed)
        for above in vouching:
            above.verify_delegate(kind.type, metadata.signed_bytes, metadata.signatures)
    return metadata


@contextlib.contextmanager
def _damage(path: Path) -> Iterator[None]:
    """Turn what goes wrong with a metadata file into a sentence."""
    try:
        yield
    except UnsignedMetadataError as error:
        raise FeedError(f"{path.name} is not signed by enough of the keys that its root names. {_REPAIR}") from error
    except (RepositoryError, KeyError, ValueError) as error:
        raise FeedError(_damaged(path.name)) from error
    except FileNotFoundError as error:
        raise FeedError(f"{path.name} is missing from the feed. {_REPAIR}") from error


def _damaged(name: str) -> str:
    return f"{name} is damaged, or is not the file that the rest of the feed names. {_REPAIR}"
