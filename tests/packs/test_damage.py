"""A pack damaged at random is refused in plain words or read right, and never shows changed text.

ILSY_DAMAGE_CASES and ILSY_DAMAGE_SEED ask for more cases (200 before a release) and for others.
"""

from __future__ import annotations

import os
import random
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from content_pack import PackError, open_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from content_pack.reader import Pack

CASES = int(os.environ.get("ILSY_DAMAGE_CASES", "10"))
SEED = int(os.environ.get("ILSY_DAMAGE_SEED", "20261124"))
PAGE = 4096
SLUGS = (
    "test", "tea-round", "quiet-nights", "tea-round-sheet", "kitchen-timer", "bells-at-night", "guide-begin-here",
    "term-round",
)  # fmt: skip


def flip_bits(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 1, 20))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def cut_off(data: bytearray, rng: random.Random) -> None:
    del data[rng.randrange(len(data)) :]


def empty_a_page(data: bytearray, rng: random.Random) -> None:
    start = rng.randrange(len(data) // PAGE) * PAGE
    data[start : start + PAGE] = bytes(PAGE)


def change_the_header(data: bytearray, rng: random.Random) -> None:
    data[rng.randrange(100)] = rng.randrange(256)


def swap_pages(data: bytearray, rng: random.Random) -> None:
    a, b = (rng.randrange(len(data) // PAGE) * PAGE for _ in range(2))
    data[a : a + PAGE], data[b : b + PAGE] = data[b : b + PAGE], data[a : a + PAGE]


def append_garbage(data: bytearray, rng: random.Random) -> None:
    data += rng.randbytes(rng.choice((1, PAGE)))


DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    flip_bits, cut_off, empty_a_page, change_the_header, swap_pages, append_garbage,
)  # fmt: skip


def everything_in(pack: Pack) -> dict[str, object]:
    """All that a reader could be shown, by name; what cannot be read is left out."""
    shown: dict[str, object] = {}

    def read(name: str, reading: Callable[[], object]) -> None:
        try:
            shown[name] = reading()
        except PackError as error:
            assert_plain(error)

    read("roadmap", pack.roadmap)
    read("labels", lambda: pack.labels("outcome"))
    read("codes", lambda: pack.resolve("T2"))
    read("list", pack.items)
    for slug in SLUGS:
        read(slug, lambda slug=slug: pack.item(slug))
    for path in ("paper/tea-round.pdf", "pictures/tea-path.svg"):
        read(path, lambda path=path: pack.asset(path))
    return shown


def found_words(pack: Pack) -> list[tuple[str, str]]:
    """The slug of each page that a search finds, with each text it shows of that page."""
    try:
        hits = pack.search("tea round", limit=5).hits
    except PackError as error:
        assert_plain(error)
        return []
    snippets = [(hit.slug, unescape(re.sub("</?mark>", "", hit.snippet)).strip("…")) for hit in hits]
    return [*((hit.slug, words) for hit in hits for words in (hit.title, hit.summary)), *snippets]


def assert_plain(error: PackError) -> None:
    words = str(error)
    assert words.endswith(".")
    assert "Traceback" not in words
    assert "sqlite3" not in words


@pytest.mark.parametrize("case", range(CASES))
def test_damage_is_noticed_or_does_no_harm(tmp_path: Path, small_pack: Path, case: int) -> None:
    rng = random.Random(f"{SEED} {case}")
    data = bytearray(small_pack.read_bytes())
    damage = rng.choice(DAMAGES)
    damage(data, rng)
    damaged = tmp_path / "damaged.ilsypack"
    damaged.write_bytes(data)
    with open_pack(small_pack) as pack:
        truth = everything_in(pack)
        items = [pack.item(slug) for slug in SLUGS]
        texts = {item.slug: " ".join(f"{item.title} {item.summary} {item.text}".split()) for item in items}
    try:
        with open_pack(damaged) as pack:
            shown = everything_in(pack)
            found = found_words(pack)
    except PackError as error:
        assert_plain(error)
        return
    for name, value in shown.items():
        assert value == truth[name], f"seed {SEED}, case {case} ({damage.__name__}): {name} was shown changed"
    for slug, words in found:
        assert words in texts[slug], f"seed {SEED}, case {case} ({damage.__name__}): search showed {words!r}"
