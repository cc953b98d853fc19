"""A store as another session or IT would fill it."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

from content_pack import open_pack
from sync.pointer import Installed
from sync.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def install(folder: Path, pack: Path) -> Path:
    """Make `pack` the one in use, as a run of sync does; the result is its file in the store."""
    store = Store(folder)
    store.incoming.mkdir(parents=True, exist_ok=True)
    staged = store.incoming / "staged"
    shutil.copy(pack, staged)
    with open_pack(pack) as opened:
        info = opened.info
    sha256 = hashlib.sha256(pack.read_bytes()).hexdigest()
    store.install(staged, Installed(sha256, info.version, info.dated, 1 + before(store)))
    return store.pack(sha256)


def before(store: Store) -> int:
    """The number of the pack in use."""
    now = store.current().pack
    return now.sequence if now else 0
