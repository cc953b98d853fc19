"""The rules of a page, each with its complaint: what is wrong and what to write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content_pack.blocks import Callout, Heading, Steps, plain
from content_pack.build.complaints import Complaint
from content_pack.build.kinds import KINDS
from content_pack.build.links import Dangling
from content_pack.build.sections import SAFETY, TAKE
from content_pack.build.wording import shown_fields
from content_pack.html import to_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from content_pack.blocks import Block
    from content_pack.build.kinds import Page
    from content_pack.build.links import Links
    from content_pack.build.lists import Lists, Row

LONGEST_SUMMARY = 160
LEAST_SAID, MOST_SAID = 5, 10
SHORTEST_CITATION = 40

# The headings of level 2 that a kind has, in this order.
HEADINGS = {
    "tool": (
        "Use it when", SAFETY, "Before you start", "How to do it", "Worked example", "Common slips",
        "Take it further", "Include everyone",
    ),
    "example": (
        TAKE, "The problem", "What they aimed for", "What they did", "What happened", "Which part broke",
        "Limits",
    ),
}  # fmt: skip
# Fields that hold slugs, and the kind of page each leads to ("" where it may be any).
_SLUG_FIELDS = {
    "tools": "tool", "examples": "example", "materials": "material", "starters": "tool", "made_from": "tool",
    "likely_stage": "stage", "pages": "",
}  # fmt: skip
_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_WEB = re.compile(r"https?://|\bwww\.|\b[\w-]+\.(?:com|org|net|uk|gov|edu|info)\b", re.IGNORECASE)
_STYLE = re.compile(r"font-size|\bstyle\s*=|\{:?\s*[.#]|\{:\s*\w", re.IGNORECASE)
_UNTITLED = re.compile(r"\s*!!! \w+\s*")
_QI = re.compile(r"\bQI\b")
STEPS = "How to do it"
EXPLAINS_QI = ("term-qi", "term-improvement")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b|\bundated\b|\bno date\b")


def check_blocks(page: Page, blocks: tuple[Block, ...]) -> Iterator[Complaint]:
    """What reads well as Markdown and goes wrong on the page: steps without numbers, boxes without words, “QI”."""
    source, heading = page.source, ""
    numbered = False
    for block in blocks:
        if isinstance(block, Heading):
            heading = plain(block.spans)
        elif isinstance(block, Callout) and not block.blocks:
            write = "put four spaces before the lines that belong into it"
            yield source.complaint(source.line_of(block.title), f"the box “{block.title}” is empty", write)
        numbered = numbered or (heading == STEPS and isinstance(block, Steps))
    if page.kind == "tool" and heading and not numbered:
        write = "begin each step with its number and a point: 1. **Ask first.**"
        yield source.complaint(source.line_of(STEPS), f"“{STEPS}” has no numbered steps", write)
    if page.slug not in EXPLAINS_QI and (found := _QI.search(to_text(blocks))):
        yield source.complaint(
            source.line_of(found.group()), "the abbreviation QI stands in the text", "write improvement"
        )


def check_page(page: Page, lists: Lists, links: Links, headings: list[str]) -> Iterator[Complaint]:
    """What is wrong with one page, apart from the shape of its fields (kinds.py) and blocks (render.py)."""
    yield from _place(page)
    yield from _code(page, lists)
    yield from _words(page)
    yield from _closed_lists(page, lists)
    yield from _references(page)
    yield from _targets(page, links)
    yield from _kinds_of_targets(page, links)
    yield from _headings(page, headings)
    yield from _body(page)
    if page.kind == "example":
        yield from _example(page)
    if page.kind == "problem":
        yield from _problem(page)
    if page.kind in ("guide", "thread"):
        yield from _sourced(page)
    if page.get("path", False) != bool(page.get("pages")):
        write = "write both: `path: true`, and `pages:` with the slugs of its pages in order"
        yield _complaint(page, "path", "a learning path needs its pages, and pages need a path", write)


def check_easy_read(page: Page, pictures: Container[str]) -> Iterator[Complaint]:
    """What is wrong with an Easy Read page; `pictures` holds the names of those there are."""
    if page.get("easy_read") and page.get("form"):
        write = "make two materials of it, each with its own slug and code"
        yield _complaint(page, "easy_read", "a sheet is either Easy Read or a form", write)
    for index, idea in enumerate(page.get("easy_read", ())):
        if idea["picture"] not in pictures:
            wrong = f"there is no picture “{idea['picture']}”"
            line = page.line("easy_read", index, "picture")
            yield page.source.complaint(line, wrong, "draw pictures/NAME.svg and write `picture: NAME.svg`")


def check_together(pages: list[Page], lists: Lists) -> Iterator[Complaint]:
    """What is wrong between pages, and between pages and lists."""
    written: dict[str, Page] = {}
    for page in pages:
        first = written.setdefault(page.slug, page)
        if first is not page:
            wrong = f"the slug {page.slug} belongs to {first.source.file} already"
            yield _complaint(page, "slug", wrong, "give one of the two another slug")
    for table, state in ((lists.planned, "planned"), (lists.redirects, "old"), (lists.withdrawn, "withdrawn")):
        for slug, row in table.items():
            if slug in written:
                wrong = f"{slug} stands here as {state}, and its page is {written[slug].source.file}"
                yield _about(row, wrong, "take this line out")
    yield from _old_slugs(lists, written)


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


def _place(page: Page) -> Iterator[Complaint]:
    folder, source = KINDS[page.kind].folder, page.source
    if source.folder != folder:
        yield _complaint(page, "kind", f"a {page.kind} stands in the folder {source.folder}", f"move it to {folder}")
    if source.stem != page.slug:
        write = f"name the file {page.slug}.md, or write `slug: {source.stem}`"
        yield _complaint(page, "slug", f"the slug is {page.slug} and the file is {source.stem}.md", write)


def _code(page: Page, lists: Lists) -> Iterator[Complaint]:
    row, code = lists.codes.get(page.slug), page.get("code")
    if row is None:
        if not KINDS[page.kind].letter:
            return
        write = "use the slug from codes.tsv, or add a line at the end there"
        yield _complaint(page, "slug", f"the slug {page.slug} has no code in codes.tsv", write)
    elif row["kind"] != page.kind:
        wrong = f"codes.tsv says that {page.slug} is a {row['kind']}"
        yield _complaint(page, "kind", wrong, f"write `kind: {row['kind']}`")
    elif code and row["code"] != code:
        yield _complaint(page, "code", f"the code of {page.slug} is {row['code']}", f"write `code: {row['code']}`")


def _words(page: Page) -> Iterator[Complaint]:
    length, said = len(page.get("summary")), len(page.get("people_say", ()))
    if length > LONGEST_SUMMARY:
        write = f"write one sentence of at most {LONGEST_SUMMARY}"
        yield _complaint(page, "summary", f"the summary has {length} letters", write)
    if page.kind in ("tool", "problem") and "people_say" in page.values and not LEAST_SAID <= said <= MOST_SAID:
        write = f"write {LEAST_SAID} to {MOST_SAID} things that staff say when this page would help"
        yield _complaint(page, "people_say", f"people_say has {said} entries", write)


def _closed_lists(page: Page, lists: Lists) -> Iterator[Complaint]:
    for field, rows in (("setting", lists.settings), ("organisation", lists.organisations)):
        value = page.get(field)
        if value and value not in rows:
            write = f"write a value from {field}s.tsv, such as {next(iter(rows), '…')}"
            yield _complaint(page, field, f"the {field} “{value}” is not in the list", write)
    if page.kind in ("stage", "thread") and page.slug not in lists.steps(page.kind):
        write = "write one of " + ", ".join(lists.steps(page.kind))
        yield _complaint(page, "slug", f"the roadmap has no {page.kind} {page.slug}", write)
    for index, stage in enumerate(page.get("stages", ())):
        if stage not in lists.roadmap:
            line = page.line("stages", index)
            write = "write one of " + ", ".join(lists.roadmap)
            yield page.source.complaint(line, f"the roadmap has no stage {stage}", write)


def _references(page: Page) -> Iterator[Complaint]:
    write = "write who, what, where and the year (or: undated), so that a reader can find the very paper"
    entries = [(source["text"], ("sources", number)) for number, source in enumerate(page.get("sources", ()))]
    for words, key in entries:
        if not _YEAR.search(words):
            yield page.source.complaint(page.line(*key), "a source has no year", write)
    citation = page.get("citation")
    if citation and (len(citation) < SHORTEST_CITATION or not _YEAR.search(citation)):
        yield _complaint(page, "citation", "the citation is not complete", write)


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
    named = list(_named(page))
    for relation, slugs in page.get("links", {}).items():
        named += [(slug, ("links", relation)) for slug in slugs]
    for slug, key in named:
        try:
            links.slug(slug)
        except Dangling as dangling:
            yield page.source.complaint(page.line(*key), str(dangling), dangling.write)


def _headings(page: Page, found: list[str]) -> Iterator[Complaint]:
    wanted = HEADINGS.get(page.kind)
    if wanted is None:
        return
    may_miss = _may_miss(page)
    for heading in wanted:
        if heading not in found and heading not in may_miss:
            after = [h for h in wanted[: wanted.index(heading)] if h in found]
            line = page.source.line_of(f"## {after[-1]}") if after else page.source.body_line
            yield page.source.complaint(line, f"the part “{heading}” is missing", f"write `## {heading}` below here")
    for heading in found:
        if heading not in wanted:
            write = "use ### for headings of your own, ## for " + " · ".join(wanted)
            line = page.source.line_of(f"## {heading}")
            yield page.source.complaint(line, f"a {page.kind} has no part “{heading}”", write)
    in_order = sorted((h for h in found if h in wanted), key=wanted.index)
    for have, want in zip((h for h in found if h in wanted), in_order, strict=True):
        if have != want:
            line = page.source.line_of(f"## {have}")
            yield page.source.complaint(line, f"the part “{have}” comes too early", f"put “{want}” before it")
            return


def _may_miss(page: Page) -> set[str]:
    if page.kind == "tool":
        return {"Include everyone"} if "test" in page.get("stages", ()) else {"Include everyone", SAFETY}
    # An outcome that could not be read has its own complaint; guessing from it would mislead.
    return {"Which part broke"} if page.get("outcome", "worked") == "worked" else set()


def _body(page: Page) -> Iterator[Complaint]:
    source = page.source
    for line, words in enumerate(source.body.split("\n"), start=source.body_line):
        if found := _HTML.search(words):
            yield source.complaint(line, f"HTML stands here ({found.group()})", "write Markdown instead")
        if found := _WEB.search(words):
            write = "move the address to sources or citation, as plain text"
            yield source.complaint(line, f"a web address stands in the text ({found.group()})", write)
        if found := _STYLE.search(words):
            write = "take it out: readers choose their own size of text"
            yield source.complaint(line, f"a fixed size or style of text stands here ({found.group()})", write)
        if _UNTITLED.fullmatch(words):
            yield source.complaint(line, "a box has no title", f'write {words.strip()} "In a few words"')
    for line, words in shown_fields(page):
        if found := _WEB.search(words):
            write = "move the address to sources or citation, as plain text"
            yield source.complaint(line, f"a web address stands in a field ({found.group()})", write)
    if not source.body.strip():
        yield source.complaint(source.body_line, "the page has no words", "write its body")


def _example(page: Page) -> Iterator[Complaint]:
    links = page.get("links", {})
    if page.get("outcome", "worked") != "worked" and not page.get("link_that_broke"):
        write = "write `link_that_broke:` with the part that broke (see How we label examples)"
        yield _complaint(page, "outcome", f"the outcome is {page.get('outcome')} and nothing broke", write)
    if (links.get("compare") or links.get("same-idea")) and not page.get("compare_why"):
        write = "write `compare_why:` with one line on why the results may differ"
        yield _complaint(page, "links", "the example is paired without a reason", write)


def _problem(page: Page) -> Iterator[Complaint]:
    if not page.get("links", {}).get("next"):
        write = "write `links: {next: [slug]}` with the one page to go on with"
        yield _complaint(page, "links", "the problem names no next step", write)


def _sourced(page: Page) -> Iterator[Complaint]:
    if not page.get("sources") and not page.get("sources_none"):
        write = 'write `sources:`, or `sources_none: "…"` with the reason'
        yield _complaint(page, "sources", f"a {page.kind} needs its sources or the reason for none", write)


def _complaint(page: Page, field: str, wrong: str, write: str) -> Complaint:
    return page.source.complaint(page.line(field), wrong, write)


def _about(row: Row, wrong: str, write: str) -> Complaint:
    return Complaint(row.file, row.line, wrong, write)
