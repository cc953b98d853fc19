"""A screen reader's eyes: reads the running program from outside, through AT-SPI, and presses its buttons.

    dbus-run-session -- /usr/bin/python3 screen_reader.py PLAN.json REPORT.json

needs the system's Python with gi. The plan: `start` (a command), `open` (the command of a second start, to which
a ROUTE is added), `pages` (ROUTE to window title), `round` (names of buttons to press one after another), and
`changes`. Reports as JSON: the nodes of each page, the memory after the first round and at the end, and whether the
program lives.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

gi: Any = importlib.import_module("gi")
gi.require_version("Atspi", "2.0")
Atspi: Any = importlib.import_module("gi.repository.Atspi")

WITHIN_S = 20.0
BUTTONS = ("push button", "button", "toggle button")
Node = dict[str, Any]


class Reader:
    """Reads the program with this process id."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def wait(self, found: Any, words: str) -> Any:
        """What a callable gives once it gives something. Its errors are nodes that went away while it read."""
        end = time.monotonic() + WITHIN_S
        while time.monotonic() < end and self._process.poll() is None:
            try:
                result = found()
            except gi.repository.GLib.GError:
                result = None
            if result:
                return result
            time.sleep(0.005)
        code = self._process.poll()
        sys.exit(f"the program ended with {code}" if code is not None else f"{words}: waited {WITHIN_S} s")

    def frame(self) -> Any:
        """The window."""
        desktop = Atspi.get_desktop(0)
        for number in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(number)
            if application and application.get_process_id() == self._process.pid and application.get_child_count():
                return application.get_child_at_index(0)
        return None

    def title(self) -> str:
        """The window's title."""
        return str(self.wait(self._title, "the window"))

    def _title(self) -> str:
        frame = self.frame()
        frame.clear_cache()  # a title of a moment ago would look like the page that a press led to
        return str(frame.get_name())

    def nodes(self) -> list[Node]:
        """Every node that is showing or could be scrolled to."""
        return list(self.wait(lambda: self._below(self.frame()), "the tree"))

    def _below(self, thing: Any) -> list[Node]:
        states = thing.get_state_set()
        if not states.contains(Atspi.StateType.VISIBLE):
            return []
        focusable = states.contains(Atspi.StateType.FOCUSABLE)
        found = [
            {"role": thing.get_role_name(), "name": thing.get_name() or "", "focusable": focusable, "thing": thing}
        ]
        for number in range(thing.get_child_count()):
            child = thing.get_child_at_index(number)
            found += self._below(child) if child else []
        return found

    def press(self, name: str) -> None:
        """Press a button and wait for the page that it leads to."""
        before = self.title()
        # pressed once: where a busy program answers late, a second press would fall on a page that comes later
        self.wait(lambda: self._button(name), f"the button {name}").do_action(0)
        self.wait(lambda: self.title() != before, f"a page after {name}")

    def _button(self, name: str) -> Any:
        return next((node["thing"] for node in self.nodes() if node["role"] in BUTTONS and node["name"] == name), None)

    def memory_kb(self) -> int:
        """What the program holds in memory."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def read_out(nodes: list[Node]) -> list[Node]:
    """Nodes as they can be printed."""
    return [{key: value for key, value in node.items() if key != "thing"} for node in nodes]


def follow(plan: dict[str, Any], process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Carry out the plan with the program that was started."""
    reader = Reader(process)
    reader.wait(reader.frame, "the window")
    pages = {}
    for route, title in plan["pages"].items():
        hand_over(plan, route)
        reader.wait(lambda title=title: reader.title().startswith(title), f"the page {route}")
        pages[route] = read_out(reader.nodes())
    hand_over(plan, "home")
    for name in plan["round"]:
        reader.press(name)
    first = reader.memory_kb()
    for name in islice(cycle(plan["round"]), plan["changes"]):
        reader.press(name)
        reader.nodes()
    return {"pages": pages, "memory_kb": [first, reader.memory_kb()], "alive": process.poll() is None}


def hand_over(plan: dict[str, Any], route: str) -> None:
    """Start the program a second time, which gives the page to the window that is open."""
    subprocess.run([*plan["open"], route], check=True, capture_output=True, timeout=WITHIN_S)


def main() -> None:
    """Carry out the plan and write the report."""
    plan = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Atspi.set_timeout(int(WITHIN_S * 1000), int(WITHIN_S * 1000))
    process = subprocess.Popen(plan["start"], stdout=subprocess.DEVNULL)
    try:
        report = follow(plan, process)
    finally:
        process.kill()
        process.wait()
    Path(sys.argv[2]).write_text(json.dumps(report), encoding="utf-8")


if __name__ == "__main__":
    main()
