"""The display probe tells apart what a person can mend."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from build_scripts.system import missing_libraries
from ilsy_desktop.host.display import X11_LIBRARIES, display_problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be without a display")


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def virtual_display() -> Iterator[str]:
    """The name of an X display that answers."""
    if not shutil.which("Xvfb"):
        pytest.skip("Xvfb is not installed (apt-get install xvfb)")
    command = ["Xvfb", "-displayfd", "1", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


def test_neither_x_nor_wayland() -> None:
    assert "neither DISPLAY nor WAYLAND_DISPLAY" in str(display_problem())


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:port=5900"])
def test_a_platform_without_a_display_is_trusted(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert display_problem() is None


@pytest.mark.parametrize("platform", ["xcb", "wayland", "wayland;xcb"])
def test_a_platform_that_needs_a_display_is_not(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert display_problem() is not None


def test_an_x_display_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":9876")
    missing = missing_libraries(X11_LIBRARIES)
    expected = [X11_LIBRARIES[name] for name in missing] or ["DISPLAY is :9876"]
    assert all(words in str(display_problem()) for words in expected)


def test_an_x_display_that_answers(monkeypatch: pytest.MonkeyPatch, virtual_display: str) -> None:
    missing = missing_libraries(X11_LIBRARIES)
    if missing:
        pytest.skip(f"Qt's libraries for X are not installed: {', '.join(missing)}")
    monkeypatch.setenv("DISPLAY", virtual_display)
    assert display_problem() is None


def test_a_wayland_socket_that_listens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-1")
    assert display_problem() is not None
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-1"))
        compositor.listen()
        assert display_problem() is None
