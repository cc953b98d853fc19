"""ROUTEs: how a page is named on the command line, in links, in the history and in picture files."""

from __future__ import annotations

from typing import NamedTuple

KINDS = frozenset(
    "stage tool example course session material guide problem thread term organisation community signpost".split()
)
WORDS = frozenset(
    "home start new sessions problems tools examples evidence glossary guides organisations community "
    "signposts sheets my-sheets chart updates counts helping share settings help about".split()
)
WITH_SLUG = KINDS | {"fill", "run", "print"}


class RouteError(ValueError):
    """A ROUTE that names no page; the message is a plain sentence."""


class Route(NamedTuple):
    """`word` is a kind or one of the fixed words; `slug` names an item; `query` is what was searched for."""

    word: str
    slug: str = ""
    query: str = ""

    def __str__(self) -> str:
        if self.word == "search":
            from urllib.parse import quote  # noqa: PLC0415 - start-up: home searches nothing

            return "search?q=" + quote(self.query, safe="")
        return f"{self.word}/{self.slug}" if self.slug else self.word

    def file_name(self) -> str:
        """The ROUTE as the stem of a file name: `/ ? =` become `-`."""
        return str(self).translate(str.maketrans("/?=", "---"))


HOME = Route("home")


def parse(text: str) -> Route:
    """Read a ROUTE. Raises RouteError with a sentence when it names no page."""
    text = text.strip().strip("/")
    word, _, rest = text.partition("/")
    if text == "search" or text.startswith("search?q="):
        from urllib.parse import unquote_plus  # noqa: PLC0415 - start-up: home searches nothing

        return Route("search", query=unquote_plus(text[len("search?q=") :]))
    if word in WORDS and not rest:
        return Route(word)
    if word in WITH_SLUG and rest and "/" not in rest:
        return Route(word, rest)
    raise RouteError(f"“{text}” is not a page of this library. Try “home”, “tools” or “tool/pdsa”.")
