"""The rules of a page, each with its complaint: what is wrong and what to write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content_pack.build.kinds import KINDS
from content_pack.build.lines import check_lines
from content_pack.build.links import Dangling
from content_pack.build.lists import SLUG
from content_pack.build.shape import check_headings
from content_pack.build.together import YEAR
from content_pack.build.values import nearest
from content_pack.labels import LINKS_THAT_BREAK

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator

    from content_pack.build.complaints import Complaint
    from content_pack.build.kinds import Page
    from content_pack.build.links import Links
    from content_pack.build.lists import Lists

LONGEST_SUMMARY = 160
LEAST_SAID, MOST_SAID = 5, 10
SHORTEST_CITATION = 40
NO_CODE = "has no code in codes.tsv"

# Fields that hold slugs, and the kind of page each leads to ("" where it may be any).
_SLUG_FIELDS = {
    "tools": "tool", "examples": "example", "materials": "material", "starters": "tool", "made_from": "tool",
    "likely_stage": "stage", "pages": "",
}  # fmt: skip
_BROKEN_DOI = re.compile(r"(?i:\bdoi:|doi\.org/) ?(?:10\. |10\.\d{4,}\s*/\s|10\.\d{4,}\s+/|10 \.)")
_SENTENCES = re.compile(r"(?<![A-Z])[.!?][”’]?\s+(?=[A-Z“‘])")


def check_page(page: Page, lists: Lists, links: Links, headings: list[str]) -> Iterator[Complaint]:
    """What is wrong with one page, apart from the shape of its fields (kinds.py) and blocks (render.py)."""
    yield from _place(page, lists)
    yield from _code(page, lists)
    yield from _words(page)
    yield from _closed_lists(page, lists)
    yield from _references(page)
    yield from _targets(page, links)
    yield from _kinds_of_targets(page, links)
    yield from check_headings(page, headings)
    yield from check_lines(page)
    yield from _own_links(page)
    if page.kind == "example":
        yield from _example(page)
    if page.kind == "problem":
        yield from _problem(page, lists)
    if page.kind == "material":
        yield from _sheet(page)
    if page.kind in ("guide", "thread"):
        yield from _sourced(page)
    if page.get("path", False) != bool(page.get("pages")):
        write = "write both: `path: true`, and `pages:` with the slugs of its pages in order"
        yield _complaint(page, "path", "a learning path needs its pages, and pages need a path", write)


def check_easy_read(page: Page, pictures: Container[str]) -> Iterator[Complaint]:
    """What is wrong with an Easy Read page; `pictures` holds the names of those there are."""
    if page.source.has("easy_read") and page.source.has("form"):
        write = "keep one of the two fields, and make another material of the other, with its own slug and code"
        yield _complaint(page, "easy_read", "a sheet is either Easy Read or a form", write)
    for index, idea in enumerate(page.get("easy_read", ())):
        if idea["picture"] not in pictures:
            wrong = f"there is no picture “{idea['picture']}”"
            line = page.line("easy_read", index, "picture")
            yield page.source.complaint(line, wrong, "draw pictures/NAME.svg and write `picture: NAME.svg`")


def _place(page: Page, lists: Lists) -> Iterator[Complaint]:
    """A slug that is not the name of the file. The one of the two that has a code is right."""
    stem, slug = page.source.stem, page.slug
    if stem == slug:
        return
    rename, respell = f"name the file {slug}.md", f"write `slug: {stem}`"
    if not SLUG.fullmatch(stem) or (slug in lists.codes and stem not in lists.codes):
        write = rename
    else:
        write = respell if stem in lists.codes and slug not in lists.codes else f"{rename}, or {respell}"
    yield _complaint(page, "slug", f"the slug is {slug} and the file is {stem}.md", write)


def _code(page: Page, lists: Lists) -> Iterator[Complaint]:
    row, code = lists.codes.get(page.slug), page.get("code")
    if row is None:
        if not KINDS[page.kind].letter or page.source.stem in lists.codes:
            return
        if given := next((row for row in lists.codes.values() if row["code"] == code), None):
            write = f"{code} is the code of {given['slug']}: begin pages with `ilsy-pack new`, which gives each its own"
        else:
            line = " (tab) ".join((code or KINDS[page.kind].letter + "…", page.slug, page.kind, ""))
            write = f"put its line back, or add a line at the end for a new page: {line.rstrip()}"
        yield _complaint(page, "slug", f"the slug {page.slug} {NO_CODE}", write)
    elif row["kind"] != page.kind:
        wrong = f"codes.tsv says that {page.slug} is a {row['kind']}"
        yield _complaint(page, "kind", wrong, f"write `kind: {row['kind']}`, in the folder {_folder(row['kind'])}")
    elif code and row["code"] != code:
        yield _complaint(page, "code", f"the code of {page.slug} is {row['code']}", f"write `code: {row['code']}`")


def _folder(kind: str) -> str:
    return KINDS[kind].folder if kind in KINDS else kind


def _words(page: Page) -> Iterator[Complaint]:
    length, said = len(page.get("summary")), len(page.get("people_say", ()))
    if length > LONGEST_SUMMARY:
        write = f"write one sentence of at most {LONGEST_SUMMARY}"
        yield _complaint(page, "summary", f"the summary has {length} letters", write)
    elif page.kind in ("tool", "term", "material") and _SENTENCES.search(page.get("summary")):
        write = "write one sentence: join the two, or leave one out"
        yield _complaint(page, "summary", "the summary has more than one sentence", write)
    if page.kind in ("tool", "problem") and "people_say" in page.values and not LEAST_SAID <= said <= MOST_SAID:
        write = f"write {LEAST_SAID} to {MOST_SAID} things that staff say when this page would help"
        yield _complaint(page, "people_say", f"people_say has {said} entries", write)


def _closed_lists(page: Page, lists: Lists) -> Iterator[Complaint]:
    for field, rows in (("setting", lists.settings), ("organisation", lists.organisations)):
        value = page.get(field)
        if value and value not in rows:
            write = f"write {_one_of(value, rows)} (from {field}s.tsv)"
            yield _complaint(page, field, f"the {field} “{value}” is not in the list", write)
    if page.kind in ("stage", "thread") and page.slug not in lists.steps(page.kind):
        write = f"write {_one_of(page.slug, lists.steps(page.kind))}, or put the step into roadmap.yaml"
        yield _complaint(page, "slug", f"the roadmap has no {page.kind} {page.slug}", write)
    for index, stage in enumerate(page.get("stages", ())):
        if stage not in lists.roadmap:
            line = page.line("stages", index)
            write = f"write {_one_of(stage, lists.roadmap)} (from roadmap.yaml)"
            yield page.source.complaint(line, f"the roadmap has no stage {stage}", write)


def _one_of(word: str, known: Collection[str]) -> str:
    """The known word that was meant, and all of them."""
    meant = nearest(word, known)
    return f"{meant}; there are " * bool(meant) + "one of " * (not meant) + ", ".join(known)


def _references(page: Page) -> Iterator[Complaint]:
    citation = page.get("citation")
    if citation and len(citation) < SHORTEST_CITATION and YEAR.search(citation):
        write = "write who, what, where and the year, so that a reader can find the very paper"
        yield _complaint(page, "citation", "the citation is not complete", write)
    entries = [(source["text"], ("sources", number)) for number, source in enumerate(page.get("sources", ()))]
    for words, key in (*entries, (citation, ("citation",))):
        if found := _BROKEN_DOI.search(words):
            wrong = f"a blank stands in the DOI (“{found.group()}…”)"
            yield page.source.complaint(page.line(*key), wrong, "write it in one piece: doi:10.1136/bmjqs-2012-001467")


def _named(page: Page) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Every slug in the fields of a page, with the way to it."""
    for name in _SLUG_FIELDS:
        value = page.get(name, ())
        if isinstance(value, str):
            yield value, (name,)
        else:
            yield from ((slug, (name, index)) for index, slug in enumerate(value))


