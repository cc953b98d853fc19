"""The rules between pages: a sentence on two of them, one that nothing leads to, what no term explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_pack.build.complaints import Complaint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from content_pack.build.kinds import Page
    from content_pack.build.links import Links
    from content_pack.build.lists import Lists
    from content_pack.build.written import Written

COPIED = 4  # sentences that two pages share before they are said in one line
_FOUND_BY_LINKS = ("tool", "example", "guide")
_SLUG_FIELDS = ("tools", "materials", "starters", "made_from", "examples", "pages")


def shared_sentences(pages: Sequence[Written]) -> Iterator[Complaint]:
    """A complaint for each sentence that an earlier page has as well; for a page that was copied, one in all."""
    first: dict[str, Page] = {}
    for written in pages:
        page = written.page
        shared: dict[str, list[str]] = {}
        for words in written.sentences:
            other = first.setdefault(words, page)
            if other is not page:
                shared.setdefault(other.slug, []).append(words)
        for several in shared.values():
            source = first[several[0]].source
            if len(several) > COPIED:
                wrong = f"{len(several)} sentences of this page stand in {source.file} as well"
                sentence = written.sentences[several[0]]
                line = page.source.line_of_words(sentence)
                yield page.source.complaint(line, wrong, f"write them anew, from here on: “{sentence}”")
                continue
            for sentence in (written.sentences[words] for words in several):
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
        if page.kind in _FOUND_BY_LINKS and page.slug not in reached and page.source.stem == page.slug:
            write = "link to it from a page whose readers need it"
            yield page.source.complaint(page.line("slug"), "no other page leads to this one", write, advice=True)


def unshown(pages: Sequence[Written], drawings: Iterable[str], shown: str) -> Iterator[Complaint]:
    """A complaint for each chart that its page does not show, and advice on each drawing that no page shows."""
    used: set[str] = set()
    for written in pages:
        page = written.page
        used |= {*written.pictures, *(idea["picture"] for idea in page.get("easy_read", ()))}
        charts = page.get("charts", {})
        if page.source.body.count("picture:chart-") < len(charts):
            for name in charts:
                address = f"picture:chart-{page.slug}-{name}.svg"
                if address not in page.source.body:
                    write = f"give it its place in the body: ![what it shows]({address})"
                    line = page.line("charts", name)
                    yield page.source.complaint(line, f"the page does not show its chart {name}", write)
    for name in drawings:
        if name not in used and not name.startswith("chart-"):
            wrong, write = "no page shows this drawing", "show it on a page, or take the file away"
            yield Complaint(f"{shown}/pictures/{name}", 1, wrong, write, advice=True)


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
