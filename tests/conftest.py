"""What holds for every test: off-screen unless somebody chose otherwise, and nothing in their own folders."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
STANDARD_PACK = ROOT / "build" / "standard.ilsypack"
PYTEST_QT_SETTINGS = ("qt_api", "qt_log_level_fail")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The lower layers are tested where Qt is not installed, too.
WITHOUT_QT = importlib.util.find_spec("PySide6") is None
collect_ignore_glob = ["gui/*", "journeys/*"] if WITHOUT_QT else []


def pytest_addoption(parser: pytest.Parser) -> None:
    """Without pytest-qt, nobody else knows its settings in pyproject.toml."""
    if importlib.util.find_spec("pytestqt") is None:
        for name in PYTEST_QT_SETTINGS:
            parser.addini(name, "a setting of pytest-qt, which is not installed here")


@pytest.fixture(scope="session", autouse=True)
def _folders_of_no_one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The program under test and its children find fresh folders instead of this person's own."""
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


@pytest.fixture(scope="session")
def standard_pack() -> Path:
    """The pack that comes with the program."""
    if not STANDARD_PACK.is_file():
        pytest.fail("There is no build/standard.ilsypack yet; run: python3 build_scripts/dev.py build")
    return STANDARD_PACK
