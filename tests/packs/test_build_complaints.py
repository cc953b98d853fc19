"""What is wrong in the sources is said with file, line, what is wrong and what to write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from building import SMALL, change, complaints, copy_of_small, line_of

if TYPE_CHECKING:
    from pathlib import Path

TOOL, BELLS, TERM = "tools/tea-round.md", "examples/bells-at-night.md", "terms/term-round.md"
FAULTS = yaml.safe_load((SMALL.parent / "content-faults.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["name"] for fault in FAULTS])
def test_a_fault_is_said_with_its_place(tmp_path: Path, fault: dict[str, str]) -> None:
    folder = copy_of_small(tmp_path)
    file = folder / fault["file"]
    change(file, fault["old"], fault["new"])
    line = line_of(file, fault["at"]) if "at" in fault else r"\d+"
    place = f"{re.escape(file.as_posix())}:{line}: "
    pattern = re.compile(f"{place}.*{re.escape(fault['wrong'])}.*; .*{re.escape(fault['write'])}")
    found = complaints(folder)
    assert any(pattern.match(complaint) for complaint in found), "\n".join(found)


def test_the_sources_of_the_tests_are_sound(tmp_path: Path) -> None:
    assert complaints(copy_of_small(tmp_path)) == []


def test_every_fault_is_said_at_once_and_in_order(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / TOOL, "code: T2", "code: T1")
    change(folder / TOOL, "core: true", "core: yes")
    change(folder / BELLS, "evidence_grade: B\n", "")
    found = complaints(folder)
    assert [complaint.split(": ")[0].removeprefix(f"{folder.as_posix()}/") for complaint in found] == [
        "examples/bells-at-night.md:1",
        f"tools/tea-round.md:{line_of(folder / TOOL, 'code: T1')}",
        f"tools/tea-round.md:{line_of(folder / TOOL, 'core: yes')}",
    ]


def test_a_slug_belongs_to_one_page(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    (folder / "guides" / "tea-round.md").write_bytes((folder / TOOL).read_bytes())
    found = complaints(folder)
    (one,) = found
    assert "guides/tea-round.md:2: a tool stands in the folder guides; write `kind: guide`, or move" in one
    (folder / "guides" / "tea-round.md").rename(folder / "tools" / "tea-round copy.md")
    (one,) = complaints(folder)
    assert "tea-round copy.md:3: the slug tea-round belongs to tea-round.md" in one
    assert "take the copy away" in one


def test_a_stage_stands_on_the_roadmap(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / "roadmap.yaml", "slug: test", "slug: trying")
    assert any("stages/test.md:3: the roadmap has no stage test" in complaint for complaint in complaints(folder))


def test_a_file_that_is_not_text_is_said_with_its_line(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    file = folder / TERM
    file.write_bytes(file.read_bytes().replace(b"meeting", b"meet\xefng"))
    line = file.read_bytes().count(b"\n", 0, file.read_bytes().index(b"\xef")) + 1
    assert f"{file.as_posix()}:{line}: a letter here is not UTF-8; save the file" in complaints(folder)[0]


def test_a_missing_list_is_said(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    (folder / "planned.tsv").unlink()
    assert complaints(folder) == [
        f"{folder.as_posix()}/planned.tsv:1: cannot be read (No such file or directory); "
        "put the file there, or make it readable"
    ]
