"""The program's log: a few rotating files in the profile, never on the screen, never what was searched for."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

LOG = logging.getLogger("ilsy")
LOG_BYTES, LOG_FILES = 512 * 1024, 4


class LogFile(logging.Handler):
    """Opens the rotating file with the first record: a start that has nothing to tell loads none of it."""

    def __init__(self, profile: Path) -> None:
        super().__init__()
        self._profile = profile
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            self._file = _rotating(self._profile)
            self._file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        self._file.handle(record)


def _rotating(profile: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 - start-up: it loads sockets and pickle

    folder = profile / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(folder / "ilsy.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8")
    except OSError:
        return logging.NullHandler()


def start_log(profile: Path | None) -> None:
    """Write the log into the profile's `logs` folder, or nowhere when there is no profile to write to."""
    LOG.propagate = False
    LOG.setLevel(logging.INFO)
    LOG.addHandler(LogFile(profile) if profile else logging.NullHandler())
    logging.raiseExceptions = False


def catch_exceptions(show: Callable[[], None]) -> None:
    """Send every exception that nobody caught to the log and call `show`, which tells the person calmly."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            raise SystemExit(130)
        LOG.error("a page failed", exc_info=(kind, error, trace))
        show()

    sys.excepthook = hook
