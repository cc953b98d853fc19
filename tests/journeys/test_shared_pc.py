"""A shared PC: nothing to write to, a window that is open already, no trace, and no word to any network."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from running import assert_quiet, log_of, make_store, one_line, run, running, until

LATE = (
    "requests",
    "ssl",
    "tuf",
    "filelock",
    "sync.store",
    "sync.outcomes",
    "zstandard",
    "markdown",
    "PySide6.QtPrintSupport",
    "PySide6.QtNetwork",
    "numpy",
    "typst",
    "yaml",
)
WATCHED = ("home", "tool/pdsa", "search?q=xylophone", "print/pdsa-worksheet", "about", "updates")
# Python's own audit events tell of every socket, also of those that a library opens.
WATCH = """
import os, sys
def hook(event, arguments):
    if event.startswith("socket.") or event in ("urllib.Request", "http.client.connect"):
        with open(os.environ["ILSY_SEEN"], "a") as file:
            file.write(event + "\\n")
sys.addaudithook(hook)
"""


@pytest.fixture
def store(tmp_path: Path, standard_pack: Path) -> Path:
    """A folder with an installed pack: a start with --pack never joins a window that is open."""
    return make_store(tmp_path / "store", standard_pack)


def listens(profile: Path) -> bool:
    return "started" in log_of(profile)


@pytest.mark.parametrize(
    "label", ["{", "[1]", '{"sha256": "gone"}', '{"sha256": "../../x"}', "[" * 200_000], ids=range(5)
)
def test_a_store_that_makes_no_sense_leaves_the_library_that_came_with_the_program(
    env: dict[str, str], tmp_path: Path, profile: Path, standard_pack: Path, label: str
) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "current.json").write_text(label, encoding="utf-8")
    done = run("--store", tmp_path / "store", "--profile", profile, "--self-test", env=env)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_installed_library_goes_before_the_one_that_came_along(
    env: dict[str, str], store: Path, profile: Path
) -> None:
    with running("--store", store, "--profile", profile, env=env):
        until(lambda: listens(profile), "the window")
    installed = next(store.glob("*.ilsypack")).name
    assert installed in log_of(profile)


def test_a_profile_that_cannot_be_written_is_told_once_and_all_else_works(
    env: dict[str, str], standard_pack: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    blocked = tmp_path / "file" / "profile"
    done = run("--pack", standard_pack, "--profile", blocked, "--exit-after-paint", env=env)
    assert done.returncode == 0
    assert str(blocked) in one_line(done.stderr)
    done = run("--self-test", "--pack", standard_pack, "--profile", blocked, env=env)
    assert done.returncode == 0
    assert_quiet(done.stderr)


def test_a_second_start_hands_its_page_over_and_ends(env: dict[str, str], store: Path, profile: Path) -> None:
    with running("--store", store, "--profile", profile, env=env) as first:
        until(lambda: listens(profile), "the first window")
        second = run("--store", store, "--profile", profile, "--open", "tool/pdsa", env=env)
        assert second.returncode == 0
        assert "already open" in one_line(second.stdout + second.stderr)
        assert first.poll() is None


def test_two_starts_at_once_open_one_window(env: dict[str, str], store: Path, profile: Path) -> None:
    """As when someone double-clicks twice because nothing seems to happen."""
    where = ("--store", store, "--profile", profile)
    with running(*where, env=env) as one, running(*where, "--open", "help", env=env) as other:
        until(lambda: one.poll() is not None or other.poll() is not None, "one of the two gives way")
        ended, stays = (one, other) if one.poll() is not None else (other, one)
        assert ended.returncode == 0
        until(lambda: listens(profile), "the window")
        assert stays.poll() is None


def test_another_profile_gets_a_window_of_its_own(env: dict[str, str], store: Path, tmp_path: Path) -> None:
    with running("--store", store, "--profile", tmp_path / "one", env=env):
        until(lambda: listens(tmp_path / "one"), "the first window")
        with running("--store", store, "--profile", tmp_path / "two", env=env) as second:
            until(lambda: listens(tmp_path / "two"), "the second window")
            assert second.poll() is None


def test_after_a_window_was_killed_the_next_start_opens_one(env: dict[str, str], store: Path, profile: Path) -> None:
    with running("--store", store, "--profile", profile, env=env) as first:
        until(lambda: listens(profile), "the first window")
        first.send_signal(signal.SIGKILL)
        first.wait()
    with running("--store", store, "--profile", profile, env=env) as second:
        until(lambda: log_of(profile).count("started") == 2, "the second window")
        assert second.poll() is None


def test_nothing_that_was_read_or_looked_for_is_left_behind(
    env: dict[str, str], standard_pack: Path, tmp_path: Path, profile: Path
) -> None:
    done = run("--pictures", tmp_path / "out", "--pack", standard_pack, "--profile", profile, *WATCHED, env=env)
    assert done.returncode == 0
    left = [file for folder in (profile, tmp_path / "home") for file in folder.rglob("*") if file.is_file()]
    for file in left:
        content = file.read_bytes()
        assert b"xylophone" not in content, file
        assert b"pdsa" not in content, file
    assert {file.name for file in left} <= {"ilsy.log", "window.lock", "preferences.json"}


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_reading_opens_no_network_socket(env: dict[str, str], store: Path, profile: Path, tmp_path: Path) -> None:
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    watched = {
        **env,
        "PYTHONPATH": os.pathsep.join([str(hooks), env["PYTHONPATH"]]),
        "ILSY_SEEN": str(tmp_path / "seen"),
    }
    opens_one = [sys.executable, "-c", "import socket; socket.socket().close()"]
    subprocess.run(opens_one, env=watched, check=True)
    (tmp_path / "seen").unlink()  # so the watch sees a socket
    with running("--store", store, "--profile", profile, env=watched) as first:
        until(lambda: listens(profile), "the first window")
        for route in WATCHED:
            assert run("--store", store, "--profile", profile, "--open", route, env=env).returncode == 0
        assert network_sockets(first) == set()
    assert not (tmp_path / "seen").exists(), (tmp_path / "seen").read_text(encoding="utf-8")


def network_sockets(process: subprocess.Popen[str]) -> set[str]:
    """The sockets of a process that belong to TCP or UDP."""
    proc = Path("/proc", str(process.pid))
    held = {str(fd.readlink()) for fd in (proc / "fd").iterdir() if fd.is_symlink()}
    tables = [proc / "net" / name for name in ("tcp", "tcp6", "udp", "udp6")]
    lines = [line.split() for table in tables if table.exists() for line in table.read_text().splitlines()[1:]]
    return held & {f"socket:[{fields[9]}]" for fields in lines}


def test_nothing_slow_is_loaded_before_the_first_paint(
    env: dict[str, str], standard_pack: Path, profile: Path, tmp_path: Path
) -> None:
    report = tmp_path / "modules"
    done = run("--pack", standard_pack, "--profile", profile, "--exit-after-paint", "--loaded-modules", report, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert not set(LATE) & set(report.read_text(encoding="utf-8").split())
