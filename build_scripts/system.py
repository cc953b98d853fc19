"""Packages of the operating system: which are missing, and how they come."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from build_scripts.processes import DevError, quiet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What Qt links to even where it draws off-screen, with the Debian and Ubuntu package of each.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}

# Only the tests with a virtual display or a screen reader's view need these; without them they are skipped.
TEST_PACKAGES = ("xvfb", "xauth", "dbus", "at-spi2-core", "gir1.2-atspi-2.0", "python3-gi")

_TRY_TO_LOAD = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""


def missing_libraries(names: Iterable[str]) -> list[str]:
    """Those of the shared libraries that cannot be loaded; a child tries, so that none stays loaded here."""
    if not sys.platform.startswith("linux"):
        return []
    return quiet([sys.executable, "-c", _TRY_TO_LOAD, *names]).split()


def missing_packages(packages: Sequence[str]) -> list[str]:
    """Those of the Debian packages that are not installed; none where dpkg is not the package manager."""
    if not shutil.which("dpkg-query"):
        return []
    asked = ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *packages]
    answer = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    installed = {line.split()[0] for line in answer.stdout.splitlines() if line.endswith(" installed")}
    return [package for package in packages if package not in installed]


def by_hand(packages: Iterable[str]) -> str:
    """What to paste to install the packages, set off from the text around it."""
    return f"Paste this, then try again:\n\n    sudo apt-get install {' '.join(packages)}\n"


def install(packages: Sequence[str]) -> None:
    """Install the packages where this user may; raise DevError with the line to paste where not."""
    if not packages:
        return
    if not _may_install():
        raise DevError(f"System packages are missing. {by_hand(packages)}")
    print("Installing system packages:", *packages, flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=120", "-y", "-q"]
    command = [*apt, "install", "--no-install-recommends", *packages]
    try:
        quiet(command, env=env)
    except DevError:  # the lists of packages may be missing or old
        quiet([*apt, "update"], env=env)
        quiet(command, env=env)


def offer_test_packages(packages: Sequence[str]) -> None:
    """Install what some tests need where this user may; else say what they are skipped for."""
    try:
        install(packages)
    except DevError as error:
        print(f"Tests with a virtual display will be skipped. {error}", flush=True)


def _may_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None
