"""`ilsy`: the application."""

from __future__ import annotations

import os
import sys

from ilsy_desktop.domain.arguments import read
from ilsy_desktop.host.display import display_problem

NO_DISPLAY = 3


def run() -> None:
    """Start the application; ends the process with its exit code."""
    arguments = read(sys.argv[1:])
    problem = display_problem()
    if problem and (arguments.self_test or arguments.pictures):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif problem:
        sys.stderr.write(f"ilsy: {problem}. Start it on a PC with a screen.\n")
        sys.exit(NO_DISPLAY)
    from ilsy_desktop.app import start  # noqa: PLC0415 - Qt is loaded only where there is a screen

    sys.exit(start(arguments))


if __name__ == "__main__":
    run()
