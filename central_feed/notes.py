"""Release notes: what a newer pack has that the older has not, in a person's words."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from content_pack import Pack, PackError
from content_pack.blocks import Block, Bullets, Callout, Figure, Heading, Steps, plain
from content_pack.html import to_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_pack.item import Item

FORMAT = 1
_CHANGES = ("new", "changed", "removed")
_MOST_NAMED = 3
_PLANS = "is planned"
_REWRITTEN_BELOW = 0.6  # of the words alike
_SAID = {
    "summary": "Its summary was changed.",
    "form": "Its fields to fill in were changed.",
    "sources": "Its sources were brought up to date.",
    "outcome": "How it turned out is judged anew.",
    "lesson": "What to take from it was put anew.",
    "evidence_grade": "Its evidence was graded anew.",
    "stages": "It moved to another step of the roadmap.",
    "pages": "Its pages, or their order, were changed.",
}
# Seen by readers, but not worth a sentence each. Links and dates follow from other pages and are left out.
_SMALL = (
    "method", "aliases", "level", "core", "minutes", "group", "where", "setting", "organisation", "time", "ask",
    "done_when", "starters", "years", "evidence_why", "link_that_broke", "compare_why", "patients_part", "citation",
)  # fmt: skip


def notes(name: str, old: Pack | None, new: Pack) -> dict[str, Any]:
    """The release notes of `new`, published under `name`. Raises PackError on a damaged pack."""
    items = list(_items(old, new))
    return {
        "format": FORMAT,
        "name": name,
        "version": new.info.version,
        "dated": new.info.dated,
        "from_version": None if old is None else old.info.version,
        "items": items,
        "words": _totals(Counter(item["change"] for item in items)),
    }


def as_bytes(found: dict[str, Any]) -> bytes:
    """Notes as they are published."""
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _totals(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[change]} {change}" for change in _CHANGES if counts[change]) or "no page changed"


def _items(old: Pack | None, new: Pack) -> Iterator[dict[str, str]]:
    """New and changed pages in reading order, then those that are gone."""
    now = [summary.slug for summary in new.items()]
    before = {summary.slug for summary in old.items()} if old else set()
    gone = sorted(before - set(now))
    came_from = {new_slug: slug for slug in gone if (new_slug := _moved(new, slug)) and new_slug not in before}
    for slug in now:
        page = new.item(slug)
        former = slug if slug in before else came_from.get(slug)
        if old is None or former is None:
            yield _entry("new", page, page.summary)
        elif words := _differences(old, old.item(former), new, page):
            yield _entry("changed", page, " ".join(words))
    for slug in gone:
        if old is not None and slug not in came_from.values():
            yield _entry("removed", old.item(slug), _why_gone(new, slug))


def _entry(change: str, page: Item, words: str) -> dict[str, str]:
    return {"change": change, "kind": page.kind, "slug": page.slug, "title": page.title, "words": words}


def _moved(new: Pack, slug: str) -> str | None:
    """Where the pack sends a reader of a page that is gone."""
    try:
        return new.resolve(slug)
    except PackError:
        return None


def _why_gone(new: Pack, slug: str) -> str:
    try:
        return f"See instead: {new.item(new.resolve(slug)).title}."
    except PackError as error:
        words = str(error)
    if words.startswith("This page was removed on"):
        return words.replace("This page was removed on", "Withdrawn on")
    return "It will come back later." if _PLANS in words else "Taken out."


def _differences(old: Pack, before: Item, new: Pack, after: Item) -> list[str]:
    """A sentence for each way in which a page differs, of those that a reader would notice."""
    said = [] if before.title == after.title else [f"It was called “{before.title}”."]
    said += _parts(_by_heading(before.blocks), _by_heading(after.blocks))
    said += [words for attribute, words in _SAID.items() if getattr(before, attribute) != getattr(after, attribute)]
    if _redrawn(old, before, new, after):
        said.append("A picture was redrawn.")
    if _other_files(old, before, new, after):
        said.append("Its files were brought up to date.")
    if after.reviewed_on not in ("", before.reviewed_on):
        said.append(f"Reviewed by a person on {after.reviewed_on}.")
    if not said and any(getattr(before, name) != getattr(after, name) for name in _SMALL):
        said.append("Small corrections.")
    return said


def _by_heading(blocks: tuple[Block, ...]) -> dict[str, tuple[Block, ...]]:
    """The parts of a page under their headings; what comes before the first is under an empty one."""
    parts: dict[str, list[Block]] = {"": []}
    heading = ""
    for block in blocks:
        if isinstance(block, Heading):
            heading = plain(block.spans)
            parts.setdefault(heading, [])
        else:
            parts[heading].append(block)
    return {heading: tuple(part) for heading, part in parts.items()}


def _parts(before: dict[str, tuple[Block, ...]], after: dict[str, tuple[Block, ...]]) -> list[str]:
    added = [_quoted(heading) for heading in after if heading not in before]
    taken = [_quoted(heading) for heading in before if heading not in after]
    both = [heading for heading in after if heading in before and before[heading] != after[heading]]
    rewritten = {heading for heading in both if _likeness(before[heading], after[heading]) < _REWRITTEN_BELOW}
    said = [(added, "new"), (taken, "taken out")]
    said += [([_quoted(heading) for heading in both if heading in rewritten], "rewritten")]
    said += [([_quoted(heading) for heading in both if heading not in rewritten], "changed")]
    return [_sentence(names, what) for names, what in said if names]


def _quoted(heading: str) -> str:
    return f"“{heading}”" if heading else "The opening"


def _sentence(names: list[str], what: str) -> str:
    if len(names) == 1:
        return f"{names[0]} {'is' if what == 'new' else 'was'} {what}."
    if len(names) > _MOST_NAMED:
        names = [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1} other parts"]
    return f"{', '.join(names[:-1])} and {names[-1]} {'are' if what == 'new' else 'were'} {what}."


def _likeness(before: tuple[Block, ...], after: tuple[Block, ...]) -> float:
    return difflib.SequenceMatcher(None, to_text(before).split(), to_text(after).split(), autojunk=False).ratio()


def _redrawn(old: Pack, before: Item, new: Pack, after: Item) -> bool:
    """Whether a picture that was there already looks different."""
    kept = set(_pictures(before.blocks)) & set(_pictures(after.blocks))
    return any(old.asset(path) != new.asset(path) for path in kept)


def _pictures(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Figure(asset=path):
                yield path
            case Steps(items) | Bullets(items):
                for item in items:
                    yield from _pictures(item)
            case Callout(blocks=inner):
                yield from _pictures(inner)


def _other_files(old: Pack, before: Item, new: Pack, after: Item) -> bool:
    """Whether the files to edit or to show differ; the printed page always follows its text."""
    was, now = ({asset.path for asset in page.assets if asset.role != "page"} for page in (before, after))
    return was != now or any(old.asset(path) != new.asset(path) for path in now)
