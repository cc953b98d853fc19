"""Opening a file that is not a whole pack of ours ends in a sentence of its own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from content_pack import PackError, open_pack
from content_pack.schema import MAJOR

if TYPE_CHECKING:
    from pathlib import Path


def refusal(path: Path) -> str:
    with pytest.raises(PackError) as caught:
        open_pack(path)
    return str(caught.value)


def with_version(pack: Path, target: Path, version: int) -> Path:
    data = bytearray(pack.read_bytes())
    data[60:64] = version.to_bytes(4, "big")
    target.write_bytes(data)
    return target


def other_database(target: Path) -> Path:
    with closing(sqlite3.connect(target)) as database:
        database.execute("CREATE TABLE stock (tea INTEGER)")
        database.commit()
    return target


def test_a_missing_pack(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.ilsypack").startswith("There is no library at ")


@pytest.mark.parametrize("words", ["A shopping list. " * 20, "x"])
def test_a_file_of_another_kind(tmp_path: Path, words: str) -> None:
    other = tmp_path / "list.ilsypack"
    other.write_text(words, encoding="utf-8")
    assert refusal(other).startswith("This file is not an ILSY library.")


def test_the_database_of_another_program(tmp_path: Path) -> None:
    assert refusal(other_database(tmp_path / "stock.db")).startswith("This file is not an ILSY library.")


def test_a_folder(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path)


@pytest.mark.parametrize("length", [0, 4096, -4096, -1])
def test_a_pack_that_was_cut_off(tmp_path: Path, small_pack: Path, length: int) -> None:
    cut = tmp_path / "cut.ilsypack"
    cut.write_bytes(small_pack.read_bytes()[:length])
    assert refusal(cut).startswith("This library file is damaged.")


def test_a_pack_for_a_newer_program(tmp_path: Path, small_pack: Path) -> None:
    newer = with_version(small_pack, tmp_path / "newer.ilsypack", (MAJOR + 1) << 16)
    assert refusal(newer).startswith("This library was made for a newer version of the program.")


def test_a_newer_minor_version_is_read(tmp_path: Path, small_pack: Path) -> None:
    newer = with_version(small_pack, tmp_path / "newer.ilsypack", MAJOR << 16 | 9)
    with open_pack(newer) as pack:
        assert pack.item("tea-round").title == "Walk the tea round"


def test_every_refusal_is_another_sentence(tmp_path: Path, small_pack: Path) -> None:
    cut = tmp_path / "cut.ilsypack"
    cut.write_bytes(small_pack.read_bytes()[:-4096])
    newer = with_version(small_pack, tmp_path / "newer.ilsypack", (MAJOR + 1) << 16)
    paths = [tmp_path / "none", other_database(tmp_path / "stock.db"), cut, newer, tmp_path]
    assert len({refusal(path) for path in paths}) == len(paths)


def test_a_pack_opens_from_a_folder_with_odd_letters(tmp_path: Path, small_pack: Path) -> None:
    odd = tmp_path / "a b%20c?d#e é"
    odd.mkdir()
    (odd / "pack.ilsypack").write_bytes(small_pack.read_bytes())
    with open_pack(odd / "pack.ilsypack") as pack:
        assert pack.resolve("T2") == "tea-round"


def test_changed_small_tables_are_noticed(tmp_path: Path, small_pack: Path) -> None:
    changed = tmp_path / "changed.ilsypack"
    changed.write_bytes(small_pack.read_bytes())
    with closing(sqlite3.connect(changed)) as database:
        database.execute("UPDATE code SET slug = 'kitchen-timer' WHERE code = 'T2'")
        database.commit()
    assert refusal(changed).startswith("This library file is damaged.")


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        ("UPDATE item SET title = 'Other' WHERE slug = 'tea-round'", "item"),
        ("UPDATE page SET record = replace(record, 'Carter', 'Miller')", "item"),
        ("UPDATE page SET blocks = '[]'", "item"),
        ("DELETE FROM page", "item"),
        ("UPDATE asset SET bytes = x'00' WHERE path = 'paper/tea-round.pdf'", "asset"),
    ],
)
def test_a_changed_row_is_never_shown(tmp_path: Path, small_pack: Path, statement: str, read: str) -> None:
    changed = tmp_path / "changed.ilsypack"
    changed.write_bytes(small_pack.read_bytes())
    with closing(sqlite3.connect(changed)) as database:
        database.execute(statement)
        database.commit()
    with open_pack(changed) as pack, pytest.raises(PackError, match="damaged"):
        pack.item("tea-round") if read == "item" else pack.asset("paper/tea-round.pdf")


def test_what_is_not_in_a_pack_is_said(small_pack: Path) -> None:
    with open_pack(small_pack) as pack:
        with pytest.raises(PackError, match="There is no page called “tea-ceremony”"):
            pack.item("tea-ceremony")
        with pytest.raises(PackError, match=r"The file “paper/none\.pdf” is not in this library"):
            pack.asset("paper/none.pdf")
