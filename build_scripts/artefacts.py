"""Checks of what is handed out: the pack comes out the same everywhere, the wheel runs with what it names."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from build_scripts.environment import create
from build_scripts.processes import RUNTIME_LOCK, Command, DevError, quiet, without_display
from build_scripts.standard_pack import SOURCES, STANDARD_PACK

if TYPE_CHECKING:
    from build_scripts.environment import Environment


def check_pack_is_the_same(environment: Environment) -> None:
    """Build the pack twice from copies of the sources; raise DevError unless both are the standard pack.

    The second build has another folder, time zone, hash seed, file dates and (where `faketime` is
    installed) clock, and finds the caches that the first one filled.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        cold = _build(environment, Path(folder) / "first", home, {"TZ": "UTC", "PYTHONHASHSEED": "1"})
        later = {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "2", "LC_ALL": "C"}
        warm = _build(environment, Path(folder) / "another" / "deeper", home, later, years_on=True)
        hashes = [hashlib.sha256(pack.read_bytes()).hexdigest() for pack in (STANDARD_PACK, cold, warm)]
    if len(set(hashes)) != 1:
        names = ("in the checkout", "in a first folder, caches empty", "in a second folder, caches filled")
        lines = [f"  {digest}  {name}" for digest, name in zip(hashes, names, strict=True)]
        raise DevError("The same sources gave different packs:\n" + "\n".join(lines))
    print(f"Three builds gave {hashes[0]}")


def _build(
    environment: Environment, folder: Path, home: Path, settings: dict[str, str], *, years_on: bool = False
) -> Path:
    sources = shutil.copytree(SOURCES, folder / "content", copy_function=shutil.copy2)
    pack = folder / "made.ilsypack"
    command: Command = [environment.command("ilsy-pack"), "build", sources, "-o", pack]
    if years_on:
        for path in sources.rglob("*"):
            os.utime(path, (2_000_000_000, 2_000_000_000))
        faketime = shutil.which("faketime")
        command = [faketime, "2031-03-01 04:05:06", *command] if faketime else command
    env = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), **settings}
    quiet(command, env=env, cwd=folder)
    return pack


def check_wheel_runs(environment: Environment) -> None:
    """Build the wheel, install it with requirements.lock alone and start it; raise DevError if that fails."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        quiet([environment.command("hatchling"), "build", "-t", "wheel", "-d", folder / "dist"])
        (wheel,) = (folder / "dist").glob("*.whl")
        bare = create(folder / "runtime", RUNTIME_LOCK, pip_of=environment)
        pip: Command = [environment.python, "-m", "pip", "--python", bare.python, "install", "--quiet"]
        quiet([*pip, "--no-deps", "--no-index", wheel])
        env = without_display({name: value for name, value in os.environ.items() if name != "PYTHONPATH"})
        ilsy: Command = [bare.command("ilsy"), "--self-test", "--pack", STANDARD_PACK]
        quiet([*ilsy, "--profile", folder / "profile"], env=env, cwd=folder)
        print(f"{wheel.name} passed its self-test")
