"""A PDF whose streams are not compressed: the same pages, in bytes that one version of a pack shares with the next.

Deflated streams of two versions of a page have nothing in common, so a patch would carry each changed page whole, and
a packed library could not be packed much further (docs/decisions/0007-sync.md has the figures).
"""

from __future__ import annotations

import io

import pikepdf


def unpacked(pdf: bytes) -> bytes:
    """The same PDF with plain streams; the same bytes each time."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            written,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
        )
    return written.getvalue()
