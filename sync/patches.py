"""From what was downloaded to a pack: a patch on an older pack, a packed pack, or the pack as it is."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import zstandard

from sync.outcomes import Outcome, SyncError
from sync.transport import CHUNK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from sync.cancel import Cancel

LARGEST_WINDOW = 1 << 28  # bytes; a patch looks back over two packs of at most 64 MB


def unpack(source: Path, base: Path | None, target: Path, length: int, cancel: Cancel) -> str:
    """Write the pack that `source`, a zstd frame made against `base`, holds; the result is its SHA-256.

    At most `length` bytes are written. Holds the base and the new pack in memory once each.
    Raises SyncError with NOT_TRUSTED where `source` is no such frame, and OSError from the disk.
    """
    reader = zstandard.ZstdDecompressor(dict_data=_dictionary(base), max_window_size=LARGEST_WINDOW)
    with source.open("rb") as packed, reader.stream_reader(packed, read_size=CHUNK) as stream:
        try:
            return write(_pieces(stream), target, length, cancel)
        except zstandard.ZstdError as error:
            raise SyncError(Outcome.NOT_TRUSTED, f"The new library cannot be unpacked: {error}.") from error


def write(pieces: Iterator[bytes], target: Path, length: int, cancel: Cancel) -> str:
    """Write a file from its pieces, not more than `length` bytes; the result is its SHA-256."""
    digest, done = hashlib.sha256(), 0
    with target.open("wb") as file:
        for piece in pieces:
            cancel.check()
            done += len(piece)
            if done > length:
                raise SyncError(Outcome.NOT_TRUSTED, "The new library is longer than it may be.")
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dictionary(base: Path | None) -> zstandard.ZstdCompressionDict | None:
    # the bytes read are let go of before anything is unpacked: that is a third of the memory
    return zstandard.ZstdCompressionDict(base.read_bytes(), zstandard.DICT_TYPE_RAWCONTENT) if base else None


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(CHUNK):
        yield piece
