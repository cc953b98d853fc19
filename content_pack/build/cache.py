"""Keep what was made of pages between builds, each under the digest of everything that went into it."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

KEPT_DAYS = 60
_DIGEST = 16
_CODE = ("content_pack", "content_pack.build", "content_pack.charts")


def cache_of_checkout(folder: Path) -> Path | None:
    """The cache of builds, where the content `folder` lies in a checkout that has been built: resources/content."""
    build = folder.resolve().parent.parent / "build"
    return build / "cache" if build.is_dir() else None


def key_of(parts: Iterable[bytes]) -> str:
    """The name of a thing made from these parts, in this order."""
    state = blake2b(digest_size=_DIGEST)
    for part in parts:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)
    return state.hexdigest()


@cache
def key_of_code() -> bytes:
    """The digest of the program that makes packs: what it made is made anew when it has changed."""
    parts = [entry for folder in map(files, _CODE) for entry in folder.iterdir()]
    code = sorted((entry.name, entry) for entry in parts if entry.name.endswith(".py"))
    return key_of([part for name, entry in code for part in (name.encode(), entry.read_bytes())]).encode()


class Cache:
    """A folder of files. One that was damaged or cut off is as good as none. Without a folder it is empty."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """What was kept under `key`."""
        if self._folder is None:
            return None
        try:
            kept = (self._folder / key).read_bytes()
        except OSError:
            return None
        content = kept[_DIGEST:]
        return content if blake2b(content, digest_size=_DIGEST).digest() == kept[:_DIGEST] else None

    def prune(self) -> None:
        """Throw away what was made long ago: what is still needed is made again, once."""
        if self._folder is None:
            return
        oldest = time.time() - KEPT_DAYS * 24 * 60 * 60
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.stat().st_mtime < oldest:
                    Path(entry).unlink(missing_ok=True)

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`; where that cannot be done, the next build makes it again."""
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder)
            with os.fdopen(handle, "wb") as file:
                file.write(blake2b(content, digest_size=_DIGEST).digest() + content)
            Path(name).replace(self._folder / key)
        except OSError:
            return
