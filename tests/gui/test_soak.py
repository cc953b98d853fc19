"""A twentieth of the long runs of build_scripts/soak.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from build_scripts import soak

if TYPE_CHECKING:
    from pathlib import Path

RUNS = {"pages": soak.pages, "damage": soak.damage, "monkey": soak.monkey}
SEED = 20261124


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_short_run_finds_no_fault(qapp: object, small_pack: Path, name: str) -> None:
    assert RUNS[name](small_pack, SEED, soak.COUNTS[name] // 20) == []
