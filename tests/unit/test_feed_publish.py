"""What `ilsy-feed publish` puts into a feed, as a stock TUF client sees it, and what it refuses."""

from __future__ import annotations

import json
import secrets
import shutil
from typing import TYPE_CHECKING, Any

import filelock
import pytest
from fakes.feed import FakeFeed
from fakes.feed_packs import Client, Library, facts, kind

from central_feed.errors import FeedError
from central_feed.publish import Wish, publish
from central_feed.repository import Feed
from central_feed.roles import now
from content_pack import PackError

if TYPE_CHECKING:
    from pathlib import Path


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def _second(content: Path) -> None:
    _replace(
        content / "tools/tea-round.md", "A trolley meets everyone once a day.", "A trolley meets all of them daily."
    )
    _replace(content / "tools/kitchen-timer.md", "\ntitle: ", "\ntitle: Well, ")
    _replace(content / "pictures/tea-path.svg", "</svg>", '<rect x="3" y="3" width="9" height="9"/></svg>')
    with (content / "withdrawn.tsv").open("a", encoding="utf-8") as file:
        file.write("bells-at-night\t2026-11-25\tit could not be checked\tquiet-nights\n")
    _replace(content / "codes.tsv", "E2\tbells-at-night\texample\t", "E2\tbells-at-night\texample\t2026-11-25")
    (content / "examples/bells-at-night.md").unlink()
    _replace(content / "examples/quiet-nights.md", "links: {same-idea: [bells-at-night]}", "links: {}")


def _noise(content: Path) -> None:
    """A picture that nothing can compress, larger than the rest of the pack."""
    points = " ".join(f"L {secrets.randbelow(10**6)} {secrets.randbelow(10**6)}" for _ in range(90_000))
    _replace(content / "pictures/tea-path.svg", "</svg>", f'<path d="M 0 0 {points}"/></svg>')


def _dangling(content: Path) -> None:
    _replace(content / "tools/tea-round.md", "You need no numbers yet.", "You need [numbers](tool:no-such-page).")


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    library = Library(tmp_path_factory.mktemp("packs"))
    found = {"1": library.build("2026.11.1"), "2": library.build("2026.11.2", _second)}
    found |= {str(number): library.build(f"2026.12.{number}") for number in (3, 4)}
    found["noise"] = library.build("2027.1.1", _noise)
    found["4 again"] = library.build("2026.12.4", name="again")
    found["faulty"] = library.build("2027.1.2", _dangling, faulty=True)
    return found


@pytest.fixture
def fake(tmp_path: Path) -> FakeFeed:
    return FakeFeed(tmp_path / "feed")


def _publish(fake: FakeFeed, pack: Path, **options: Any) -> list[str]:
    said: list[str] = []
    options.setdefault("name", "standard")
    fake.state = publish(fake.feed, fake.keys, fake.root, Wish(pack, **options), now(), said.append)
    return said


def test_a_client_gets_each_pack_raw_packed_or_patched(fake: FakeFeed, packs: dict[str, Path], tmp_path: Path) -> None:
    client = Client(fake.folder, tmp_path / "client")
    _publish(fake, packs["1"])
    first = client.newest()
    assert first.read_bytes() == packs["1"].read_bytes()
    _publish(fake, packs["2"])
    content = packs["2"].read_bytes()
    assert client.newest().read_bytes() == content
    targets = client.refresh()
    assert client.unpacked("standard-2026.11.2.ilsypack.zst", None, len(content)) == content
    assert kind(targets, "patch") == ["standard-2026.11.1-2026.11.2.zstpatch"]
    patch = targets["standard-2026.11.1-2026.11.2.zstpatch"]
    assert facts(patch)["base"] == targets["standard-2026.11.1.ilsypack"].hashes["sha256"]
    assert client.unpacked(patch.path, first, len(content)) == content
    assert patch.length < targets["standard-2026.11.2.ilsypack.zst"].length / 2


def test_what_clients_read_of_a_pack_is_signed_with_it(fake: FakeFeed, packs: dict[str, Path], tmp_path: Path) -> None:
    for number in ("1", "2"):
        _publish(fake, packs[number])
    targets = Client(fake.folder, tmp_path / "client").refresh()
    label = {"kind": "pack", "name": "standard", "version": "2026.11.2", "dated": "2026-11-24", "sequence": 2}
    assert facts(targets["standard-2026.11.2.ilsypack"]) == label
    for name in kind(targets, "whole") + kind(targets, "notes"):
        assert facts(targets[name])["of"] in targets


