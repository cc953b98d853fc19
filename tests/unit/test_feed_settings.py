"""What IT sets for updates: read from files, and where it makes no sense, no feed at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ilsy_desktop.host.feed import feed_folder, feed_settings

ROOT = str(Path(__file__).absolute())


def set_policy(folder: Path, name: str, content: str | dict[str, Any]) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def test_without_a_policy_there_is_no_feed_and_no_complaint(tmp_path: Path) -> None:
    assert feed_settings(tmp_path) == feed_settings(tmp_path / "nowhere")
    assert (feed_settings(tmp_path).url, feed_settings(tmp_path).problem) == ("", "")


def test_files_of_the_folder_go_over_the_one_file_in_their_order(tmp_path: Path) -> None:
    set_policy(tmp_path, "policy.json", {"feed_url": "https://one.example", "proxy": "http://proxy.example:3128"})
    set_policy(tmp_path, "policy.d/20-ward.json", {"feed_url": "https://three.example"})
    set_policy(tmp_path, "policy.d/10-trust.json", {"feed_url": "https://two.example", "feed_root": ROOT})
    settings = feed_settings(tmp_path)
    assert settings.url == "https://three.example"
    assert settings.proxy == "http://proxy.example:3128"
    assert settings.root == Path(ROOT)
    assert settings.problem == ""


@pytest.mark.parametrize(
    "place", ["https://feed.example/ilsy", "http://127.0.0.1:80", "/srv/feed", r"\\server\share\ilsy", r"D:\feed"]
)
def test_a_feed_is_an_address_or_a_whole_path(tmp_path: Path, place: str) -> None:
    set_policy(tmp_path, "policy.json", {"feed_url": place})
    assert (feed_settings(tmp_path).url, feed_settings(tmp_path).problem) == (place, "")


@pytest.mark.parametrize(
    "values",
    [
        {"feed_url": "ftp://feed.example"},
        {"feed_url": "feed"},
        {"feed_url": "https://"},
        {"feed_url": 5},
        {"feed_url": None},
        {"feed_root": "root.json"},
        {"feed_root": ["x"]},
        {"ca_file": "ca.pem"},
        {"proxy": "proxy.example:3128"},
    ],
)
def test_a_value_that_makes_no_sense_leaves_no_feed_and_is_named(tmp_path: Path, values: dict[str, Any]) -> None:
    set_policy(tmp_path, "policy.json", {"feed_url": "https://feed.example", "feed_root": ROOT, **values})
    settings = feed_settings(tmp_path, feed="https://other.example")
    assert (settings.url, settings.root) == ("", None)
    assert next(iter(values)) in settings.problem


@pytest.mark.parametrize("content", ["{", "[]", '"x"', "[" * 100_000, "\udcff"], ids=range(5))
def test_a_file_that_cannot_be_read_leaves_no_feed_and_is_named(tmp_path: Path, content: str) -> None:
    set_policy(tmp_path, "policy.json", {"feed_url": "https://feed.example"})
    file = tmp_path / "policy.d" / "50-broken.json"
    file.parent.mkdir()
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    settings = feed_settings(tmp_path)
    assert settings.url == ""
    assert str(file) in settings.problem


def test_the_command_line_goes_over_the_policy(tmp_path: Path) -> None:
    set_policy(tmp_path, "policy.json", {"feed_url": "https://feed.example", "feed_root": ROOT})
    settings = feed_settings(tmp_path, "/media/stick", tmp_path / "other.json")
    assert (settings.url, settings.root) == ("/media/stick", tmp_path / "other.json")


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_bytes(b'\xef\xbb\xbf{"feed_url": "https://feed.example"}')
    assert feed_settings(tmp_path).url == "https://feed.example"


def test_a_feed_is_found_in_and_around_the_folder_that_was_chosen(tmp_path: Path) -> None:
    feed = tmp_path / "stick" / "ilsy"
    (feed / "metadata").mkdir(parents=True)
    (feed / "targets").mkdir()
    (feed / "metadata" / "timestamp.json").write_bytes(b"{}")
    for chosen in (feed, feed / "metadata", feed / "targets", feed.parent):
        assert feed_folder(chosen) == feed
    assert feed_folder(tmp_path / "gone") == tmp_path / "gone"
    assert feed_folder(tmp_path) == tmp_path
