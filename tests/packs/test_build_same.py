"""The same sources give the same bytes, and a pack is replaced only by a whole one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from building import SMALL, change, copy_of_small

from content_pack import open_pack
from content_pack.build.commands import FAULTY, Wish, build
from content_pack.build.complaints import Refused

ROOT = Path(__file__).parents[2]


def build_elsewhere(place: Path, seed: str, zone: str) -> bytes:
    """The bytes of a pack built in another process, folder, time zone and hash order."""
    place.mkdir(parents=True)
    folder, target = copy_of_small(place), place / "made.ilsypack"
    for path in folder.rglob("*"):
        os.utime(path, (1_900_000_000, 1_900_000_000))
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
    command: list[str | Path] = [sys.executable, "-m", "content_pack.build.cli", "build", folder, "-o", target]
    subprocess.run(command, check=True, env=environment, cwd=place, stdout=subprocess.DEVNULL)
    return target.read_bytes()


def test_other_folders_and_other_days_give_the_same_bytes(tmp_path: Path, small_pack: Path) -> None:
    first = build_elsewhere(tmp_path / "one", "1", "UTC")
    second = build_elsewhere(tmp_path / "another" / "deeper", "2", "Pacific/Auckland")
    assert first == second == small_pack.read_bytes()


def test_the_cache_changes_nothing(tmp_path: Path, small_pack: Path) -> None:
    target = tmp_path / "made.ilsypack"
    build(Wish(SMALL, target))
    kept = sorted((tmp_path / "cache").iterdir())
    assert len([path for path in kept if b"%PDF" in path.read_bytes()[:30]]) == 8
    for number, path in enumerate(kept):
        content = path.read_bytes()
        path.write_bytes([b"", content[:-1], content[:-1] + b"?", content][number % 4])
    build(Wish(SMALL, target))
    assert target.read_bytes() == small_pack.read_bytes()


def test_a_changed_page_changes_all_that_names_it_in_a_cached_build_too(tmp_path: Path) -> None:
    folder, target = copy_of_small(tmp_path), tmp_path / "made.ilsypack"
    build(Wish(folder, target))
    change(folder / "tools" / "kitchen-timer.md", "title: Time one job", "title: Time two jobs")
    change(folder / "terms" / "term-round.md", "slug: term-round", "slug: term-rounds")
    change(folder / "codes.tsv", "term-round", "term-rounds")
    (folder / "terms" / "term-round.md").rename(folder / "terms" / "term-rounds.md")
    change(folder / "tools" / "tea-round.md", "term:term-round", "term:term-rounds")
    change(folder / "pictures" / "tea-path.svg", ">Kitchen<", ">Pantry<")
    build(Wish(folder, target))
    build(Wish(folder, tmp_path / "anew.ilsypack", cached=False))
    assert target.read_bytes() == (tmp_path / "anew.ilsypack").read_bytes()
    with open_pack(target) as pack:
        assert b"Pantry" in pack.asset("pictures/tea-path.svg")


@pytest.mark.parametrize("old", ["ask the cook first", "It's a ward's night", "[sheet](material:tea-round-sheet)"])
def test_complaints_are_the_same_from_the_cache(tmp_path: Path, old: str) -> None:
    folder, target = copy_of_small(tmp_path), tmp_path / "made.ilsypack"
    change(folder / "tools" / "tea-round.md", old, f"{old} color www.example.org [x](tool:nothing)")
    said = []
    for _ in range(3):
        with pytest.raises(Refused) as refused:
            build(Wish(folder, target))
        said.append(refused.value.complaints)
    assert said[0] == said[1] == said[2]
    assert len(said[0]) >= 2


def test_what_the_cache_has_had_for_long_is_thrown_away(tmp_path: Path) -> None:
    build(Wish(SMALL, tmp_path / "made.ilsypack"))
    first, *others = sorted((tmp_path / "cache").iterdir())
    os.utime(first, (1_000_000_000, 1_000_000_000))
    change(copy_of_small(tmp_path) / "pack.yaml", "2026.11.1", "2026.12.1")
    build(Wish(tmp_path / "content", tmp_path / "made.ilsypack"))
    kept = sorted((tmp_path / "cache").iterdir())
    assert first not in kept
    assert set(others) <= set(kept)


def test_the_cache_is_used(tmp_path: Path) -> None:
    build(Wish(SMALL, tmp_path / "made.ilsypack"))
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()}
    build(Wish(SMALL, tmp_path / "made.ilsypack"))
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()} == before


def test_a_refused_build_leaves_the_old_pack(tmp_path: Path) -> None:
    folder, target = copy_of_small(tmp_path), tmp_path / "made.ilsypack"
    build(Wish(folder, target, cached=False))
    old = target.read_bytes()
    change(folder / "search" / "synonyms.tsv", "clock\ttimer\tyes", "clock")
    with pytest.raises(Refused):
        build(Wish(folder, target, cached=False))
    assert target.read_bytes() == old
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "made.ilsypack"]


def test_a_pack_with_faults_says_so_in_its_name(tmp_path: Path) -> None:
    folder, target = copy_of_small(tmp_path), tmp_path / "made.ilsypack"
    change(folder / "examples" / "quiet-nights.md", "evidence_grade: C\n", "")
    change(folder / "terms" / "term-round.md", "kind: term\n", "kind: word\n")
    _, complaints = build(Wish(folder, target, cached=False, keep_going=True))
    assert len(complaints) >= 2
    with open_pack(target) as pack:
        assert pack.info.name.endswith(FAULTY)
        assert pack.item("quiet-nights").assets == ()
        assert pack.item("tea-round").assets


def test_an_unchanged_page_keeps_its_printed_bytes_in_the_next_version(tmp_path: Path, small_pack: Path) -> None:
    folder, target = copy_of_small(tmp_path), tmp_path / "made.ilsypack"
    change(folder / "pack.yaml", "2026.11.1", "2026.12.1")
    build(Wish(folder, target, cached=False))
    with open_pack(target) as new, open_pack(small_pack) as old:
        assert new.info.version == "2026.12.1"
        assert new.asset("paper/tea-round.pdf") == old.asset("paper/tea-round.pdf")
