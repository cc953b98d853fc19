"""The feed of this machine: where it is, whom it has to be signed by, and the way there."""
# ruff: noqa: PLC0415 - the network is loaded on the sync lane, when a run begins

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ilsy_desktop.domain.feed_settings import FeedSettings, from_policy, is_web
from ilsy_desktop.host.paths import shipped_root
from ilsy_desktop.host.policy import PolicyError, machine_policy

if TYPE_CHECKING:
    from sync.cancel import Cancel
    from sync.transport import Transport

TIMESTAMP = Path("metadata/timestamp.json")


def feed_settings(policy: Path | None, feed: str | None = None, root: Path | None = None) -> FeedSettings:
    """What IT set, with what the command line names in its place. A problem is told in the result."""
    try:
        settings = from_policy(machine_policy(policy))
    except PolicyError as error:
        settings = FeedSettings(problem=f"{error} Until it can be read, this PC takes no updates.")
    if settings.problem:
        return settings
    trusted = root or settings.root or shipped_root()
    return settings._replace(url=feed if feed is not None else settings.url, root=trusted)


def transport_to(place: str, settings: FeedSettings, cancel: Cancel) -> Transport:
    """The way to a feed: an address on the web, or a folder. Raises SyncError where the CA file cannot be used."""
    if "://" in place and not is_web(place):
        from sync.outcomes import Outcome, SyncError

        words = f"“{place}” is no place for a feed. Write an address that begins with https:// or a folder."
        raise SyncError(Outcome.OFFLINE, words)
    if not is_web(place):
        from sync.folder import FolderTransport

        return FolderTransport(feed_folder(Path(place)), cancel)
    from sync.http import HttpTransport

    def proxy(url: str) -> str | None:
        return settings.proxy or proxy_for(url)

    return HttpTransport(place, cancel, ca_file=settings.ca_file, proxy_for=proxy)


def proxy_for(url: str) -> str | None:
    """The proxy that the system names for an address, also by its proxy script; None for the direct way."""
    if sys.platform == "linux":  # where Qt asks the environment and nothing else, and costs 12 MB of memory
        from sync.http import proxy_of_environment

        return proxy_of_environment(url)
    from PySide6.QtCore import QUrl
    from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

    kinds = (QNetworkProxy.ProxyType.HttpProxy, QNetworkProxy.ProxyType.HttpCachingProxy)
    for proxy in QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(QUrl(url))):
        if proxy.type() == QNetworkProxy.ProxyType.NoProxy:
            return None
        if proxy.type() in kinds:
            name = f"{proxy.user()}:{proxy.password()}@" if proxy.user() else ""
            return f"http://{name}{proxy.hostName()}:{proxy.port()}"
    return None


def feed_folder(chosen: Path) -> Path:
    """The feed in or around a chosen folder: people choose the stick itself, or a folder within the feed."""
    if (chosen / TIMESTAMP).is_file():
        return chosen
    if (chosen.parent / TIMESTAMP).is_file():
        return chosen.parent
    try:
        within = [folder for folder in sorted(chosen.iterdir()) if (folder / TIMESTAMP).is_file()]
    except OSError:
        return chosen
    return within[0] if len(within) == 1 else chosen