def test_the_same_pack_again_changes_nothing(fake: FakeFeed, packs: dict[str, Path]) -> None:
    _publish(fake, packs["1"])
    before = fake.feed.timestamp.read_bytes()
    assert "nothing to do" in _publish(fake, packs["1"])[0]
    assert fake.feed.timestamp.read_bytes() == before


@pytest.mark.parametrize(
    ("published", "wanted", "words"),
    [("2", "1", "build it again with a higher version"), ("4", "4 again", "Give this one a higher version")],
)
def test_only_a_newer_version_is_taken(
    fake: FakeFeed, packs: dict[str, Path], published: str, wanted: str, words: str
) -> None:
    _publish(fake, packs[published])
    before = fake.feed.timestamp.read_bytes()
    with pytest.raises(FeedError, match=words):
        _publish(fake, packs[wanted])
    assert fake.feed.timestamp.read_bytes() == before


def test_a_pack_with_one_wrong_bit_is_refused(fake: FakeFeed, packs: dict[str, Path], tmp_path: Path) -> None:
    content = bytearray(packs["1"].read_bytes())
    content[content.rindex(b"Walk beside it")] ^= 1
    damaged = tmp_path / "damaged.ilsypack"
    damaged.write_bytes(content)
    with pytest.raises(PackError, match="damaged"):
        _publish(fake, damaged)
    assert list(fake.feed.targets.iterdir()) == []


def test_a_pack_that_was_built_for_a_look_only_is_refused(fake: FakeFeed, packs: dict[str, Path]) -> None:
    with pytest.raises(FeedError, match="without --keep-going"):
        _publish(fake, packs["faulty"])


def test_old_packs_go_and_a_file_outlives_its_name_by_one_publish(
    fake: FakeFeed, packs: dict[str, Path], tmp_path: Path
) -> None:
    client = Client(fake.folder, tmp_path / "client")
    for number in ("1", "2"):
        _publish(fake, packs[number], keep=2)
    named_before = [fake.feed.target_file(target) for target in client.refresh().values()]
    _publish(fake, packs["3"], keep=2)
    targets = client.refresh()
    assert kind(targets, "pack") == ["standard-2026.11.2.ilsypack", "standard-2026.12.3.ilsypack"]
    assert kind(targets, "patch") == ["standard-2026.11.2-2026.12.3.zstpatch"]
    assert [path for path in named_before if not path.is_file()] == []
    _publish(fake, packs["4"], keep=2)
    left = {path.name.split(".", 1)[1] for path in fake.feed.targets.iterdir()}
    assert not any("2026.11.1." in name for name in left)
    assert "standard-2026.11.2-2026.12.3.zstpatch" in left
    assert sorted(path.name for path in fake.feed.metadata.glob("*.targets.json")) == [
        "4.targets.json", "5.targets.json",
    ]  # fmt: skip


def test_five_packs_are_kept_as_they_come(fake: FakeFeed, packs: dict[str, Path], tmp_path: Path) -> None:
    for number in ("1", "2", "3", "4"):
        _publish(fake, packs[number])
    targets = Client(fake.folder, tmp_path / "client").refresh()
    assert len(kind(targets, "pack")) == len(kind(targets, "whole")) == len(kind(targets, "notes")) == 4
    assert len(kind(targets, "patch")) == 3


def test_a_client_in_the_middle_of_an_update_finds_what_it_came_for(fake: FakeFeed, packs: dict[str, Path]) -> None:
    _publish(fake, packs["1"])
    state = [path for path in fake.feed.metadata.iterdir() if path.name.startswith("2.")]
    assert len(state) == 2
    _publish(fake, packs["2"])
    assert all(path.is_file() for path in state)


def test_a_patch_that_saves_little_is_left_out(fake: FakeFeed, packs: dict[str, Path], tmp_path: Path) -> None:
    _publish(fake, packs["4"])
    said = _publish(fake, packs["noise"])
    assert any("no patch" in words for words in said)
    assert kind(Client(fake.folder, tmp_path / "client").refresh(), "patch") == []


