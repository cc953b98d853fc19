"""The store: the switch, the way back, two runs at once, a disk that does not play along."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest

from sync.cancel import Cancel
from sync.files import Files
from sync.folder import FolderTransport
from sync.http import HttpTransport
from sync.outcomes import Outcome, SyncError
from sync.pointer import pointer_fault
from sync.store import Store
from sync.update import Update
from tests.fakes.pc import FIRST, QUICK, SECOND, THIRD, World, a_world, check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sync.update import Progress


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path) as made:
        made.feed.publish(SECOND, "2026.11.2", bases=[FIRST])
        yield made


def test_go_back_stays_back_until_told_otherwise(world: World) -> None:
    world.sync()
    world.store.go_back()
    assert world.in_use() == FIRST
    assert world.sync().outcome is Outcome.HELD
    world.feed.publish(THIRD, "2026.11.3", bases=[SECOND])
    assert world.sync().outcome is Outcome.HELD
    assert world.in_use() == FIRST
    world.store.go_forward()
    assert world.in_use() == SECOND
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == THIRD


def test_one_previous_version_is_kept_and_no_more(world: World) -> None:
    world.sync()
    world.feed.publish(THIRD, "2026.11.3", bases=[SECOND])
    world.sync()
    assert len(list(world.store.folder.glob("*.ilsypack"))) == 2
    world.store.go_back()
    assert world.in_use() == SECOND
    with pytest.raises(SyncError, match="no earlier library"):
        world.store.go_back()


def test_nothing_to_go_back_or_forward_to(world: World) -> None:
    with pytest.raises(SyncError, match="no earlier library"):
        world.store.go_back()
    with pytest.raises(SyncError, match="Nobody went back"):
        world.store.go_forward()


def test_forward_when_the_newer_one_is_gone_uses_the_feed_again(world: World) -> None:
    world.sync()
    newer = world.store.current().pack
    assert newer is not None
    world.store.go_back()
    world.store.pack(newer.sha256).unlink()
    world.store.go_forward()
    assert world.in_use() == FIRST
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == SECOND


def test_a_pack_that_was_damaged_in_the_store_is_fetched_again_and_the_previous_one_kept(world: World) -> None:
    world.sync()
    world.feed.publish(THIRD, "2026.11.3", bases=[SECOND])
    world.sync()
    now = world.store.current().pack
    assert now is not None
    world.store.pack(now.sha256).write_bytes(b"PACK damaged")
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == THIRD
    world.store.go_back()
    assert world.in_use() == SECOND


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff", b'{"current": 3}', b'{"current": {"sha256": "../x"}}', b"[" * 100_000]
)
def test_a_switch_that_is_damaged_means_the_library_that_came_along(world: World, content: bytes) -> None:
    world.sync()
    (world.store.folder / "current.json").write_bytes(content)
    assert world.in_use() == FIRST
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == SECOND
    assert world.left_behind() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, ""),
        (b"{", "is damaged"),
        (b'{"sha256": null}', ""),
        (b'{"sha256": "../x"}', "makes no sense"),
        (b'{"sha256": "%s"}' % (b"0" * 64), "cannot be read: No such file"),
    ],
)
def test_the_fault_of_a_switch_is_told(tmp_path: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / "current.json").write_bytes(content)
    fault = pointer_fault(tmp_path)
    assert said in fault if said else fault == ""


def test_a_good_switch_has_no_fault(world: World) -> None:
    world.sync()
    assert pointer_fault(world.store.folder) == ""


def test_leftovers_of_a_killed_run_are_swept_and_other_files_are_not(world: World) -> None:
    world.store.incoming.mkdir(parents=True)
    for name in (f"{'0' * 64}.ilsypack", "current.json.part", "incoming/x.staged", "incoming/x.part"):
        (world.store.folder / name).write_bytes(b"half")
    world.store.metadata.mkdir()
    (world.store.metadata / "tmpabc").write_bytes(b"half")
    (world.store.folder / "read-me-of-it.txt").write_text("ours")
    world.sync()
    assert world.left_behind() == ["read-me-of-it.txt"]
    assert not (world.store.metadata / "tmpabc").exists()


def test_the_program_itself_is_newer_than_the_feed(world: World) -> None:
    world.builtin.write_bytes(FIRST.replace(b"2026.11.1", b"2026.12.9"))
    assert world.sync().outcome is Outcome.UP_TO_DATE
    assert world.left_behind() == []


def test_a_program_without_a_library_gets_one(world: World) -> None:
    world.builtin.unlink()
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == SECOND


def test_two_runs_at_once_download_once(world: World) -> None:
    results = []
    runs = [threading.Thread(target=lambda: results.append(world.sync().outcome)) for _ in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert sorted(results) == [Outcome.UP_TO_DATE] * 3 + [Outcome.UPDATED]
    assert len([path for path in world.server.paths() if ".zstpatch" in path]) == 1


def test_waiting_for_another_run_can_be_stopped_and_has_an_end(world: World) -> None:
    with world.store.locked(Cancel(), 1):
        with pytest.raises(SyncError) as busy, Store(world.store.folder).locked(Cancel(), 0.1):
            pass
        assert busy.value.outcome is Outcome.SERVER_BUSY
        stopped = Cancel()
        stopped.set()
        with pytest.raises(SyncError) as ended, Store(world.store.folder).locked(stopped, 60):
            pass
        assert ended.value.outcome is Outcome.CANCELLED


def test_contact_is_a_good_end_and_tries_are_counted(world: World) -> None:
    world.server.fault("status", status=503)
    world.sync()
    world.sync()
    assert world.store.contact()["failures"] == 2
    assert world.store.contact()["last_contact"] is None
    world.server.heal()
    world.sync()
    assert world.store.contact()["failures"] == 0
    assert world.store.contact()["last_contact"] == world.store.contact()["last_try"]


def test_a_stick_says_nothing_of_when_to_ask_the_feed_again(world: World) -> None:
    world.sync()
    before = world.store.contact()
    stick = FolderTransport(world.folder / "no stick", Cancel())
    ended = Update(world.store, world.root, stick, check, world.builtin, Cancel(), keeps_contact=False).run()
    assert ended.outcome is Outcome.OFFLINE
    assert world.store.contact() == before


def test_what_changed_comes_along(world: World) -> None:
    world.sync()
    pack = world.store.current().pack
    assert pack is not None
    assert json.loads(world.store.notes(pack.sha256).read_text())["words"] == "1 new"


def test_no_notes_are_no_reason_to_stay_behind(world: World) -> None:
    world.server.fault("status", only="notes", status=503)
    assert world.sync().outcome is Outcome.UPDATED


# A disk that does not play along


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MB, where a test may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if (
        not mount
        or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=12m", "tmpfs", folder], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("only root may make a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


def fill(folder: Path) -> Path:
    filler = folder / "filler"
    with pytest.raises(OSError), filler.open("ab", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    return filler


@pytest.mark.parametrize("step", ["connecting", "fetching", "checking"])
def test_the_disk_fills_up_at(world: World, small_disk: Path, step: str) -> None:
    world.store = Store(small_disk / "store")

    def heard(progress: Progress) -> None:
        if progress.step == step and not (small_disk / "filler").exists():
            fill(small_disk)

    result = world.sync(progress=heard)
    assert result.outcome is Outcome.NO_ROOM, result.sentence
    assert world.in_use() == FIRST
    assert world.left_behind() == []
    (small_disk / "filler").unlink()
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == SECOND


def test_too_little_room_is_said_before_anything_is_fetched(world: World, small_disk: Path) -> None:
    world.store = Store(small_disk / "store")
    (small_disk / "other").write_bytes(bytes(9_000_000))
    result = world.sync()
    assert result.outcome is Outcome.NO_ROOM
    assert "needs 5 MB" in result.sentence
    assert not [path for path in world.server.paths() if "/targets/" in path]


def test_a_store_that_cannot_be_written(world: World, small_disk: Path) -> None:
    world.store = Store(small_disk / "store")
    world.sync()
    world.feed.publish(THIRD, "2026.11.3")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    result = world.sync()
    assert result.outcome is Outcome.NO_ROOM
    assert "does not take files" in result.sentence
    assert world.in_use() == SECOND
    with pytest.raises(SyncError, match="does not take files"):
        world.store.go_back()


class PowerCut(BaseException):
    """The lights are out."""


class CutFiles(Files):
    """A disk whose power goes at the `at`-th durable step; what was not settled then is lost."""

    def __init__(self, at: int) -> None:
        self._left = at
        self.settled: set[Path] = set()

    def _step(self, act: Callable[[], None]) -> None:
        self._left -= 1
        if self._left < 0:
            raise PowerCut
        act()

    def settle(self, path: Path) -> None:
        self._step(lambda: Files.settle(self, path))
        self.settled.add(path)

    def move(self, path: Path, to: Path) -> None:
        self._step(lambda: Files.move(self, path, to))
        self.settled.discard(to)
        if path in self.settled or path.suffix == ".part":  # `write` settles what it moves
            self.settled.add(to)

    def drop_unsettled(self, store: Path) -> None:
        for path in store.rglob("*"):
            if path.is_file() and path not in self.settled and not path.is_symlink():
                path.write_bytes(path.read_bytes()[:100])


@pytest.mark.parametrize("at", range(8))
def test_the_power_goes_and_unsynced_writes_are_lost(world: World, at: int) -> None:
    files = CutFiles(at)
    cut = Store(world.store.folder, files)
    transport = HttpTransport(world.server.url, Cancel(), limits=QUICK)
    try:
        Update(cut, world.root, transport, check, world.builtin, Cancel()).run()
        whole = True
    except PowerCut:
        whole = False
    finally:
        transport.close()
    files.drop_unsettled(world.store.folder)
    assert world.in_use() in ((SECOND,) if whole else (FIRST, SECOND))
    assert world.sync().outcome in (Outcome.UPDATED, Outcome.UP_TO_DATE)
    assert world.in_use() == SECOND
    assert world.left_behind() == []