def _kinds_of_targets(page: Page, links: Links) -> Iterator[Complaint]:
    for slug, key in _named(page):
        wanted, kind = _SLUG_FIELDS[str(key[0])], links.kind(slug)
        if wanted and kind not in ("", wanted):
            wrong = f"{key[0]} names {slug}, which is a {kind}"
            yield page.source.complaint(page.line(*key), wrong, f"write a slug of the kind {wanted}, or take it out")


def _targets(page: Page, links: Links) -> Iterator[Complaint]:
    named = [(slug, key) for slug, key in _named(page) if key[0] != "likely_stage"]
    for relation, slugs in page.get("links", {}).items():
        named += [(slug, ("links", relation)) for slug in slugs]
    for slug, key in named:
        try:
            links.slug(slug)
        except Dangling as dangling:
            yield page.source.complaint(page.line(*key), str(dangling), dangling.write)


def _example(page: Page) -> Iterator[Complaint]:
    links = page.get("links", {})
    if page.get("outcome", "worked") != "worked" and not page.source.has("link_that_broke"):
        write = "write `link_that_broke:` with one of " + ", ".join(LINKS_THAT_BREAK)
        yield _complaint(page, "outcome", f"the outcome is {page.get('outcome')} and nothing broke", write)
    if (links.get("compare") or links.get("same-idea")) and not page.get("compare_why"):
        write = "write `compare_why:` with one line on why the results may differ"
        yield _complaint(page, "links", "the example is paired without a reason", write)


