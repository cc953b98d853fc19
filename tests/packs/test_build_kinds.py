"""Threads of the roadmap, kinds of problems and learning paths: what stands in the pack, and what is refused."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from building import add_page, change, complaints, copy_of_small, words_of

from content_pack import open_pack
from content_pack.build.cli import run
from content_pack.build.commands import Wish, build
from content_pack.schema import PAGE_COLUMNS, digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from content_pack.reader import Pack


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = copy_of_small(tmp_path)
    add_page(folder, "threads/involve")
    add_page(folder, "problems/problem-cold-tea")
    add_page(folder, "guides/guide-first-week", code="G2")
    return folder


@pytest.fixture
def pack(folder: Path) -> Iterator[Pack]:
    target = folder.parent / "made.ilsypack"
    build(Wish(folder, target, cached=False))
    with open_pack(target) as opened:
        yield opened


def test_a_thread_that_is_written_is_a_page_of_the_roadmap(pack: Pack) -> None:
    written = {step.slug: step.written for step in pack.roadmap()}
    assert written == {"gate": False, "test": True, "share": False, "involve": True}
    thread = pack.item("involve")
    assert (thread.kind, thread.code, thread.stages) == ("thread", "", ("test", "share"))
    assert thread.links == {"next": ("tea-round", "problem-cold-tea")}


def test_a_thread_is_printed_and_found_again_by_its_title(pack: Pack) -> None:
    (page,) = pack.item("involve").assets
    words = words_of(pack.asset(page.path))
    assert "Runs through every stage" in words
    assert "Working roadmap, to be replaced by the South Yorkshire one" in words
    assert "Type Involve the people who drink the tea in the search box" in words
    assert "revised 24 November 2026 · ILSY" in words


def test_a_tool_whose_slug_is_a_step_of_the_roadmap_is_not_its_page(folder: Path) -> None:
    (folder / "threads" / "involve.md").unlink()
    change(folder / "codes.tsv", "paper-plane", "involve")
    change(folder / "planned.tsv", "paper-plane\ttool\tFold and fly\n", "")
    tool = (folder / "tools" / "tea-round.md").read_text(encoding="utf-8")
    tool = tool.replace("slug: tea-round\n", "slug: involve\n").replace("code: T2", "code: T3")
    (folder / "tools" / "involve.md").write_text(tool, encoding="utf-8")
    target = folder.parent / "made.ilsypack"
    build(Wish(folder, target, cached=False, keep_going=True))
    with open_pack(target) as pack:
        assert {step.slug: step.written for step in pack.roadmap()}["involve"] is False


def test_a_problem_names_its_first_step_tools_and_examples(pack: Pack) -> None:
    problem = pack.item("problem-cold-tea")
    assert (problem.likely_stage, problem.unsafe) == ("test", True)
    assert problem.tools == ("tea-round", "kitchen-timer")  # the third is planned
    assert problem.examples == ("bells-at-night",)
    assert problem.links == {"next": ("tea-round",)}
    assert problem.assets == ()
    assert pack.search("it was hot once").hits[0].slug == "problem-cold-tea"


def test_a_problem_has_not_used_its_tools(pack: Pack) -> None:
    assert pack.item("tea-round").links["used-by"] == ("quiet-nights",)
    assert "used-by" not in pack.item("guide-begin-here").links


def test_a_path_has_its_pages_in_order_and_each_knows_it(pack: Pack) -> None:
    path = pack.item("guide-first-week")
    assert path.path
    assert path.pages == ("guide-begin-here", "tea-round")
    assert pack.item("guide-begin-here").links["in-path"] == ("guide-first-week",)
    assert not pack.item("guide-begin-here").path
    words = words_of(pack.asset(path.assets[0].path))
    assert "The pages of this path, in order: Begin here (G1) · Walk the tea round (T2)" in words


def test_problems_stand_by_their_own_order(folder: Path) -> None:
    second = (folder / "problems" / "problem-cold-tea.md").read_text(encoding="utf-8")
    first = second.replace("slug: problem-cold-tea", "slug: problem-what-else").replace("order: 2", "order: 1")
    first = first.replace(
        "Cold tea is a sign that something waits. Find out where it stands still.", "Say it."
    ).replace("title: The tea is cold", "title: Something else")
    (folder / "problems" / "problem-what-else.md").write_text(first, encoding="utf-8")
    target = folder.parent / "made.ilsypack"
    build(Wish(folder, target, cached=False))
    with open_pack(target) as pack:
        assert [page.slug for page in pack.items(kind="problem")] == ["problem-what-else", "problem-cold-tea"]


THREAD, PROBLEM, PATH = "threads/involve.md", "problems/problem-cold-tea.md", "guides/guide-first-week.md"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (THREAD, "slug: involve", "slug: someone", "the roadmap has no thread someone; write one of involve"),
        (THREAD, "sources_none:", "method:", "a thread needs its sources or the reason for none; write `sources:`"),
        (THREAD, "stages: [test, share]\n", "", "the field stages is missing; write `stages: …`"),
        (THREAD, "tool:tea-round", "thread:elsewhere", "there is no page elsewhere; use a slug"),
        (PROBLEM, "[tea-rounds, ", "[tea-round-sheet, ", "tools names tea-round-sheet, which is a material; write"),
        (PROBLEM, "paper-plane]", "paper-plane, test]", "tools has a value that does not fit; write one to 3"),
        (PROBLEM, "examples: [bells-at-night]", "examples: [tea-round]", "which is a tool; write a slug"),
        (PROBLEM, "likely_stage: test", "likely_stage: involve", "likely_stage names involve, which is a thread"),
        (PROBLEM, "likely_stage: test", "likely_stage: tomorrow", "the roadmap has no stage tomorrow; write one of"),
        (PROBLEM, "{next: [tea-round]}", "{goes-with: [tea-round]}", "the problem names no next step; write `links:"),
        (PROBLEM, ', "nobody comes", "it was hot once"', "", "people_say has 3 entries; write 5 to 10"),
        (PROBLEM, "unsafe: true", "unsafe: maybe", "unsafe has a value that does not fit; write true or false"),
        (PATH, "path: true\n", "", "a learning path needs its pages, and pages need a path; write both"),
        (PATH, "guide-begin-here, ", "guide-beginnen, ", "there is no page guide-beginnen; write guide-begin-here,"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(folder: Path, file: str, old: str, new: str, said: str) -> None:
    change(folder / file, old, new)
    found = complaints(folder)
    assert any(file in line and said in line for line in found), "\n".join(found)


@pytest.mark.parametrize("kind", ["thread", "problem"])
def test_a_page_without_a_code_can_be_begun(tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copy_of_small(tmp_path)
    codes = (folder / "codes.tsv").read_bytes()
    assert run(["new", kind, "waiting", "--folder", str(folder)]) == 0
    assert "waiting.md: begun. Fill in the fields" in capsys.readouterr().out
    assert "code:" not in (folder / f"{kind}s" / "waiting.md").read_text(encoding="utf-8")
    assert (folder / "codes.tsv").read_bytes() == codes


def test_a_library_from_before_these_kinds_can_still_be_read(small_pack: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.ilsypack"
    old.write_bytes(small_pack.read_bytes())
    with closing(sqlite3.connect(old)) as database, database:
        database.execute(f"PRAGMA user_version = {1 << 16}")
        for row in database.execute(f"SELECT {', '.join(PAGE_COLUMNS)} FROM page").fetchall():
            record = json.loads(row[4])
            for name in ("examples", "likely_stage", "unsafe", "path", "pages"):
                del record[name]
            values = [*row[:4], json.dumps(record), row[5]]
            database.execute("UPDATE page SET record = ?, digest = ? WHERE id = ?", (values[4], digest(values), row[0]))
    with open_pack(old) as pack:
        tool = pack.item("tea-round")
        assert (tool.examples, tool.likely_stage, tool.unsafe, tool.path, tool.pages) == ((), "", False, False, ())
