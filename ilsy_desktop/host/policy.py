"""What IT set for this machine, read from the places where each system keeps such things.

Linux: /etc/ilsy/policy.json, and over it /etc/ilsy/policy.d/*.json in the order of their names.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


class PolicyError(Exception):
    """A policy file cannot be used; the message is one plain sentence for IT."""


def machine_policy(chosen: Path | None = None) -> dict[str, Any]:
    """Every value that IT set, by its key. `chosen` is a folder that stands for /etc/ilsy.

    Raises PolicyError: a policy that cannot be read is never the same as none.
    """
    if chosen is None and sys.platform == "win32":
        return {}  # the registry is read here as soon as there are templates that write it
    folder = chosen or Path("/etc/ilsy")
    values: dict[str, Any] = {}
    for file in _files(folder):
        values |= _read(file)
    return values


def _files(folder: Path) -> list[Path]:
    try:
        first = folder / "policy.json"
        return [*([first] if first.exists() else []), *sorted((folder / "policy.d").glob("*.json"))]
    except OSError as error:
        raise PolicyError(f"The policy folder {folder} cannot be read: {error.strerror}.") from error


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise PolicyError(f"The policy file {file} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise PolicyError(f"The policy file {file} is not JSON: {error}.") from error
    if not isinstance(found, dict):
        raise PolicyError(f"The policy file {file} is not a JSON object with a value for each key.")
    return found
