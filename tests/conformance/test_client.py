"""The client that the TUF conformance suite drives keeps the suite's protocol (docs/decisions/0007-sync.md says how it
is run)."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.fakes.pc import FIRST, World, a_world

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT = Path(__file__).with_name("client")
PACK = "standard-2026.11.1.ilsypack"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path) as made:
        (tmp_path / "root.json").write_bytes(made.root)
        for name in ("metadata", "files"):
            (tmp_path / name).mkdir()
        yield made


def client(world: World, command: str, *more: object) -> int:
    where: list[object] = [
        "--metadata-dir",
        world.folder / "metadata",
        "--metadata-url",
        f"{world.server.url}/metadata",
    ]
    targets: list[object] = ["--target-dir", world.folder / "files", "--target-base-url", f"{world.server.url}/targets"]
    done = subprocess.run([CLIENT, *where, *targets, "--target-name", PACK, command, *more], check=False, timeout=60)
    return done.returncode


def test_a_target_is_fetched_once(world: World) -> None:
    assert client(world, "init", world.folder / "root.json") == 0
    assert world.server.requests == []
    assert client(world, "refresh") == 0
    for _ in range(2):
        assert client(world, "download") == 0
    assert [path.read_bytes() for path in (world.folder / "files").iterdir()] == [FIRST]
    assert len([path for path in world.server.paths() if path.startswith("/targets/")]) == 1


def test_a_refused_update_is_exit_1(world: World) -> None:
    client(world, "init", world.folder / "root.json")
    world.feed.sign_with_wrong_keys("timestamp")
    assert client(world, "refresh") == 1
    assert client(world, "download") == 1
    assert not list((world.folder / "files").iterdir())
