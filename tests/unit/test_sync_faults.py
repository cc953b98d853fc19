"""A run of sync against a real feed and a real web server, well and spoilt."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from sync.cancel import Cancel
from sync.folder import FolderTransport
from sync.http import HttpTransport
from sync.outcomes import Outcome, PackRefusedError
from sync.store import Store
from sync.transport import Limits
from sync.update import Progress, Result, Update
from tests.fakes.feed import FakeFeed, HostileServer

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICK = Limits(connect=1, gap=1, patience=2, slowest=1_000_000)
MAGIC = b"PACK"


class Facts(NamedTuple):
    version: str


def make_pack(version: str, seed: int = 1, edits: int = 0, length: int = 300_000) -> bytes:
    """Bytes that stand for a pack: hard to compress, and a few of them changed."""
    source = random.Random(seed)
    body = bytearray(source.randbytes(length))
    for _ in range(edits):
        place = source.randrange(length - 20)
        body[place : place + 20] = source.randbytes(20)
    return MAGIC + version.encode().ljust(20) + bytes(body)


def check(path: Path) -> Facts:
    with path.open("rb") as file:
        head = file.read(24)
    if not head.startswith(MAGIC):
        raise PackRefusedError("This is not a library file.")
    return Facts(head[4:].decode().strip())


class World:
    """A feed, its server, and one PC."""

    def __init__(self, folder: Path, server: HostileServer, feed: FakeFeed, builtin: bytes) -> None:
        self.feed = feed
        self.server = server
        self.store = Store(folder / "store")
        self.builtin = folder / "builtin.ilsypack"
        self.builtin.write_bytes(builtin)
        self.steps: list[Progress] = []
        self.cancel = Cancel()

    def sync(self, **changes: object) -> Result:
        transport = changes.get("transport") or HttpTransport(self.server.url, self.cancel, limits=QUICK)
        try:
            return Update(
                self.store, self.feed.root, transport, check, self.builtin, self.cancel, self.steps.append
            ).run()
        finally:
            transport.close()

    def in_use(self) -> bytes:
        pack = self.store.current().pack
        return self.store.pack(pack.sha256).read_bytes() if pack else self.builtin.read_bytes()

    def left_behind(self) -> list[str]:
        """What lies in the store besides what belongs there."""
        known = {"lock", "contact.json", "current.json", "metadata"}
        now = self.store.current()
        for pack in (now.pack, now.previous):
            if pack:
                known |= {f"{pack.sha256}.ilsypack", f"{pack.sha256}.notes.json"}
        return sorted(path.name for path in self.store.folder.glob("*") if path.name not in known)


FIRST, SECOND, THIRD = make_pack("2026.11.1"), make_pack("2026.11.2", edits=3), make_pack("2026.11.3", edits=6)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    feed = FakeFeed(tmp_path / "feed")
    feed.publish(FIRST, "2026.11.1")
    with HostileServer(feed.folder) as server:
        yield World(tmp_path, server, feed, FIRST)


def test_the_library_that_came_along_is_the_newest(world: World) -> None:
    assert world.sync().outcome is Outcome.UP_TO_DATE
    assert world.left_behind() == []


def test_a_newer_library_comes_as_a_patch(world: World) -> None:
    world.feed.publish(SECOND, "2026.11.2", bases=[FIRST])
    result = world.sync()
    assert (result.outcome, result.version) == (Outcome.UPDATED, "2026.11.2")
    assert world.in_use() == SECOND
    assert result.fetched < len(SECOND) / 50
    assert world.left_behind() == []
    assert world.sync().outcome is Outcome.UP_TO_DATE


FAULTS = {
    "portal200": Outcome.SIGN_IN_PAGE,
    "portal302": Outcome.SIGN_IN_PAGE,
    "truncate": Outcome.OFFLINE,
    "short": Outcome.OFFLINE,
    "drip": Outcome.OFFLINE,
    "drip_headers": Outcome.OFFLINE,
    "hang": Outcome.OFFLINE,
    "reset": Outcome.OFFLINE,
    "gzip": Outcome.OFFLINE,
}


@pytest.mark.parametrize("only", ["", "timestamp", "snapshot", "targets.json", "/targets/"])
@pytest.mark.parametrize(("kind", "outcome"), FAULTS.items())
def test_each_fault_of_the_network_has_its_name(world: World, kind: str, outcome: Outcome, only: str) -> None:
    world.feed.publish(SECOND, "2026.11.2", bases=[FIRST])
    world.server.fault(kind, only=only, seconds=0.2)
    result = world.sync()
    assert result.outcome is outcome, result.sentence
    assert not result.tampered
    assert world.in_use() == FIRST
    world.server.heal()
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == SECOND
    assert world.left_behind() == []
