"""A second start shows its page in the first window, which comes to the front."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QProcess

from ilsy_desktop.host.single import FirstInstance

if TYPE_CHECKING:
    from conftest import Start
    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize("minimised", [False, True], ids=["shown", "minimised"])
def test_the_first_window_shows_the_page_of_the_second_start(
    start: Start, qtbot: QtBot, small_pack: Path, tmp_path: Path, minimised: bool
) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "current.json").write_text('{"sha256": "1"}', encoding="utf-8")
    shutil.copy(small_pack, store / "1.ilsypack")
    first = FirstInstance(tmp_path)
    assert first.is_first()
    visitor = start("--store", str(store), profile=tmp_path, first=first)
    if minimised:
        visitor.window.showMinimized()
    second = QProcess()
    second.setWorkingDirectory(str(ROOT))
    where = ["--store", str(store), "--profile", str(tmp_path)]
    with visitor.arrival("tool/tea-round"):
        second.start(sys.executable, ["-m", "ilsy_desktop", *where, "--open", "tool/tea-round"])
    qtbot.waitUntil(lambda: second.state() == QProcess.ProcessState.NotRunning)
    assert second.exitCode() == 0
    assert not visitor.window.isMinimized()
    assert visitor.window.isVisible()
