"""What all dialogs share: they close by a key, by a click on their × or beside them, and never twice."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.events import Click
from textual.screen import ModalScreen

from .dialog_frame import DialogFrame
from .dismissal import close_dialog, is_on_top

_LEFT_BUTTON = 1


class Dialog(ModalScreen[None]):
    """A dialog, which returns its answer through a callback.

    The answer is not the result of the screen: Textual drops the result of a dialog that is opened while another one is
    being dismissed.
    """

    CSS_PATH = "dialogs.tcss"
    #: Whether a click beside the dialog closes it.
    CLOSES_ON_OUTSIDE_CLICK: ClassVar[bool] = True

    def on_click(self, event: Click) -> None:
        """Close the dialog if the click was beside it."""
        is_outside = self.get_widget_at(event.screen_x, event.screen_y)[0] is self
        if is_outside and event.button == _LEFT_BUTTON and self.CLOSES_ON_OUTSIDE_CLICK:
            self._close_by_mouse()

    @on(DialogFrame.CloseClicked)
    def _close_by_mouse(self) -> None:
        if is_on_top(self):
            self.action_close()

    @on(DialogFrame.KeyClicked)
    def _press_key(self, event: DialogFrame.KeyClicked) -> None:
        if is_on_top(self):
            self.app.call_later(self.app.simulate_key, event.key)  # a key from here would not bubble up to here

    def action_close(self) -> None:
        """Close without an answer."""
        close_dialog(self)
