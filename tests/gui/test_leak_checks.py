"""The leak checks of this folder see what a test leaves behind, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TESTS = """
import threading
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QMenu

kept = []
goes_on = threading.Event()

def test_tidy(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QLabel("a"))
    timer = QTimer(window)
    timer.start(60_000)
    menu = QMenu(window)
    thread = threading.Thread(target=lambda: None)
    thread.start()
    window.show()

def test_leaves_a_window():
    kept.append(QMainWindow())
    kept[-1].setWindowTitle("forgotten")

def test_leaves_a_timer():
    timer = QTimer()
    timer.start(60_000)
    kept.append(timer)

def test_leaves_a_timer_of_the_application():
    QTimer(QApplication.instance()).start(50_000)

def test_leaves_a_thread():
    threading.Thread(target=goes_on.wait, name="worker", daemon=True).start()

def test_tidy_after_all_that(qtbot):
    qtbot.addWidget(QLabel("b"))
"""


def test_what_a_test_leaves_behind_fails_it(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text((HERE / "leak_checks.py").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "test_inner.py").write_text(TESTS, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-rE",
        "--rootdir",
        str(tmp_path),
        str(tmp_path),
    ]
    shown = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert "6 passed, 4 errors" in shown
    for left in (
        "top-level widget QMainWindow “forgotten”",
        "timer of 60000 ms",
        "timer of 50000 ms",
        "thread worker",
    ):
        assert f"left behind: {left}" in shown
