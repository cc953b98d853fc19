"""A publisher that is killed at any step leaves a feed that clients read, and that the next command puts right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fakes.feed_packs import Client, Library

from central_feed.cli import run
from central_feed.repository import Feed
from central_feed.roles import now
from central_feed.verify import verify

PASS = "four short words here"  # noqa: S105
KILLED = 9
STEPS_TO_ROTATE = {"root": 2, "timestamp": 4, "snapshot": 6, "targets": 8}
ROOT = Path(__file__).resolve().parents[2]

# Each write has three places to die at: before it, with half of the file written, and with the whole beside its place.
CHILD = """
import os, sys
from pathlib import Path
from central_feed import cli, repository

left, arguments = int(sys.argv[1]), sys.argv[2:]

def step():
    global left
    left -= 1
    if left < 0:
        os._exit(9)

class Mortal(repository.Files):
    def write(self, path, data):
        step()
        path.with_name(f"{path.name}.part").write_bytes(data[: len(data) // 2])
        super().write(path, data)

    def move(self, path, to):
        step()
        super().move(path, to)

    def remove(self, path):
        step()
        super().remove(path)

repository.Files = Mortal
sys.exit(cli.run(arguments))
"""


@pytest.fixture(autouse=True)
def _pass_phrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILSY_KEY_PASS", PASS)


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    library = Library(tmp_path_factory.mktemp("packs"))
    return [library.build(f"2026.12.{number}") for number in (1, 2, 3, 4)]


@pytest.fixture
def feed(tmp_path: Path, packs: list[Path]) -> Path:
    """A feed with two packs, of which the older goes at the next publish with --keep 1."""
    feed, keys = str(tmp_path / "feed"), str(tmp_path / "keys")
    assert run(["init", feed, "--keys", keys]) == 0
    for pack in packs[:2]:
        assert run(["publish", feed, str(pack), "--keys", keys, "--name", "standard", "--keep", "1"]) == 0
    return Path(feed)


def _killed_at(step: int, *arguments: str) -> bool:
    """Run a command that dies at a step; whether it did."""
    child = [sys.executable, "-c", CHILD, str(step), *arguments]
    ended = subprocess.run(child, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode in (0, KILLED), ended.stderr
    return ended.returncode == KILLED


@pytest.mark.parametrize("step", range(0, 20, 2))
def test_a_killed_publish_leaves_the_old_or_the_new_and_is_repaired(
    feed: Path, packs: list[Path], tmp_path: Path, step: int
) -> None:
    keys = ["--keys", str(tmp_path / "keys")]
    client = Client(feed, tmp_path / "client")
    old = client.newest().read_bytes()
    assert _killed_at(step, "publish", str(feed), str(packs[2]), *keys, "--keep", "2")
    assert client.newest().read_bytes() in (old, packs[2].read_bytes())
    root = (tmp_path / "keys" / "root.json").read_bytes()
    assert verify(Feed(feed), root, now()).wrong == []
    assert run(["publish", str(feed), str(packs[3]), *keys, "--keep", "2"]) == 0
    assert client.newest().read_bytes() == packs[3].read_bytes()
    assert verify(Feed(feed), root, now()).wrong == []
    assert [path.name for path in feed.rglob("*.part")] == []


@pytest.mark.parametrize(
    ("role", "step"),
    [
        ("root", 1),
        ("timestamp", 1),
        ("timestamp", 2),
        ("timestamp", 4),
        ("snapshot", 2),
        ("snapshot", 4),
        ("snapshot", 6),
        ("targets", 4),
        ("targets", 6),
        ("targets", 7),
    ],
)
def test_a_change_of_keys_that_was_killed_is_read_by_old_and_new_clients(
    feed: Path, tmp_path: Path, role: str, step: int
) -> None:
    keys = ["--keys", str(tmp_path / "keys")]
    client = Client(feed, tmp_path / "client")
    client.refresh()
    assert _killed_at(step, "keys", "rotate", str(feed), role, *keys, "--key", f"{role}-1") == (
        step < STEPS_TO_ROTATE[role]
    )
    client.refresh()
    Client(feed, tmp_path / "fresh").refresh()
    assert run(["renew", str(feed), *keys]) == 0
    client.refresh()


@pytest.mark.parametrize("step", range(6))
def test_a_lost_key_and_a_kill_at_once_are_put_right_by_the_next_command(feed: Path, tmp_path: Path, step: int) -> None:
    keys = ["--keys", str(tmp_path / "keys")]
    client = Client(feed, tmp_path / "client")
    client.refresh()
    lost = tmp_path / "keys" / "timestamp-1.pem"
    lost.rename(tmp_path / "lost.pem")
    rotate = ["keys", "rotate", str(feed), "timestamp", *keys]
    assert _killed_at(step, *rotate) == (step < 5)
    if not (feed / "metadata" / "2.root.json").exists():
        assert run(rotate) == 0
    assert run(["renew", str(feed), *keys]) == 0
    client.refresh()
    Client(feed, tmp_path / "fresh").refresh()
    assert [path.name for path in feed.rglob(".next*")] == []
