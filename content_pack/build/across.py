"""The rules between pages: a sentence on two of them, one that nothing leads to, what no term explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from content_pack.build.complaints import Complaint
    from content_pack.build.kinds import Page
    from content_pack.build.links import Links
    from content_pack.build.lists import Lists
    from content_pack.build.written import Written

_FOUND_BY_LINKS = ("tool", "example", "guide")
_SLUG_FIELDS = ("tools", "materials", "starters", "made_from", "examples", "pages")


def shared_sentences(pages: Sequence[Written]) -> Iterator[Complaint]:
    """A complaint for each sentence that an earlier page has as well."""
    first: dict[str, Page] = {}
    for written in pages:
        page = written.page
        for words, sentence in written.sentences.items():
            other = first.setdefault(words, page)
            if other is not page:
                source = other.source
                wrong = f"this sentence stands in {source.file}:{source.line_of_words(sentence)} as well"
                write = f"say it in other words, or on one page only: “{sentence}”"
                yield page.source.complaint(page.source.line_of_words(sentence), wrong, write)


def orphans(pages: Sequence[Written], links: Links) -> Iterator[Complaint]:
    """Advice on each page that no other one leads to. An example is led to by the page of a tool it used."""
    reached: set[str] = set()
    for written in pages:
        targets = set(_targets(written, links))
        reached |= targets - {written.page.slug}
        if written.page.kind == "example" and any(links.kind(slug) == "tool" for slug in targets):
            reached.add(written.page.slug)
    for written in pages:
        page = written.page
        if page.kind in _FOUND_BY_LINKS and page.slug not in reached:
            write = "link to it from a page whose readers need it"
            yield page.source.complaint(page.line("slug"), "no other page leads to this one", write, advice=True)


def unexplained(pages: Sequence[Written], lists: Lists, glossary: Mapping[str, str]) -> Iterator[Complaint]:
    """Advice on each abbreviation that no glossary term explains, at its first use."""
    seen = {*lists.abbreviations, *glossary}
    for written in pages:
        for name, line in written.abbreviations.items():
            if name not in seen:
                seen.add(name)
                wrong = f"the glossary does not explain {name}"
                write = "add it to the aliases of a term, or to lint/abbreviations.tsv"
                yield written.page.source.complaint(line, wrong, write, advice=True)


def _targets(written: Written, links: Links) -> list[str]:
    page = written.page
    named = [slug for field in _SLUG_FIELDS for slug in page.get(field, ())]
    named += [slug for slugs in page.get("links", {}).values() for slug in slugs]
    return [*links.present(named), *(route.partition("/")[2] for route in written.routes)]
