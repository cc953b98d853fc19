"""Speed and memory, as ratios within one run: `bench.py start|build [--rounds N] [--json]`.

`start` compares a new process of the application, up to its painted home page, with a bare Qt
window that holds one label, in turns; it prints the medians and the median ratios of wall time
and peak memory, and which modules were loaded before the first paint that had no business there.
`build` compares a build of the standard pack from clean, and one after one page has changed, with the time
that Typst takes to compile one ordinary page twenty times.
Run it with the Python of `.venv`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from build_scripts.environment import DEVELOPMENT
from build_scripts.processes import DevError, without_display
from build_scripts.standard_pack import STANDARD_PACK
from ilsy_desktop.host.display import display_problem

LATE = ("requests", "ssl", "tuf", "markdown", "PySide6.QtPrintSupport", "PySide6.QtNetwork")
BARE_WINDOW = """
import sys
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, application.quit)

application = QApplication(sys.argv)
window = Window()
window.setCentralWidget(QLabel("ILSY"))
window.resize(1366, 768)
window.show()
sys.exit(application.exec())
"""


@dataclass(frozen=True, slots=True)
class Start:
    """One process from its start to its end: wall time in s, peak resident memory in MiB."""

    seconds: float
    mebibytes: float


def measure(command: list[str], env: dict[str, str]) -> Start:
    """Run a process to its end. Raises DevError when it fails."""
    began = time.perf_counter()
    nothing = subprocess.DEVNULL
    child = subprocess.Popen(command, env=env, stdin=nothing, stdout=nothing, stderr=nothing)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise DevError(f"{' '.join(command)} ended with exit code {child.returncode}; start it by itself to see why.")
    return Start(seconds, usage.ru_maxrss / 1024)


def compare(one: list[str], other: list[str], env: dict[str, str], rounds: int) -> list[tuple[Start, Start]]:
    """Start both commands in turns, after one turn that only fills caches; which is first alternates."""
    pairs = []
    for turn in range(rounds + 1):
        if turn % 2:
            first, second = measure(one, env), measure(other, env)
        else:
            second, first = measure(other, env), measure(one, env)
        pairs.append((first, second))
    return pairs[1:]


def summary(pairs: list[tuple[Start, Start]]) -> dict[str, float]:
    """Medians of both, and the medians of the ratios of the pairs."""
    median = statistics.median
    return {
        "bare_seconds": round(median(bare.seconds for _, bare in pairs), 4),
        "ilsy_seconds": round(median(ilsy.seconds for ilsy, _ in pairs), 4),
        "time_ratio": round(median(ilsy.seconds / bare.seconds for ilsy, bare in pairs), 3),
        "bare_mebibytes": round(median(bare.mebibytes for _, bare in pairs), 1),
        "ilsy_mebibytes": round(median(ilsy.mebibytes for ilsy, _ in pairs), 1),
        "memory_ratio": round(median(ilsy.mebibytes / bare.mebibytes for ilsy, bare in pairs), 3),
    }


def too_early(modules: list[str]) -> list[str]:
    """Those of the loaded modules that only a later action may load."""
    return sorted(name for name in LATE if name in modules or any(m.startswith(f"{name}.") for m in modules))


def start(chosen: argparse.Namespace) -> dict[str, object]:
    """The figures of `bench.py start`."""
    env = without_display() if display_problem() else dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        loaded = Path(folder) / "modules.txt"
        ilsy = [str(DEVELOPMENT.command("ilsy")), "--exit-after-paint", "--pack", str(chosen.pack)]
        ilsy += ["--profile", folder]
        measure([*ilsy, "--loaded-modules", str(loaded)], env)
        modules = loaded.read_text(encoding="utf-8").split()
        pairs = compare(ilsy, [str(DEVELOPMENT.python), "-c", BARE_WINDOW], env, chosen.rounds)
    counts = {"rounds": chosen.rounds, "modules": len(modules), "loaded_too_early": too_early(modules)}
    return {**summary(pairs), **counts, "platform": env.get("QT_QPA_PLATFORM", "the display")}


def build(chosen: argparse.Namespace) -> dict[str, object]:
    """The figures of `bench.py build`."""
    from build_scripts.build_speed import build_speed  # noqa: PLC0415 - `start` does without the editor's packages

    return build_speed(chosen.rounds)


def main() -> int:
    """Print the figures; 1 when a module was loaded too early or a process failed."""
    parser = argparse.ArgumentParser(prog="bench.py", description="Speed and memory, as ratios within one run.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    sub = commands.add_parser("start", help="the application up to its painted home page, against a bare window")
    sub.add_argument("--rounds", type=int, default=15, metavar="N", help="pairs of starts [15]")
    sub.add_argument("--pack", type=Path, default=STANDARD_PACK, metavar="FILE", help="[build/standard.ilsypack]")
    sub.set_defaults(figures=start)
    made = commands.add_parser("build", help="a build of the pack, against twenty compilations of one page")
    made.add_argument("--rounds", type=int, default=3, metavar="N", help="rounds [3]")
    made.set_defaults(figures=build)
    for command in (sub, made):
        command.add_argument("--json", action="store_true", help="figures for a program")
    chosen = parser.parse_args()
    try:
        figures: dict[str, object] = chosen.figures(chosen)
    except DevError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(figures) if chosen.json else "\n".join(f"{name:20} {value}" for name, value in figures.items()))
    return 1 if figures.get("loaded_too_early") else 0


if __name__ == "__main__":
    sys.exit(main())
