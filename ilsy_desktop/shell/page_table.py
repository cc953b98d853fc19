"""Which page builds which content. Pages other than the first are loaded when they are first needed."""
# ruff: noqa: PLC0415 - start-up: the first page alone is loaded before the window is painted

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from ilsy_desktop.pages.home import HomePage
from ilsy_desktop.services import contents

if TYPE_CHECKING:
    from collections.abc import Callable

    from content_pack import Pack
    from ilsy_desktop.pages.article import ArticlePage
    from ilsy_desktop.pages.listing import ListPage
    from ilsy_desktop.pages.message import MessagePage
    from ilsy_desktop.pages.parts import BuiltPage
    from ilsy_desktop.pages.preview import PreviewPage
    from ilsy_desktop.pages.search import SearchPageView
    from ilsy_desktop.pages.settings import SettingsPage
    from ilsy_desktop.pages.updates import UpdatesPage
    from ilsy_desktop.services.preferences import PreferencesService
    from ilsy_desktop.shell.printing import Printing
    from ilsy_desktop.shell.updating import UpdateDesk
    from ilsy_desktop.shell.window import Window
    from ilsy_desktop.widgets.boxes import Box


class PageTable:
    """Makes each kind of page once and says which one shows a content."""

    def __init__(
        self,
        window: Window,
        preferences: PreferencesService,
        version: str,
        make_desk: Callable[[UpdatesPage], UpdateDesk],
    ) -> None:
        self._window, self._preferences, self._version = window, preferences, version
        self._make_desk = make_desk
        pool = self._pool = window.pool
        self._home = HomePage(pool)

    @cached_property
    def search(self) -> SearchPageView:
        """The page of answers."""
        from ilsy_desktop.pages.search import SearchPageView

        return SearchPageView(self._pool)

    @cached_property
    def preview(self) -> PreviewPage:
        """The print page."""
        from ilsy_desktop.pages.preview import PreviewPage

        return PreviewPage(self._pool)

    @cached_property
    def printing(self) -> Printing:
        """What the print page offers to do."""
        from ilsy_desktop.shell.printing import Printing

        return Printing(self.preview, self._window)

    @cached_property
    def updating(self) -> UpdateDesk:
        """What the updates page offers to do."""
        from ilsy_desktop.pages.updates import UpdatesPage

        return self._make_desk(UpdatesPage(self._pool))

    @cached_property
    def _article(self) -> ArticlePage:
        from ilsy_desktop.pages.article import ArticlePage

        return ArticlePage(self._pool)

    @cached_property
    def _list(self) -> ListPage:
        from ilsy_desktop.pages.listing import ListPage

        return ListPage(self._pool)

    @cached_property
    def _message(self) -> MessagePage:
        from ilsy_desktop.pages.message import MessagePage

        return MessagePage(self._pool)

    @cached_property
    def _settings(self) -> SettingsPage:
        from ilsy_desktop.pages.settings import SettingsPage

        return SettingsPage(self._pool)

    def builder(self, content: contents.Content) -> Callable[[Box], BuiltPage]:
        """What puts this content on the canvas."""
        match content:
            case contents.HomeContent():
                return partial(self._home.build, content=content)
            case contents.ArticleContent():
                return partial(self._article.build, content=content)
            case contents.ListContent():
                return partial(self._list.build, content=content)
            case contents.SearchContent():
                return partial(self.search.build, content=content)
            case contents.PrintContent():
                return partial(self.printing.build, content=content)
            case contents.UpdatesContent():
                return partial(self.updating.build, content=content)
            case contents.SettingsContent():
                return self._build_settings
            case contents.MessageContent():
                return partial(self._message.build, content=content)

    def _build_settings(self, canvas: Box) -> BuiltPage:
        return self._settings.build(canvas, self._preferences.current, self._preferences.kept)

    def read_about(self, pack: Pack) -> contents.MessageContent:
        """What the program is and which library is open."""
        from ilsy_desktop.pages.words import about_content

        return about_content(pack.info, self._version)

    def help(self) -> contents.MessageContent:
        """How to find one's way; it needs no library."""
        from ilsy_desktop.pages.words import help_content

        return help_content()
