"""A process that is killed in the middle of an update, at any moment: the library is whole, the old or the new one.

`ILSY_KILLS=200 pytest tests/unit/test_sync_kills.py` for the long run.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sync.outcomes import Outcome
from tests.fakes.pc import FIRST, SECOND, World, a_world

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = int(os.environ.get("ILSY_KILLS", "10"))
PROGRAM = Path(__file__).parents[1] / "fakes/sync_process.py"


def start(world: World, store: Path) -> subprocess.Popen[str]:
    """A process that is about to begin its run."""
    root = world.folder / "root.json"
    root.write_bytes(world.root)
    command = [sys.executable, PROGRAM, world.server.url, store, world.builtin, root]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begins\n"
    return process


def seconds_of_a_run(world: World) -> float:
    with start(world, world.folder / "measured") as process:
        began = time.monotonic()
        process.wait()
        return time.monotonic() - began


def moments(world: World) -> Iterator[float]:
    whole = seconds_of_a_run(world)
    source = random.Random(int(os.environ.get("ILSY_SEED", "3")))
    for _ in range(KILLS):
        yield source.uniform(0, whole)


def test_killed_at_any_moment_the_library_is_whole(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        world.feed.publish(SECOND, "2026.11.2", bases=[FIRST])
        for number, moment in enumerate(moments(world)):
            world.store = type(world.store)(tmp_path / f"store {number}")
            with start(world, world.store.folder) as process:
                try:
                    process.wait(moment)
                except subprocess.TimeoutExpired:
                    process.kill()
            assert world.in_use() in (FIRST, SECOND)
            assert world.sync().outcome in (Outcome.UPDATED, Outcome.UP_TO_DATE)
            assert world.in_use() == SECOND
            assert world.left_behind() == []


def test_two_processes_at_once(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        world.feed.publish(SECOND, "2026.11.2", bases=[FIRST])
        both = [start(world, world.store.folder) for _ in range(2)]
        ends = sorted(process.communicate()[0].split()[0] for process in both)
        assert ends == ["up-to-date", "updated"]
        assert world.in_use() == SECOND
