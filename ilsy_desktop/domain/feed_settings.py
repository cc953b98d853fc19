"""Where newer libraries come from, as IT set it. What IT set wrongly means no feed at all, and is told."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

WEB = ("https://", "http://")


class FeedSettings(NamedTuple):
    """`url` is an address or a folder, "" for none; `root` and `ca_file` are files; `proxy` an address.

    `problem` is a sentence for IT; where there is one, there is no feed.
    """

    url: str = ""
    root: Path | None = None
    ca_file: Path | None = None
    proxy: str = ""
    problem: str = ""


def from_policy(values: Mapping[str, Any]) -> FeedSettings:
    """Read the keys feed_url, feed_root, ca_file and proxy. One that makes no sense leaves no feed."""
    problem = next((words for key, check in _CHECKS.items() if (words := check(key, values.get(key, "")))), "")
    if problem:
        return FeedSettings(problem=f"{problem} Until it is set right, this PC takes no updates.")
    root, ca_file = values.get("feed_root"), values.get("ca_file")
    return FeedSettings(
        values.get("feed_url", ""),
        Path(root) if root else None,
        Path(ca_file) if ca_file else None,
        values.get("proxy", ""),
    )


def is_web(place: str) -> bool:
    """Whether a feed's place is an address on the web; else it is a folder."""
    return place.lower().startswith(WEB)


def _place(key: str, value: object) -> str:
    if not isinstance(value, str):
        return f"The policy {key} is not a text."
    if value == "" or (is_web(value) and value.partition("://")[2].strip("/ ")) or _absolute(value):
        return ""
    return f"The policy {key} is “{value}”; write an address that begins with https:// or a whole folder path."


def _file(key: str, value: object) -> str:
    if isinstance(value, str) and (value == "" or _absolute(value)):
        return ""
    return f"The policy {key} is “{value}”; write the whole path of a file."


def _proxy(key: str, value: object) -> str:
    if isinstance(value, str) and (value == "" or is_web(value)):
        return ""
    return f"The policy {key} is “{value}”; write an address that begins with http://."


def _absolute(value: str) -> bool:
    return PurePosixPath(value).is_absolute() or PureWindowsPath(value).is_absolute()


_CHECKS = {"feed_url": _place, "feed_root": _file, "ca_file": _file, "proxy": _proxy}
