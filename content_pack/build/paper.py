"""Set pages and sheets as tagged PDF/UA-1 with Typst, from the same blocks that the screen shows."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import typst

from content_pack.build.cache import Cache, key_of
from content_pack.build.kinds import KINDS
from content_pack.build.paper_data import easy_data, page_data, picture_path, sheet_data
from content_pack.build.pictures import FONT
from content_pack.build.streams import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from content_pack.build.content import Content
    from content_pack.build.written import Written

FONTS = Path(__file__).parents[2] / "ilsy_desktop" / "resources" / "fonts"
PDF = "application/pdf"
_STANDARD: Final = "ua-1"


class NoFonts(Exception):  # noqa: N818 - see Refused
    """The fonts are not where they should be; the message says what to do."""


@dataclass(frozen=True)
class Job:
    """One PDF to make of a page: its role, its template, what goes into that. `one_page`: it may take no more."""

    role: str
    template: str
    data: Mapping[str, Any]
    pictures: Mapping[str, bytes]
    one_page: bool = False


class Typesetter:
    """Compiles the templates beside this file. Fonts of the system are never used.

    `key` names everything that goes into a PDF, apart from its job.
    """

    def __init__(self, fonts: Path, cache: Cache) -> None:
        found = sorted(fonts.glob("*.ttf"))
        self._fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)])
        if FONT not in self._fonts.families():
            raise NoFonts(f"The font {FONT} is not in {fonts}: give the folder of its files with --fonts DIR.")
        folder = files("content_pack.build") / "paper"
        self._templates = {
            entry.name: entry.read_bytes()
            for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
            if entry.name.endswith(".typ")
        }
        inputs = [version("typst").encode(), version("pikepdf").encode(), _STANDARD.encode(), *self._templates.values()]
        self.key = key_of([*inputs, *(font.read_bytes() for font in found)]).encode()
        self._cache = cache

    def set(self, job: Job) -> tuple[str, bytes]:
        """The PDF of a job, with its name in the cache. Raises typst.TypstError."""
        project = self._project(job)
        key = key_of([self.key, *(part for name, content in project.items() for part in (name.encode(), content))])
        pdf = self._cache.get(key)
        if pdf is None:
            pdf = unpacked(typst.compile(cast("Any", project), font_paths=self._fonts, pdf_standards=[_STANDARD]))
            self._cache.put(key, pdf)
        return key, pdf

    def left_over(self, job: Job) -> float:
        """The height in cm that a sheet leaves on its page, below 0 where it is too tall."""
        project = cast("Any", self._project(job))
        answer = typst.query(project, "<left-over>", field="value", font_paths=self._fonts)
        return float(json.loads(answer)[0])

    def _project(self, job: Job) -> dict[str, bytes]:
        """The files of one compilation by name; none is read from the disk."""
        page = json.dumps(job.data, ensure_ascii=False, sort_keys=True).encode()
        return {"main.typ": self._templates[job.template], **self._templates, "page.json": page, **job.pictures}


def jobs(written: Written, content: Content) -> Iterator[Job]:
    """What is printed of a page."""
    page = written.page
    if page.get("form"):
        yield Job("page", "sheet.typ", sheet_data(page, content, large=False), {}, one_page=True)
        yield Job("large", "sheet.typ", sheet_data(page, content, large=True), {})
    elif page.get("easy_read"):
        names = [idea["picture"] for idea in page.get("easy_read")]
        yield Job("page", "easy.typ", easy_data(page, content), _pictures(names, content), one_page=True)
    elif page.kind != "material" and KINDS[page.kind].prints:
        yield Job("page", "page.typ", page_data(written, content), _pictures(written.pictures, content))


def _pictures(names: Iterable[str], content: Content) -> dict[str, bytes]:
    return {picture_path(name): content.pictures[name].content for name in names}


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2  # noqa: PLC0415 - most builds find most pages in the cache

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return len(document)
