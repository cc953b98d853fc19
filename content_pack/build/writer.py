"""Write a pack: rows, digests and small tables into one SQLite file, the same bytes for the same content."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from content_pack.schema import (
    APPLICATION_ID,
    ITEM_COLUMNS,
    MAJOR,
    MINOR,
    PAGE_SIZE,
    SEARCH_TABLES,
    TABLES,
    digest,
    small_tables_digest,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from content_pack.schema import Value


@dataclass(frozen=True)
class Entry:
    """One item: the values of its `item` row by column (without id), and what its `page` row is made of.

    `body` is its plain text, `blocks` the blocks as blocks.py packs them.
    """

    columns: Mapping[str, Value]
    names: tuple[str, ...]
    people_say: tuple[str, ...]
    record: Mapping[str, Any]
    body: str
    blocks: str


@dataclass(frozen=True)
class File:
    """A picture or sheet of the pack."""

    path: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class PackContent:
    """Everything in a pack, in reading order. `tables` holds the rows of the small tables by name."""

    meta: Mapping[str, str]
    entries: tuple[Entry, ...]
    files: tuple[File, ...]
    tables: Mapping[str, list[tuple[Value, ...]]]


def write_pack(content: PackContent, target: Path, add_search: Callable[[sqlite3.Connection], None]) -> None:
    """Write a pack to `target`, which is replaced at once when the new one is whole.

    `add_search` makes and fills the search tables once the items are in. Raises OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    draft = Path(name)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as database:
            _fill(database, content, add_search)
        draft.chmod(0o644)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _fill(database: sqlite3.Connection, content: PackContent, add_search: Callable[[sqlite3.Connection], None]) -> None:
    database.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")  # a draft that power loss cuts off is not yet the pack
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {MAJOR << 16 | MINOR}")
    database.executescript(f"BEGIN; {TABLES} {SEARCH_TABLES}")
    for number, entry in enumerate(content.entries, start=1):
        _insert(database, "item", [number, *(entry.columns[name] for name in ITEM_COLUMNS[1:])])
        _insert(database, "page", _page(number, entry))
    for file in content.files:
        _insert(database, "asset", [file.path, file.media_type, file.content])
    for table, rows in content.tables.items():
        _insert_all(database, table, rows)
    _insert_all(database, "meta", sorted(content.meta.items()))
    add_search(database)
    database.execute("INSERT INTO meta VALUES ('small_tables', ?)", (small_tables_digest(database),))
    database.execute("COMMIT")
    database.execute("VACUUM")


def _page(number: int, entry: Entry) -> list[Value]:
    record = json.dumps(entry.record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return [number, "\n".join(entry.names), "\n".join(entry.people_say), entry.body, record, entry.blocks]


def _insert(database: sqlite3.Connection, table: str, values: list[Value]) -> None:
    """One row with its digest, over exactly what the reader will get back."""
    _insert_all(database, table, [(*values, digest(values))])


def _insert_all(database: sqlite3.Connection, table: str, rows: Iterable[tuple[Value, ...]]) -> None:
    for row in rows:
        database.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
