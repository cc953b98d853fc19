"""`ilsy`: the application."""

from __future__ import annotations

import gc
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
    gc.disable()  # `app` collects in the GUI thread, once the first page is painted
    from ilsy_desktop.app import start  # noqa: PLC0415 - Qt is loaded only where there is a screen

    code = start(arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    # Not sys.exit: freeing accessible nodes made in Python at the end can abort the process.
    os._exit(code)


if __name__ == "__main__":
    run()
