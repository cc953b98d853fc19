"""Read a content folder whole: its lists, its pages with their blocks, its pictures; and say what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from content_pack.build.across import orphans, shared_sentences, unexplained
from content_pack.build.charts import chart_pictures, with_numbers
from content_pack.build.complaints import Complaint
from content_pack.build.kinds import KINDS, LEVELS, Page, read_page
from content_pack.build.links import Links
from content_pack.build.lint import check_easy_read, check_page, check_together
from content_pack.build.lists import Lists, read_lists
from content_pack.build.pictures import STAND_IN, BadPicture, Picture, read_picture
from content_pack.build.progress import Progress, silent
from content_pack.build.render import Rendered, Renderer
from content_pack.build.sections import arrange, headings
from content_pack.build.sources import Unreadable, read_source, read_text
from content_pack.build.wording import abbreviations_in, check_words, glossary_of, long_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from content_pack.blocks import Block


@dataclass(frozen=True)
class Written:
    """A page of the pack to be: its fields, its blocks, the names of the pictures in them, where links lead."""

    page: Page
    blocks: tuple[Block, ...]
    pictures: tuple[str, ...]
    routes: tuple[str, ...]


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


def read_content(folder: Path, progress: Progress = silent) -> Content:
    """Read everything in `folder`; what is wrong is in `complaints`, in order of file and line.

    Raises Unreadable when one of the lists cannot be read at all.
    """
    shown = folder.as_posix()
    complaints: list[Complaint] = []
    lists = read_lists(folder, shown, complaints)
    pages = list(_read_pages(folder, shown, complaints))
    content = Content(folder, lists, Links({page.slug: page.kind for page in pages}, lists))
    content.pictures = dict(_read_pictures(folder, shown, complaints))
    for page in pages:
        content.pictures.update(chart_pictures(page))
    renderer = Renderer(content.links.route, content.pictures)
    glossary = glossary_of(page for page in pages if page.kind == "term")
    sentences, shorts = [], []
    for number, page in enumerate(sorted(pages, key=lambda page: _reading_order(page, tuple(lists.roadmap))), start=1):
        progress("Pages read", number, len(pages))
        rendered = renderer.render(page.source)
        content.pages.append(_written(page, rendered))
        content.waiting += rendered.waiting
        complaints += rendered.complaints
        complaints += check_page(page, lists, content.links, headings(rendered.blocks))
        complaints += check_easy_read(page, content.pictures)
        complaints += check_words(page, content.pages[-1].blocks, lists, glossary)
        sentences.append((page, long_sentences(page, rendered.blocks)))
        shorts.append((page, abbreviations_in(page)))
    complaints += check_together(pages, lists)
    complaints += shared_sentences(sentences)
    complaints += orphans(content.pages, content.links)
    complaints += unexplained(shorts, lists, glossary)
    content.complaints = sorted({complaint for complaint in complaints if not complaint.advice})
    content.advice = sorted({complaint for complaint in complaints if complaint.advice})
    return content


def _written(page: Page, rendered: Rendered) -> Written:
    pictures = tuple(dict.fromkeys(rendered.pictures))
    return Written(page, arrange(with_numbers(page, rendered.blocks)), pictures, tuple(rendered.routes))


def _read_pages(folder: Path, shown: str, complaints: list[Complaint]) -> Iterator[Page]:
    for kind in KINDS.values():
        for path in sorted((folder / kind.folder).glob("*.md")):
            try:
                source = read_source(path, f"{shown}/{kind.folder}/{path.name}")
            except Unreadable as unreadable:
                complaints.append(unreadable.complaint)
                continue
            if page := read_page(source, complaints):
                yield page


def _read_pictures(folder: Path, shown: str, complaints: list[Complaint]) -> Iterator[tuple[str, Picture]]:
    for path in sorted((folder / "pictures").glob("*.svg")):
        name = f"{shown}/pictures/{path.name}"
        try:
            text = read_text(path, name)
            yield path.name, read_picture(text)
        except Unreadable as unreadable:
            complaints.append(unreadable.complaint)
        except BadPicture as bad:
            line = 1 + text.count("\n", 0, max(0, text.find(bad.near)))
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