def test_notes_say_what_changed(fake: FakeFeed, packs: dict[str, Path], tmp_path: Path) -> None:
    client = Client(fake.folder, tmp_path / "client")
    for number in ("1", "2"):
        _publish(fake, packs[number])
    client.refresh()
    first = json.loads(client.fetch("standard-2026.11.1.notes.json").read_bytes())
    assert first["from_version"] is None
    assert {item["change"] for item in first["items"]} == {"new"}
    notes = json.loads(client.fetch("standard-2026.11.2.notes.json").read_bytes())
    label = {"format": 1, "name": "standard", "version": "2026.11.2", "dated": "2026-11-24"}
    assert notes.items() >= {**label, "from_version": "2026.11.1", "words": "2 changed, 1 removed"}.items()
    words = {(item["change"], item["kind"], item["slug"]): item["words"] for item in notes["items"]}
    assert words["changed", "tool", "tea-round"] == "The opening was changed. A picture was redrawn."
    assert words["changed", "tool", "kitchen-timer"].startswith("It was called “")
    gone = "Withdrawn on 2026-11-25 because it could not be checked. See instead: quiet-nights."
    assert words["removed", "example", "bells-at-night"] == gone


def test_a_feed_keeps_to_one_library(fake: FakeFeed, packs: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="--name"):
        _publish(fake, packs["1"], name=None)  # its file is called 2026.11.1
    _publish(fake, packs["1"])
    with pytest.raises(FeedError, match="a feed of its own"):
        _publish(fake, packs["2"], name="other")
    _publish(fake, packs["2"], name=None)
    assert "standard-2026.11.2.ilsypack" in Client(fake.folder, tmp_path / "client").refresh()


def test_an_older_pack_that_was_lost_is_offered_no_more(fake: FakeFeed, packs: dict[str, Path], tmp_path: Path) -> None:
    for number in ("1", "2"):
        _publish(fake, packs[number])
    fake.damage("standard-2026.11.1.ilsypack")
    assert any("standard-2026.11.1.ilsypack is missing or damaged" in words for words in _publish(fake, packs["3"]))
    targets = Client(fake.folder, tmp_path / "client").refresh()
    assert kind(targets, "pack") == ["standard-2026.11.2.ilsypack", "standard-2026.12.3.ilsypack"]
    assert kind(targets, "patch") == ["standard-2026.11.2-2026.12.3.zstpatch"]


@pytest.mark.parametrize("file", ["2.targets.json", "2.snapshot.json", "timestamp.json", "1.root.json"])
def test_nothing_is_signed_on_top_of_metadata_that_somebody_changed(
    fake: FakeFeed, packs: dict[str, Path], file: str
) -> None:
    _publish(fake, packs["1"])
    path = fake.feed.metadata / file
    path.write_bytes(path.read_bytes().replace(b'"expires":"20', b'"expires":"21'))
    with pytest.raises(FeedError, match=f"{file} is"):
        publish(fake.feed, fake.keys, None, Wish(packs["2"]), now(), print)


def test_nothing_is_signed_for_a_feed_with_another_root(fake: FakeFeed, packs: dict[str, Path], tmp_path: Path) -> None:
    root = fake.root
    shutil.rmtree(fake.folder)
    other = FakeFeed(fake.folder)
    with pytest.raises(FeedError, match="does not begin with the root that is trusted here"):
        publish(other.feed, other.keys, root, Wish(packs["1"], name="standard"), now(), print)


def test_missing_keys_are_asked_for_by_name_and_nothing_is_left(fake: FakeFeed, packs: dict[str, Path]) -> None:
    del fake.keys.held["targets-2"]
    with pytest.raises(FeedError, match=r"One more key is needed to sign for targets, of: targets-2\.pem"):
        _publish(fake, packs["1"])
    assert list(fake.feed.targets.iterdir()) == []


def test_two_publishers_keep_out_of_each_others_way(fake: FakeFeed, packs: dict[str, Path]) -> None:
    busy = Feed(fake.folder, patience=0.05)
    with filelock.FileLock(fake.folder / ".lock"), pytest.raises(FeedError, match="Another ilsy-feed is at work"):
        publish(busy, fake.keys, fake.root, Wish(packs["1"], name="standard"), now(), print)
