"""The checks of the house's order see what breaks it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"
PACKAGES = ("build_scripts", "central_feed", "content_pack", "ilsy_desktop", "sync")

BAD_IMPORTS = [
    ("ilsy_desktop/domain/routes.py", "import PySide6.QtCore", "The domain is plain Python"),
    ("ilsy_desktop/domain/routes.py", "import content_pack.model", "The domain is plain Python"),
    ("ilsy_desktop/domain/routes.py", "import ilsy_desktop.host", "The rooms of the application"),
    ("ilsy_desktop/widgets/bad.py", "import ilsy_desktop.services", "Widgets do not know"),
    ("ilsy_desktop/pages/bad.py", "import ilsy_desktop.shell", "The rooms of the application"),
    ("ilsy_desktop/pages/bad.py", "import ilsy_desktop.pages.home", "Pages do not know each other"),
    ("ilsy_desktop/utils.py", "", "The rooms of the application"),
    ("ilsy_desktop/services/bad.py", "import content_pack.build.cli", "how packs are built"),
    ("content_pack/model.py", "import content_pack.build", "how packs are built"),
    ("content_pack/model.py", "import ssl", "Packs know nothing of Qt and of the network"),
    ("content_pack/build/bad.py", "import PySide6.QtGui", "Packs know nothing of Qt and of the network"),
    ("content_pack/model.py", "import ilsy_desktop.domain", "Imports go one way between the packages"),
    ("content_pack/model.py", "import sync.store", "Imports go one way between the packages"),
    ("sync/store.py", "import content_pack", "Imports go one way between the packages"),
    ("sync/store.py", "import PySide6.QtCore", "Sync knows nothing of Qt"),
    ("ilsy_desktop/services/bad.py", "import central_feed.publish", "Imports go one way between the packages"),
]

BAD_CODE = [
    ("content_pack/bad.py", "def long():\n" + "    x = 1\n" * 60, "1: long has 61 lines; 60 are the most"),
    ("build_scripts/bad.py", "x = 1\n" * 601, "1: the file has 601 lines; 600 are the most"),
    ("ilsy_desktop/shell/window.py", "x = 1\n" * 351, "1: the file has 351 lines; 350 are the most"),
    ("ilsy_desktop/pages/bad.py", 'x = """\nSELECT slug\nFROM item"""\n', "1: SQL belongs in"),
    ("ilsy_desktop/services/bad.py", "\nimport sqlite3\n", "2: SQLite is opened in"),
    ("ilsy_desktop/pages/bad.py", "try:\n    pass\nexcept Exception:\n    pass\n", "3: a broad except"),
    ("ilsy_desktop/pages/bad.py", "try:\n    pass\nexcept:\n    pass\n", "3: a broad except"),
    (
        "ilsy_desktop/pages/bad.py",
        "try:\n    pass\nexcept (OSError, Exception):\n    pass\n",
        "3: a broad except",
    ),
    ("content_pack/bad.py", "with contextlib.suppress(Exception):\n    pass\n", "1: a broad except"),
]

GOOD_CODE = [
    ("content_pack/good.py", "def long():\n" + "    x = 1\n" * 59),
    ("content_pack/good.py", "try:\n    pass\nexcept BaseException:\n    x = 1\n    raise\n"),
    ("content_pack/build/good.py", 'import sqlite3\nx = "DELETE FROM item"\n'),
    ("ilsy_desktop/pages/good.py", 'x = "Select a tool from the list, or update the sheet"\n'),
    ("ilsy_desktop/services/lanes.py", "try:\n    pass\nexcept Exception:\n    pass\n"),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the checkout's code in which a test may do damage."""
    for package in PACKAGES:
        only_code = shutil.ignore_patterns("__pycache__", "resources")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=only_code)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    command = [LINT_IMPORTS, "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def limits(tree: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "build_scripts" / "limits.py", tree]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def add(tree: Path, name: str, code: str) -> None:
    file = tree / name
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(f"{before}\n{code}\n", encoding="utf-8")


def test_the_checkout_keeps_its_import_contracts(tree: Path) -> None:
    shown = lint_imports(tree)
    assert (shown.returncode, shown.stderr) == (0, ""), shown.stdout


@pytest.mark.parametrize(("name", "code", "contract"), BAD_IMPORTS)
def test_an_import_against_the_order_fails(tree: Path, name: str, code: str, contract: str) -> None:
    add(tree, name, code)
    shown = lint_imports(tree)
    broken = [line for line in shown.stdout.splitlines() if " BROKEN" in line]
    assert shown.returncode == 1
    assert any(contract in line for line in broken), shown.stdout


def test_the_checkout_is_within_the_limits(tree: Path) -> None:
    shown = limits(tree)
    assert shown.returncode == 0, shown.stdout


@pytest.mark.parametrize(("name", "code", "complaint"), BAD_CODE)
def test_code_beyond_a_limit_fails_with_file_and_line(tmp_path: Path, name: str, code: str, complaint: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text(code, encoding="utf-8")
    shown = limits(tmp_path)
    assert shown.returncode == 1
    assert shown.stdout.startswith(f"{name}:{complaint}")


@pytest.mark.parametrize(("name", "code"), GOOD_CODE)
def test_code_within_the_limits_passes(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text(code, encoding="utf-8")
    assert limits(tmp_path).returncode == 0


def test_test_files_have_names_of_their_own_so_that_all_can_run_together() -> None:
    names = [file.name for file in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
