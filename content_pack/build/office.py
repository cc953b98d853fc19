"""The editable file of each sheet, and what makes any Office file the same bytes on every day and machine."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from content_pack.build.cache import Cache, key_of
from content_pack.build.paper_data import sheet_data
from content_pack.item import Asset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_pack.build.content import Content
    from content_pack.build.kinds import Page

LANGUAGE = "en-GB"
ROLE = "editable"
_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_LOGS = ("-log", "-register")
_MAKERS = ("office.py", "word.py", "spreadsheet.py")
_LIBRARIES = ("lxml", "python-docx", "xlsxwriter")
_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip file knows
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
    "<dc:language>{language}</dc:language></cp:coreProperties>"
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


@dataclass(frozen=True)
class Edited:
    """The editable file to make of a sheet: where it stands, and the data of its paper."""

    slug: str
    suffix: str
    data: Mapping[str, Any]


class Office:
    """Makes editable files, or finds them in the cache. `key` names all that goes into one, apart from its sheet."""

    def __init__(self, cache: Cache) -> None:
        makers = [(files("content_pack.build") / name).read_bytes() for name in _MAKERS]
        self.key = key_of([*(version(name).encode() for name in _LIBRARIES), *makers]).encode()
        self._cache = cache

    def make(self, edited: Edited) -> tuple[str, Asset, bytes]:
        """The file of a sheet, with its name in the cache."""
        data = json.dumps(edited.data, ensure_ascii=False, sort_keys=True).encode()
        key = key_of([self.key, edited.suffix.encode(), data])
        made = self._cache.get(key)
        title = edited.data["title"]
        if made is None:
            made = settled(_make(edited), title)
            self._cache.put(key, made)
        asset = Asset(f"paper/{edited.slug}{edited.suffix}", ROLE, _TYPES[edited.suffix], title, 0)
        return key, asset, made


def edited(page: Page, content: Content) -> Edited:
    """What to make of a sheet: a spreadsheet of a log, else a Word document."""
    suffix = ".xlsx" if is_spreadsheet(page) else ".docx"
    return Edited(page.slug, suffix, sheet_data(page, content, large=False))


def is_spreadsheet(page: Page) -> bool:
    """Whether a sheet is edited as a spreadsheet: a log or register, or one that says so."""
    return page.slug.endswith(_LOGS) or bool(page.get("spreadsheet"))


def _make(edited: Edited) -> bytes:
    if edited.suffix == ".xlsx":
        from content_pack.build.spreadsheet import spreadsheet  # noqa: PLC0415 - most builds find all in the cache

        return spreadsheet(edited.data)
    from content_pack.build.word import word_document  # noqa: PLC0415 - as above

    return word_document(edited.data)


def settled(content: bytes, title: str) -> bytes:
    """An Office file with what its library takes from the clock, the machine and the chance left out.

    Members are sorted, dated alike and stored as they are (compressors differ from machine to machine);
    the document's properties are its title and language alone.
    """
    properties = {"docProps/core.xml": _CORE.format(title=escape(title), language=LANGUAGE), "docProps/app.xml": _APP}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new:
        for name in sorted(old.namelist()):
            member = zipfile.ZipInfo(name, _DAY)
            member.create_system = 0
            new.writestr(member, properties[name].encode() if name in properties else old.read(name))
    return made.getvalue()
