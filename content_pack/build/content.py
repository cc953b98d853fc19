"""Read a content folder whole: its lists, its pages with their blocks, its pictures; and say what is wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from content_pack.build.across import orphans, shared_sentences, unexplained, unshown
from content_pack.build.cache import key_of, key_of_code
from content_pack.build.charts import chart_pictures, stand_ins, with_numbers
from content_pack.build.complaints import Complaint
from content_pack.build.kinds import KINDS, LEVELS, Page, read_page
from content_pack.build.links import Links
from content_pack.build.lint import NO_CODE, check_easy_read, check_page
from content_pack.build.lists import Lists, read_lists
from content_pack.build.pictures import STAND_IN, BadPicture, Picture, read_picture
from content_pack.build.places import check_gone, check_places
from content_pack.build.progress import Progress, silent
from content_pack.build.render import Renderer
from content_pack.build.search_lists import read_search_lists
from content_pack.build.sections import arrange, headings
from content_pack.build.shape import check_blocks
from content_pack.build.sources import Unreadable, read_source, read_text
from content_pack.build.together import check_together
from content_pack.build.wording import check_drawing, check_words, glossary_of, long_sentences, opened_abbreviations
from content_pack.build.written import Written, pack_page, pack_written, packed_blocks, unpack_page, unpack_written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from content_pack.build.cache import Cache


@dataclass
class Content:
    """A content folder as it was read.

    `pages` is in reading order; `waiting` has the slugs of links not yet alive, one for each link; `advice`
    is what to look at, which no pack is refused for.
    """

    folder: Path
    lists: Lists
    links: Links
    pages: list[Written] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    advice: list[Complaint] = field(default_factory=list)

    def page(self, slug: str) -> Page:
        """The page of a slug that has one."""
        return self._by_slug[slug]

    @cached_property
    def _by_slug(self) -> dict[str, Page]:
        return {written.page.slug: written.page for written in self.pages}


def read_content(folder: Path, cache: Cache, progress: Progress = silent) -> Content:
    """Read everything in `folder`; what is wrong is in `complaints`, in order of file and line.

    Raises Unreadable when one of the lists cannot be read at all, Refused when the roadmap has a fault.
    """
    shown = folder.as_posix()
    complaints: list[Complaint] = []
    lists = read_lists(folder, shown, complaints)
    complaints += check_places(folder, shown)
    complaints += read_search_lists(folder / "search", f"{shown}/search")[1]
    reader = _Reader(cache)
    pages = list(reader.read(folder, shown, complaints))
    complaints += check_gone(folder, lists, (page.slug for page in pages))
    content = Content(folder, lists, Links({page.slug: page.kind for page in pages}, lists))
    content.pictures = dict(_read_pictures(folder, shown, lists, complaints))
    for page in pages:
        content.pictures.update({**stand_ins(page), **chart_pictures(page)})
    writing = _Writing(content, [page for page in pages if page.kind == "term"], reader)
    order = sorted(pages, key=lambda page: _reading_order(page, tuple(lists.roadmap)))
    for number, page in enumerate(order, start=1):
        progress("Pages read", number, len(order))
        content.pages.append(writing.written(page))
    for written in content.pages:
        complaints += written.complaints
        content.waiting += written.waiting
    complaints += check_together(pages, lists)
    complaints += shared_sentences(content.pages)
    complaints += unshown(content.pages, content.pictures, shown)
    complaints += orphans(content.pages, content.links)
    complaints += unexplained(content.pages, lists, writing.glossary)
    if any(said.file == f"{shown}/codes.tsv" for said in complaints):
        # A line of codes.tsv that cannot be read takes the code from its page, which is not at fault.
        complaints = [said for said in complaints if not said.wrong.endswith(NO_CODE)]
    content.complaints = sorted({complaint for complaint in complaints if not complaint.advice})
    content.advice = sorted({complaint for complaint in complaints if complaint.advice})
    return content


class _Reader:
    """Reads the fields of pages, those that have not changed from the cache."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.keys: dict[str, str] = {}
        self._code = key_of_code()
        self._by_slug: dict[str, str] = {}
        self._beside: set[tuple[str, str]] = set()

    def read(self, folder: Path, shown: str, complaints: list[Complaint]) -> Iterator[Page]:
        """Every page of a folder whose fields can be read."""
        paths = [path for kind in KINDS.values() for path in sorted((folder / kind.folder).glob("*.md"))]
        self._beside = {(path.parent.name, path.stem) for path in paths}
        for path in paths:
            try:
                page = self._page(path, f"{shown}/{path.parent.name}/{path.name}", complaints)
            except Unreadable as unreadable:
                complaints.append(unreadable.complaint)
                continue
            if page and self._alone(page, complaints):
                yield page

    def _alone(self, page: Page, complaints: list[Complaint]) -> bool:
        """Whether no other page has the slug; a copy is named and left out, so that it has one complaint."""
        source, other = page.source, self._by_slug.get(page.slug)
        if other is None and source.stem != page.slug:
            other = f"{page.slug}.md" if (source.folder, page.slug) in self._beside else None
        if other is None:
            self._by_slug[page.slug] = source.file
            return True
        write = "take the copy away; for a page of its own, run ilsy-pack new and move the words there"
        wrong = f"the slug {page.slug} belongs to {other}: this looks like a copy of it"
        complaints.append(source.complaint(page.line("slug"), wrong, write))
        return False

    def _page(self, path: Path, shown: str, complaints: list[Complaint]) -> Page | None:
        text = read_text(path, shown)
        key = self.keys[shown] = key_of([self._code, shown.encode(), text.encode()])
        kept = self.cache.get(key)
        if kept is not None:
            return unpack_page(kept, path, shown, text, complaints)
        found: list[Complaint] = []
        page = read_page(read_source(path, shown, text), found)
        if page is None or not page.source.has("charts"):  # what a chart was found to say is made, not kept
            self.cache.put(key, pack_page(page, found))
        complaints += found
        return page


