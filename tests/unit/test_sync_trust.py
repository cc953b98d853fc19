"""What a PC believes of a feed, and what it keeps as proof."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest
from tuf.api.metadata import DelegatedRole, Delegations

from central_feed.signing import Change
from sync.cancel import Cancel
from sync.folder import FolderTransport
from sync.http import HttpTransport
from sync.outcomes import Outcome, SyncError
from sync.trust import Trust, proved_offline
from tests.fakes.pc import QUICK, World, a_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACK = "standard-2026.11.1.ilsypack"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path) as made:
        yield made


def trust(world: World, folder: Path | None = None) -> Trust:
    transport = FolderTransport(world.feed.folder, Cancel())
    return Trust(folder or world.store.metadata, world.root, transport)


def test_a_target_is_found_by_its_name(world: World) -> None:
    found = trust(world)
    found.refresh()
    assert found.consistent
    target = found.find(PACK)
    assert target is not None
    assert target.hashes == found.targets()[PACK].hashes
    assert found.find("nothing of this name") is None


def test_looking_for_a_target_before_a_refresh_names_what_is_wrong_too(world: World) -> None:
    world.feed.expire("timestamp")
    with pytest.raises(SyncError, match="a time that is over") as refused:
        trust(world).find(PACK)
    assert refused.value.outcome is Outcome.NOT_TRUSTED


def test_a_role_that_is_promised_and_not_there(world: World) -> None:
    targets = copy.deepcopy(world.feed.state.targets.signed)
    key = next(iter(world.feed.state.root.signed.keys.values()))
    role = DelegatedRole("others", [key.keyid], 1, terminating=False, paths=["*"])
    targets.delegations = Delegations({key.keyid: key}, {"others": role})
    world.feed.commit(Change(targets=targets))
    found = trust(world)
    found.refresh()
    with pytest.raises(SyncError) as refused:
        found.find("nothing of this name")
    assert refused.value.outcome is Outcome.NOT_TRUSTED


def test_a_place_for_proofs_that_is_a_file(world: World, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SyncError) as refused:
        trust(world, tmp_path / "file")
    assert refused.value.outcome is Outcome.NO_ROOM


@pytest.mark.parametrize("ask", ["refresh", "find"])
def test_a_proof_that_cannot_be_kept(world: World, ask: str) -> None:
    found = trust(world)
    (world.store.metadata / "timestamp.json").mkdir()
    (world.store.metadata / "timestamp.json/in the way").write_text("")
    with pytest.raises(SyncError) as refused:
        found.refresh() if ask == "refresh" else found.find(PACK)
    assert refused.value.outcome is Outcome.NO_ROOM


def test_a_root_that_calls_itself_a_later_one(world: World) -> None:
    for _ in range(2):
        world.feed.rotate("root")
    world.feed.renew()
    trust(world).refresh()
    history = world.store.metadata / "root_history"
    (history / "3.root.json").replace(history / "2.root.json")
    with pytest.raises(SyncError) as refused:
        proved_offline(world.store.metadata, world.root)
    assert refused.value.outcome is Outcome.NOT_TRUSTED


def test_metadata_of_another_role_under_a_name(world: World) -> None:
    transport = HttpTransport(world.server.url, Cancel(), limits=QUICK)
    try:
        Trust(world.store.metadata, world.root, transport).refresh()
    finally:
        transport.close()
    snapshot = world.store.metadata / "snapshot.json"
    (world.store.metadata / "timestamp.json").write_bytes(snapshot.read_bytes())
    with pytest.raises(SyncError, match="does not hold"):
        proved_offline(world.store.metadata, world.root)


def test_an_older_part_of_the_proof_among_newer_ones(world: World) -> None:
    trust(world).refresh()
    old = (world.store.metadata / "snapshot.json").read_bytes()
    world.feed.renew()
    trust(world).refresh()
    (world.store.metadata / "snapshot.json").write_bytes(old)
    with pytest.raises(SyncError, match="is version"):
        proved_offline(world.store.metadata, world.root)
