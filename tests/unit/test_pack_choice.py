"""Which library is read when several are there, and what is read when the best of them cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content_pack import PackError
from ilsy_desktop.host.packs import PackChoice, open_first
from sync.store import Store
from tests.fakes.packs import Editions, make_editions
from tests.fakes.stores import install

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    return make_editions(tmp_path_factory.mktemp("editions"))


class Machine:
    """A PC with a shared store, a person's own store, and a program that came with a library."""

    def __init__(self, folder: Path, builtin: Path) -> None:
        self.shared, self.own = folder / "shared", folder / "own"
        self.choice = PackChoice(None, (self.shared, self.own), builtin)

    def read(self) -> str:
        """The version of the library that a start would show."""
        _, pack = open_first(self.choice.candidates())
        with pack:
            return pack.info.version


def test_without_a_store_the_library_that_came_along_is_read(tmp_path: Path, editions: Editions) -> None:
    assert Machine(tmp_path, editions.first).read() == "2097.1.1"


@pytest.mark.parametrize(
    ("shared", "own", "builtin"), [(2, 0, 1), (0, 2, 1), (0, 1, 2), (1, 2, 0), (2, 1, 0), (1, 0, 2), (None, 1, 2)]
)
def test_the_newest_is_read_wherever_it_lies(
    tmp_path: Path, editions: Editions, shared: int | None, own: int, builtin: int
) -> None:
    machine = Machine(tmp_path, editions[builtin])
    if shared is not None:
        install(machine.shared, editions[shared])
    install(machine.own, editions[own])
    assert machine.read() == "2099.3.1"


def test_a_store_that_names_only_a_hash_is_read(tmp_path: Path, editions: Editions) -> None:
    machine = Machine(tmp_path, editions.first)
    file = install(machine.shared, editions.second)
    (machine.shared / "current.json").write_text(f'{{"sha256": "{file.stem}"}}', encoding="utf-8")
    assert machine.read() == "2098.2.1"


def test_an_older_one_in_the_store_gives_way_to_a_newer_program(tmp_path: Path, editions: Editions) -> None:
    machine = Machine(tmp_path, editions.third)
    install(machine.shared, editions.second)
    assert machine.read() == "2099.3.1"


def test_who_went_back_stays_back(tmp_path: Path, editions: Editions) -> None:
    machine = Machine(tmp_path, editions.first)
    install(machine.own, editions.second)
    install(machine.own, editions.third)
    Store(machine.own).go_back()
    assert machine.read() == "2098.2.1"
    Store(machine.own).go_forward()
    assert machine.read() == "2099.3.1"


def test_going_back_from_the_only_installed_one_leads_to_what_came_along(tmp_path: Path, editions: Editions) -> None:
    machine = Machine(tmp_path, editions.first)
    install(machine.own, editions.second)
    Store(machine.own).go_back()
    assert machine.read() == "2097.1.1"


@pytest.mark.parametrize("content", [b"", b"no library", b"SQLite format 3\x00" + bytes(4080)])
def test_a_damaged_one_falls_back_to_the_one_before_and_then_to_what_came_along(
    tmp_path: Path, editions: Editions, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    machine = Machine(tmp_path, editions.first)
    before = install(machine.own, editions.second)
    newest = install(machine.own, editions.third)
    newest.write_bytes(content)
    with caplog.at_level("ERROR", "ilsy"):
        assert machine.read() == "2098.2.1"
        before.write_bytes(content)
        assert machine.read() == "2097.1.1"
    assert newest.name in caplog.text
    assert before.name in caplog.text


def test_a_file_that_is_gone_counts_for_nothing(tmp_path: Path, editions: Editions) -> None:
    machine = Machine(tmp_path, editions.first)
    install(machine.own, editions.third).unlink()
    assert machine.read() == "2097.1.1"


def test_a_library_named_on_the_command_line_is_the_only_one(tmp_path: Path, editions: Editions) -> None:
    install(tmp_path / "own", editions.third)
    choice = PackChoice(tmp_path / "missing.ilsypack", (tmp_path / "own",), editions.first)
    with pytest.raises(PackError, match=r"missing\.ilsypack"):
        open_first(choice.candidates())


def test_a_refused_file_is_not_proposed_again(tmp_path: Path, editions: Editions) -> None:
    machine = Machine(tmp_path, editions.first)
    install(machine.own, editions.second)
    newest = install(machine.own, editions.third)
    state = machine.choice.state()
    machine.choice.refuse(newest)
    assert machine.read() == "2098.2.1"
    assert machine.choice.state() != state


def test_a_new_library_changes_the_state(tmp_path: Path, editions: Editions) -> None:
    machine = Machine(tmp_path, editions.first)
    states = [machine.choice.state()]
    for edition in editions[1:]:
        install(machine.own, edition)
        states.append(machine.choice.state())
    assert len(set(states)) == 3
