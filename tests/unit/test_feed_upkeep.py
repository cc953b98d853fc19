"""A feed over the months: renewed, looked at, and taken along on a stick."""

from __future__ import annotations

import copy
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from fakes.feed import FakeFeed
from fakes.feed_packs import Client, kind
from tuf.api.exceptions import ExpiredMetadataError
from tuf.api.metadata import Metadata

from central_feed import rotation
from central_feed.cli import run
from central_feed.errors import FeedError
from central_feed.export import export
from central_feed.patches import make_patch
from central_feed.repository import Feed
from central_feed.roles import now
from central_feed.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD, NEW = b"old pack " * 9000, b"old pack " * 4500 + b"and new words " + b"old pack " * 4500
DAY = timedelta(days=1)


@pytest.fixture
def fake(tmp_path: Path) -> FakeFeed:
    feed = FakeFeed(tmp_path / "feed")
    feed.publish(OLD, "2026.11.1")
    feed.publish(NEW, "2026.12.1", bases=[OLD])
    return feed


def _wrong(fake: FakeFeed) -> list[str]:
    return verify(fake.feed, fake.root, now()).wrong


def test_a_renewed_feed_is_good_for_another_45_days(tmp_path: Path) -> None:
    fake = FakeFeed(tmp_path / "feed", at=now() - 50 * DAY)
    with pytest.raises(ExpiredMetadataError):
        Client(fake.folder, tmp_path / "before").refresh()
    said = rotation.renew(fake.feed, fake.keys, fake.root, now())
    assert "timestamp is good for 45 days." in said
    assert "targets is good for 315 days." in said
    Client(fake.folder, tmp_path / "after").refresh()


def test_targets_are_renewed_in_the_second_half_of_their_life(tmp_path: Path) -> None:
    fake = FakeFeed(tmp_path / "feed", at=now() - 190 * DAY)
    held = fake.keys.held.pop("targets-2")
    assert "Bring the targets keys soon" in rotation.renew(fake.feed, fake.keys, fake.root, now())[-1]
    assert not (fake.feed.metadata / "2.targets.json").exists()
    fake.keys.held["targets-2"] = held
    assert "targets is good for 365 days." in rotation.renew(fake.feed, fake.keys, fake.root, now())
    Client(fake.folder, tmp_path / "client").refresh()


def test_daily_renewals_do_not_fill_the_folder(fake: FakeFeed) -> None:
    for _ in range(5):
        rotation.renew(fake.feed, fake.keys, fake.root, now())
    assert sorted(path.name for path in fake.feed.metadata.glob("*.snapshot.json")) == [
        "7.snapshot.json", "8.snapshot.json",
    ]  # fmt: skip


def test_a_whole_feed_is_in_order_and_says_how_long(tmp_path: Path) -> None:
    start = now()
    fake = FakeFeed(tmp_path / "feed", start)
    fake.publish(OLD, "2026.11.1", at=start)
    fake.publish(NEW, "2026.12.1", bases=[OLD], at=start)
    report = verify(fake.feed, fake.root, start + 10 * DAY + DAY / 2)
    assert report.wrong == []
    assert report.good[:4] == [
        "root: version 1, 3642 days left",
        "targets: version 3, 354 days left",
        "snapshot: version 3, 34 days left",
        "timestamp: version 3, 34 days left",
    ]
    assert "newest 2026.12.1 of 2026-11-24" in report.good[4]


def _sign_another_snapshot(fake: FakeFeed) -> None:
    """The same version in other words, rightly signed, and not the one that the timestamp vouches for."""
    content = copy.deepcopy(fake.state.snapshot.signed)
    content.expires += DAY
    metadata = Metadata(content)
    metadata.sign(fake.keys.held["snapshot-1"])
    fake.file("snapshot").write_bytes(metadata.to_bytes())


