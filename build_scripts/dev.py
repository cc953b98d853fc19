"""The commands of a checkout, for anyone with Python 3.11 and nothing else.

    python3 build_scripts/dev.py run  [arguments of ilsy]     start the application
    python3 build_scripts/dev.py test [arguments of pytest]   run the tests
    python3 build_scripts/dev.py check                        do all that CI does
    python3 build_scripts/dev.py build                        build the content pack
    python3 build_scripts/dev.py lock [--upgrade]             make the lock files anew (needs uv)

Each first makes .venv, installs what requirements-dev.lock names and builds build/standard.ilsypack,
where that has not been done; missing system packages are installed where this user may, else named.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python can get as far as this line, and is told so
    sys.exit("This needs Python 3.11 or newer; name it, for example: python3.11 build_scripts/dev.py run")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from build_scripts import environment, system
from build_scripts.checks import Checks
from build_scripts.lock import make_locks
from build_scripts.processes import BUILD, DevError, need, run, without_display
from build_scripts.standard_pack import STANDARD_PACK, ensure_pack
from ilsy_desktop.host.display import X11_LIBRARIES, display_problem

if TYPE_CHECKING:
    from collections.abc import Mapping

PICTURES = BUILD / "pictures"


def command_run(arguments: list[str]) -> int:
    """Start the application; where nobody would see it, test it and save pictures instead."""
    made = prepare({**system.QT_LIBRARIES, **(X11_LIBRARIES if os.environ.get("DISPLAY") else {})})
    ilsy = made.command("ilsy")
    problem = None if arguments else unseen()
    if not problem:
        return start([str(ilsy), *arguments])
    print(f"No window: {problem}. So the application tests itself and saves pictures instead.", flush=True)
    hidden = without_display()
    need([ilsy, "--self-test"], "The application's self-test failed; its lines above say where.", env=hidden)
    need([ilsy, "--pictures", PICTURES], "The pictures were not saved; the lines above say why.", env=hidden)
    print(f"The pictures are in {PICTURES}", flush=True)
    return 0


def command_test(arguments: list[str]) -> int:
    """Run the tests: all, or those that pytest's arguments name."""
    made = prepare_for_tests()
    return start([str(made.python), "-m", "pytest", *arguments])


def command_check(arguments: list[str]) -> int:
    """Do all that CI does, which has no one to answer a question."""
    no_more(arguments)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    Checks(prepare_for_tests()).run()
    return 0


def command_build(arguments: list[str]) -> int:
    """Build the content pack where its sources have changed."""
    no_more(arguments)
    prepare({})
    print(f"The pack is {STANDARD_PACK}")
    return 0


def command_lock(arguments: list[str]) -> int:
    """Make both lock files anew."""
    make_locks(arguments)
    return 0


COMMANDS = {
    "run": command_run,
    "test": command_test,
    "check": command_check,
    "build": command_build,
    "lock": command_lock,
}


def prepare(libraries: Mapping[str, str]) -> environment.Environment:
    """See to it that the libraries, `.venv` and the standard pack are there."""
    missing = [libraries[name] for name in system.missing_libraries(libraries)]
    system.install([*missing, *environment.packages_to_make_one()])
    made = environment.ensure_development()
    ensure_pack(made)
    return made


def prepare_for_tests() -> environment.Environment:
    """Prepare, and get what some tests need besides; those tests are skipped where it does not come."""
    libraries = system.missing_libraries(X11_LIBRARIES)
    optional = [*(X11_LIBRARIES[name] for name in libraries), *system.missing_packages(system.TEST_PACKAGES)]
    made = prepare(system.QT_LIBRARIES)
    system.offer_test_packages(optional)
    return made


def unseen() -> str | None:
    """Why a window would not be seen here; None where it would."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform.startswith(("offscreen", "minimal")):
        return f"QT_QPA_PLATFORM is {platform}, which nobody sees"
    return display_problem()


def start(command: list[str]) -> int:
    """Become the command, where the system can do that; else run it."""
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606
    return run(command)


def no_more(arguments: list[str]) -> None:
    """Raise DevError when a command was given arguments that it does not take."""
    if arguments:
        raise DevError(f"This command takes no arguments: {' '.join(arguments)}")


def main() -> int:
    """Carry out the command line; nobody sees a traceback for what they can mend."""
    words = sys.argv[1:]
    if not words or words[0] not in COMMANDS:
        print(__doc__)
        return 0 if words in (["-h"], ["--help"]) else 2
    try:
        return COMMANDS[words[0]](words[1:])
    except DevError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
