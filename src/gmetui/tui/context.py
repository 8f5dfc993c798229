"""What screens and dialogs see of the application."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.theme import Theme

from ..catalog.catalog import Catalog
from ..progress import ReportShare, ignore_share
from .notifier import Notifier
from .query_controller import QueryController
from .session import Session

if TYPE_CHECKING:
    from ..storage.import_store import StagedList

Result = TypeVar("Result")


class AppContext(Notifier, Protocol):
    """The application, as far as screens and dialogs use it."""

    @property
    def session(self) -> Session:
        """Settings, keys, the shortlist, marks and undo."""

    @property
    def catalog(self) -> Catalog:
        """The programs."""

    @property
    def query_controller(self) -> QueryController:
        """The query of the Explore screen."""

    @property
    def screen_name(self) -> str:
        """The name of the open screen."""

    @property
    def focused_pane_id(self) -> str:
        """The id of the focused pane, or "" if none is focused."""

    @property
    def is_web(self) -> bool:
        """Whether the application runs in a browser."""

    @property
    def size(self) -> Size:
        """The size of the terminal."""

    @property
    def screen(self) -> Screen[Any]:
        """The open screen or dialog."""

    @property
    def theme(self) -> str:
        """The name of the theme."""

    @theme.setter
    def theme(self, name: str) -> None: ...

    @property
    def available_themes(self) -> dict[str, Theme]:
        """All themes by name."""

    def open_dialog(self, dialog: ModalScreen[Result], callback: Callable[[Result | None], Any] | None = None) -> None:
        """Show a dialog; `callback` gets what it is dismissed with."""

    def clear_notifications(self) -> None:
        """Remove the messages on screen."""

    def action_open_screen(self, name: str) -> None:
        """Go to a screen."""

    def open_query(self, query_text: str) -> None:
        """Go to the Explore screen and search."""

    def open_program(self, program_id: str) -> None:
        """Go to the page of a program."""

    def open_reference(self, screen_name: str, key: str, section: str = "") -> None:
        """Go to the page of an institution or a specialty, and to a section of it."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open a web page in the browser."""

    async def perform_action(self, action_id: str) -> None:
        """Run an action where it works."""

    def use_keys(self) -> None:
        """Use the keys of the session, which have changed."""

    def copy_text(self, text: str) -> str:
        """Copy text to the clipboard and return a phrase that says where it went."""

    def download(self, content: bytes, file_name: str) -> None:
        """Send a file to the browser."""

    def read_catalog(
        self,
        *,
        report: Callable[[str], None],
        exclude: str = "",
        staged: StagedList | None = None,
        report_progress: ReportShare = ignore_share,
    ) -> Catalog:
        """Load the programs again, as `load_catalog` does. It takes a while: call it in a thread."""

    def replace_catalog(self, catalog: Catalog) -> None:
        """Show other programs on all screens."""
