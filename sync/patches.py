"""From what was downloaded to a pack: a patch on an older pack, a packed pack, or the pack as it is."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import zstandard

from sync.outcomes import Outcome, SyncError
from sync.transport import CHUNK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from sync.cancel import Cancel

LARGEST_WINDOW = 1 << 27  # bytes
PART = 2 << 20  # bytes of a new pack that one part of a patch makes
LENGTH = 4  # bytes before each part that say how long it is
_LONGEST = PART + PART // 8  # bytes of a part that could not be packed at all


def region(number: int) -> slice:
    """Where in the base a part of a patch may look: around its own place, so that memory has a bound."""
    return slice(max(0, number - 1) * PART, (number + 2) * PART)


def apply_patch(patch: Path, base: Path, target: Path, length: int, cancel: Cancel) -> str:
    """Write the pack that `patch` makes of the pack `base`; the result is its SHA-256.

    A patch is a row of parts, each a length and a zstd frame for the next PART bytes, made against the `region`
    of the base around them. At most `length` bytes are written, and some 15 MB are held, whatever the size
    of the packs. Raises SyncError with NOT_TRUSTED where `patch` is no such file, and OSError from the disk.
    """
    with patch.open("rb") as parts, base.open("rb") as old:
        return write(_patched(parts, old), target, length, cancel)


def unpack(packed: Path, target: Path, length: int, cancel: Cancel) -> str:
    """Write the pack that `packed`, one zstd frame, holds; the result is its SHA-256. Else as `apply_patch`."""
    with packed.open("rb") as frame:
        return write(_pieces(frame, None), target, length, cancel)


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


def _patched(parts: BinaryIO, old: BinaryIO) -> Iterator[bytes]:
    number = 0
    while head := parts.read(LENGTH):
        length = int.from_bytes(head, "little")
        frame = parts.read(length) if length <= _LONGEST else b""
        if len(frame) != length or not frame:
            raise SyncError(Outcome.NOT_TRUSTED, "The patch for the new library is not whole.")
        yield from _pieces(io.BytesIO(frame), _dictionary(old, number))
        number += 1


def _dictionary(old: BinaryIO, number: int) -> zstandard.ZstdCompressionDict | None:
    around = region(number)
    old.seek(around.start)
    known = old.read(around.stop - around.start)
    return zstandard.ZstdCompressionDict(known, zstandard.DICT_TYPE_RAWCONTENT) if known else None


def _pieces(packed: BinaryIO, known: zstandard.ZstdCompressionDict | None) -> Iterator[bytes]:
    reader = zstandard.ZstdDecompressor(dict_data=known, max_window_size=LARGEST_WINDOW)
    try:
        with reader.stream_reader(packed, read_size=CHUNK) as stream:
            while piece := stream.read(CHUNK):
                yield piece
    except zstandard.ZstdError as error:
        raise SyncError(Outcome.NOT_TRUSTED, f"The new library cannot be unpacked: {error}.") from error