def _problem(page: Page, lists: Lists) -> Iterator[Complaint]:
    steps = page.get("links", {}).get("next", ())
    if len(steps) != 1:
        write = "write `links: {next: [slug]}` with the one page to go on with"
        wrong = f"the problem names {len(steps)} next steps" if steps else "the problem names no next step"
        yield _complaint(page, "links", wrong, write)
    stage, stages = page.get("likely_stage"), lists.steps("stage")
    if stage and stage not in lists.roadmap:
        yield _complaint(page, "likely_stage", f"the roadmap has no stage {stage}", f"write {_one_of(stage, stages)}")


def _sheet(page: Page) -> Iterator[Complaint]:
    if not page.source.has("form") and not page.source.has("easy_read"):
        write = "write `form:` with its parts, or `easy_read:` with its ideas (docs/editor-guide.md shows both)"
        yield page.source.complaint(1, "the page has no sheet to print", write)


def _sourced(page: Page) -> Iterator[Complaint]:
    if not page.source.has("sources") and not page.source.has("sources_none"):
        write = 'write `sources:`, or `sources_none: "…"` with the reason'
        yield _complaint(page, "sources", f"a {page.kind} needs its sources or the reason for none", write)
    if page.get("sources") and page.get("sources_none"):
        write = "take one of the two out"
        yield _complaint(page, "sources_none", "the page has sources, and a reason why it has none", write)


def _own_links(page: Page) -> Iterator[Complaint]:
    """Relations that lead to the page itself, or to the same page twice."""
    seen: dict[str, str] = {}
    for relation, slugs in page.get("links", {}).items():
        for slug in slugs:
            line = page.line("links", relation)
            if slug == page.slug:
                yield page.source.complaint(
                    line, f"{relation} names the page itself", "write another slug, or take it out"
                )
            elif slug in seen:
                wrong = f"{slug} stands under {seen[slug]} and again under {relation}"
                yield page.source.complaint(line, wrong, "keep it in one of them")
            seen[slug] = relation


def _complaint(page: Page, field: str, wrong: str, write: str) -> Complaint:
    return page.source.complaint(page.line(field), wrong, write)
