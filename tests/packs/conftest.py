"""What the tests of packs share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from building import SMALL

from content_pack.build.commands import Wish, build

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def small_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of the small content folder. Tests read it and leave it as it is."""
    target = tmp_path_factory.mktemp("small") / "small.ilsypack"
    build(Wish(SMALL, target, cached=False))
    return target
