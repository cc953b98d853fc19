"""What journeys share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from running import surroundings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """An environment of its own, without a display."""
    return surroundings(tmp_path / "home")


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A folder for choices and the log that is not there yet."""
    return tmp_path / "profile"
