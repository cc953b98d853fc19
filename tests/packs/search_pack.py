"""Small packs for the tests of search, written straight through the schema."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from content_pack.blocks import Paragraph, Span, dumps
from content_pack.build.search_tables import write_search_tables
from content_pack.item import Item
from content_pack.model import Summary
from content_pack.schema import (
    APPLICATION_ID,
    ITEM_COLUMNS,
    MAJOR,
    PAGE_COLUMNS,
    PAGE_SIZE,
    SEARCH_TABLES,
    TABLES,
    digest,
    small_tables_digest,
)

WORD_LISTS = Path(__file__).parents[2] / "resources" / "content" / "search"
ROADMAP = [
    (1, "start", "stage", "Start well", "Agree who is in the team."),
    (2, "measure", "stage", "Choose measures", "Choose a few numbers."),
    (3, "test", "stage", "Find and test changes", "Try an idea small."),
]


@dataclass
class Page:
    """What a test says about a page; everything else is empty."""

    slug: str
    title: str
    kind: str = "tool"
    code: str = ""
    method: str = ""
    aliases: list[str] = field(default_factory=list)
    people_say: list[str] = field(default_factory=list)
    summary: str = ""
    body: str = ""
    level: str = "introductory"
    stages: str = ""
    minutes: tuple[int | None, int | None] = (None, None)
    outcome: str = ""
    lesson: str = ""
    place: str = ""
    setting: str = ""
    organisation: str = ""
    record: dict[str, Any] = field(default_factory=dict)


def write_pack(
    path: Path,
    pages: list[Page],
    labels: list[tuple[str, str, int, str, str]] | None = None,
    lists: Path = WORD_LISTS,
) -> Path:
    """Write a pack of these pages at `path`, with the word lists of the library."""
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {MAJOR << 16}")
    database.executescript(TABLES + SEARCH_TABLES)
    for number, page in enumerate(pages, start=1):
        _insert(database, "item", ITEM_COLUMNS, _item(number, page))
        _insert(database, "page", PAGE_COLUMNS, _page(number, page))
        if page.code:
            database.execute("INSERT INTO code VALUES (?, ?, ?)", (page.code, page.slug, page.kind))
    database.executemany("INSERT INTO roadmap VALUES (?, ?, ?, ?, ?)", ROADMAP)
    database.executemany("INSERT INTO label VALUES (?, ?, ?, ?, ?)", labels or [])
    meta = {"name": "Test", "version": "2026.11.1", "dated": "2026-11-24", "licence": "CC BY 4.0"}
    meta |= {"counts": "{}", "drafts": "0"}
    database.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    write_search_tables(database, lists)
    database.execute("INSERT INTO meta VALUES ('small_tables', ?)", (small_tables_digest(database),))
    database.commit()
    database.execute("VACUUM")
    database.close()
    return path


def _insert(database: sqlite3.Connection, table: str, columns: tuple[str, ...], values: tuple[Any, ...]) -> None:
    marks = ", ".join("?" * (len(columns) + 1))
    database.execute(f"INSERT INTO {table} ({', '.join(columns)}, digest) VALUES ({marks})", (*values, digest(values)))


def _item(number: int, page: Page) -> tuple[Any, ...]:
    return (
        number, page.slug, page.kind, page.code, page.title, page.method, page.summary, page.level, 0,
        page.stages, *page.minutes, None, None,
        page.outcome, page.lesson, page.place, page.setting, page.organisation,
    )  # fmt: skip


def _page(number: int, page: Page) -> tuple[Any, ...]:
    record = _empty_record() | {"aliases": page.aliases, "people_say": page.people_say} | page.record
    names = "\n".join(filter(None, [page.method, *page.aliases]))
    body = dumps((Paragraph((Span(page.body),)),))
    return number, names, "\n".join(page.people_say), page.body, json.dumps(record), body


def _empty_record() -> dict[str, Any]:
    shown = Summary._fields
    empty = {"str": "", "bool": False, "tuple": [], "Mapping": {}}
    kinds = {name: str(entry.type).split("[")[0] for name, entry in Item.__dataclass_fields__.items()}
    return {name: empty[kind] for name, kind in kinds.items() if name not in shown and name != "blocks"}
