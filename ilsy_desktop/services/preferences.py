"""The person's choices about the look, kept in one small file of the profile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ilsy_desktop.domain.preferences import Preferences, from_stored, larger, smaller

if TYPE_CHECKING:
    from pathlib import Path


class PreferencesService(QObject):
    """`current` holds the choices; `changed` follows each change. Without a file nothing is kept."""

    changed = Signal()

    def __init__(self, file: Path | None, given: Preferences | None = None) -> None:
        super().__init__()
        self._file = file
        self.current = given or self._read()

    @property
    def kept(self) -> bool:
        """Whether choices outlive the window."""
        return self._file is not None

    def set_text_percent(self, percent: int) -> None:
        """Choose a text size in per cent."""
        self._change(self.current._replace(text_percent=percent))

    def set_scheme(self, scheme: str) -> None:
        """Choose light, dark, contrast or system."""
        self._change(self.current._replace(scheme=scheme))

    def set_slash_key(self, on: bool) -> None:
        """Choose whether `/` goes to the search box."""
        self._change(self.current._replace(slash_key=on))

    def larger(self) -> None:
        """The next larger text size."""
        self.set_text_percent(larger(self.current.text_percent))

    def smaller(self) -> None:
        """The next smaller text size."""
        self.set_text_percent(smaller(self.current.text_percent))

    def reset_size(self) -> None:
        """Text at its ordinary size."""
        self.set_text_percent(100)

    def _change(self, wanted: Preferences) -> None:
        if wanted == self.current:
            return
        self.current = wanted
        self._write()
        self.changed.emit()

    def _read(self) -> Preferences:
        if self._file is None:
            return Preferences()
        try:
            return from_stored(json.loads(self._file.read_text("utf-8")))
        except (OSError, ValueError, RecursionError):
            return Preferences()

    def _write(self) -> None:
        if self._file is None:
            return
        try:
            self._file.write_text(json.dumps(self.current._asdict()), "utf-8")
        except OSError:
            self._file = None
