"""A feed that lies: what is not signed, not fresh, not whole or not a library never gets in use."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from central_feed.patches import make_patch
from sync.cancel import Cancel
from sync.folder import FolderTransport
from sync.outcomes import Outcome
from tests.fakes.feed import FakeFeed, HostileServer
from tests.fakes.pc import FIRST, SECOND, THIRD, World, a_world, make_pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROLES = ("timestamp", "snapshot", "targets", "root")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path) as made:
        made.sync()
        made.feed.publish(SECOND, "2026.11.2", bases=[FIRST])
        yield made


def refused(world: World, *, tampered: bool) -> str:
    result = world.sync()
    assert (result.outcome, result.tampered) == (Outcome.NOT_TRUSTED, tampered), result.sentence
    assert world.in_use() == FIRST
    assert world.left_behind() == []
    return result.sentence


@pytest.mark.parametrize("role", ROLES)
def test_wrong_keys(world: World, role: str) -> None:
    world.feed.sign_with_wrong_keys(role)
    assert "not signed by those whom this PC trusts" in refused(world, tampered=True)


@pytest.mark.parametrize("role", ["targets", "root"])
def test_too_few_signatures(world: World, role: str) -> None:
    world.feed.sign_too_little(role)
    refused(world, tampered=True)


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets"])
def test_what_has_expired_is_not_called_tampered(world: World, role: str) -> None:
    world.feed.expire(role)
    assert "a time that is over" in refused(world, tampered=False)


def test_old_metadata_played_again(world: World, tmp_path: Path) -> None:
    old = world.feed.remember(tmp_path / "old")
    world.feed.publish(THIRD, "2026.11.3")
    assert world.sync().outcome is Outcome.UPDATED
    world.feed.roll_back(old)
    result = world.sync()
    assert (result.outcome, result.tampered) == (Outcome.NOT_TRUSTED, True)
    assert world.in_use() == THIRD


def test_metadata_of_two_times(world: World) -> None:
    world.feed.mix_versions()
    assert world.sync().outcome is Outcome.NOT_TRUSTED
    assert world.in_use() == FIRST


def test_another_pack_under_the_signed_name(world: World) -> None:
    world.feed.publish(THIRD, "2026.11.3", whole=False)
    world.feed.swap_targets("standard-2026.11.3.ilsypack", "standard-2026.11.2.ilsypack")
    result = world.sync()
    assert result.outcome is Outcome.NOT_TRUSTED
    assert not result.tampered
    assert world.in_use() == FIRST


def test_one_bit(world: World) -> None:
    for name in world.feed.state.targets.signed.targets:
        if "2026.11.2" in name:
            world.feed.damage(name)
    assert "is not the file that was signed" in refused(world, tampered=False)


def test_a_patch_that_makes_something_else_gives_way_to_the_whole_file(world: World) -> None:
    world.feed.publish(THIRD, "2026.11.3", bases=[FIRST], patch=lambda base, _: make_patch(base, SECOND))
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == THIRD


def test_a_patch_that_is_none(world: World) -> None:
    world.feed.publish(THIRD, "2026.11.3", bases=[FIRST], patch=lambda *_: b"no patch")
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == THIRD


def test_a_patch_that_would_fill_the_disk(world: World) -> None:
    world.feed.publish(THIRD, "2026.11.3", bases=[FIRST], patch=lambda base, _: make_patch(base, bytes(300_000_000)))
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == THIRD


def test_a_signed_file_that_is_no_library(world: World) -> None:
    world.feed.publish(b"not a pack at all" * 1000, "2026.11.9")
    assert "does not pass its check: This is not a library file." in refused(world, tampered=False)


def test_a_library_that_calls_itself_otherwise(world: World) -> None:
    world.feed.publish(make_pack("2026.11.8"), "2026.11.9")
    assert "calls itself 2026.11.8" in refused(world, tampered=False)


@pytest.mark.parametrize("name", ["../../evil.ilsypack", "/etc/evil.ilsypack", "a\\..\\evil.ilsypack", "CON.ilsypack"])
def test_tricks_in_names(world: World, tmp_path: Path, name: str) -> None:
    label = {"kind": "pack", "name": "standard", "version": "2026.12.1", "dated": "2026-12-01", "sequence": 99}
    world.feed.name_targets([world.feed.target(name, THIRD, label)])
    before = sorted(tmp_path.rglob("*evil*"))
    result = world.sync()
    assert result.outcome in (Outcome.SERVER_BUSY, Outcome.NOT_TRUSTED, Outcome.OFFLINE)
    assert world.in_use() == FIRST
    assert sorted(tmp_path.rglob("*evil*")) == before
    assert world.left_behind() == []


@pytest.mark.parametrize(
    "custom",
    [
        None,
        {},
        {"kind": "pack"},
        {"kind": "pack", "version": 1, "dated": [], "sequence": "x"},
        {"kind": "pack", "sequence": 10**30},
    ],
)
def test_a_feed_that_is_signed_and_says_nothing_sensible(world: World, custom: dict[str, object] | None) -> None:
    world.feed.name_targets([world.feed.target("x.ilsypack", THIRD, custom)], keep=False)
    assert "offers no library" in refused(world, tampered=False)


def test_another_root_of_trust(world: World, tmp_path: Path) -> None:
    stranger = FakeFeed(tmp_path / "stranger")
    stranger.publish(THIRD, "2026.11.3")
    with HostileServer(stranger.folder) as server:
        mine, world.server = world.server, server
        refused(world, tampered=True)
        world.server = mine
    assert world.sync().outcome is Outcome.UPDATED


@pytest.mark.parametrize("root", [b"", b"{}", b"<html>", b"\xff\xfe"])
def test_a_root_of_trust_that_is_none(world: World, root: bytes) -> None:
    world.root = root
    assert "root of trust" in refused(world, tampered=False)


@pytest.mark.parametrize("role", ROLES)
def test_new_keys_are_followed(world: World, role: str) -> None:
    world.feed.rotate(role)
    world.feed.renew()
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == SECOND


def test_a_pc_that_slept_through_all_changes_of_keys(world: World) -> None:
    for _ in range(5):
        world.feed.rotate("root")
    world.feed.rotate("targets")
    world.feed.publish(THIRD, "2026.11.3")
    assert world.sync().outcome is Outcome.UPDATED
    assert world.in_use() == THIRD


def test_an_expired_library_can_still_be_read_and_is_the_newest_again_when_the_feed_is(world: World) -> None:
    assert world.sync().outcome is Outcome.UPDATED
    world.feed.expire("timestamp", timedelta(days=400))
    assert world.sync().outcome is Outcome.NOT_TRUSTED
    assert world.in_use() == SECOND
    world.feed.renew()
    assert world.sync().outcome is Outcome.UP_TO_DATE


def test_an_older_library_is_refused_also_where_the_proof_of_the_newer_was_lost(world: World, tmp_path: Path) -> None:
    old = world.feed.remember(tmp_path / "old")
    world.feed.publish(THIRD, "2026.11.3")
    assert world.sync().outcome is Outcome.UPDATED
    shutil.rmtree(world.store.metadata)
    result = world.sync(FolderTransport(old, Cancel()))
    assert (result.outcome, result.tampered) == (Outcome.NOT_TRUSTED, True)
    assert world.in_use() == THIRD


@pytest.mark.parametrize(
    "label", [{"version": "2026.12.1\x1b[31m", "dated": "2026-12-01"}, {"version": "2026.12.1", "dated": "soon\n"}]
)
def test_signs_that_a_console_would_obey_are_no_version_and_no_date(world: World, label: dict[str, str]) -> None:
    custom = {"kind": "pack", "name": "standard", "sequence": 99, **label}
    world.feed.name_targets([world.feed.target("x.ilsypack", THIRD, custom)], keep=False)
    assert "offers no library" in refused(world, tampered=False)