class _Writing:
    """Renders and checks pages one by one, those that have not changed from the cache."""

    def __init__(self, content: Content, terms: list[Page], reader: _Reader) -> None:
        self.glossary = glossary_of(terms)
        self._content = content
        self._reader = reader
        self._renderer = Renderer(content.links.route, content.pictures)
        sizes = [f"{name} {picture.width} {picture.height}" for name, picture in content.pictures.items()]
        depends = (content.lists.digest, content.links.written, sizes, self.glossary)
        self._depends = json.dumps(depends).encode()

    def written(self, page: Page) -> Written:
        """What the page comes to."""
        reader = self._reader
        key = key_of([reader.keys[page.source.file].encode(), self._depends])
        kept = reader.cache.get(key)
        if kept is not None:
            return unpack_written(kept, key, page)
        written = self._write(page, key)
        reader.cache.put(key, pack_written(written))
        return written

    def _write(self, page: Page, key: str) -> Written:
        content, rendered = self._content, self._renderer.render(page.source)
        blocks = arrange(with_numbers(page, rendered.blocks))
        complaints = [
            *rendered.complaints,
            *check_page(page, content.lists, content.links, headings(rendered.blocks)),
            *check_blocks(page, rendered.blocks),
            *check_easy_read(page, content.pictures),
            *check_words(page, blocks, content.lists, self.glossary),
        ]
        return Written(
            key=key,
            page=page,
            **packed_blocks(blocks),
            pictures=tuple(dict.fromkeys(rendered.pictures)),
            routes=tuple(rendered.routes),
            waiting=tuple(rendered.waiting),
            sentences=long_sentences(page, rendered.blocks),
            abbreviations=opened_abbreviations(page),
            complaints=tuple(complaints),
        )


def _read_pictures(
    folder: Path, shown: str, lists: Lists, complaints: list[Complaint]
) -> Iterator[tuple[str, Picture]]:
    for path in sorted((folder / "pictures").glob("*.svg")):
        name = f"{shown}/pictures/{path.name}"
        try:
            text = read_text(path, name)
            picture = read_picture(text)
            complaints += check_drawing(name, text, lists)
            yield path.name, picture
        except Unreadable as unreadable:
            complaints.append(unreadable.complaint)
        except BadPicture as bad:
            line = bad.line or 1 + text.count("\n", 0, max(0, text.find(bad.near)))
            complaints.append(Complaint(name, line, str(bad), bad.write))
            yield path.name, STAND_IN


def _reading_order(page: Page, roadmap: tuple[str, ...]) -> tuple[object, ...]:
    """By the first step named, its own page before the others; then the core suite, the easier, the lower code.

    Problems name no step and no code: they stand by their own order.
    """
    is_step = page.kind in ("stage", "thread")
    own = [page.slug] if is_step else page.get("stages", ())
    step = next((roadmap.index(slug) for slug in own if slug in roadmap), len(roadmap))
    level = list(LEVELS).index(page.get("level", next(iter(LEVELS))))
    code = page.get("code", "")
    order = int(code[1:] or page.get("order", 0))
    return step, not is_step, not page.get("core", False), level, code[:1], order, page.slug
