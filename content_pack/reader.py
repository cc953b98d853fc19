"""Open a pack and read from it. Whatever is damaged or missing comes out as PackError, in plain words."""

from __future__ import annotations

import json
import os
import sqlite3
from typing import TYPE_CHECKING, Any, Self, cast

from content_pack.errors import DAMAGED, PackError
from content_pack.model import PackInfo, Planned, RoadmapStep, Summary
from content_pack.schema import (
    APPLICATION_ID,
    ASSET_COLUMNS,
    ITEM_COLUMNS,
    MAJOR,
    PAGE_COLUMNS,
    PAGE_SIZE,
    digest,
    small_tables_digest,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

    from content_pack.item import Item
    from content_pack.query import Searcher, SearchPage

NOT_A_PACK = "This file is not an ILSY library. Choose a file that ends in .ilsypack."
TOO_NEW = (
    "This library was made for a newer version of the program. "
    "Ask IT to update the program, or go back to the library before."
)
GONE = "There is no library at {path}. Ask IT to install it."
_ITEM = ", ".join(ITEM_COLUMNS)
_PAGE = ", ".join(PAGE_COLUMNS)
_ASSET = ", ".join(ASSET_COLUMNS)


def open_pack(path: str | os.PathLike[str]) -> Pack:
    """Open the pack at `path` for reading.

    Checks header, length and the digest of the small tables; rows are checked when they are read.
    Raises PackError with a sentence for the reader when the file is missing, is not a pack, is
    damaged, or was made for a newer major version.
    """
    where = os.fspath(path)
    _check_header(where)
    try:
        absolute = os.path.abspath(where)  # noqa: PTH100 - pathlib again
        address = f"file:{_quoted(absolute)}?mode=ro&immutable=1"
        database = sqlite3.connect(address, uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        raise PackError(DAMAGED) from error
    try:
        return Pack(database)
    except PackError:
        database.close()
        raise


def _quoted(path: str) -> str:
    """A file path as SQLite's URI wants it, on Windows too."""
    path = path.replace("\\", "/")
    path = path if path.startswith("/") else "/" + path
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _check_header(path: str) -> None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs a millisecond of the start
            header = file.read(100)
            length = os.fstat(file.fileno()).st_size
    except FileNotFoundError as error:
        raise PackError(GONE.format(path=path)) from error
    except OSError as error:
        raise PackError(f"The library at {path} cannot be read: {error.strerror}. Ask IT to look.") from error
    if len(header) < 100 or not header.startswith(b"SQLite format 3\x00"):
        raise PackError(NOT_A_PACK if length else DAMAGED)
    number = int.from_bytes
    if number(header[68:72], "big") != APPLICATION_ID:
        raise PackError(NOT_A_PACK)
    major = number(header[60:64], "big") >> 16
    if major > MAJOR:
        raise PackError(TOO_NEW)
    pages = number(header[28:32], "big")
    if major < MAJOR or number(header[16:18], "big") != PAGE_SIZE or pages * PAGE_SIZE != length:
        raise PackError(DAMAGED)


class Pack:
    """One open pack. Use it in one thread at a time."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._searcher: Searcher | None = None
        meta = dict(self._rows("SELECT key, value FROM meta"))
        try:
            if meta["small_tables"] != small_tables_digest(database):
                raise PackError(DAMAGED)
            self.info = PackInfo(
                name=meta["name"],
                version=meta["version"],
                dated=meta["dated"],
                licence=meta["licence"],
                counts=json.loads(meta["counts"]),
                drafts=int(meta["drafts"]),
            )
        except (sqlite3.Error, KeyError, ValueError, TypeError) as error:
            raise PackError(DAMAGED) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def items(self, kind: str | None = None, stage: str | None = None) -> list[Summary]:
        """Summaries in reading order, of one kind or of all, of one stage or of all.

        Indexes have no digest: the table itself is read, and the number of rows compared with the pack's label.
        """
        rows = self._rows(
            f"SELECT {_ITEM}, digest FROM item NOT INDEXED WHERE ?1 IS NULL OR kind = ?1 ORDER BY id", (kind,)
        )
        counts = self.info.counts
        if len(rows) != (sum(counts.values()) if kind is None else counts.get(kind, 0)):
            raise PackError(DAMAGED)
        found = [_summary(row) for row in rows]
        return [summary for summary in found if stage is None or stage in summary.stages]

    def summaries(self, slugs: Iterable[str]) -> list[Summary]:
        """Summaries of these slugs, in their order; a slug that is not in the pack is left out."""
        wanted = list(slugs)
        marks = ",".join("?" * len(wanted))
        rows = self._rows(f"SELECT {_ITEM}, digest FROM item NOT INDEXED WHERE slug IN ({marks})", wanted)
        found = {summary.slug: summary for summary in map(_summary, rows)}
        return [found[slug] for slug in wanted if slug in found]

    def item(self, slug: str) -> Item:
        """The whole page of `slug`. Raises PackError where there is none."""
        rows = self._rows(f"SELECT {_ITEM}, digest FROM item WHERE slug = ?", (slug,))
        if not rows:
            raise PackError(f"There is no page called “{slug}” in this library.")
        number = rows[0][0]
        pages = self._rows(f"SELECT {_PAGE}, digest FROM page WHERE id = ?", (number,))
        if not pages:
            raise PackError(DAMAGED)
        return _item(_summary(rows[0]), pages[0])

    def asset(self, path: str) -> bytes:
        """The bytes of a picture or file of the pack. Raises PackError where there is none."""
        rows = self._rows(f"SELECT {_ASSET}, digest FROM asset WHERE path = ?", (path,))
        if not rows:
            raise PackError(f"The file “{path}” is not in this library.")
        _whole(rows[0])
        return cast("bytes", rows[0][-2])

    def code(self, code: str) -> tuple[str, str] | None:
        """Kind and slug that a printed code stands for, also of pages that are gone or to come; None if unknown."""
        rows = self._rows("SELECT kind, slug FROM code WHERE code = ?", (code.strip().upper(),))
        return rows[0] if rows else None

    def resolve(self, name: str) -> str:
        """The slug for a slug, a code ("T89") or an old slug.

        Raises PackError when there is no such page, when it is promised but not written yet, and when
        it was withdrawn (the sentence says when, why and what to see instead).
        """
        known = self.code(name)
        slug = known[1] if known else name.strip().lower()
        moved = self._rows("SELECT slug FROM redirect WHERE old = ?", (slug,))
        slug = moved[0][0] if moved else slug
        if self._rows("SELECT 1 FROM item WHERE slug = ?", (slug,)):
            return cast("str", slug)
        gone = self._rows("SELECT withdrawn_on, why, see_instead FROM withdrawn WHERE slug = ?", (slug,))
        if gone:
            raise PackError("This page was removed on {} because {}. See instead: {}.".format(*gone[0]))
        planned = self.planned(slug)
        if planned:
            raise PackError(f"“{planned.title}” is planned and not written yet.")
        raise PackError(f"There is no page called “{name}” in this library.")

    def verify(self) -> None:
        """Read every page and file and compare each with its digest. Raises PackError at the first that differs."""
        for summary in self.items():
            self.item(summary.slug)
        for (path,) in self._rows("SELECT path FROM asset"):
            self.asset(path)

    def planned(self, slug: str) -> Planned | None:
        """What is promised under this slug, or None."""
        rows = self._rows("SELECT slug, kind, title FROM planned WHERE slug = ?", (slug,))
        return Planned(*rows[0]) if rows else None

    def planned_items(self, kind: str) -> list[Planned]:
        """Everything of a kind that is promised and not written yet, by title."""
        rows = self._rows("SELECT slug, kind, title FROM planned WHERE kind = ? ORDER BY title", (kind,))
        return [Planned(*row) for row in rows]

    def roadmap(self) -> list[RoadmapStep]:
        """The gate, the stages and the threads, in order. Raises PackError on a damaged pack."""
        rows = self._rows(
            "SELECT roadmap.slug, part, name, purpose, item.slug IS NOT NULL FROM roadmap "
            "LEFT JOIN item ON item.slug = roadmap.slug "
            "AND item.kind = CASE part WHEN 'thread' THEN 'thread' ELSE 'stage' END ORDER BY position"
        )
        steps = [RoadmapStep(slug, part, name, purpose, bool(written)) for slug, part, name, purpose, written in rows]
        # The index of slugs carries no digest; a page that it has lost must not look like one never written.
        if sum(step.written for step in steps) < sum(self.info.counts.get(kind, 0) for kind in ("stage", "thread")):
            raise PackError(DAMAGED)
        return steps

    def labels(self, field: str) -> dict[str, str]:
        """The words for the values of a closed list (setting, organisation …), in order."""
        return dict(self._rows("SELECT value, label FROM label WHERE field = ? ORDER BY position", (field,)))

    def areas(self) -> dict[str, str]:
        """The area of each organisation: "South Yorkshire", "Yorkshire", "England" …"""
        return dict(self._rows("SELECT value, area FROM label WHERE field = 'organisation'"))

    def search(
        self,
        text: str,
        limit: int = 10,
        facets: Mapping[str, Iterable[str]] | None = None,
        partial: bool = False,
    ) -> SearchPage:
        """Search the pack; `partial` says that the last word may still be half typed.

        The answer depends on the arguments and the pack alone. Raises PackError on a damaged pack.
        """
        from content_pack.query import Searcher  # noqa: PLC0415 - start-up: home does not search

        if self._searcher is None:
            self._searcher = Searcher(self)
        try:
            return self._searcher.search(text, limit, facets or {}, partial)
        except (sqlite3.Error, ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
            raise PackError(DAMAGED) from error

    def rows(self, statement: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a statement, for the query front end. Raises PackError when SQLite refuses."""
        return self._rows(statement, values)

    def _rows(self, statement: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._database.execute(statement, tuple(values)).fetchall()
        except sqlite3.ProgrammingError:
            raise
        except (sqlite3.Error, UnicodeError, OverflowError, MemoryError) as error:
            raise PackError(DAMAGED) from error


def _whole(row: tuple[Any, ...]) -> None:
    """Compare a row with the digest in its last column."""
    if digest(row[:-1]) != row[-1]:
        raise PackError(DAMAGED)


def _summary(row: tuple[Any, ...]) -> Summary:
    _whole(row)
    (_, slug, kind, code, title, method, summary, level, core, stages, low, high, least, most, *rest) = row
    outcome, lesson, place, setting, organisation, _digest = rest
    return Summary(
        slug=slug,
        kind=kind,
        code=code,
        title=title,
        method=method,
        summary=summary,
        level=level,
        core=bool(core),
        stages=tuple(stages.split()),
        minutes=None if low is None else (low, high) if high is not None else low,
        group=None if least is None else (least, most),
        outcome=outcome,
        lesson=lesson,
        where=place,
        setting=setting,
        organisation=organisation,
    )


def _item(head: Summary, row: tuple[Any, ...]) -> Item:
    from content_pack import blocks  # noqa: PLC0415 - start-up: home shows no whole page
    from content_pack.item import Asset, Item, Source  # noqa: PLC0415

    _whole(row)
    try:
        record = json.loads(row[4])
        sources = tuple(Source(**entry) for entry in record.pop("sources"))
        assets = tuple(Asset(**entry) for entry in record.pop("assets"))
        links = {relation: tuple(slugs) for relation, slugs in record.pop("links").items()}
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in record.items()}
        known: dict[str, Any] = {name: value for name, value in values.items() if name in Item.__dataclass_fields__}
        page = blocks.loads(row[5])
        return Item(**head._asdict(), **known, sources=sources, links=links, assets=assets, blocks=page)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PackError(DAMAGED) from error
