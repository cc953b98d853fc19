"""Where the visitor has been: back and forward, with the place on each page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ilsy_desktop.domain.routes import Route

LONGEST = 200


class Visit:
    """A page that was seen and how far down, in px."""

    def __init__(self, route: Route) -> None:
        self.route = route
        self.scroll = 0


class History:
    """The visits of this window, kept in memory only."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._place = -1

    @property
    def current(self) -> Visit | None:
        """The page that is shown."""
        return self._visits[self._place] if self._visits else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a page before this one."""
        return self._place > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a page after this one."""
        return self._place + 1 < len(self._visits)

    def visit(self, route: Route) -> None:
        """A new page; what lay ahead is forgotten. One search after another is one visit."""
        current = self.current
        if current and (current.route == route or current.route.word == route.word == "search"):
            current.route = route
            return
        self._visits = [*self._visits[: self._place + 1], Visit(route)][-LONGEST:]
        self._place = len(self._visits) - 1

    def back(self) -> Visit | None:
        """The page before, or None."""
        return self._step(-1) if self.can_go_back else None

    def forward(self) -> Visit | None:
        """The page after, or None."""
        return self._step(1) if self.can_go_forward else None

    def _step(self, by: int) -> Visit:
        self._place += by
        return self._visits[self._place]
