"""From a content folder to what stands in the tables of a pack."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from content_pack.build.kinds import LEVELS, OUTCOMES
from content_pack.build.writer import Entry, File, PackContent
from content_pack.item import Item
from content_pack.model import Summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from content_pack.build.content import Content
    from content_pack.build.written import Written
    from content_pack.item import Asset
    from content_pack.schema import Value

KIND_LABELS = {
    "stage": "Stage of the roadmap",
    "tool": "Tool",
    "example": "Practice example",
    "material": "Sheet",
    "guide": "Guide",
    "term": "Word explained",
    "thread": "Runs through every stage",
    "problem": "Kind of problem",
}
SVG = "image/svg+xml"

_SHOWN = set(Summary._fields)
# The fields of a page's record: those of the model that a list does not show; the blocks stand apart.
_RECORD = tuple(field.name for field in fields(Item) if field.name not in _SHOWN | {"blocks"})
_SLUG_FIELDS = ("materials", "tools", "examples", "starters", "made_from", "pages")


def assemble(content: Content, assets: Mapping[str, list[Asset]], sheets: Iterable[File]) -> PackContent:
    """The rows of a pack. `assets` lists the printed files of an item by slug, `sheets` holds them."""
    used = {name for written in content.pages for name in written.pictures}
    pictures = [File(f"pictures/{name}", SVG, content.pictures[name].content) for name in used]
    links = _Inverse(content)
    return PackContent(
        meta=_meta(content),
        entries=tuple(_entry(written, content, links, assets.get(written.page.slug, [])) for written in content.pages),
        files=tuple(sorted([*pictures, *sheets], key=lambda file: file.path)),
        tables=_tables(content),
    )


def _meta(content: Content) -> dict[str, str]:
    counts = Counter(written.page.kind for written in content.pages)
    drafts = sum(written.page.get("status") == "draft" for written in content.pages)
    return {
        **content.lists.pack,
        "counts": json.dumps(counts, sort_keys=True),
        "drafts": str(drafts),
        "waiting_links": str(len(content.waiting)),
        "waiting": json.dumps(_waiting(content), sort_keys=True),
    }


def _waiting(content: Content) -> dict[str, int]:
    """How many links, in bodies and in fields, lead to each page that is not written yet."""
    waiting = Counter(content.links.absent(content.waiting))
    for written in content.pages:
        page = written.page
        named = [slug for field in _SLUG_FIELDS for slug in page.get(field, ())]
        named += [slug for slugs in page.get("links", {}).values() for slug in slugs]
        waiting.update(content.links.absent(named))
    return waiting


class _Inverse:
    """The links that others make to a page: who uses a tool, the other half of a pair, the paths it is in."""

    def __init__(self, content: Content) -> None:
        self._used_by: dict[str, list[str]] = {}
        self._same_idea: dict[str, list[str]] = {}
        self._in_path: dict[str, list[str]] = {}
        for written in content.pages:
            page = written.page
            for tool in content.links.present(page.get("tools", ())):
                if page.kind == "example":
                    self._used_by.setdefault(tool, []).append(page.slug)
            for part in content.links.present(page.get("pages", ())):
                self._in_path.setdefault(part, []).append(page.slug)
            for other in content.links.present(page.get("links", {}).get("same-idea", ())):
                self._same_idea.setdefault(other, []).append(page.slug)

    def links(self, written: Written, content: Content) -> dict[str, list[str]]:
        """A page's relations, each with the slugs that are in the pack; empty ones left out."""
        page = written.page
        relations = {name: content.links.present(slugs) for name, slugs in page.get("links", {}).items()}
        same = [*relations.get("same-idea", []), *self._same_idea.get(page.slug, [])]
        relations["same-idea"] = list(dict.fromkeys(same))
        relations["used-by"] = self._used_by.get(page.slug, [])
        relations["in-path"] = self._in_path.get(page.slug, [])
        return {name: slugs for name, slugs in sorted(relations.items()) if slugs}


def _entry(written: Written, content: Content, inverse: _Inverse, assets: list[Asset]) -> Entry:
    page = written.page
    names = [page.get("method"), *page.get("aliases", ())]
    return Entry(
        columns=_columns(written),
        names=tuple(name for name in names if name),
        people_say=page.get("people_say", ()),
        record=_record(written, content, inverse, assets),
        body=written.text,
        blocks=written.packed,
    )


def _columns(written: Written) -> dict[str, Value]:
    page = written.page
    low, high = page.get("minutes", (None, None))
    least, most = page.get("group", (None, None))
    names = "kind slug code title method summary level outcome lesson setting organisation".split()
    return {
        **{name: page.get(name) for name in names},
        "core": int(page.get("core", False)),
        "stages": " ".join(page.get("stages", ())),
        "minutes_low": low,
        "minutes_high": high,
        "group_low": least,
        "group_high": most,
        "place": page.get("where"),
    }


def _record(written: Written, content: Content, inverse: _Inverse, assets: list[Asset]) -> dict[str, Any]:
    """Every field of the model that lists do not show, empty ones included."""
    page = written.page
    record = {name: page.get(name, _EMPTY.get(name, "")) for name in _RECORD}
    for name in _SLUG_FIELDS:
        record[name] = content.links.present(page.get(name, ()))
    record["likely_stage"] = "".join(content.links.present(filter(None, [page.get("likely_stage")])))
    record["links"] = inverse.links(written, content)
    record["assets"] = [asdict(asset) for asset in assets]
    return record


_EMPTY: dict[str, Any] = {
    "aliases": (),
    "people_say": (),
    "sources": (),
    "form": (),
    "crosses_organisations": False,
    "unsafe": False,
    "path": False,
}


def _tables(content: Content) -> dict[str, list[tuple[Value, ...]]]:
    lists = content.lists
    steps = lists.roadmap.values()
    return {
        "roadmap": [
            (position, step["slug"], step["part"], step["name"], step["purpose"])
            for position, step in enumerate(steps, start=1)
        ],
        "planned": [(row["slug"], row["kind"], row["title"]) for row in _sorted(lists.planned)],
        "code": sorted((row["code"], row["slug"], row["kind"]) for row in lists.codes.values()),
        "redirect": [(row["old"], row["slug"]) for row in _sorted(lists.redirects)],
        "withdrawn": [
            (row["slug"], row["withdrawn_on"], row["why"], row["see_instead"]) for row in _sorted(lists.withdrawn)
        ],
        "label": list(_labels(content)),
    }


def _sorted(rows: Mapping[str, Any]) -> list[Any]:
    return [rows[key] for key in sorted(rows)]


def _labels(content: Content) -> Iterable[tuple[Value, ...]]:
    """The closed lists with their words, each in its own order."""
    lists = content.lists
    fixed = {
        "kind": KIND_LABELS,
        "level": LEVELS,
        "outcome": OUTCOMES,
        "stage": {slug: step["name"] for slug, step in lists.roadmap.items()},
        "setting": {value: row["label"] for value, row in lists.settings.items()},
    }
    for name, words in sorted(fixed.items()):
        for position, (value, label) in enumerate(words.items(), start=1):
            yield name, value, position, label, ""
    for position, (value, row) in enumerate(lists.organisations.items(), start=1):
        yield "organisation", value, position, row["label"], row["area"]
