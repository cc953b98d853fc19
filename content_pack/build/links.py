"""Where a link leads: to a page of the pack, to one that is promised, or nowhere.

In text a link is `tool:slug`, in the pack it is the ROUTE `tool/slug`. A link to something that is planned,
or that has a code and is not written yet, becomes plain text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_pack.build.kinds import KINDS
from content_pack.build.lists import kind_of_step
from content_pack.build.values import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from content_pack.build.lists import Lists

SCHEMES = frozenset(KINDS)


class Dangling(Exception):  # noqa: N818 - see Refused
    """A link that leads nowhere; `write` says what to do."""

    def __init__(self, wrong: str, write: str) -> None:
        super().__init__(wrong)
        self.write = write


class Links:
    """Knows every slug: those written (slug → kind) and those that the lists promise."""

    def __init__(self, written: Mapping[str, str], lists: Lists) -> None:
        self.written = written
        self._lists = lists

    def route(self, address: str) -> str:
        """The ROUTE of a link in text such as "tool:pdsa", or "" where its page is not written yet.

        Raises Dangling.
        """
        scheme, _, slug = address.partition(":")
        if scheme not in SCHEMES:
            raise Dangling(f"a link leads to “{address}”", self._meant(scheme, slug))
        if slug != slug.strip():
            raise Dangling(f"a blank stands in the link “{address}”", f"write ({scheme}:{slug.strip()})")
        slug = self.slug(slug)
        kind = self.kind(slug)
        if kind and kind != scheme:
            raise Dangling(f"{slug} is a {kind}, not a {scheme}", f"write ({kind}:{slug})")
        return f"{kind}/{slug}" if slug in self.written else ""

    def _meant(self, scheme: str, slug: str) -> str:
        """What to write in place of a link that begins with no kind of page."""
        bare = (slug or scheme).strip().removesuffix(".md").rpartition("/")[2]
        if kind := self.kind(bare):
            return f"write ({kind}:{bare})"
        if scheme.lower() in ("http", "https", "mailto", "www"):
            return "write [words](tool:slug); web addresses belong to sources and citations"
        return "write [words](tool:slug), or in place of tool one of " + ", ".join(sorted(SCHEMES - {"tool"}))

    def slug(self, slug: str) -> str:
        """The slug of today for any slug, which may be one that is not written yet. Raises Dangling."""
        lists = self._lists
        if slug in lists.redirects:
            slug = lists.redirects[slug]["slug"]
        if slug in self.written:
            return slug
        if slug in lists.withdrawn:
            row = lists.withdrawn[slug]
            wrong = f"the page {slug} was withdrawn on {row['withdrawn_on']}"
            raise Dangling(wrong, f"link to {row['see_instead']} instead, or take the link out")
        if slug in lists.codes or slug in lists.planned or slug in lists.roadmap:
            return slug
        known = {*self.written, *lists.codes, *lists.planned}
        meant = nearest(slug, known)
        write = "use a slug that stands in codes.tsv or planned.tsv, or take the link out"
        raise Dangling(f"there is no page {slug}", f"write {meant}, or {write}" if meant else write)

    def kind(self, slug: str) -> str:
        """The kind of the page that a slug leads to, written or promised; "" where nobody knows."""
        slug = self._lists.redirects[slug]["slug"] if slug in self._lists.redirects else slug
        if slug in self.written:
            return self.written[slug]
        row = self._lists.codes.get(slug) or self._lists.planned.get(slug)
        if row:
            return row["kind"] if row["kind"] in SCHEMES else ""
        step = self._lists.roadmap.get(slug)
        return kind_of_step(step["part"]) if step else ""

    def present(self, slugs: Iterable[str]) -> list[str]:
        """Those of some slugs that have a page in the pack, by their slug of today, each once."""
        return list(dict.fromkeys(slug for slug in self._today(slugs) if slug in self.written))

    def absent(self, slugs: Iterable[str]) -> list[str]:
        """Those of some slugs that have no page in the pack, by their slug of today."""
        return [slug for slug in self._today(slugs) if slug not in self.written]

    def _today(self, slugs: Iterable[str]) -> list[str]:
        redirects = self._lists.redirects
        return [redirects[slug]["slug"] if slug in redirects else slug for slug in slugs]
