"""The lower layers run without Qt; reading a pack loads nothing that only building or the network needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = {
    "content_pack": "PySide6 shiboken6 markdown nh3 typst sqlite_utils yaml ssl socket requests urllib.request",
    "content_pack/build": "PySide6 shiboken6 requests",
    "ilsy_desktop/domain": "PySide6 shiboken6 content_pack sqlite3 requests ssl socket",
}
IMPORT_ALL = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*sorted(sys.modules))
"""


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_a_lower_layer_loads_nothing_from_above_or_outside(folder: str) -> None:
    paths = sorted((ROOT / folder).rglob("*.py"))
    if folder == "content_pack":
        paths = [path for path in paths if "build" not in path.parts[len(ROOT.parts) :]]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths]
    assert names
    child = [sys.executable, "-c", IMPORT_ALL, *names]
    shown = subprocess.run(child, cwd=ROOT, capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    assert not set(FORBIDDEN[folder].split()) & set(shown.stdout.split())
