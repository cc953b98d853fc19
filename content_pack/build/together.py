"""The rules between pages and lists: one slug one page, dates that can be, tools and sheets that name each other."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from content_pack.build.complaints import Complaint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from content_pack.build.kinds import Page
    from content_pack.build.lists import Lists, Row

YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
UNDATED = re.compile(r"\bundated\b|\bno date\b")
_PAST = ("revised_on", "added_on", "sources_read_on", "reviewed_on")
_ONE_OF_A_KIND = {"title": "title", "order": "place in the list"}
_SOURCE = "write who, what, where and the year (or: undated), so that a reader can find the very paper"


def check_together(pages: Sequence[Page], lists: Lists) -> Iterator[Complaint]:
    """What is wrong between pages, and between pages and lists."""
    written = {page.slug: page for page in pages}
    for table, state in ((lists.planned, "planned"), (lists.redirects, "old"), (lists.withdrawn, "withdrawn")):
        for slug, row in table.items():
            if slug in written:
                wrong = f"{slug} stands here as {state}, and its page is {written[slug].source.file}"
                yield _about(row, wrong, "take this line out")
    yield from _old_slugs(lists, written)
    yield from _alike(pages)
    today = max(date.today().isoformat(), lists.pack["dated"])
    for page in pages:
        yield from _dates(page, lists.pack["dated"], today)
        yield from _years(page, today[:4])
        if page.kind == "material":
            yield from _sheet(page, written, lists)


def _old_slugs(lists: Lists, written: dict[str, Page]) -> Iterator[Complaint]:
    known = {*written, *lists.codes}
    for row in lists.redirects.values():
        if row["slug"] not in known:
            yield _about(row, f"there is no page {row['slug']}", "write a slug that stands in codes.tsv")
    for row in lists.withdrawn.values():
        if row["see_instead"] not in known:
            yield _about(row, f"there is no page {row['see_instead']}", "write a slug that stands in codes.tsv")
    for row in lists.codes.values():
        if row["withdrawn_on"] and row["slug"] not in {*lists.withdrawn, *lists.redirects}:
            write = "say why in withdrawn.tsv, or where it went in redirects.tsv"
            yield _about(row, f"{row['slug']} is withdrawn without a word", write)


def _alike(pages: Sequence[Page]) -> Iterator[Complaint]:
    """Pages of one kind with the same title, or the same place in a list."""
    first: dict[tuple[str, str, object], Page] = {}
    for page in pages:
        for field, words in _ONE_OF_A_KIND.items():
            value = page.get(field, None)
            if value is None:
                continue
            key = value.lower() if isinstance(value, str) else value
            other = first.setdefault((page.kind, field, key), page)
            if other is not page:
                wrong = f"the {words} “{value}” is that of {other.source.file} as well"
                yield _complaint(page, field, wrong, f"give one of the two another {field}")


def _dates(page: Page, dated: str, today: str) -> Iterator[Complaint]:
    """Dates that cannot be. No day is to come before both the clock's and the library's own are past.

    So a page that was sound stays so, whatever a clock says.
    """
    for field in _PAST:
        if page.get(field) > today:
            write = f"write the day on which it was done, at the latest {today}"
            yield _complaint(page, field, f"{field} is {page.get(field)}, a day that is still to come", write)
    revised, due = page.get("revised_on"), page.get("review_due")
    if due and revised <= today and due <= revised:
        write = "write a day about two years after it"
        yield _complaint(page, "review_due", f"review_due is {due}, not after revised_on ({revised})", write)
    elif due and due < dated:
        wrong = f"the page was to be reviewed by {due}"
        yield page.source.complaint(page.line("review_due"), wrong, "review it, and write new dates", advice=True)
    if revised and page.get("added_on") > revised:
        wrong = f"added_on is {page.get('added_on')}, after revised_on ({revised})"
        yield _complaint(page, "added_on", wrong, "write the day on which the page was begun")
    if page.get("status") == "reviewed" and not page.source.has("reviewed_on"):
        write = "write `reviewed_on:` with the day on which a person reviewed it, or `status: draft`"
        yield _complaint(page, "status", "the status is reviewed, and no day is given", write)
    if page.get("status") == "draft" and page.get("reviewed_on"):
        write = "write `status: reviewed`, or take reviewed_on out"
        yield _complaint(page, "reviewed_on", "the page has a day of review, and its status is draft", write)


def _years(page: Page, year: str) -> Iterator[Complaint]:
    """References without a year that has been, and an example from a year to come."""
    entries = [(source["text"], ("sources", number)) for number, source in enumerate(page.get("sources", ()))]
    for words, key in entries:
        if not _has_year(words, year):
            yield page.source.complaint(page.line(*key), "a source has no year that has been", _SOURCE)
    citation = page.get("citation")
    if citation and not _has_year(citation, year):
        yield _complaint(page, "citation", "the citation is not complete: it has no year that has been", _SOURCE)
    late = [found for found in YEAR.findall(page.get("years")) if found > year]
    if late:
        yield _complaint(page, "years", f"the year {late[0]} is still to come", "write the years in which it was done")


def _has_year(words: str, year: str) -> bool:
    return bool(UNDATED.search(words)) or any(found <= year for found in YEAR.findall(words))


def _sheet(page: Page, written: dict[str, Page], lists: Lists) -> Iterator[Complaint]:
    """A sheet and the tools that it was made from name each other, and it has the licence of the library."""
    tools = [written[slug] for slug in page.get("made_from", ()) if slug in written]
    if tools and not any(page.slug in tool.get("materials", ()) for tool in tools):
        wrong = f"made_from names {tools[0].slug}, whose page does not name this sheet"
        write = f"write `materials: [{page.slug}]` in {tools[0].source.file}, or the right tool here"
        yield _complaint(page, "made_from", wrong, write)
    for tool in written.values():
        if page.slug in tool.get("materials", ()) and tool.slug not in page.get("made_from", ()) and tools:
            wrong = f"materials names {page.slug}, which is made from {', '.join(page.get('made_from'))}"
            write = f"write {tool.slug} into made_from of {page.source.file}, or take the sheet out here"
            if any(page.slug in other.get("materials", ()) for other in tools):
                yield _complaint(tool, "materials", wrong, write)
    licence, ours = page.get("licence"), lists.pack["licence"]
    if licence and ours and licence != ours:
        yield _complaint(page, "licence", f"the licence is {licence}", f"write `licence: {ours}`, that of the library")


def _complaint(page: Page, field: str, wrong: str, write: str) -> Complaint:
    return page.source.complaint(page.line(field), wrong, write)


def _about(row: Row, wrong: str, write: str) -> Complaint:
    return Complaint(row.file, row.line, wrong, write)
