"""Make the compressed files of a pack: whole, and as a patch from an older pack."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import zstandard

from sync.cancel import Cancel
from sync.outcomes import SyncError
from sync.patches import LENGTH, PART, apply_patch, region, unpack

if TYPE_CHECKING:
    from tuf.api.metadata import TargetFile

LEVEL = 19
_WHOLE_WINDOW = 8 << 20  # bytes that a client holds to unpack a whole pack; all of it would pack 2 % better
_LEAST_LOG = 17
_MOST_HASH_LOG = 26
_MOST_CHAIN_LOG = 27
_MOST_WINDOW_LOG = 27  # what a client has to give up in memory at most: 128 MB, for packs of 64 MB


def compress(content: bytes) -> bytes:
    """One zstd frame that carries the size of its content."""
    return zstandard.ZstdCompressor(compression_params=_parameters(min(len(content), _WHOLE_WINDOW))).compress(content)


def make_patch(base: bytes, content: bytes) -> bytes:
    """The parts from which `content` comes where the reader holds `base`; see `sync.patches.apply_patch`."""
    made = bytearray()
    for number, start in enumerate(range(0, len(content), PART)):
        known, piece = base[region(number)], content[start : start + PART]
        dictionary = zstandard.ZstdCompressionDict(known, dict_type=zstandard.DICT_TYPE_RAWCONTENT) if known else None
        parameters = _parameters(len(known) + len(piece))
        part = zstandard.ZstdCompressor(dict_data=dictionary, compression_params=parameters).compress(piece)
        made += len(part).to_bytes(LENGTH, "little") + part
    return bytes(made)


def gives(packed: Path, base: Path | None, pack: TargetFile) -> bool:
    """Whether a client that unpacks `packed` with `base` gets the very pack. Raises OSError from the disk."""
    with tempfile.TemporaryDirectory(prefix="ilsy-feed-") as folder:
        try:
            target = Path(folder) / "pack"
            if base is None:
                digest = unpack(packed, target, pack.length, Cancel())
            else:
                digest = apply_patch(packed, base, target, pack.length, Cancel())
        except SyncError:
            return False
    return digest == pack.hashes["sha256"]


def _parameters(span: int) -> zstandard.ZstdCompressionParameters:
    """Match tables and window that reach over `span` bytes: with smaller ones a patch is twenty times as large."""
    log = max(_LEAST_LOG, (span - 1).bit_length())
    return zstandard.ZstdCompressionParameters.from_level(
        LEVEL,
        window_log=min(log, _MOST_WINDOW_LOG),
        hash_log=min(log - 1, _MOST_HASH_LOG),
        chain_log=min(log + 1, _MOST_CHAIN_LOG),
        enable_ldm=True,
        write_content_size=True,
    )
