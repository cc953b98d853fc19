"""A PC of the ward has little memory to spare: applying an update takes at most 24 MB and 1.6 times the pack."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import zstandard

from sync.patches import LENGTH, PART, region

if TYPE_CHECKING:
    from pathlib import Path

MB = 1_000_000
APPLY = """
import sys
from pathlib import Path
from sync.cancel import Cancel
from sync.patches import apply_patch, unpack
source, base, target = map(Path, sys.argv[1:4])
if base.exists():
    apply_patch(source, base, target, 10**9, Cancel())
else:
    unpack(source, target, 10**9, Cancel())
marks = Path("/proc/self/status").read_text().split()
print(int(marks[marks.index("VmHWM:") + 1]) * 1024)
"""


def fast_patch(old: bytes, new: bytes) -> bytes:
    """As the feed makes one, at the lowest level: memory is the same, and the test is quicker."""
    made = bytearray()
    for number, start in enumerate(range(0, len(new), PART)):
        known = zstandard.ZstdCompressionDict(old[region(number)], zstandard.DICT_TYPE_RAWCONTENT)
        parameters = zstandard.ZstdCompressionParameters.from_level(1, window_log=24, write_content_size=True)
        part = zstandard.ZstdCompressor(dict_data=known, compression_params=parameters).compress(
            new[start : start + PART]
        )
        made += len(part).to_bytes(LENGTH, "little") + part
    return bytes(made)


def frame(content: bytes) -> bytes:
    """As the feed packs a whole library, with its window."""
    parameters = zstandard.ZstdCompressionParameters.from_level(1, window_log=23, write_content_size=True)
    return zstandard.ZstdCompressor(compression_params=parameters).compress(content)


@pytest.mark.skipif(sys.platform != "linux", reason="the high-water mark is read from /proc")
@pytest.mark.parametrize("size", [14 * MB, 40 * MB])
@pytest.mark.parametrize("way", ["patch", "whole"])
def test_memory_has_a_bound(tmp_path: Path, size: int, way: str) -> None:
    old = random.Random(4).randbytes(size)
    new = old[: size // 2] + b"new" * 1000 + old[size // 2 :]
    (tmp_path / "source").write_bytes(fast_patch(old, new) if way == "patch" else frame(new))
    if way == "patch":
        (tmp_path / "base").write_bytes(old)
    files = [tmp_path / "source", tmp_path / "base", tmp_path / "target"]
    done = subprocess.run([sys.executable, "-c", APPLY, *files], capture_output=True, text=True, check=True)
    assert (tmp_path / "target").read_bytes() == new
    assert int(done.stdout) < 24 * MB + 1.6 * len(new)
