"""A page of the pack to be, as everything else needs it, and how it is kept from one build to the next."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from content_pack.blocks import dumps, loads
from content_pack.build.complaints import Complaint
from content_pack.build.kinds import Page
from content_pack.build.sources import Source
from content_pack.html import to_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from content_pack.blocks import Block


@dataclass(frozen=True)
class Written:
    """What one page comes to by itself: its fields, its body, where its links lead, what is wrong in it.

    `key` names the page, its sources and all that it depends on. `packed` is the body as blocks.py packs it,
    `text` the same as plain text; `pictures` are the names of those it shows. `waiting` has the slugs of links
    that are not alive yet. `sentences` and `abbreviations` are for the rules between pages (across.py).
    """

    key: str
    page: Page
    packed: str
    text: str
    pictures: tuple[str, ...]
    routes: tuple[str, ...]
    waiting: tuple[str, ...]
    sentences: Mapping[str, str]
    abbreviations: Mapping[str, int]
    complaints: tuple[Complaint, ...]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The body as blocks."""
        return loads(self.packed)


def packed_blocks(blocks: tuple[Block, ...]) -> dict[str, str]:
    """The two fields of `Written` that hold the body."""
    return {"packed": dumps(blocks), "text": to_text(blocks)}


_KEPT = ("packed", "text", "pictures", "routes", "waiting", "sentences", "abbreviations")


def pack_written(written: Written) -> bytes:
    """A page as bytes to keep, its fields left out."""
    kept = {name: getattr(written, name) for name in _KEPT}
    return _json([kept, _complaints(written.complaints)])


def unpack_written(kept: bytes, key: str, page: Page) -> Written:
    """The page again, from the bytes of `pack_written` and its fields."""
    values, complaints = json.loads(kept)
    return Written(key=key, page=page, complaints=_unpacked(complaints), **_frozen(values))


def pack_page(page: Page | None, complaints: list[Complaint]) -> bytes:
    """The fields of a page as bytes to keep, with what is wrong in them; None stands for what is no page."""
    if page is None:
        return _json([None, _complaints(complaints)])
    lines = [[list(key), line] for key, line in page.source.lines.items()]
    kept = {"kind": page.kind, "slug": page.slug, "values": page.values, "lines": lines}
    return _json([{**kept, "body_line": page.source.body_line}, _complaints(complaints)])


def unpack_page(kept: bytes, path: Path, shown: str, text: str, complaints: list[Complaint]) -> Page | None:
    """The page again, from the bytes of `pack_page` and the text of its file; adds to `complaints`."""
    values, said = json.loads(kept)
    complaints += _unpacked(said)
    if values is None:
        return None
    first = values["body_line"]
    body = text.split("\n", first - 1)[-1]
    lines = {tuple(key): line for key, line in values["lines"]}
    source = Source(shown, path.parent.name, path.stem, {}, lines, body, first)
    return Page(source, values["kind"], values["slug"], _frozen(values["values"]))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _complaints(complaints: tuple[Complaint, ...] | list[Complaint]) -> list[list[Any]]:
    return [[said.file, said.line, said.wrong, said.write, said.advice] for said in complaints]


def _unpacked(complaints: list[list[Any]]) -> tuple[Complaint, ...]:
    return tuple(Complaint(*said) for said in complaints)


def _frozen(value: Any) -> Any:
    """A value of JSON with tuples in place of its lists, as the fields of a page have them."""
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return {name: _frozen(part) for name, part in value.items()}
    return value
