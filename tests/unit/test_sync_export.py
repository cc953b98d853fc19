"""A stick from an up-to-date PC updates another one, and the proof goes with it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tuf.ngclient import Updater

from sync.cancel import Cancel
from sync.export import export
from sync.folder import FolderTransport
from sync.outcomes import Outcome, SyncError
from sync.store import Store
from sync.trust import proved_offline
from tests.fakes.pc import FIRST, SECOND, World, a_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path) as made:
        made.feed.publish(SECOND, "2026.11.2", bases=[FIRST])
        made.feed.rotate("root")
        made.sync()
        yield made


def carry(world: World, stick: Path) -> tuple[World, Outcome, bool]:
    """Import the stick on a second PC that never sees the network."""
    other = (
        World(world.folder / "other", world.feed, world.server) if (world.folder / "other").mkdir() is None else world
    )
    other.root = world.feed.root
    result = other.sync(FolderTransport(stick, Cancel()))
    return other, result.outcome, result.tampered


def test_a_stick_updates_another_pc_and_that_one_makes_a_stick_too(world: World, tmp_path: Path) -> None:
    export(world.store, world.root, world.builtin, tmp_path / "stick")
    other, outcome, _ = carry(world, tmp_path / "stick")
    assert outcome is Outcome.UPDATED
    assert other.in_use() == SECOND
    export(other.store, other.root, other.builtin, tmp_path / "second stick")
    assert sorted(path.name for path in (tmp_path / "second stick").rglob("*")) == sorted(
        path.name for path in (tmp_path / "stick").rglob("*")
    )


def test_a_stick_is_a_feed_like_any_other(world: World, tmp_path: Path) -> None:
    export(world.store, world.root, world.builtin, tmp_path / "stick")
    (tmp_path / "client").mkdir()
    address = f"{world.server.url}/stick/"
    world.server.folder = tmp_path
    client = Updater(
        str(tmp_path / "client"),
        f"{address}metadata/",
        str(tmp_path / "client"),
        f"{address}targets/",
        bootstrap=world.root,
    )
    found = client.get_targetinfo("standard-2026.11.2.ilsypack")
    assert found is not None
    client.download_target(found, str(tmp_path / "client/pack"))
    assert (tmp_path / "client/pack").read_bytes() == SECOND


@pytest.mark.parametrize("pattern", ["targets/*.ilsypack", "metadata/*.targets.json", "metadata/timestamp.json"])
def test_a_stick_that_was_tampered_with(world: World, tmp_path: Path, pattern: str) -> None:
    export(world.store, world.root, world.builtin, tmp_path / "stick")
    path = next((tmp_path / "stick").glob(pattern))
    path.write_bytes(path.read_bytes().replace(b"2026.11.2", b"2026.11.7").replace(b'"version":', b'"version":1'))
    other, outcome, _ = carry(world, tmp_path / "stick")
    assert outcome is Outcome.NOT_TRUSTED
    assert other.in_use() == FIRST


def test_the_library_that_came_along_can_be_passed_on_too(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        world.sync()
        offer = export(world.store, world.root, world.builtin, tmp_path / "stick")
        assert offer.pack.version == "2026.11.1"
        other, outcome, _ = carry(world, tmp_path / "stick")
        assert outcome is Outcome.UP_TO_DATE
        assert other.in_use() == FIRST


def test_a_pc_that_never_saw_a_feed_has_nothing_to_pass_on(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        with pytest.raises(SyncError, match="no proof to pass on"):
            export(world.store, world.root, world.builtin, tmp_path / "stick")
        assert not (tmp_path / "stick").exists()


def test_a_pc_that_knows_of_a_newer_library_and_does_not_have_it(world: World, tmp_path: Path) -> None:
    for pack in world.store.folder.glob("*.ilsypack"):
        pack.unlink()
    with pytest.raises(SyncError, match="not the library"):
        export(world.store, world.root, world.builtin, tmp_path / "stick")


def test_a_stick_that_takes_no_files(world: World, tmp_path: Path) -> None:
    (tmp_path / "stick").write_text("a file, not a folder")
    with pytest.raises(SyncError) as full:
        export(world.store, world.root, world.builtin, tmp_path / "stick")
    assert full.value.outcome is Outcome.NO_ROOM


# The proof that stays on the PC


def test_the_proof_holds_without_a_network_and_after_its_time(world: World) -> None:
    targets = proved_offline(world.store.metadata, world.root)
    pack = world.store.current().pack
    assert pack is not None
    assert targets["standard-2026.11.2.ilsypack"].hashes["sha256"] == pack.sha256


@pytest.mark.parametrize("name", ["timestamp.json", "snapshot.json", "targets.json", "root_history/2.root.json"])
@pytest.mark.parametrize("spoil", ["changed", "gone", "nonsense", "swapped"])
def test_a_proof_that_does_not_hold(world: World, name: str, spoil: str) -> None:
    path = world.store.metadata / name
    if spoil == "changed":
        path.write_bytes(path.read_bytes().replace(b'"version":', b'"version":1'))
    elif spoil == "gone" and "root" not in name:
        path.unlink()
    elif spoil == "swapped":
        shutil.copyfile(world.store.metadata / "root_history/1.root.json", path)
    else:
        path.write_bytes(b"nonsense")
    with pytest.raises(SyncError) as refused:
        proved_offline(world.store.metadata, world.root)
    assert refused.value.outcome is Outcome.NOT_TRUSTED


def test_a_store_that_was_never_used_proves_nothing(tmp_path: Path) -> None:
    with a_world(tmp_path) as world, pytest.raises(SyncError):
        proved_offline(Store(tmp_path / "none").metadata, world.root)


def test_a_folder_with_other_things_in_it_is_left_alone(world: World, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick/holiday.jpg").write_bytes(b"")
    with pytest.raises(SyncError, match="holds other things, such as holiday"):
        export(world.store, world.root, world.builtin, tmp_path / "stick")


def test_a_file_in_place_of_a_stick(world: World) -> None:
    result = world.sync(FolderTransport(world.builtin, Cancel()))
    assert "is a file. An update comes in a folder" in result.sentence