FAULTS: dict[str, tuple[Callable[[FakeFeed], object], str]] = {
    "damaged pack": (lambda fake: fake.damage("standard-2026.12.1.ilsypack"), "2026.12.1.ilsypack is damaged"),
    "short file": (
        lambda fake: fake.target_path("standard-2026.11.1.ilsypack.zst").write_bytes(b"x"),
        "1 bytes long and should be",
    ),
    "missing notes": (
        lambda fake: fake.target_path("standard-2026.12.1.notes.json").unlink(),
        "standard-2026.12.1.notes.json is missing",
    ),
    "swapped": (
        lambda fake: fake.swap_targets("standard-2026.11.1.ilsypack", "standard-2026.12.1.ilsypack"),
        "standard-2026.11.1.ilsypack is",
    ),
    "patch that is none": (
        lambda fake: fake.publish(NEW[::-1], "2027.1.1", bases=[OLD], patch=lambda *_: b"no patch"),
        "2026.11.1-2027.1.1.zstpatch does not give standard-2027.1.1.ilsypack",
    ),
    "patch that makes another pack": (
        lambda fake: fake.publish(NEW[::-1], "2027.1.1", bases=[OLD], patch=lambda base, _: make_patch(base, NEW)),
        "2026.11.1-2027.1.1.zstpatch does not give standard-2027.1.1.ilsypack",
    ),
    "patch from an unknown pack": (
        lambda fake: fake.publish(NEW[::-1], "2027.1.1", bases=[b"unknown"]),
        "belongs to a pack that the feed does not name",
    ),
    "expired timestamp": (lambda fake: fake.expire("timestamp"), "timestamp ran out on"),
    "expired targets": (lambda fake: fake.expire("targets"), "targets ran out on"),
    "expired root": (lambda fake: fake.expire("root"), "root ran out on"),
    "strange keys": (lambda fake: fake.sign_with_wrong_keys("targets"), "4.targets.json is not signed by enough"),
    "one key too few": (lambda fake: fake.sign_too_little("targets"), "4.targets.json is not signed by enough"),
    "forged root": (lambda fake: fake.sign_with_wrong_keys("root"), "2.root.json is not signed by enough"),
    "mixed versions": (lambda fake: fake.mix_versions(), "3.snapshot.json is damaged, or is not the file"),
    "another snapshot": (_sign_another_snapshot, "3.snapshot.json is damaged, or is not the file"),
    "lost snapshot": (lambda fake: fake.file("snapshot").unlink(), "3.snapshot.json is missing"),
    "no metadata": (lambda fake: fake.file("timestamp").write_bytes(b"<html>"), "timestamp.json is damaged"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_is_wrong_with_a_feed_is_found(fake: FakeFeed, fault: str) -> None:
    spoil, words = FAULTS[fault]
    spoil(fake)
    wrong = _wrong(fake)
    assert any(words in line for line in wrong), wrong


def test_a_root_that_clients_do_not_have_is_found(fake: FakeFeed, tmp_path: Path) -> None:
    other = FakeFeed(tmp_path / "other")
    assert "does not begin with the root that is trusted here" in verify(fake.feed, other.root, now()).wrong[0]
    fake.rotate("root")
    newer = fake.feed.root_file(2).read_bytes()
    assert verify(fake.feed, newer, now()).wrong == []


def test_verify_ends_as_its_lines_say(fake: FakeFeed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "root.json"
    root.write_bytes(fake.root)
    assert run(["verify", str(fake.folder), "--root", str(root)]) == 0
    assert "Everything is in order." in capsys.readouterr().out
    fake.damage("standard-2026.12.1.ilsypack")
    assert run(["verify", str(fake.folder)]) == 1
    assert "standard-2026.12.1.ilsypack is damaged" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["verify"], ["keys", "list"], ["export"], ["renew", "--keys", "here"]])
def test_a_folder_that_is_no_feed_is_said_to_be_none(
    tmp_path: Path, command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "root.json").write_bytes(b"{}")
    name, *rest = command
    both = [name, "list"] if rest == ["list"] else [name]
    rest = ["stick"] if name == "export" else [word for word in rest if word != "list"]
    assert run([*both, "nothing-here", *rest]) == 1
    assert capsys.readouterr().err == ("ilsy-feed: There is no feed in nothing-here. Make one with: ilsy-feed init\n")


def test_a_client_without_a_network_is_brought_up_to_date_by_a_stick(fake: FakeFeed, tmp_path: Path) -> None:
    fake.rotate("snapshot")
    export(fake.feed, tmp_path / "stick")
    client = Client(tmp_path / "stick", tmp_path / "client", fake.root)
    assert client.newest().read_bytes() == NEW
    targets = client.refresh()
    assert client.fetch(kind(targets, "notes")[-1]).is_file()
    assert len(list((tmp_path / "stick" / "targets").iterdir())) == 2
    assert verify(Feed(tmp_path / "stick"), fake.root, now(), stick=True).wrong == []


def test_a_stick_is_written_again_and_holds_the_newest_only(fake: FakeFeed, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    export(fake.feed, stick)
    client = Client(stick, tmp_path / "client", fake.root)
    client.newest()
    fake.publish(NEW + OLD, "2027.1.1", bases=[NEW])
    export(fake.feed, stick)
    assert client.newest().read_bytes() == NEW + OLD
    assert len(list((stick / "targets").iterdir())) == 2
    assert len(list((stick / "metadata").iterdir())) == 4


def test_a_stick_with_other_things_on_it_is_left_alone(fake: FakeFeed, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "holiday.jpg").write_bytes(b"sea")
    with pytest.raises(FeedError, match=r"other things in .*holiday\.jpg"):
        export(fake.feed, stick)
    assert [path.name for path in stick.iterdir()] == ["holiday.jpg"]
    copy = tmp_path / "copy"
    shutil.copytree(fake.folder, copy)
    with pytest.raises(FeedError, match="other things"):
        export(fake.feed, copy)
    other = FakeFeed(tmp_path / "other")
    with pytest.raises(FeedError, match="Nothing is published"):
        export(other.feed, tmp_path / "empty")
    other.publish(OLD)
    export(other.feed, tmp_path / "theirs")
    with pytest.raises(FeedError, match="another feed"):
        export(fake.feed, tmp_path / "theirs")


def test_a_damaged_pack_is_not_given_away(fake: FakeFeed, tmp_path: Path) -> None:
    fake.damage("standard-2026.12.1.ilsypack")
    with pytest.raises(FeedError, match="is damaged"):
        export(fake.feed, tmp_path / "stick")
    assert not (tmp_path / "stick" / "metadata" / "timestamp.json").exists()
