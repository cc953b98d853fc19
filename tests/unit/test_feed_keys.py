"""The keys of a feed at the command line: made, listed, replaced and taken away, while clients go on reading."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from fakes.feed import FakeFeed
from fakes.feed_packs import Client
from tuf.api.exceptions import UnsignedMetadataError
from tuf.api.metadata import Metadata, Root

from central_feed.cli import run
from central_feed.errors import FeedError
from central_feed.keys import KeyFolder, PassPhrases

if TYPE_CHECKING:
    from pathlib import Path

PASS = "four short words here"  # noqa: S105


@pytest.fixture(autouse=True)
def _pass_phrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILSY_KEY_PASS", PASS)


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    assert run(["init", str(tmp_path / "feed"), "--keys", str(tmp_path / "keys")]) == 0
    return tmp_path / "feed"


@pytest.fixture
def keys(feed: Path) -> Path:
    return feed.parent / "keys"


def _root(feed: Path, version: int) -> Root:
    return Metadata[Root].from_file(str(feed / "metadata" / f"{version}.root.json")).signed


def _names(feed: Path, version: int, role: str) -> list[str]:
    root = _root(feed, version)
    return [root.keys[keyid].unrecognized_fields["x-ilsy-name"] for keyid in root.roles[role].keyids]


def _fails(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The one line that a command ends with."""
    capsys.readouterr()
    assert run([str(argument) for argument in arguments]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    return lines[0]


def test_a_new_feed_is_read_by_a_client(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed, keys = tmp_path / "feed", tmp_path / "keys"
    assert run(["init", str(feed), "--keys", str(keys)]) == 0
    assert f"The root of trust is {feed / 'metadata' / '1.root.json'}" in capsys.readouterr().out
    assert Client(feed, feed.parent / "client").refresh() == {}
    made = "root-1 root-2 root-3 snapshot-1 targets-1 targets-2 timestamp-1".split()
    assert sorted(path.stem for path in keys.glob("*.pem")) == made
    assert (keys / "root.json").read_bytes() == (feed / "metadata" / "1.root.json").read_bytes()
    root = _root(feed, 1)
    assert {role: root.roles[role].threshold for role in root.roles} == {
        "root": 2, "targets": 2, "snapshot": 1, "timestamp": 1,
    }  # fmt: skip


def test_key_files_are_for_their_owner_alone_and_need_the_pass_phrase(keys: Path) -> None:
    for path in keys.glob("*.pem"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")


def test_numbers_and_thresholds_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed, keys = tmp_path / "feed", tmp_path / "keys"
    sizes = ["--root-keys", "1", "--root-threshold", "1", "--targets-keys", "3", "--targets-threshold", "2"]
    too_many = ["--targets-keys", "1", "--targets-threshold", "2"]
    assert "2 of 1 keys cannot sign" in _fails(capsys, "init", feed, "--keys", keys, *too_many)
    assert not keys.exists()
    assert run(["init", str(feed), "--keys", str(keys), *sizes]) == 0
    assert len(_names(feed, 1, "root")) == 1
    assert len(_names(feed, 1, "targets")) == 3


def test_a_folder_that_is_in_use_is_left_alone(feed: Path, keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "is not empty" in _fails(capsys, "init", feed, "--keys", feed.parent / "more")
    assert "There are keys in" in _fails(capsys, "init", feed.parent / "other", "--keys", keys)
    inside = feed.parent / "third"
    assert "must not be in the folder of the feed" in _fails(capsys, "init", inside, "--keys", inside / "keys")
    assert not inside.exists()


@pytest.mark.parametrize("phrase", ["", "   ", None])
def test_keys_are_not_made_without_a_pass_phrase(
    tmp_path: Path, phrase: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if phrase is None:
        monkeypatch.delenv("ILSY_KEY_PASS")
    else:
        monkeypatch.setenv("ILSY_KEY_PASS", phrase)
    assert "pass phrase is" in _fails(capsys, "init", tmp_path / "feed", "--keys", tmp_path / "keys")
    assert list((tmp_path / "keys").iterdir()) == []
    assert not (tmp_path / "feed").exists()


@pytest.mark.parametrize("role", ["root", "targets", "snapshot", "timestamp"])
def test_a_new_key_in_place_of_one_is_taken_by_old_and_new_clients(feed: Path, keys: Path, role: str) -> None:
    known = Client(feed, feed.parent / "known")
    known.refresh()
    first = _names(feed, 1, role)
    assert run(["keys", "rotate", str(feed), role, "--keys", str(keys), "--key", f"{role}-1"]) == 0
    assert known.refresh() == Client(feed, feed.parent / "fresh", (keys / "root.json").read_bytes()).refresh() == {}
    assert _names(feed, 2, role) == [*first[1:], f"{role}-{len(first) + 1}"]
    (keys / f"{role}-1.pem").unlink()
    assert run(["renew", str(feed), "--keys", str(keys)]) == 0
    assert run(["keys", "rotate", str(feed), "timestamp", "--keys", str(keys)]) == 0
    assert known.refresh() == {}


@pytest.mark.parametrize("role", ["root", "targets", "snapshot", "timestamp"])
def test_a_lost_key_can_be_replaced(feed: Path, keys: Path, role: str) -> None:
    known = Client(feed, feed.parent / "known")
    known.refresh()
    (keys / f"{role}-1.pem").unlink()
    assert run(["keys", "rotate", str(feed), role, "--keys", str(keys), "--key", f"{role}-1"]) == 0
    assert known.refresh() == {}
    assert f"{role}-1" not in _names(feed, 2, role)
    assert not (feed / "metadata" / ".next-timestamp.json").exists()


def test_a_new_root_is_signed_by_the_old_one_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed, keys = tmp_path / "feed", tmp_path / "keys"
    run(["init", str(feed), "--keys", str(keys), "--root-keys", "1", "--root-threshold", "1"])
    known = Client(feed, tmp_path / "known")
    known.refresh()
    assert run(["keys", "rotate", str(feed), "root", "--keys", str(keys)]) == 0
    assert known.refresh() == {}
    (keys / "root-2.pem").unlink()
    assert "needed to sign for root, of: root-2.pem" in _fails(capsys, "keys", "rotate", feed, "root", "--keys", keys)
    assert known.refresh() == {}


def test_which_key_of_several_has_to_be_said(feed: Path, keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--key" in _fails(capsys, "keys", "rotate", feed, "targets", "--keys", keys)
    wrong = ["--keys", keys, "--key", "root-1"]
    assert "No key of targets is called “root-1”" in _fails(capsys, "keys", "rotate", feed, "targets", *wrong)
    assert not (feed / "metadata" / "2.root.json").exists()


def test_a_key_that_was_taken_away_signs_for_nothing(feed: Path, keys: Path) -> None:
    known = Client(feed, feed.parent / "known")
    known.refresh()
    keyid = _root(feed, 1).roles["root"].keyids[0]
    assert run(["keys", "revoke", str(feed), keyid[:8], "--keys", str(keys)]) == 0
    assert keyid not in _root(feed, 2).keys
    assert known.refresh() == {}


def test_what_a_revoked_key_signed_is_signed_anew(tmp_path: Path) -> None:
    feed, keys = tmp_path / "feed", tmp_path / "keys"
    run(["init", str(feed), "--keys", str(keys), "--targets-keys", "3"])
    known = Client(feed, tmp_path / "known")
    known.refresh()
    assert run(["keys", "revoke", str(feed), "targets-2", "--keys", str(keys)]) == 0
    assert (feed / "metadata" / "2.targets.json").is_file()
    (feed / "metadata" / "1.targets.json").unlink()
    assert known.refresh() == {}
    assert _names(feed, 2, "targets") == ["targets-1", "targets-3"]


def test_the_last_keys_that_are_needed_cannot_be_taken_away(
    feed: Path, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = _fails(capsys, "keys", "revoke", feed, "targets-1", "--keys", keys)
    assert "too few keys would be left to sign for targets" in words
    assert "ilsy-feed keys rotate FEED targets --key" in words
    assert not (feed / "metadata" / "2.root.json").exists()


def test_a_change_without_enough_root_keys_leaves_feed_and_keys_as_they_were(
    feed: Path, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 2):
        (keys / f"root-{number}.pem").unlink()
    before = sorted(keys.iterdir())
    words = _fails(capsys, "keys", "rotate", feed, "timestamp", "--keys", keys)
    assert "One more key is needed to sign for root, of: root-1.pem, root-2.pem" in words
    assert sorted(keys.iterdir()) == before
    assert not (feed / "metadata" / "2.root.json").exists()


def test_keys_may_be_on_several_sticks(feed: Path, keys: Path) -> None:
    stick = feed.parent / "stick"
    stick.mkdir()
    (keys / "root-2.pem").rename(stick / "root-2.pem")
    (keys / "root-1.pem").unlink()
    assert run(["keys", "rotate", str(feed), "snapshot", "--keys", str(keys), "--keys", str(stick)]) == 0
    assert Client(feed, feed.parent / "client").refresh() == {}


def test_the_list_shows_what_is_here(feed: Path, keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (keys / "root-2.pem").unlink()
    capsys.readouterr()
    assert run(["keys", "list", str(feed), "--keys", str(keys)]) == 0
    lines = {line.split()[1]: line for line in capsys.readouterr().out.splitlines()}
    assert len(lines) == 7
    assert "no file here" in lines["root-2"]
    assert "file is here" in lines["root-1"]
    assert _root(feed, 1).roles["targets"].keyids[0][:8] in lines["targets-1"]
    assert f"{_root(feed, 1).expires:%Y-%m-%d}" in lines["root-3"]


def test_a_wrong_pass_phrase_is_said_and_changes_nothing(
    feed: Path, keys: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ILSY_KEY_PASS", "wrong")
    before = (feed / "metadata" / "timestamp.json").read_bytes()
    assert "is not the pass phrase of snapshot-1.pem" in _fails(capsys, "renew", feed, "--keys", keys)
    assert (feed / "metadata" / "timestamp.json").read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMC", b"no key"])
def test_a_damaged_key_file_is_named(
    feed: Path, keys: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (keys / "snapshot-1.pem").write_bytes(content)
    assert "snapshot-1.pem is no key file" in _fails(capsys, "renew", feed, "--keys", keys)


def test_keys_of_another_feed_are_not_used(feed: Path, keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = feed.parent / "other"
    run(["init", str(other), "--keys", str(feed.parent / "other-keys")])
    assert "another feed" in _fails(capsys, "renew", other, "--keys", keys)
    (keys / "root.json").unlink()
    assert "There is no root.json beside the keys" in _fails(capsys, "renew", feed, "--keys", keys)
    (keys / "root.json").write_bytes((other / "metadata" / "1.root.json").read_bytes())
    assert "snapshot-1.pem holds another key" in _fails(capsys, "renew", other, "--keys", keys)
    assert "There is no folder" in _fails(capsys, "renew", feed, "--keys", feed.parent / "nowhere")


def test_each_keeper_is_asked_once_for_a_phrase_of_their_own(tmp_path: Path) -> None:
    answers = iter(["ada", "ada", "", "bob", "bob"])
    asked: list[str] = []

    def answer(words: str) -> str:
        asked.append(words)
        return next(answers)

    folder = KeyFolder([tmp_path], PassPhrases(None, answer))
    signers = {name: folder.make(name) for name in ("root-1", "root-2", "targets-1")}
    folder.keep()
    assert "Enter for the same as before" in asked[2]
    for signer, name in zip(signers.values(), signers, strict=True):
        signer.public_key.unrecognized_fields["x-ilsy-name"] = name
    answers = iter(["ada", "bob"])
    again = KeyFolder([tmp_path], PassPhrases(None, answer))
    assert all(again.signer(signer.public_key) for signer in signers.values())
    assert next(answers, None) is None


def test_two_phrases_that_differ_make_no_key(tmp_path: Path) -> None:
    answers = iter(["ada", "adaa"])
    with pytest.raises(FeedError, match="differ"):
        KeyFolder([tmp_path], PassPhrases(None, lambda _: next(answers))).make("root-1")


def test_a_client_refuses_what_a_stranger_signs(tmp_path: Path) -> None:
    fake = FakeFeed(tmp_path / "feed")
    client = Client(fake.folder, tmp_path / "client")
    client.refresh()
    fake.sign_with_wrong_keys("timestamp")
    with pytest.raises(UnsignedMetadataError):
        client.refresh()
