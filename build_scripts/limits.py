"""Limits that ruff has no rule for: sizes of functions and files, the places of SQL and of broad excepts."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FUNCTION_LINES = 60
FILE_LINES = 600
FILE_LINES_OF = {"ilsy_desktop/shell/window.py": 350}
PRODUCT = ("content_pack", "sync", "central_feed", "ilsy_desktop")
MEASURED = (*PRODUCT, "build_scripts", "tests")

SQL_FILES = (
    "content_pack/schema.py",
    "content_pack/reader.py",
    "content_pack/query",  # query.py and the query_… files it is divided into
    "content_pack/build/",
)
BROAD_EXCEPT_FILES = (
    "central_feed/cli.py",
    "content_pack/build/cli.py",
    "ilsy_desktop/__main__.py",
    "ilsy_desktop/admin/cli.py",
    "ilsy_desktop/host/logs.py",
    "ilsy_desktop/services/lanes.py",
    "sync/update.py",
)

_SQL = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bINSERT\s+(OR\s+\w+\s+)?INTO\b|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b"
    r"|\b(CREATE|DROP|ALTER)\s+(VIRTUAL\s+)?(TABLE|INDEX|VIEW|TRIGGER)\b|\bPRAGMA\s+\w|\bVACUUM\b|\bATTACH\s",
    re.DOTALL,
)
_SQL_MODULES = frozenset({"sqlite3", "sqlite_utils"})
_BROAD = frozenset({"Exception", "BaseException"})


def complaints(root: Path) -> list[str]:
    """What is over a limit in the Python files below `root`, as `file:line: what is wrong`, in order."""
    found = []
    for top in MEASURED:
        for path in sorted((root / top).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            text = path.read_text(encoding="utf-8")
            found += [f"{name}:{line}: {what}" for line, what in sorted(_in_file(name, text))]
    return found


def _in_file(name: str, text: str) -> Iterator[tuple[int, str]]:
    lines, allowed = len(text.splitlines()), FILE_LINES_OF.get(name, FILE_LINES)
    if lines > allowed:
        yield 1, f"the file has {lines} lines; {allowed} are the most"
    tree = ast.parse(text, name)
    yield from _long_functions(tree)
    if not name.startswith(PRODUCT):
        return
    if not name.startswith(SQL_FILES):
        yield from _sql(tree)
    if name not in BROAD_EXCEPT_FILES:
        yield from _broad_excepts(tree)


def _long_functions(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            lines = node.end_lineno - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield node.lineno, f"{node.name} has {lines} lines; {FUNCTION_LINES} are the most"


def _sql(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.search(node.value):
            yield node.lineno, f"SQL belongs in {', '.join(SQL_FILES)}"
        elif _SQL_MODULES.intersection(_imported(node)):
            yield node.lineno, f"SQLite is opened in {', '.join(SQL_FILES)} only"  # type: ignore[attr-defined]


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module:
        return {node.module.partition(".")[0]}
    return set()


def _broad_excepts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    what = "a broad except; name the exceptions, or let them go to one of the named edges"
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            if (node.type is None or _is_broad(node.type)) and not _raises_again(node):
                yield node.lineno, what
        elif isinstance(node, ast.Call) and _name(node.func) == "suppress" and any(map(_is_broad, node.args)):
            yield node.lineno, what


def _is_broad(caught: ast.expr) -> bool:
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(_name(name) in _BROAD for name in names)


def _name(expression: ast.expr) -> str:
    if isinstance(expression, ast.Attribute):
        return expression.attr
    return expression.id if isinstance(expression, ast.Name) else ""


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def main() -> int:
    """Print what is over a limit in the folder that the command line names, else in the checkout."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    found = complaints(root)
    print("\n".join(found) or "Every file is within the limits.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
