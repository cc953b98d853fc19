"""Set pages and sheets as tagged PDF/UA-1 with Typst, from the same blocks that the screen shows."""

from __future__ import annotations

import json
import math
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import pypdfium2
import typst

from content_pack.build.cache import Cache, key_of
from content_pack.build.kinds import KINDS
from content_pack.build.paper_data import page_data, sheet_data
from content_pack.build.pictures import FONT
from content_pack.build.writer import File
from content_pack.item import Asset

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from content_pack.build.complaints import Complaint
    from content_pack.build.content import Content, Written

FONTS = Path(__file__).parents[2] / "ilsy_desktop" / "resources" / "fonts"
PDF = "application/pdf"
_STANDARD: Final = "ua-1"
LINE = 0.72  # cm that a line takes on a sheet; see sheet.typ


class NoFonts(Exception):  # noqa: N818 - see Refused
    """The fonts are not where they should be; the message says what to do."""


class Typesetter:
    """Compiles the templates beside this file. Fonts of the system are never used."""

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
        self._inputs = [version("typst").encode(), _STANDARD.encode(), *self._templates.values()]
        self._inputs += [font.read_bytes() for font in found]
        self._cache = cache

    def set(self, template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
        """The PDF of some data in a template. Raises typst.TypstError."""
        project = self._project(template, data, pictures)
        key = key_of([*self._inputs, *(part for name, content in project.items() for part in (name.encode(), content))])
        kept = self._cache.get(key)
        if kept is None:
            kept = typst.compile(cast("Any", project), font_paths=self._fonts, pdf_standards=[_STANDARD])
            self._cache.put(key, kept)
        return kept

    def left_over(self, data: Mapping[str, Any]) -> float:
        """The height in cm that a sheet leaves on its page, below 0 where it is too tall."""
        answer = typst.query(
            cast("Any", self._project("sheet.typ", data, {})), "<left-over>", field="value", font_paths=self._fonts
        )
        return float(json.loads(answer)[0])

    def _project(self, template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes]) -> dict[str, bytes]:
        """The files of one compilation by name; none is read from the disk."""
        page = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
        return {"main.typ": self._templates[template], **self._templates, "page.json": page, **pictures}


@dataclass
class Printed:
    """The printed files of a pack, by item, with what could not be set."""

    assets: dict[str, list[Asset]]
    files: list[File]
    complaints: list[Complaint]


def print_pages(content: Content, typesetter: Typesetter) -> Printed:
    """Every page and sheet of the content as PDF, those left out that have complaints already."""
    printed = Printed({}, [], [])
    faulty = {complaint.file for complaint in content.complaints}
    for written in content.pages:
        if written.page.source.file in faulty:
            continue
        for role, template, data in _jobs(written, content):
            try:
                pdf = typesetter.set(template, data, _pictures(written, content))
            except typst.TypstError as error:
                printed.complaints.append(_cannot_set(written, error))
                continue
            pages = _count(pdf)
            if template == "sheet.typ" and role == "page" and pages != 1:
                printed.complaints.append(_too_tall(written, -typesetter.left_over(data)))
            slug = written.page.slug
            path = f"paper/{slug}.pdf" if role == "page" else f"paper/{slug}-{role}.pdf"
            printed.files.append(File(path, PDF, pdf))
            asset = Asset(path, role, PDF, data["title"], pages)
            printed.assets.setdefault(slug, []).append(asset)
    return printed


def _jobs(written: Written, content: Content) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Role, template and data of what is printed of a page."""
    page = written.page
    if page.kind == "material":
        if page.get("form"):
            yield "page", "sheet.typ", sheet_data(page, content, large=False)
            yield "large", "sheet.typ", sheet_data(page, content, large=True)
    elif KINDS[page.kind].prints:
        yield "page", "page.typ", page_data(written, content)


def _pictures(written: Written, content: Content) -> dict[str, bytes]:
    return {f"pictures/{name}": content.pictures[name].content for name in written.pictures}


def _count(pdf: bytes) -> int:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return len(document)


def _cannot_set(written: Written, error: typst.TypstError) -> Complaint:
    write = "take out unusual signs and check pictures and tables"
    return written.page.source.complaint(1, f"the page cannot be printed ({error.message})", write)


def _too_tall(written: Written, centimetres: float) -> Complaint:
    page = written.page
    lines = math.ceil(centimetres / LINE)
    write = f"take out at least {lines} line{'s' * (lines > 1)} or rows, or shorten the words"
    wrong = f"the sheet is {centimetres:.1f} cm too tall for one page"
    return page.source.complaint(page.line("form"), wrong, write)
