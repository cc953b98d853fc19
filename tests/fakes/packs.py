"""True packs of the small test library, told apart by version and date."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from content_pack.build.commands import Wish, build

SMALL = Path(__file__).parents[1] / "data" / "content-small"
# Later than any library that comes with a program under test.
EDITIONS = {"2097.1.1": "2097-01-01", "2098.2.1": "2098-02-02", "2099.3.1": "2099-03-03"}


class Editions(NamedTuple):
    """Three packs, each newer than the one before: files of the same few pages."""

    first: Path
    second: Path
    third: Path


def make_editions(folder: Path) -> Editions:
    """Build the three packs into `folder`."""
    return Editions(*(_make(folder, version, dated) for version, dated in EDITIONS.items()))


def _make(folder: Path, version: str, dated: str) -> Path:
    sources, target = folder / version, folder / f"{version}.ilsypack"
    shutil.copytree(SMALL, sources)
    label = sources / "pack.yaml"
    text = label.read_text(encoding="utf-8").replace("2026.11.1", version).replace("2026-11-24", dated)
    label.write_text(text, encoding="utf-8")
    page = sources / "tools" / "tea-round.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\nEdition {version}.\n", encoding="utf-8")
    build(Wish(sources, target, cached=False))
    return target
