"""What the application knows before it shows anything: how it starts, settings, keys, and what was open last."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..documents.start_page import StartPage
from ..errors import FileError
from ..session.state import SessionState
from ..storage.paths import Paths
from ..storage.session_file import read_session
from ..storage.settings import Settings, read_settings
from .keymap import KeyMap
from .settings_check import check_settings

if TYPE_CHECKING:
    from ..storage.review_store import ReviewStore


class Preferences(NamedTuple):
    """Settings, keys and the last state; `problems` are sentences about the files, to be shown on screen."""

    state: SessionState
    settings: Settings
    key_map: KeyMap
    problems: tuple[str, ...]


class Start(NamedTuple):
    """How the application starts.

    `query_text` is searched for first; None reopens what was open last. `review` is a shared list to open instead of
    the user's own list `list_name`. `page` are the ways into the programs, if they are known already.
    """

    preferences: Preferences
    query_text: str | None = None
    list_name: str | None = None
    review: ReviewStore | None = None
    page: StartPage | None = None

    @property
    def initial_text(self) -> str:
        """What the search box says first."""
        return self.preferences.state.query if self.query_text is None else self.query_text

    @property
    def is_at_first_screen(self) -> bool:
        """Whether the ways into the programs are shown first."""
        return not self.query_text and self.review is None and self.preferences.state.is_at_start


def read_preferences(paths: Paths) -> Preferences:
    """Read the user's files. What is wrong in them has its default."""
    settings, problems = Settings(versions_unknown=True), list[str]()
    try:
        settings, problems = read_settings(paths.settings)
    except FileError as error:
        problems.append(str(error))
    key_map, key_problems = check_settings(settings)
    problems += (f"settings: {problem}" for problem in key_problems)
    return Preferences(read_session(paths.state), settings, key_map, tuple(problems))
