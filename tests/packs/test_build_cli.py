"""`ilsy-pack` as an editor uses it: what it prints, and its exit codes."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from building import SMALL, change, copy_of_small

from content_pack import open_pack
from content_pack.build.cli import run

ROOT = Path(__file__).parents[2]


def test_check_of_sound_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(SMALL)]) == 0
    *advice, last = capsys.readouterr().out.splitlines()
    assert last == "Nothing to put right. 2 things to look at."
    assert len(advice) == 2
    assert all(": look at: the body has" in line for line in advice)


def test_check_prints_each_complaint_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / "tools" / "tea-round.md", "code: T2", "code: T1")
    assert run(["check", str(folder)]) == 1
    printed = capsys.readouterr()
    first, *advice = printed.out.splitlines()
    assert first == f"{folder.as_posix()}/tools/tea-round.md:4: the code of tea-round is T2; write `code: T2`"
    assert all(": look at: " in line for line in advice)
    assert printed.err == "ilsy-pack: One thing to put right. 2 things to look at.\n"


def test_check_can_speak_of_one_page_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / "tools" / "tea-round.md", "code: T2", "code: T1")
    assert run(["check", str(folder), "--page", "kitchen-timer"]) == 0
    assert [line.partition(":")[0][-16:] for line in capsys.readouterr().out.splitlines()[:-1]] == ["kitchen-timer.md"]
    assert run(["check", str(folder), "--page", "kitchen-timer", "--page", "tea-round"]) == 1
    assert "the code of tea-round is T2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("kitchen-timr", "There is no page kitchen-timr: write --page kitchen-timer."),
        ("kitchen-timer.md", "There is no page kitchen-timer.md: write --page kitchen-timer."),
        ("zzz", "There is no page zzz: write the name of its file without .md."),
    ],
)
def test_a_page_that_is_not_there_is_refused(name: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(SMALL), "--page", name]) == 1
    assert capsys.readouterr().err == f"ilsy-pack: {said}\n"


def test_a_file_in_place_of_the_folder_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(SMALL / "tools" / "tea-round.md")]) == 1
    assert "is a file: for one page write --page tea-round" in capsys.readouterr().err


def test_what_is_wrong_elsewhere_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / "tools" / "tea-round.md", "code: T2", "code: T1")
    assert run(["check", str(folder), "--page", "kitchen-timer"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("Nothing to put right in what you named.")
    assert "One thing to put right in other files: ilsy-pack check without --page names them." in last


def test_a_build_has_a_default_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["build", str(SMALL), "--no-cache"]) == 0
    assert capsys.readouterr().out.startswith(f"{Path('build') / 'standard.ilsypack'}: 8 pages")


def test_build_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "made.ilsypack"
    assert run(["build", str(SMALL), "-o", str(target), "--no-cache"]) == 0
    assert capsys.readouterr().out == f"{target}: 8 pages, 10 files, {target.stat().st_size / 1e6:.1f} MB\n"
    assert [path.name for path in tmp_path.iterdir()] == ["made.ilsypack"]


def test_a_refused_build_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, target = copy_of_small(tmp_path), tmp_path / "made.ilsypack"
    change(folder / "tools" / "tea-round.md", "code: T2", "code: T1")
    change(folder / "tools" / "tea-round.md", "core: true", "core: yes")
    assert run(["build", str(folder), "-o", str(target), "--no-cache"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert lines[2] == "ilsy-pack: 2 things to put right; nothing was written."
    assert not target.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build", "no-such-folder", "-o", "x.ilsypack"], "There is no folder no-such-folder"),
        (["check", str(SMALL), "--fonts", "no-such-folder"], "The font Source Sans 3 is not in no-such-folder"),
        (["show", "none.ilsypack", "pdsa"], "There is no library at none.ilsypack."),
        (["new", "poem", "a-poem"], "There is no kind “poem”"),
        (["new", "tool", "A Tool"], "“A Tool” is no slug"),
    ],
)
def test_what_cannot_be_done_is_one_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"ilsy-pack: {said}")


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    target = tmp_path / "file" / "made.ilsypack"
    assert run(["build", str(SMALL), "-o", str(target), "--no-cache"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("ilsy-pack: ")
    assert "Choose another place" in line


@pytest.mark.parametrize("words", [[], ["build", "-x"], ["search", "p", "q", "--facet", "kind"]])
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(words)
    assert caught.value.code == 2
    assert "usage: ilsy-pack" in capsys.readouterr().err


def test_search_prints_the_python_names(small_pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["search", str(small_pack), "tea tro", "--json", "--limit", "2", "--partial"]
    assert run([*words, "--facet", "kind=tool", "--facet", "kind=material"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["hits"][0]["slug"] == "tea-round"
    assert found["hits"][0]["complete"] is True
    assert {hit["kind"] for hit in found["hits"]} <= {"tool", "material"}
    assert len(found["hits"]) <= 2
    names = {"hits", "total", "facets", "corrected", "did_you_mean", "expanded", "relaxed", "notice"}
    assert names == set(found)


def test_search_in_lines(small_pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", str(small_pack), "walk the tea round", "--limit", "1"]) == 0
    assert capsys.readouterr().out == "T2    Walk the tea round (tool/tea-round)\n"


def test_a_search_that_finds_nothing_says_so(small_pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", str(small_pack), "zzzzzz"]) == 0
    assert capsys.readouterr().out == "Nothing was found.\n"


@pytest.mark.parametrize("name", ["tea-round", "T2", "tea-rounds"])
def test_show_prints_the_page(small_pack: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", str(small_pack), name]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "T2 Walk the tea round"
    assert "minutes: 20 40" in lines
    assert "next: kitchen-timer" in lines
    assert lines[-1] == "Ask people who cannot call out."


def test_stats_count_what_there_is_and_what_is_missing(small_pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats", str(small_pack)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "A small library 2026.11.1 of 2026-11-24"
    assert {"tool: 2", "drafts: 7", "planned pages: 4"} <= set(lines)
    assert "links to pages not written yet, set as plain text: 2" in lines
    assert lines[-2:] == ["only planned, with 4 links: paper-plane", "only planned, with 1 link: share"]
    assert {"examples, Our Children’s Hospital: 1", "examples, Worked: 1"} <= set(lines)
    assert "examples, Did not work: 1" in lines
    assert any(line.startswith("reading grade of introductory tools: mean ") for line in lines)


def test_a_new_page_gets_a_code_and_asks_for_its_fields(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copy_of_small(tmp_path)
    assert run(["new", "tool", "cup-count", "--folder", str(folder)]) == 0
    assert "begun with the code T5" in capsys.readouterr().out
    assert (folder / "codes.tsv").read_text(encoding="utf-8").endswith("T5\tcup-count\ttool\t\n")
    page = (folder / "tools" / "cup-count.md").read_text(encoding="utf-8")
    assert page.startswith("---\nkind: tool\nslug: cup-count\ncode: T5\ntitle:  # in plain words\n")
    today = dt.datetime.now().astimezone().date()
    assert f"\nrevised_on: {today}\n" in page
    assert f"\nreview_due: {today.year + 2}-" in page
    assert "\n# time:  # how long, in a few words" in page
    assert "\n## Use it when\n" in page
    assert run(["check", str(folder)]) == 1
    printed = capsys.readouterr().out
    assert "tools/cup-count.md:5: the field title is empty; write a text" in printed
    asked = ("title", "summary", "people_say", "minutes", "group", "sources", "worked_example")
    assert all(f"the field {name} is empty" in printed for name in asked)
    assert "revised_on" not in printed


def test_a_begun_page_is_sound_once_its_fields_are_filled_in(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    assert run(["new", "material", "tea-tally", "--folder", str(folder)]) == 0
    page = folder / "materials" / "tea-tally.md"
    text = page.read_text(encoding="utf-8") + "Take it along.\n"
    for name, value in {
        "title": "Tea tally", "summary": "Count the cups.", "level": "introductory", "stages": "[test]",
        "made_from": "[tea-round]", "licence": "CC BY 4.0", "form": '[{field: {label: "Cups", grow: true}}]',
    }.items():  # fmt: skip
        text = re.sub(rf"^{name}:.*$", f"{name}: {value}", text, flags=re.MULTILINE)
    page.write_text(text, encoding="utf-8")
    change(folder / "tools" / "tea-round.md", "[tea-round-sheet]", "[tea-round-sheet, tea-tally]")
    assert run(["check", str(folder)]) == 0


def test_a_planned_page_is_begun_with_its_code_and_leaves_the_plan(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    assert run(["new", "tool", "paper-plane", "--folder", str(folder)]) == 0
    assert "code: T3\n" in (folder / "tools" / "paper-plane.md").read_text(encoding="utf-8")
    assert "paper-plane" not in (folder / "planned.tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tool", "tea-round"], "is there already"),
        (["guide", "paper-plane"], "says that paper-plane is a tool"),
    ],
)
def test_a_page_is_not_begun_over_another(
    tmp_path: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_of_small(tmp_path)
    assert run(["new", *words, "--folder", str(folder)]) == 1
    assert said in capsys.readouterr().err


def without(package: str, words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run the command where a package is not installed."""
    program = f"import sys; sys.modules[{package!r}] = None\nfrom content_pack.build.cli import run\nsys.exit(run())"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("package", ["markdown", "nh3", "yaml", "typst", "docx"])
def test_a_missing_extra_is_named(package: str, tmp_path: Path) -> None:
    done = without(package, ["build", str(SMALL), "-o", str(tmp_path / "made.ilsypack")])
    assert done.returncode == 1
    assert done.stderr == f"ilsy-pack: This command needs {package}: pip install ilsy-desktop[editor]\n"


def test_looking_into_a_pack_needs_no_extra(small_pack: Path) -> None:
    for package in ("markdown", "nh3", "yaml", "typst"):
        done = without(package, ["show", str(small_pack), "T2"])
        assert (done.returncode, done.stderr) == (0, "")


def test_the_cache_stands_beside_the_pack(tmp_path: Path) -> None:
    target = tmp_path / "out" / "made.ilsypack"
    assert run(["build", str(SMALL), "-o", str(target)]) == 0
    assert any((tmp_path / "out" / "cache").iterdir())
    with open_pack(target) as pack:
        assert pack.item("tea-round").code == "T2"
