"""How long a build takes, as ratios to the time that Typst takes to compile one ordinary page twenty times."""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from build_scripts.environment import DEVELOPMENT
from build_scripts.processes import DevError, quiet
from build_scripts.standard_pack import SOURCES
from content_pack.build.cache import Cache
from content_pack.build.content import read_content
from content_pack.build.paper import FONTS, Typesetter, jobs

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMES = 20
ORDINARY = "pdsa"
MOST_CLEAN, MOST_CHANGED = 60.0, 8.0


def build_speed(rounds: int) -> dict[str, object]:
    """The figures of `bench.py build`. Raises DevError when a build fails or its cache changes the pack."""
    with tempfile.TemporaryDirectory() as name, _compiled_code(Path(name) / "code"):
        folder = Path(name)
        sources = Path(shutil.copytree(SOURCES, folder / "content"))
        _build(sources, folder / "kept" / "made.ilsypack")  # also lets Python keep its own compiled code
        taken = [_one_round(sources, folder, number) for number in range(rounds)]
    median = statistics.median
    return {
        "rounds": rounds,
        "pages": len(list(SOURCES.glob("*/*.md"))),
        "twenty_compilations_seconds": round(median(unit for unit, _, _ in taken), 3),
        "clean_seconds": round(median(clean for _, clean, _ in taken), 2),
        "changed_seconds": round(median(changed for _, _, changed in taken), 2),
        "clean_ratio": round(median(clean / unit for unit, clean, _ in taken), 1),
        "changed_ratio": round(median(changed / unit for unit, _, changed in taken), 1),
        "goals": f"clean at most {MOST_CLEAN:.0f}, changed at most {MOST_CHANGED:.0f}",
    }


def _one_round(sources: Path, folder: Path, number: int) -> tuple[float, float, float]:
    """Seconds for twenty compilations, for a build without a cache to find, and for one after a changed page."""
    page = sources / "tools" / f"{ORDINARY}.md"
    text = page.read_text(encoding="utf-8").rstrip("\n")
    page.write_text(f"{text}\n\nWe tried it {number + 2} times.\n", encoding="utf-8")
    unit = _compile(sources)
    changed = _build(sources, folder / "kept" / "made.ilsypack")
    clean = _build(sources, folder / f"clean-{number}" / "made.ilsypack")
    if (folder / "kept" / "made.ilsypack").read_bytes() != (folder / f"clean-{number}" / "made.ilsypack").read_bytes():
        raise DevError("The build with a filled cache gave another pack than the clean one.")
    return unit, clean, changed


def _compile(sources: Path) -> float:
    """Seconds for twenty compilations of an ordinary page in one process."""
    content = read_content(sources, Cache(None))
    written = next(written for written in content.pages if written.page.slug == ORDINARY)
    typesetter = Typesetter(FONTS, Cache(None))
    (job,) = jobs(written, content)
    typesetter.set(job)
    began = time.perf_counter()
    for _ in range(TIMES):
        typesetter.set(job)
    return time.perf_counter() - began


def _build(sources: Path, target: Path) -> float:
    began = time.perf_counter()
    quiet([DEVELOPMENT.command("ilsy-pack"), "build", sources, "-o", target])
    return time.perf_counter() - began


@contextmanager
def _compiled_code(folder: Path) -> Iterator[None]:
    """Children keep Python's compiled code in `folder`, as an installed program has it, and leave none elsewhere."""
    before = dict(os.environ)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
