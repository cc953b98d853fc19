"""A calm page of words: what is planned, what cannot be shown, help, about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_pack.spans import Span
from ilsy_desktop.pages.parts import BuiltPage, title
from ilsy_desktop.widgets.block_view import BlockView
from ilsy_desktop.widgets.prose import BODY, LEAD

if TYPE_CHECKING:
    from ilsy_desktop.services.contents import MessageContent
    from ilsy_desktop.widgets.boxes import Box
    from ilsy_desktop.widgets.pool import Pool


class MessagePage:
    """Builds a page of words with links to go on."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def build(self, canvas: Box, content: MessageContent) -> BuiltPage:
        """Fill the canvas with a message."""
        pool, message = self._pool, content.message
        canvas.content_width = 760
        canvas.padding = (28, 40, 28, 40)
        heading = title(pool, canvas, message.title)
        for number, sentence in enumerate(message.sentences):
            canvas.add(pool.prose(sentence, LEAD if number == 0 else BODY), 12, 680)
        BlockView(pool).add(canvas, content.blocks, {})
        for number, (route, words) in enumerate(message.links):
            canvas.add(pool.prose((Span(words, target=route),), BODY), 20 if number == 0 else 8)
        return BuiltPage(message.title, heading)
