"""The commands of `ilsy-pack` that need the editor's packages: check, build, new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from content_pack.build.assemble import assemble
from content_pack.build.cache import Cache, cache_of_checkout
from content_pack.build.complaints import Refused
from content_pack.build.content import Content, read_content
from content_pack.build.copied import check_against
from content_pack.build.kinds import KINDS
from content_pack.build.paper import FONTS, NoFonts, Typesetter
from content_pack.build.printing import Printed, print_pages
from content_pack.build.progress import Progress, silent
from content_pack.build.search_tables import write_search_tables
from content_pack.build.sources import Unreadable
from content_pack.build.writer import write_pack

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from pathlib import Path

    from content_pack.build.complaints import Complaint

FAULTY = " (with faults, not to be published)"


class Failed(Exception):  # noqa: N818 - see Refused
    """What was asked for could not be done; the message says what to do."""


@dataclass(frozen=True)
class Wish:
    """What to build, from where and to where. Without `fonts` those of the program are used.

    The cache stands beside the pack, or at `cache`.
    """

    folder: Path
    output: Path
    fonts: Path | None = None
    cached: bool = True
    keep_going: bool = False
    cache: Path | None = None


def check(
    folder: Path, fonts: Path | None, against: Sequence[Path] = (), progress: Progress = silent
) -> tuple[list[Complaint], list[Complaint]]:
    """Everything wrong in a content folder, sheets that do not fit their page included, and what to look at.

    What was copied from one of the files `against` is wrong, too. Raises Refused where that cannot be read, or Failed.
    """
    try:
        content, printed = _read(folder, fonts, Cache(cache_of_checkout(folder)), progress)
    except Refused as refused:
        return refused.complaints, []
    complaints = [*content.complaints, *printed.complaints]
    pages = [written.page for written in content.pages]
    try:
        for path in against:
            complaints += check_against(pages, path)
    except Unreadable as unreadable:
        raise Refused([unreadable.complaint]) from unreadable
    return sorted(set(complaints)), content.advice


def build(wish: Wish, progress: Progress = silent) -> tuple[str, list[Complaint]]:
    """Write a pack; say what is in it, and what is wrong where it was to be written all the same.

    Raises Refused when something is wrong, Failed, or OSError.
    """
    cache = Cache((wish.cache or wish.output.parent / "cache") if wish.cached else None)
    content, printed = _read(wish.folder, wish.fonts, cache, progress)
    complaints = sorted({*content.complaints, *printed.complaints})
    if complaints and not wish.keep_going:
        raise Refused(complaints)
    pack = assemble(content, printed.assets, printed.files)
    if complaints:
        pack = replace(pack, meta={**pack.meta, "name": pack.meta["name"] + FAULTY})

    def add_search(database: sqlite3.Connection) -> None:
        write_search_tables(database, wish.folder / "search")

    write_pack(pack, wish.output, add_search)
    cache.prune()
    size = wish.output.stat().st_size / 1e6
    return f"{wish.output}: {len(content.pages)} pages, {len(pack.files)} files, {size:.1f} MB", complaints


def pages_in(folder: Path) -> set[str]:
    """The slugs of the pages in a content folder, by the names of their files."""
    return {path.stem for kind in KINDS.values() for path in (folder / kind.folder).glob("*.md")}


def _read(folder: Path, fonts: Path | None, cache: Cache, progress: Progress) -> tuple[Content, Printed]:
    if folder.is_file():
        raise Failed(f"{folder} is a file: for one page write --page {folder.stem}, without the name of its file.")
    if not folder.is_dir():
        raise Failed(f"There is no folder {folder}: name the folder that holds pack.yaml.")
    try:
        content = read_content(folder, cache, progress)
        printed = print_pages(content, Typesetter(fonts or FONTS, cache), cache, progress)
    except Unreadable as unreadable:
        raise Refused([unreadable.complaint]) from unreadable
    except NoFonts as error:
        raise Failed(str(error)) from error
    return content, printed
