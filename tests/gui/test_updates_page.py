"""The updates page, against a real feed behind a real web server, well and spoilt."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from ilsy_desktop.domain import update_texts
from sync.store import Store
from tests.fakes.feed import FakeFeed, HostileServer
from tests.fakes.packs import Editions, make_editions
from tests.fakes.stores import install

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Start
    from driving import Visitor

CHECK, CANCEL, IMPORT = "Check now", "Cancel", "Import from USB stick or folder"
BACK, FORWARD = "Go back to it", "Use the newer library again"
SECOND, THIRD = "2 February 2098", "3 March 2099"


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    return make_editions(tmp_path_factory.mktemp("editions"))


class Ward(NamedTuple):
    """A PC with the first edition installed, and the feed and server that IT named to it."""

    feed: FakeFeed
    server: HostileServer
    store: Path
    policy: Path
    editions: Editions

    def arguments(self) -> tuple[str, ...]:
        return ("--store", str(self.store), "--policy", str(self.policy))

    def set_policy(self, **values: str) -> None:
        self.policy.mkdir(exist_ok=True)
        (self.policy / "policy.json").write_text(json.dumps(values), encoding="utf-8")

    def publish_second(self) -> None:
        self.feed.publish_pack(self.editions.second, "2098.2.1", bases=[self.editions.first])

    @property
    def version(self) -> str:
        now = Store(self.store).current().pack
        return now.version if now else ""


@pytest.fixture
def ward(tmp_path: Path, editions: Editions) -> Iterator[Ward]:
    feed = FakeFeed(tmp_path / "feed")
    feed.publish_pack(editions.first, "2097.1.1")
    root = tmp_path / "root.json"
    root.write_bytes(feed.root)
    install(tmp_path / "store", editions.first)
    with HostileServer(feed.folder) as server:
        ward = Ward(feed, server, tmp_path / "store", tmp_path / "policy", editions)
        ward.set_policy(feed_url=server.url, feed_root=str(root))
        yield ward


def says(visitor: Visitor, words: str) -> None:
    """Wait until the page says so."""
    visitor.until(lambda: words in visitor.words(), words)


def button_words(visitor: Visitor) -> list[str]:
    return [button.accessibleName() for button in visitor.buttons()]


def test_check_now_brings_the_newer_library_and_says_so(start: Start, ward: Ward) -> None:
    ward.publish_second()
    visitor = start(*ward.arguments())
    visitor.open("updates")
    assert "1 January 2097" in visitor.words()
    visitor.click(visitor.button(CHECK))
    says(visitor, update_texts.OUTCOMES["updated"].said)
    says(visitor, f"You are reading the library of {SECOND}.")
    assert SECOND in visitor.window.footer.fresh.node_name
    assert "Last reached on " in visitor.words()
    assert ward.version == "2098.2.1"
    visitor.click(visitor.button(CHECK))
    says(visitor, update_texts.OUTCOMES["up-to-date"].said)


def test_by_keyboard_the_focus_stays_on_the_button_in_hand(start: Start, ward: Ward) -> None:
    ward.server.fault("hang")
    visitor = start(*ward.arguments())
    visitor.open("updates")
    visitor.button(CHECK).setFocus()
    visitor.press(Qt.Key.Key_Space)
    visitor.until(lambda: visitor.focus.accessibleName() == CANCEL, "the focus on Cancel")
    visitor.press(Qt.Key.Key_Space)
    says(visitor, update_texts.OUTCOMES["cancelled"].said)
    visitor.until(lambda: visitor.focus.accessibleName() == CHECK, "the focus back on Check now")


def test_cancel_works_at_once_and_leaves_the_library_as_it_was(start: Start, ward: Ward) -> None:
    ward.publish_second()
    ward.server.fault("drip", only="/targets/", seconds=0.5)
    visitor = start(*ward.arguments())
    visitor.open("updates")
    visitor.click(visitor.button(CHECK))
    says(visitor, "Fetching: 0 of ")
    assert button_words(visitor)[0] == CANCEL
    assert BACK not in button_words(visitor)
    with visitor.arrival("updates"):
        visitor.click(visitor.button(CANCEL))
    assert update_texts.GOES_ON in visitor.words()
    assert ward.version == "2097.1.1"
    ward.server.heal()
    visitor.click(visitor.button(CHECK))
    says(visitor, update_texts.OUTCOMES["updated"].said)


def test_a_run_goes_on_while_other_pages_are_read(start: Start, ward: Ward) -> None:
    ward.publish_second()
    ward.server.fault("drip", only="timestamp", seconds=0.5)
    visitor = start(*ward.arguments())
    visitor.open("updates")
    visitor.click(visitor.button(CHECK))
    visitor.until(lambda: visitor.program.updates.busy and ward.server.requests, "a running update")
    visitor.open("tool/tea-round")
    assert "Edition 2097.1.1." in visitor.words()
    ward.server.heal()
    visitor.open("updates")
    assert CANCEL in button_words(visitor)


QUIET = {
    "portal302": "sign-in-page",
    "status": "server-busy",
    "truncate": "offline",
}


@pytest.mark.parametrize(("fault", "outcome"), QUIET.items())
def test_what_goes_wrong_is_said_quietly(start: Start, ward: Ward, fault: str, outcome: str) -> None:
    ward.publish_second()
    ward.server.fault(fault)
    visitor = start(*ward.arguments())
    visitor.open("updates")
    visitor.click(visitor.button(CHECK))
    says(visitor, f"{update_texts.OUTCOMES[outcome].said} {update_texts.GOES_ON}")
    assert "not signed" not in visitor.words()
    visitor.open("home")
    assert update_texts.OUTCOMES[outcome].said not in visitor.words()


def test_only_a_wrong_signature_is_called_one(start: Start, ward: Ward) -> None:
    ward.feed.sign_with_wrong_keys("timestamp")
    visitor = start(*ward.arguments())
    visitor.open("updates")
    visitor.click(visitor.button(CHECK))
    says(visitor, update_texts.TAMPERED.said)
    assert update_texts.GOES_ON in visitor.words()


def test_how_the_last_try_ended_is_still_told_in_the_next_session(start: Start, ward: Ward) -> None:
    ward.server.fault("portal200")
    visitor = start(*ward.arguments())
    visitor.open("updates")
    visitor.click(visitor.button(CHECK))
    says(visitor, update_texts.OUTCOMES["sign-in-page"].said)
    other = start(*ward.arguments())
    other.open("updates")
    assert "Last tried on " in other.words()
    assert update_texts.OUTCOMES["sign-in-page"].said in other.words()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_stick_is_asked_for_without_stopping_the_window(start: Start, ward: Ward) -> None:
    visitor = start(*ward.arguments())
    visitor.open("updates")
    visitor.click(visitor.button(IMPORT))
    dialogs = visitor.window.findChildren(QFileDialog)
    assert [dialog.fileMode() for dialog in dialogs] == [QFileDialog.FileMode.Directory]
    ward.publish_second()
    ward.server.fault("status")
    dialogs[0].fileSelected.emit(str(ward.feed.folder))
    dialogs[0].reject()
    says(visitor, f"You are reading the library of {SECOND}.")


def test_a_folder_without_a_library_is_told(start: Start, ward: Ward, tmp_path: Path) -> None:
    visitor = start(*ward.arguments())
    visitor.open("updates")
    visitor.program.updates.import_from(tmp_path / "nothing")
    says(visitor, update_texts.AWAY.said)


def test_going_back_stays_until_the_newer_one_is_wanted(start: Start, ward: Ward) -> None:
    install(ward.store, ward.editions.second)
    visitor = start(*ward.arguments())
    visitor.open("updates")
    assert "The library of 1 January 2097 is still on this PC." in visitor.words()
    visitor.click(visitor.button(BACK))
    says(visitor, update_texts.HELD)
    assert "You are reading the library of 1 January 2097." in visitor.words()
    ward.publish_second()
    visitor.click(visitor.button(CHECK))
    says(visitor, update_texts.OUTCOMES["held"].said)
    visitor.click(visitor.button(FORWARD))
    says(visitor, f"You are reading the library of {SECOND}.")


def notes(ward: Ward, *items: dict[str, str]) -> None:
    file = Store(ward.store).notes(Store(ward.store).current().pack.sha256)  # type: ignore[union-attr]
    file.write_text(json.dumps({"format": 1, "items": items, "words": "1 new, 1 changed, 1 removed"}), "utf-8")


def item(change: str, slug: str, title: str, words: str) -> dict[str, str]:
    return {"change": change, "kind": "tool", "slug": slug, "title": title, "words": words}


def test_see_what_changed_lists_every_page(start: Start, ward: Ward) -> None:
    notes(
        ward,
        item("removed", "gone", "An old page", "Withdrawn on 3 November 2026 because it was wrong."),
        item("changed", "kitchen-timer", "Time what waits", "The steps were rewritten."),
        item("new", "tea-round", "Walk the tea round", "Walk with the tea trolley once."),
    )
    visitor = start(*ward.arguments())
    visitor.open("updates")
    assert "1 new, 1 changed, 1 removed." in visitor.words()
    assert "The steps were rewritten." not in visitor.words()
    with visitor.arrival("updates"):
        visitor.click(visitor.button("See what changed"))
    assert visitor.headings()[-4:] == ["New", "Changed", "Removed", "Earlier library"]
    for words in ("The steps were rewritten.", "An old page", "Withdrawn on 3 November 2026 because it was wrong."):
        assert words in visitor.words()
    assert [link.target for link in visitor.links()] == ["tool/tea-round", "tool/kitchen-timer"]
    visitor.follow("Time what waits")
    assert visitor.route == "tool/kitchen-timer"


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"items": 5, "words": 7}', b'{"items": [5, {"change": "eaten"}, {"change": "new", "title": 5}]}'],
)
def test_notes_that_make_no_sense_are_as_if_there_were_none(start: Start, ward: Ward, content: bytes) -> None:
    pack = Store(ward.store).current().pack
    assert pack is not None
    Store(ward.store).notes(pack.sha256).write_bytes(content)
    visitor = start(*ward.arguments())
    visitor.open("updates")
    assert update_texts.NOTHING_TOLD in visitor.words()


def test_without_a_feed_the_page_says_how_libraries_come(start: Start, ward: Ward, tmp_path: Path) -> None:
    ward.set_policy(feed_root=str(tmp_path / "root.json"))
    visitor = start(*ward.arguments())
    visitor.open("updates")
    assert update_texts.WITHOUT_FEED in visitor.words()
    assert button_words(visitor) == [IMPORT, BACK]
    ward.set_policy()
    visitor = start(*ward.arguments())
    visitor.open("updates")
    assert update_texts.WITHOUT_BOTH in visitor.words()
    assert button_words(visitor) == [BACK]


def test_settings_that_make_no_sense_mean_no_feed_and_are_told(
    start: Start, ward: Ward, caplog: pytest.LogCaptureFixture
) -> None:
    ward.set_policy(feed_url="gopher://feed.example")
    visitor = start(*ward.arguments())
    visitor.open("updates")
    assert update_texts.MISSET in visitor.words()
    assert button_words(visitor) == [BACK]
    assert "gopher://feed.example" in caplog.text


def test_a_file_named_at_the_start_takes_no_updates(start: Start, ward: Ward) -> None:
    visitor = start("--pack", str(ward.editions.first), "--policy", str(ward.policy))
    visitor.open("updates")
    assert update_texts.CAME["file"] in visitor.words()
    assert button_words(visitor) == []


def test_the_menu_leads_to_it(start: Start, ward: Ward) -> None:
    visitor = start(*ward.arguments())
    with visitor.arrival("updates"):
        next(action for action in visitor.window.actions() if action.text() == "Updates").trigger()


@pytest.mark.parametrize("scheme", ["dark", "contrast"])
def test_at_the_largest_text_every_button_is_whole(start: Start, ward: Ward, scheme: str) -> None:
    install(ward.store, ward.editions.second)
    visitor = start(*ward.arguments(), "--text", "400", "--scheme", scheme)
    visitor.resize(1024, 768)
    visitor.open("updates")
    for button in visitor.buttons():
        assert button.width() <= visitor.window.area.port.width()
        assert button.height() >= button.heightForWidth(button.width())
