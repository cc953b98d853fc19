"""Checks of what is handed out: the pack comes out the same everywhere, the wheel runs with what it names."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from build_scripts.environment import create
from build_scripts.processes import RUNTIME_LOCK, Command, DevError, quiet, without_display
from build_scripts.standard_pack import SOURCES, STANDARD_PACK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from build_scripts.environment import Environment

CLOCK = "2031-03-01 04:05:06"


def check_pack_is_the_same(environment: Environment) -> None:
    """Build the pack twice from copies of the sources; raise DevError unless both are the standard pack.

    The second build has another folder, time zone, hash seed, file dates and (where `faketime` is
    installed) clock, and finds the cache that the first one filled.
    """
    with tempfile.TemporaryDirectory() as name:
        first, second = Path(name) / "first", Path(name) / "another" / "deeper"
        _copy_sources(first, modified=1_000_000_000)
        cold = _build(environment, first, {"TZ": "UTC", "PYTHONHASHSEED": "1"})
        _copy_sources(second, modified=1_700_000_000)
        shutil.copytree(first / "cache", second / "cache")
        clock = [found, CLOCK] if (found := shutil.which("faketime")) else []
        warm = _build(environment, second, {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "2", "LC_ALL": "C"}, clock)
        hashes = [hashlib.sha256(pack.read_bytes()).hexdigest() for pack in (STANDARD_PACK, cold, warm)]
    if len(set(hashes)) != 1:
        names = ("in the checkout", "in a first folder, cache empty", "in a second folder, cache filled")
        lines = [f"  {digest}  {name}" for digest, name in zip(hashes, names, strict=True)]
        raise DevError("The same sources gave different packs:\n" + "\n".join(lines))
    print(f"Three builds gave {hashes[0]}")


def _copy_sources(folder: Path, modified: int) -> None:
    for path in shutil.copytree(SOURCES, folder / "content").rglob("*"):
        os.utime(path, (modified, modified))


def _build(environment: Environment, folder: Path, settings: dict[str, str], clock: Sequence[str] = ()) -> Path:
    pack = folder / "made.ilsypack"
    command: Command = [*clock, environment.command("ilsy-pack"), "build", folder / "content", "-o", pack]
    quiet(command, env={**os.environ, "HOME": str(folder), **settings}, cwd=folder)
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
        _check_missing_extra(bare)
        print(f"{wheel.name} passed its self-test")


def _check_missing_extra(bare: Environment) -> None:
    """The editors' command is in the wheel; without its packages it names the extra that brings them."""
    command = [str(bare.command("ilsy-pack")), "check", str(SOURCES)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 1 or "[editor]" not in done.stderr or "Traceback" in done.stderr:
        raise DevError(f"ilsy-pack without the extra “editor” must end with 1 and name it, but:\n{done.stderr}")
