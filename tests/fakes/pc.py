"""A feed, the web server before it and one PC that follows it; packs are small files that stand for the true ones."""

from __future__ import annotations

import random
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from sync.cancel import Cancel
from sync.http import HttpTransport
from sync.outcomes import PackRefusedError
from sync.store import Store
from sync.transport import Limits
from sync.update import Progress, Result, Update
from tests.fakes.feed import FakeFeed, HostileServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sync.transport import Transport

QUICK = Limits(connect=1, gap=1, patience=1.5, slowest=10_000_000)
_MAGIC = b"PACK"
_LENGTH = 300_000


class Facts(NamedTuple):
    """What `check` finds in a pack that stands for a true one."""

    version: str


def make_pack(version: str, edits: int = 0) -> bytes:
    """Bytes that are hard to compress; with more edits they differ in more places."""
    source = random.Random(1)
    body = bytearray(source.randbytes(_LENGTH))
    for _ in range(edits):
        place = source.randrange(_LENGTH - 20)
        body[place : place + 20] = source.randbytes(20)
    return _MAGIC + version.encode().ljust(20) + bytes(body)


def check(path: Path) -> Facts:
    """Open such a pack."""
    try:
        with path.open("rb") as file:
            head = file.read(24)
    except OSError as error:
        raise PackRefusedError("There is no file.") from error
    if not head.startswith(_MAGIC):
        raise PackRefusedError("This is not a library file.")
    return Facts(head[4:].decode().strip())


FIRST, SECOND, THIRD = make_pack("2026.11.1"), make_pack("2026.11.2", 3), make_pack("2026.11.3", 6)


class World:
    """One PC whose program came with FIRST, and a feed that offers it."""

    def __init__(self, folder: Path, feed: FakeFeed, server: HostileServer) -> None:
        self.folder = folder
        self.feed = feed
        self.server = server
        self.root = feed.root
        self.store = Store(folder / "store")
        self.builtin = folder / "builtin.ilsypack"
        self.builtin.write_bytes(FIRST)
        self.steps: list[Progress] = []
        self.cancel = Cancel()

    def sync(self, transport: Transport | None = None, progress: Callable[[Progress], None] | None = None) -> Result:
        """One run, over HTTP where no other way is given."""
        transport = transport or HttpTransport(self.server.url, self.cancel, limits=QUICK)
        try:
            heard = progress or self.steps.append
            return Update(self.store, self.root, transport, check, self.builtin, self.cancel, heard).run()
        finally:
            transport.close()

    def in_use(self) -> bytes:
        """The library that a reader would see."""
        pack = self.store.current().pack
        return self.store.pack(pack.sha256).read_bytes() if pack else self.builtin.read_bytes()

    def left_behind(self) -> list[str]:
        """What lies in the store and does not belong there."""
        known = {"lock", "contact.json", "current.json", "metadata"}
        now = self.store.current()
        for pack in (now.pack, now.previous):
            if pack is not None:
                known |= {self.store.pack(pack.sha256).name, self.store.notes(pack.sha256).name}
        return sorted(path.name for path in self.store.folder.glob("*") if path.name not in known)


@contextmanager
def a_world(folder: Path) -> Iterator[World]:
    """A feed with FIRST in it, served, and a PC."""
    feed = FakeFeed(folder / "feed")
    feed.publish(FIRST, "2026.11.1")
    with HostileServer(feed.folder) as server:
        yield World(folder, feed, server)
