"""The tables of a pack, its version numbers and the digests that tell a damaged row from a whole one.

A pack is one SQLite file. `application_id` says that it is ours, `user_version` is
major * 65536 + minor. Rows of `item`, `page` and `asset` carry a BLAKE2b of their content, because
SQLite's own check misses most flipped bits; the small tables are covered by one digest in `meta`.
"""

from __future__ import annotations

from _blake2 import blake2b  # hashlib is this and OpenSSL, which takes as long to load as SQLite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

APPLICATION_ID = 0x494C5359
MAJOR, MINOR = 1, 1
PAGE_SIZE = 4096
SUFFIX = ".ilsypack"

Value = str | int | float | bytes | None

# Read whole when a pack is opened and covered by meta's "small_tables" digest, in this order.
SMALL_TABLES = ("roadmap", "planned", "code", "redirect", "withdrawn", "label")

ITEM_COLUMNS = (
    "id", "slug", "kind", "code", "title", "method", "summary", "level", "core", "stages",
    "minutes_low", "minutes_high", "group_low", "group_high",
    "outcome", "lesson", "place", "setting", "organisation",
)  # fmt: skip
PAGE_COLUMNS = ("id", "names", "people_say", "body", "record", "blocks")
ASSET_COLUMNS = ("path", "media_type", "bytes")

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE item (
    id INTEGER PRIMARY KEY,           -- reading order
    slug TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    method TEXT NOT NULL,
    summary TEXT NOT NULL,
    level TEXT NOT NULL,
    core INTEGER NOT NULL,
    stages TEXT NOT NULL,             -- slugs with a space between
    minutes_low INTEGER, minutes_high INTEGER,
    group_low INTEGER, group_high INTEGER,
    outcome TEXT NOT NULL,
    lesson TEXT NOT NULL,
    place TEXT NOT NULL,              -- `where` of an example, as shown
    setting TEXT NOT NULL,
    organisation TEXT NOT NULL,
    digest BLOB NOT NULL
);
CREATE TABLE page (
    id INTEGER PRIMARY KEY REFERENCES item,
    names TEXT NOT NULL,              -- method and aliases, for search
    people_say TEXT NOT NULL,         -- for search only
    body TEXT NOT NULL,               -- plain text of the blocks
    record TEXT NOT NULL,             -- JSON: the fields that lists do not show, assets included
    blocks TEXT NOT NULL,             -- JSON: see blocks.py
    digest BLOB NOT NULL
);
CREATE TABLE asset (                  -- pictures, sheets; an item's own are listed in its record
    path TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL,
    digest BLOB NOT NULL
);
CREATE TABLE roadmap (
    position INTEGER PRIMARY KEY, slug TEXT NOT NULL, part TEXT NOT NULL,
    name TEXT NOT NULL, purpose TEXT NOT NULL
);
CREATE TABLE planned (slug TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE code (code TEXT PRIMARY KEY, slug TEXT NOT NULL, kind TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE redirect (old TEXT PRIMARY KEY, slug TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE withdrawn (
    slug TEXT PRIMARY KEY, withdrawn_on TEXT NOT NULL, why TEXT NOT NULL, see_instead TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE label (field TEXT, value TEXT, position INTEGER, label TEXT NOT NULL, area TEXT NOT NULL,
    PRIMARY KEY (field, value)) WITHOUT ROWID;
CREATE VIEW search_source AS
    SELECT item.id AS id, title, names, page.people_say AS people_say, summary, body
    FROM item JOIN page USING (id);
"""

# The search tables; query.py reads them, build/search_tables.py fills them.
SEARCH_TABLES = """
CREATE VIEW search_text AS            -- what is searched: search_source and the facts of an item in words
    SELECT search_source.*, trim(
        lesson || char(10) || place || char(10) || coalesce(of_setting.label, '') || char(10) ||
        coalesce(of_organisation.label || char(10) || of_organisation.area, '') || char(10) ||
        replace(outcome, '-', ' ') || char(10) || coalesce(json_extract(record, '$.citation'), ''), char(10)
    ) AS facts
    FROM search_source JOIN item USING (id) JOIN page USING (id)
    LEFT JOIN label AS of_setting ON of_setting.field = 'setting' AND of_setting.value = setting
    LEFT JOIN label AS of_organisation
        ON of_organisation.field = 'organisation' AND of_organisation.value = organisation;
CREATE VIRTUAL TABLE search USING fts5(
    title, names, people_say, summary, facts, body, content='search_text', content_rowid='id',
    tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TABLE vocab (                       -- every word as it stands on the pages
    position INTEGER PRIMARY KEY,          -- from 0, in the order of the words
    term TEXT NOT NULL, stem TEXT NOT NULL, pages INTEGER NOT NULL
);
CREATE TABLE deletes (                     -- first seven letters less up to two -> words, for did-you-mean
    letters TEXT, position INTEGER, PRIMARY KEY (letters, position)
) WITHOUT ROWID;
CREATE TABLE name (words TEXT, id INTEGER, PRIMARY KEY (words, id)) WITHOUT ROWID;
CREATE TABLE synonym (words TEXT, also TEXT, PRIMARY KEY (words, also)) WITHOUT ROWID;
CREATE TABLE variant (words TEXT, form TEXT, PRIMARY KEY (words, form)) WITHOUT ROWID;
CREATE TABLE signal (notice TEXT, words TEXT, most INTEGER, unless TEXT,
    PRIMARY KEY (notice, words, most)) WITHOUT ROWID;
CREATE TABLE related (id INTEGER, other INTEGER, PRIMARY KEY (id, other)) WITHOUT ROWID;
CREATE TABLE facet (name TEXT, value TEXT, id INTEGER, PRIMARY KEY (name, value, id)) WITHOUT ROWID;
"""


def digest(values: Iterable[Value]) -> bytes:
    """A 16-byte BLAKE2b over values, each with its type and length so that none can run into the next."""
    state = blake2b(digest_size=16)
    for value in values:
        content = value if isinstance(value, bytes) else b"" if value is None else str(value).encode()
        state.update(f"{type(value).__name__}{len(content)}:".encode())
        state.update(content)
    return state.digest()


def small_tables_digest(database: sqlite3.Connection) -> str:
    """The digest over every row of the small tables and of `meta` (its own entry left out), as hex."""
    values: list[Value] = []
    for table in SMALL_TABLES:
        values.append(table)
        for row in database.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):
            values.extend(row)
    for row in database.execute("SELECT key, value FROM meta WHERE key <> 'small_tables' ORDER BY key"):
        values.extend(row)
    return digest(values).hex()
