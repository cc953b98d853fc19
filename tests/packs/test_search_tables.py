"""How the search tables are made, and what happens when they are damaged."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest
from search_pack import WORD_LISTS, Page, write_pack

from content_pack import PackError, open_pack
from content_pack.build.complaints import Refused

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [
    Page("huddle", "Meet standing up", method="Huddle", body="A huddle is short. Everyone speaks."),
    Page("checklist", "Check the steps", method="Checklist", body="A checklist protects from slips."),
]


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    one = write_pack(tmp_path / "one.ilsypack", PAGES).read_bytes()
    other = write_pack(tmp_path / "other.ilsypack", PAGES).read_bytes()
    assert one == other


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("synonyms.tsv", "PDSA", "1 cell, not 3"),
        ("synonyms.tsv", "PDSA\tDeming cycle\tperhaps", "both_ways “perhaps” does not fit"),
        ("synonyms.tsv", "a\tb\tyes\tno", "4 cells"),
        ("variants.tsv", "handover", "forms “handover” does not fit"),
        ("unsafe.tsv", "harm\tmany", "most “many” does not fit"),
        ("not-ours.tsv", "\t3", "words “” does not fit"),
        ("not-ours.tsv", "smell*_of_smoke", "words “smell*_of_smoke” does not fit"),
    ],
)
def test_a_faulty_line_is_named_with_what_to_write(tmp_path: Path, name: str, line: str, words: str) -> None:
    lists = shutil.copytree(WORD_LISTS, tmp_path / "search")
    head = (lists / name).read_text(encoding="utf-8").split("\n")[0]
    (lists / name).write_text(f"{head}\n# a remark\n\n{line}\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        write_pack(tmp_path / "bad.ilsypack", PAGES, lists=lists)
    (complaint,) = refused.value.complaints
    assert (complaint.line, complaint.file.endswith(name)) == (4, True)
    assert words in complaint.wrong
    assert complaint.write.startswith("write ")


def test_a_missing_or_headless_list_is_named(tmp_path: Path) -> None:
    lists = shutil.copytree(WORD_LISTS, tmp_path / "search")
    (lists / "variants.tsv").unlink()
    (lists / "unsafe.tsv").write_text("bullying\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        write_pack(tmp_path / "bad.ilsypack", PAGES, lists=lists)
    assert [complaint.file.rsplit("/", 1)[1] for complaint in refused.value.complaints] == [
        "variants.tsv",
        "unsafe.tsv",
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE page SET body = replace(body, 'short', 'long')",
        "UPDATE item SET summary = 'Changed'",
        "UPDATE vocab SET pages = 9 WHERE term = 'huddle'",
        "UPDATE facet SET value = 'example' WHERE id = 1 AND name = 'kind'",
        "DELETE FROM synonym",
        "DROP TABLE signal",
    ],
)
def test_a_damaged_row_is_never_shown(tmp_path: Path, statement: str) -> None:
    path = write_pack(tmp_path / "damaged.ilsypack", PAGES)
    _change(path, statement)
    with open_pack(path) as pack, pytest.raises(PackError, match="damaged"):
        pack.search("huddle")


def test_damage_to_one_page_leaves_the_others_readable(tmp_path: Path) -> None:
    path = write_pack(tmp_path / "damaged.ilsypack", PAGES)
    _change(path, "UPDATE page SET body = 'Nobody speaks.' WHERE id = 1")
    with open_pack(path) as pack:
        assert pack.search("checklist").hits[0].slug == "checklist"


def test_nonsense_in_the_deletion_table_does_not_upset_the_search(tmp_path: Path) -> None:
    path = write_pack(tmp_path / "damaged.ilsypack", PAGES)
    _change(path, "UPDATE deletes SET position = position + 100000")
    _change(path, "UPDATE OR REPLACE deletes SET position = 'x' WHERE letters LIKE 'ch%'")
    with open_pack(path) as pack:
        assert pack.search("chekclist").corrected is None


def _change(path: Path, statement: str) -> None:
    database = sqlite3.connect(path)
    database.execute(statement)
    database.commit()
    database.execute("VACUUM")
    database.close()
