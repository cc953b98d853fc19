"""From a target to a page: reads what a ROUTE needs from the library and has the right page built."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from content_pack import PackError
from ilsy_desktop.domain import routes, texts
from ilsy_desktop.domain.preferences import SYSTEM
from ilsy_desktop.domain.routes import Route, RouteError
from ilsy_desktop.services import contents
from ilsy_desktop.services.contents import MessageContent, SearchContent, SettingsContent
from ilsy_desktop.services.library import NoLibraryError
from ilsy_desktop.shell.history import History, Visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from content_pack import Pack
    from ilsy_desktop.services.library import LibraryService
    from ilsy_desktop.services.preferences import PreferencesService
    from ilsy_desktop.shell.page_table import PageTable
    from ilsy_desktop.shell.updating import UpdateDesk
    from ilsy_desktop.shell.window import Window
    from ilsy_desktop.widgets.prose import Prose

# One topic for all that goes on the canvas: only the newest wish is shown, whatever was asked before it.
TOPIC = "page"
DOORS = frozenset(("new", "problems"))
LISTS = frozenset(("tools", "examples", "glossary", "guides", "sheets"))
OF_THE_PROGRAM = frozenset(("help", "about", "updates"))
CODE = re.compile(r"\s*([A-Za-z])\s?(\d{1,4})\s*")


class Navigator(QObject):
    """Opens targets in the window. `arrived` carries the ROUTE of each page once it stands."""

    arrived = Signal(str)

    def __init__(
        self,
        window: Window,
        library: LibraryService,
        preferences: PreferencesService,
        pages: PageTable,
        log_failure: Callable[[Exception], None],
    ) -> None:
        super().__init__(window)
        self._window, self._library, self._preferences, self._pages = window, library, preferences, pages
        self._log_failure = log_failure
        self._history = History()
        self._shown: Visit | None = None
        self._desk: UpdateDesk | None = None
        self._content: Any = None
        self._facets: dict[str, tuple[str, ...]] = {}
        self._actions: dict[str, Callable[[], None]] = {
            "back": self._back,
            "forward": self._forward,
            "copy": self._copy,
            "search": self._to_search,
            "slash": self._slash,
            "filter": self._open_filter,
            "full-screen": self._full_screen,
            "larger": preferences.larger,
            "smaller": preferences.smaller,
            "ordinary": preferences.reset_size,
            "print-page": self._print_page,
            "print": self._print,
            "save-pdf": self._save_pdf,
        }
        window.opened.connect(self.open)
        window.pool.stepped.connect(self._step)
        search = window.header.search
        search.textEdited.connect(self._typed)
        search.returnPressed.connect(self._entered)
        search.down.connect(self._into_hits)
        preferences.changed.connect(self._restyle)

    @property
    def route(self) -> Route:
        """The page that is shown."""
        visit = self._history.current
        return visit.route if visit else routes.HOME

    def open(self, target: str) -> None:
        """Follow a target: a ROUTE, a heading of this page (`#3`), or something to do (`action:copy`)."""
        word, _, rest = target.partition(":")
        if target.startswith("#"):
            self._jump(target)
        elif word == "action":
            self._act(rest)
        elif word == "filter":
            self._toggle_filter(rest)
        elif word == "size":
            self._preferences.set_text_percent(int(rest))
        elif word == "scheme":
            self._preferences.set_scheme(rest)
        elif word == "slash":
            self._preferences.set_slash_key(rest == "on")
        else:
            self._open_route(target)

    def _act(self, name: str) -> None:
        if name.startswith("role="):
            self.go(Route("print", self.route.slug), role=name.removeprefix("role="))
        elif name.startswith("save-file="):
            self._save(partial(self._pages.printing.save_editable, int(name.removeprefix("save-file="))))
        elif name.startswith("update-"):
            self._updating().actions[name]()
        elif name in self._actions:
            self._actions[name]()

    def _open_route(self, target: str) -> None:
        try:
            route = routes.parse(target)
        except RouteError as error:
            self._show(Route("home"), MessageContent(texts.unreadable(str(error))))
            return
        if route.word == "search":
            self._facets = {}
            self._window.header.search.setText(route.query)
        self.go(route)

    def go(self, route: Route, scroll: int = 0, role: str = "page", same_place: bool = False) -> None:
        """Read what a ROUTE shows and show it."""
        self._leave()
        question = self._question(route, role)
        if isinstance(question, MessageContent | SettingsContent):
            self._show(route, question, scroll)
            return
        show = partial(self._show, route, scroll=scroll, same_place=same_place)
        self._library.ask(TOPIC, question, self, show, partial(self._failed, route))

    def _question(self, route: Route, role: str) -> Callable[[Pack], Any] | MessageContent | SettingsContent:
        word = route.word
        if word == "settings":
            return SettingsContent()
        if word in DOORS:
            return partial(contents.read_door, word=word)
        if word in texts.PLANNED:
            return MessageContent(texts.PLANNED[word])
        if word == "home":
            return contents.read_home
        if word in LISTS:
            return partial(contents.read_list, word=word)
        if word == "search":
            return partial(contents.read_search, query=route.query, facets=self._facets, partial=False)
        if word == "print":
            return partial(contents.read_print, slug=route.slug, role=role)
        if word in OF_THE_PROGRAM:
            return self._of_the_program(word)
        return partial(contents.read_article, route=route)

    def _of_the_program(self, word: str) -> Callable[[Pack], Any] | MessageContent:
        if word == "help":
            return self._pages.help()
        return self._pages.read_about if word == "about" else self._updating().read

    def show_first(self, route: Route, content: Any) -> None:
        """Show a page that was read before the window stood."""
        self._show(route, content)

    def _show(self, route: Route, content: Any, scroll: int = 0, same_place: bool = False) -> None:
        self._content = content
        self._history.visit(route)
        if route.word != "search":
            self._window.header.search.clear()
        dated = getattr(content, "dated", None)
        if dated:
            self._window.footer.set_dated(dated)
        self._shown = self._history.current
        self._window.show_page(self._pages.builder(content), scroll, same_place)
        self._window.header.back.setEnabled(self._history.can_go_back)
        self.arrived.emit(str(route))

    def _failed(self, route: Route, error: Exception) -> None:
        self._log_failure(error)
        if isinstance(error, NoLibraryError):
            self._show(route, MessageContent(texts.no_library(str(error))))
        elif isinstance(error, PackError):
            self._show(route, MessageContent(texts.unreadable(str(error))))
        else:
            self.show_failure()

    def show_failure(self) -> None:
        """Something in a page broke: say so calmly and go on."""
        self._show(self.route, MessageContent(texts.PAGE_FAILED))

    def refresh(self) -> None:
        """Build the page again at the same place, after the look or the pack changed."""
        visit = self._history.current
        if visit and self._content is not None:
            self._leave()
            self._show(visit.route, self._content, visit.scroll, same_place=True)

    def read_again(self) -> None:
        """Read the page again, because the pack was replaced."""
        visit = self._history.current
        if visit:
            self.go(visit.route, self._window.area.verticalScrollBar().value())

    def read_in_place(self) -> None:
        """Read the page again and leave the keyboard where it is."""
        self.go(self.route, self._window.area.verticalScrollBar().value(), same_place=True)

    def follow_system(self) -> None:
        """The system's colours changed: take them where the person asked for those of the PC."""
        if self._preferences.current.scheme == SYSTEM:
            self._restyle()

    def _restyle(self) -> None:
        current = self._preferences.current
        self._window.look.choose(current.scheme, current.text_percent)
        self._window.restyle()
        self.refresh()

    def _leave(self) -> None:
        if self._shown:
            self._shown.scroll = self._window.area.verticalScrollBar().value()

    def _back(self) -> None:
        self._move(self._history.back)

    def _forward(self) -> None:
        self._move(self._history.forward)

    def _move(self, step: Callable[[], Any]) -> None:
        self._leave()
        visit = step()
        if visit is None:
            return
        search = self._window.header.search
        search.setText(visit.route.query if visit.route.word == "search" else "")
        scroll = visit.scroll
        self.go(visit.route, scroll)
        visit.scroll = scroll

    def _jump(self, anchor: str) -> None:
        page = self._window.page
        heading = page.anchors.get(anchor) if page else None
        if heading is not None:
            self._window.scroll_to(heading)

    def _copy(self) -> None:
        page = self._window.page
        if page and page.copy_text:
            QGuiApplication.clipboard().setText(page.copy_text)
            self._window.say("The words of this page are copied.")

    def _full_screen(self) -> None:
        window = self._window
        window.showNormal() if window.isFullScreen() else window.showFullScreen()

    def _print_page(self) -> None:
        if self.route.word == "print":
            self._print()
        elif self.route.slug:
            self.go(Route("print", self.route.slug))

    def _print(self) -> None:
        self._pages.printing.print()
        self.refresh()

    def _save_pdf(self) -> None:
        self._save(self._pages.printing.save)

    def _save(self, ask: Callable[[], None]) -> None:
        self._pages.printing.said.connect(self.refresh, Qt.ConnectionType.UniqueConnection)
        ask()

    def _updating(self) -> UpdateDesk:
        desk = self._pages.updating
        if self._desk is None:
            self._desk = desk
            desk.built_anew.connect(self.refresh)
            desk.read_anew.connect(self.read_in_place)
        return desk

    def _to_search(self) -> None:
        search = self._window.header.search
        search.setFocus()
        search.selectAll()

    def _slash(self) -> None:
        if self._preferences.current.slash_key:
            self._to_search()

    def _typed(self, text: str) -> None:
        self._facets = {}
        self._search(text, half_typed=True)

    def _search(self, text: str, half_typed: bool) -> None:
        if self.route.word != "search":
            self._leave()
        route = Route("search", query=text)
        question = partial(contents.read_search, query=text, facets=dict(self._facets), partial=half_typed)
        self._library.ask(TOPIC, question, self, partial(self._show, route), partial(self._failed, route))

    def _entered(self) -> None:
        text = self._window.header.search.text()
        code = CODE.fullmatch(text)
        if code:
            question = partial(contents.read_code, code=code[1] + code[2])
            self._library.ask(TOPIC, question, self, self._found_code, self._no_code)
        else:
            self._search(text, half_typed=False)

    def _found_code(self, found: tuple[Route, Any] | None) -> None:
        if found is None:
            self._search(self._window.header.search.text(), half_typed=False)
        else:
            self._leave()
            self._show(*found)

    def _no_code(self, error: Exception) -> None:
        self._failed(self.route, error)

    def _answers(self) -> list[Prose]:
        """The links of the answers on the canvas; none while another page stands there."""
        return self._pages.search.first_hits if isinstance(self._content, SearchContent) else []

    def _into_hits(self) -> None:
        hits = self._answers()
        if hits:
            hits[0].setFocus()
            hits[0].choose(0)

    def _step(self, by: int) -> None:
        hits = self._answers()
        place = next((n for n, hit in enumerate(hits) if hit.hasFocus()), None)
        if place is None:
            return
        if place + by < 0:
            self._to_search()
        elif place + by < len(hits):
            hits[place + by].setFocus()
            hits[place + by].choose(0)

    def _open_filter(self) -> None:
        self._pages.search.filter_open = True
        self.refresh()

    def _toggle_filter(self, rest: str) -> None:
        name, _, value = rest.partition("=")
        chosen = self._facets.get(name, ())
        left = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
        self._facets = {**self._facets, name: left}
        self._facets = {key: values for key, values in self._facets.items() if values}
        self._search(self.route.query, half_typed=False)
