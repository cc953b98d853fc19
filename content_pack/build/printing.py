"""Every printed and editable file of a pack, each made anew only where something in it has changed."""

from __future__ import annotations

import json
import math
import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

import typst

from content_pack.build.cache import key_of, key_of_code
from content_pack.build.office import Office, edited
from content_pack.build.paper import PDF, Job, Typesetter, jobs, page_count
from content_pack.build.progress import Progress, silent
from content_pack.build.wording import shown_fields
from content_pack.build.writer import File
from content_pack.item import Asset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor, Future

    from content_pack.build.cache import Cache
    from content_pack.build.complaints import Complaint
    from content_pack.build.content import Content
    from content_pack.build.written import Written

_UNKNOWN_SIGN = re.compile(r'the text `"(?P<sign>.+)"` could not be displayed')
LINE = 0.72  # cm that a line takes on a sheet; see sheet.typ


@dataclass
class Printed:
    """The printed files of a pack, by item, with what could not be set."""

    assets: dict[str, list[Asset]] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)

    def add(self, slug: str, asset: Asset, content: bytes) -> None:
        """Add a file of the item `slug`."""
        self.assets.setdefault(slug, []).append(asset)
        self.files.append(File(asset.path, asset.media_type, content))


def print_pages(content: Content, typesetter: Typesetter, cache: Cache, progress: Progress = silent) -> Printed:
    """The files of every page, those left out that have complaints already."""
    printed = Printed()
    faulty = {complaint.file for complaint in content.complaints}
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # Typst works while Python does
        press = _Press(content, typesetter, cache, threads)
        begun = [press.begin(page) for page in content.pages if page.page.source.file not in faulty]
        for number, page in enumerate(begun, start=1):
            progress("Pages set for paper", number, len(begun))
            press.finish(page, printed)
    return printed


@dataclass
class _Begun:
    """A page whose files are being made: those that the cache had, or what Typst is at work on."""

    written: Written
    key: str
    kept: list[tuple[Asset, bytes]]
    setting: list[tuple[Job, Future[tuple[str, bytes]]]] = field(default_factory=list)


class _Press:
    """Makes the files of one page after the other."""

    def __init__(self, content: Content, typesetter: Typesetter, cache: Cache, threads: Executor) -> None:
        self._threads = threads
        self._content = content
        self._typesetter = typesetter
        self._cache = cache
        self._office = Office(cache)
        # A page names others by title and code, and ends with a licence.
        names = [(written.page.slug, written.page.get("title"), written.page.get("code")) for written in content.pages]
        depends = json.dumps([names, content.lists.pack["licence"]]).encode()
        self._depends = (key_of_code(), typesetter.key, self._office.key, depends)

    def begin(self, written: Written) -> _Begun:
        """Find the files of a page, or have Typst begin with them."""
        key = self._key(written)
        begun = _Begun(written, key, self._kept(key))
        if not begun.kept:
            found = jobs(written, self._content)
            begun.setting = [(job, self._threads.submit(self._typesetter.set, job)) for job in found]
        return begun

    def finish(self, begun: _Begun, printed: Printed) -> None:
        """Add the files of a page, and what could not be set."""
        made = []
        before = len(printed.complaints)
        for key, asset, content in self._make(begun, printed.complaints):
            made.append([key, asdict(asset)])
            printed.add(begun.written.page.slug, asset, content)
        for asset, content in begun.kept:
            printed.add(begun.written.page.slug, asset, content)
        if made and len(printed.complaints) == before:
            self._cache.put(begun.key, json.dumps(made).encode())

    def _key(self, written: Written) -> str:
        """The name of a page's list of files: the page, its drawings, and what its files say of other pages."""
        drawings = [self._content.pictures[name].content for name in drawings_of(written)]
        return key_of([*self._depends, written.key.encode(), *drawings])

    def _kept(self, key: str) -> list[tuple[Asset, bytes]]:
        """The files of a page from the cache, all of them or none."""
        found = []
        for content_key, asset in json.loads(self._cache.get(key) or b"[]"):
            content = self._cache.get(content_key)
            if content is None:
                return []
            found.append((Asset(**asset), content))
        return found

    def _make(self, begun: _Begun, complaints: list[Complaint]) -> Iterator[tuple[str, Asset, bytes]]:
        """Each new file of a page with the key under which the cache keeps it; adds to `complaints`."""
        written = begun.written
        slug = written.page.slug
        for job, setting in begun.setting:
            try:
                key, pdf = setting.result()
            except typst.TypstError as error:
                complaints.append(_cannot_set(written, error, self._content))
                return
            pages = page_count(pdf)
            if job.one_page and pages != 1:
                complaints.append(_too_tall(written, -self._typesetter.left_over(job)))
            path = f"paper/{slug}.pdf" if job.role == "page" else f"paper/{slug}-{job.role}.pdf"
            yield key, Asset(path, job.role, PDF, job.data["title"], pages), pdf
        if begun.setting and written.page.get("form"):
            yield self._office.make(edited(written.page, self._content))


def drawings_of(written: Written) -> list[str]:
    """The names of the drawings on the paper of a page."""
    return [*written.pictures, *(idea["picture"] for idea in written.page.get("easy_read", ()))]


def _cannot_set(written: Written, error: typst.TypstError, content: Content) -> Complaint:
    source = written.page.source
    if found := _UNKNOWN_SIGN.search(error.message):
        sign = found["sign"]
        wrong, write = f"the page cannot be printed, because the font has no sign “{sign}”", "write a word in its place"
        # The sign may stand in the title of a page that this one only names.
        titled = [other.page for other in content.pages if sign in other.page.get("title")]
        for page in (written.page, *titled):
            for line in shown_fields(page):
                if sign in line.words:
                    return page.source.complaint(line.number, wrong, write)
        return source.complaint(source.line_of(sign), wrong, write)
    write = "take out what was written last, bit by bit, until it can be; look at pictures, tables and headings first"
    return source.complaint(1, f"the page cannot be printed ({error.message})", write)


def _too_tall(written: Written, centimetres: float) -> Complaint:
    page = written.page
    lines = math.ceil(centimetres / LINE)
    parts = "ideas" if page.get("easy_read") else "rows"
    write = f"take out at least {lines} line{'s' * (lines > 1)} or {parts}, or shorten the words"
    wrong = f"the sheet is {centimetres:.1f} cm too tall for one page"
    return page.source.complaint(page.line("easy_read" if page.get("easy_read") else "form"), wrong, write)
