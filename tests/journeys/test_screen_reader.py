"""Read from outside, as a screen reader does: every heading, entry and link is there, for hundreds of pages.

ILSY_PAGE_CHANGES asks for more page changes (500 before a release).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from page_nodes import page_nodes, tidy
from running import command, make_store, surroundings

from build_scripts.system import missing_libraries
from content_pack import open_pack
from ilsy_desktop.host.display import X11_LIBRARIES

if TYPE_CHECKING:
    from collections.abc import Iterator

CHANGES = int(os.environ.get("ILSY_PAGE_CHANGES", "25"))
SEED = int(os.environ.get("ILSY_PAGE_SEED", "20261124"))
READER = Path(__file__).with_name("screen_reader.py")
SYSTEM_PYTHON = "/usr/bin/python3"
HAS_ATSPI = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
ROUND = [
    "Something bothers me at work", "Back", "I run a session", "Back", "Text and colour", "My sheets", "Back", "Back",
]  # fmt: skip
GROWS_AT_MOST_KB = 16_000
ROLES = {"Heading": "heading", "ListItem": "list item", "Link": "link", "Graphic": "image"}
CONTROLS = ("push button", "button", "text", "entry", "check box", "combo box", "toggle button", "link", "list item")


def why_not() -> str:
    """Why this cannot be done here, "" where it can."""
    if sys.platform != "linux":
        return "AT-SPI is Linux’s"
    for program, package in (("Xvfb", "xvfb"), ("dbus-run-session", "dbus")):
        if not shutil.which(program):
            return f"{program} is not installed (apt-get install {package})"
    if subprocess.run([SYSTEM_PYTHON, "-c", HAS_ATSPI], capture_output=True, check=False).returncode:
        return "AT-SPI is not installed (apt-get install at-spi2-core gir1.2-atspi-2.0 python3-gi)"
    missing = missing_libraries(X11_LIBRARIES)
    return f"Qt's libraries for X are not installed: {', '.join(missing)}" if missing else ""


WHY_NOT = why_not()
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A display of our own."""
    screen = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(screen, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


@pytest.fixture(scope="module")
def chosen(standard_pack: Path) -> dict[str, Any]:
    """Pages chosen at random, two of each of these kinds: ROUTE to item."""
    rng = random.Random(SEED)
    with open_pack(standard_pack) as pack:
        slugs = {
            kind: [item.slug for item in pack.items(kind=kind)] for kind in ("tool", "example", "stage", "material")
        }
        chosen = {kind: rng.sample(found, min(2, len(found))) for kind, found in slugs.items()}
        return {f"{kind}/{slug}": pack.item(slug) for kind, found in chosen.items() for slug in found}


@pytest.fixture(scope="module")
def report(
    tmp_path_factory: pytest.TempPathFactory, standard_pack: Path, display: str, chosen: dict[str, Any]
) -> dict[str, Any]:
    """What the screen reader read."""
    place = tmp_path_factory.mktemp("read")
    where = ("--profile", place / "profile", "--store", make_store(place / "store", standard_pack))
    plan = {
        "start": command(*where, "--size", "1366x768"),
        "open": [*command(*where), "--open"],
        "pages": {route: item.title for route, item in chosen.items()},
        "round": ROUND,
        "changes": CHANGES,
    }
    (place / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    reading = [
        "dbus-run-session",
        "--",
        SYSTEM_PYTHON,
        str(READER),
        *(str(place / name) for name in ("plan.json", "report.json")),
    ]
    env = surroundings(
        place / "home", DISPLAY=display, QT_QPA_PLATFORM="xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", NO_AT_BRIDGE="0"
    )
    done = subprocess.run(reading, env=env, capture_output=True, text=True, check=False, timeout=60 + CHANGES)
    assert done.returncode == 0, done.stderr
    read: dict[str, Any] = json.loads((place / "report.json").read_text(encoding="utf-8"))
    return read


def test_every_heading_entry_link_and_picture_is_a_node_with_its_name(
    report: dict[str, Any], chosen: dict[str, Any]
) -> None:
    assert len(chosen) > 5
    for route, item in chosen.items():
        seen = {(node["role"], tidy(node["name"])) for node in report["pages"][route]}
        wanted = [("Heading", tidy(item.title)), *page_nodes(item.blocks)]
        missing = [(role, name) for role, name in wanted if role in ROLES and (ROLES[role], name) not in seen]
        assert missing == [], route


def test_no_control_is_without_a_name(report: dict[str, Any]) -> None:
    for route, nodes in report["pages"].items():
        unnamed = [node for node in nodes if node["focusable"] and node["role"] in CONTROLS and not node["name"]]
        assert unnamed == [], route


def test_the_program_lives_through_page_changes_and_its_memory_is_bounded(report: dict[str, Any]) -> None:
    first, last = report["memory_kb"]
    assert report["alive"]
    assert last - first < GROWS_AT_MOST_KB, f"{CHANGES} page changes took {last - first} kB"
