"""A newer library comes while somebody reads: the page stays, the next one is new, and no place is lost."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from ilsy_desktop.domain.feed_settings import FeedSettings
from ilsy_desktop.host.packs import PackChoice
from ilsy_desktop.services.updates import UpdatesService
from sync.store import Store
from tests.fakes.feed import FakeFeed
from tests.fakes.packs import Editions, make_editions
from tests.fakes.stores import install

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Start
    from pytestqt.qtbot import QtBot

FIRST, SECOND = "Edition 2097.1.1.", "Edition 2098.2.1."


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    return make_editions(tmp_path_factory.mktemp("editions"))


def test_the_next_page_is_of_the_newer_library(start: Start, tmp_path: Path, editions: Editions) -> None:
    install(tmp_path / "store", editions.first)
    visitor = start("--store", str(tmp_path / "store"))
    visitor.resize(900, 500)
    visitor.open("tool/tea-round")
    visitor.scroll(200)
    install(tmp_path / "store", editions.second)
    QApplication.processEvents()
    assert FIRST in visitor.words()
    assert visitor.place == 200
    visitor.open("tool/kitchen-timer")
    visitor.until(lambda: "2 February 2098" in visitor.window.footer.fresh.node_name, "the new date in the footer")
    with visitor.arrival("tool/tea-round"):
        visitor.click(visitor.button("Back"))
    assert SECOND in visitor.words()
    assert visitor.place == 200


def test_what_was_searched_for_stays_in_the_box(start: Start, tmp_path: Path, editions: Editions) -> None:
    install(tmp_path / "store", editions.first)
    visitor = start("--store", str(tmp_path / "store"))
    visitor.search("tea")
    install(tmp_path / "store", editions.second)
    visitor.follow("Walk the tea round")
    assert SECOND in visitor.words()
    with visitor.arrival():
        visitor.click(visitor.button("Back"))
    assert visitor.window.header.search.text() == "tea"
    assert visitor.link("Walk the tea round")


def test_going_back_in_another_session_is_followed(start: Start, tmp_path: Path, editions: Editions) -> None:
    install(tmp_path / "store", editions.first)
    install(tmp_path / "store", editions.second)
    visitor = start("--store", str(tmp_path / "store"))
    visitor.open("tool/tea-round")
    assert SECOND in visitor.words()
    Store(tmp_path / "store").go_back()
    visitor.open("tool/tea-round")
    assert FIRST in visitor.words()


def test_a_newer_one_that_cannot_be_read_changes_nothing(
    start: Start, tmp_path: Path, editions: Editions, caplog: pytest.LogCaptureFixture
) -> None:
    install(tmp_path / "store", editions.first)
    visitor = start("--store", str(tmp_path / "store"))
    visitor.open("tool/tea-round")
    broken = install(tmp_path / "store", editions.second)
    broken.write_bytes(b"half a library")
    visitor.open("tool/tea-round")
    assert FIRST in visitor.words()
    assert broken.name in caplog.text
    assert "cannot be shown" not in visitor.words()


def test_a_reader_keeps_an_open_library_that_was_swept_away(start: Start, tmp_path: Path, editions: Editions) -> None:
    first = install(tmp_path / "store", editions.first)
    visitor = start("--store", str(tmp_path / "store"))
    visitor.open("tool/tea-round")
    first.unlink()
    visitor.open("tool/tea-round")
    assert FIRST in visitor.words()


class AtOnce(Random):
    """A chance that never makes anybody wait."""

    def random(self) -> float:
        return 0.0


class Quarters:
    """A feed in a folder, a store, and the service that looks after them."""

    def __init__(self, folder: Path, editions: Editions, *, prove_after: int = 0) -> None:
        self.store, self.feed = folder / "store", FakeFeed(folder / "feed")
        self.feed.publish_pack(editions.first, "2097.1.1")
        (folder / "root.json").write_bytes(self.feed.root)
        self.choice = PackChoice(None, (self.store,), editions.first)
        self.mark = folder / "proved.json"
        self.settings = FeedSettings(str(self.feed.folder), folder / "root.json")
        self.service = self.serve(prove_after)

    def serve(self, prove_after: int = 0, settings: FeedSettings | None = None) -> UpdatesService:
        return UpdatesService(self.choice, settings or self.settings, self.mark, AtOnce(), prove_after)


@pytest.fixture
def quarters(qapp: QApplication, tmp_path: Path, editions: Editions) -> Iterator[Quarters]:
    quarters = Quarters(tmp_path, editions)
    yield quarters
    quarters.service.close()


def test_a_pc_looks_by_itself_after_a_while(qtbot: QtBot, quarters: Quarters, editions: Editions) -> None:
    quarters.feed.publish_pack(editions.second, "2098.2.1")
    quarters.service.start()
    qtbot.waitUntil(lambda: Store(quarters.store).current().pack is not None)
    qtbot.waitUntil(lambda: not quarters.service.busy)
    assert quarters.choice.candidates()[0].parent == quarters.store


def test_a_pc_that_was_looked_after_lately_does_not_ask_again(
    qtbot: QtBot, quarters: Quarters, editions: Editions
) -> None:
    with qtbot.waitSignal(quarters.service.changed):
        quarters.service.check_now()
    qtbot.waitUntil(lambda: not quarters.service.busy)
    quarters.service.close()
    quarters.feed.publish_pack(editions.second, "2098.2.1")
    quarters.service = quarters.serve()
    with qtbot.assertNotEmitted(quarters.service.changed, wait=300):
        quarters.service.start()


def test_without_a_feed_nothing_is_started(qtbot: QtBot, quarters: Quarters) -> None:
    service = quarters.serve(settings=FeedSettings())
    with qtbot.assertNotEmitted(service.changed, wait=100):
        service.start()
    service.close()


def changed_after_installing(file: Path) -> None:
    """One letter of a page becomes another: the file opens, and is not the one that was signed."""
    content = file.read_bytes()
    assert b"Edition 2098" in content
    file.write_bytes(content.replace(b"Edition 2098", b"Edition 2198"))


def test_an_installed_library_that_was_changed_is_not_read_any_more(
    qtbot: QtBot, quarters: Quarters, editions: Editions, caplog: pytest.LogCaptureFixture
) -> None:
    file = install(quarters.store, editions.second)
    changed_after_installing(file)
    quarters.service.start()
    qtbot.waitUntil(lambda: file not in quarters.choice.candidates())
    assert "was changed after it was installed" in caplog.text
    assert not quarters.mark.exists()


def test_an_installed_library_is_proved_once(qtbot: QtBot, quarters: Quarters, editions: Editions) -> None:
    file = install(quarters.store, editions.second)
    quarters.service.start()
    qtbot.waitUntil(quarters.mark.exists)
    written = quarters.mark.stat().st_mtime_ns
    assert file in quarters.choice.candidates()
    again = quarters.serve(settings=FeedSettings())
    again.start()
    qtbot.waitUntil(lambda: again.proved == file)
    again.close()
    assert quarters.mark.stat().st_mtime_ns == written
