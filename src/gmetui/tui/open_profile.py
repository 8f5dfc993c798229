"""The profile in use: read from its file, changed step by step, and compared with every program once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..catalog.catalog import EMPTY_CATALOG, Catalog
from ..errors import DataError, GmetuiError
from ..storage.paths import Paths
from ..storage.profile_files import DEFAULT_NAME, is_turned_off, profile_names, profile_path
from . import clock
from .observable import Observable
from .saver import Saver

if TYPE_CHECKING:
    from ..planning.profile import Profile
    from ..storage.profiles import StoredProfile
    from .catalog_fits import CatalogFits

_MAX_UNDO = 200
#: Changes the file of a profile by its name and returns what is in it then. Raises `GmetuiError`.
ChangeProfile = Callable[[Paths, str], "StoredProfile"]


class _EditedText(NamedTuple):
    """The text of a profile's file before a change, None where there was no file."""

    profile_name: str
    text: str | None


class OpenProfile:
    """The profile of the user who sits here.

    `is_offered` is False where others may look on: on a web page, and with a shared list. Nothing is read then.
    `problem` says what is wrong in the file. `fits` are the verdicts, None without a profile or until they are there.
    `changes` counts how often another profile was read, or compared with the programs.
    """

    def __init__(self, paths: Paths, name: str, call_later: Callable[..., Any], *, is_offered: bool = True) -> None:
        self.is_offered = is_offered and not is_turned_off()
        self.problem = ""
        self.fits: CatalogFits | None = None
        self.changes = Observable(0)
        self._paths = paths
        self._saver = Saver(call_later)
        self._catalog: Catalog = EMPTY_CATALOG
        self._stored: StoredProfile | None = None  # not read: there is no file
        self._stamp: tuple[int, int] | None = None
        self._done: list[_EditedText] = []
        self._undone: list[_EditedText] = []
        self.name = name or DEFAULT_NAME
        if self.is_offered:
            self._read()

    @property
    def path(self) -> Path:
        """The file of the profile."""
        try:
            return profile_path(self._paths, self.name)
        except GmetuiError as error:  # such as a name that a hand wrote into the settings
            self.problem, self.name = problem_text(error), DEFAULT_NAME
            return profile_path(self._paths)

    @property
    def stored(self) -> StoredProfile:
        """The profile with its file, an empty one where there is none."""
        if self._stored is None:
            from ..planning.profile import EMPTY_PROFILE
            from ..storage.profiles import StoredProfile

            self._stored = StoredProfile(self.name, self.path, EMPTY_PROFILE, exists=self._stamp is not None)
        return self._stored

    @property
    def profile(self) -> Profile | None:
        """What it tells, None where it tells nothing."""
        stored = self._stored
        return stored.profile if stored and stored.exists and not self.problem and not stored.profile.is_empty else None

    @property
    def startup_error(self) -> str:
        """What is to be reported when gmetui starts, "" if all is well."""
        return f"Your profile can't be used. {self.problem}" if self.problem else ""

    @property
    def text(self) -> str:
        """The text of the file, "" where there is none. Raises `FileError`."""
        from ..storage.profiles import profile_text

        return profile_text(self._paths, self.name) or ""

    def names(self) -> tuple[str, ...]:
        """Return the names of all profiles."""
        return profile_names(self._paths)

    # Reading.

    def _read(self) -> None:
        """Read the profile, if there is one; where that fails, use none and say why."""
        self.problem = ""
        self._stored, self._stamp = None, _stamp_of(self.path)
        if self._stamp is None:
            return
        from ..storage.profiles import read_profile

        try:
            self._stored = read_profile(self._paths, self.name)
        except GmetuiError as error:
            self.problem = problem_text(error)

    def open(self, name: str) -> None:
        """Use another profile."""
        self.name = name
        self._read()
        self._judge()

    def check_for_changes(self) -> bool:
        """Read the file again if another program has changed it; return whether it has."""
        if not self.is_offered or _stamp_of(self.path) == self._stamp:
            return False
        self.open(self.name)
        return True

    # Judging.

    def judge(self, catalog: Catalog) -> None:
        """Compare the programs of a catalog, unless that is done."""
        if catalog is not self._catalog:
            self._catalog = catalog
            self._judge()

    def _judge(self) -> None:
        """Compare every program with the profile: usually done on return, else in a thread."""
        catalog, stored = self._catalog, self._stored
        if stored is None or self.profile is None or catalog is EMPTY_CATALOG:
            self._set_fits(None)
            return
        from .catalog_fits import CatalogFits  # most starts need none of it

        judging = self._saver.run("", lambda: CatalogFits(catalog, stored, clock.today()))
        if judging.done():
            self._use_fits(judging)
        else:
            self._saver.when_done(judging, self._use_fits)

    def _use_fits(self, judging: Future[CatalogFits]) -> None:
        fits = judging.result()
        if fits.catalog is self._catalog and fits.stored == self._stored:
            self._set_fits(fits)

    def _set_fits(self, fits: CatalogFits | None) -> None:
        self.fits = fits
        self.changes.set(self.changes.value + 1)

    def fits_of(self, catalog: Catalog) -> CatalogFits | None:
        """Return the verdicts about the programs of a catalog; None while there are none."""
        return self.fits if self.fits is not None and self.fits.catalog is catalog else None

    # Changing.

    def edit(self, change: ChangeProfile) -> str | None:
        """Change the file; return why that is impossible. Such a change can be undone."""
        from ..storage.profiles import profile_text

        try:
            before = profile_text(self._paths, self.name)
            stored = change(self._paths, self.name)
        except GmetuiError as error:
            return problem_text(error)
        self._done = [*self._done, _EditedText(self.name, before)][-_MAX_UNDO:]
        self._undone = []
        self._use(stored)
        return None

    def write(self, text: str) -> str | None:
        """Replace the text of the file; return why that is impossible."""
        from ..storage.profiles import write_profile_text

        return self.edit(lambda paths, name: write_profile_text(paths, name, text))

    def _use(self, stored: StoredProfile) -> None:
        self._stored, self.problem, self._stamp = stored, "", _stamp_of(stored.path)
        self._judge()

    def undo(self) -> bool:
        """Undo the last change of this session; return whether there was one."""
        return self._step(self._done, self._undone)

    def redo(self) -> bool:
        """Redo the last change that was undone; return whether there was one."""
        return self._step(self._undone, self._done)

    def _step(self, source: list[_EditedText], target: list[_EditedText]) -> bool:
        """Write the last text of `source` back. Raises `GmetuiError`."""
        from ..storage.profiles import profile_text, write_profile_text

        edited = next((each for each in reversed(source) if each.profile_name == self.name), None)
        if edited is None:
            return False
        before = _EditedText(self.name, profile_text(self._paths, self.name))
        self._use(write_profile_text(self._paths, self.name, edited.text))
        source.remove(edited)
        target.append(before)
        return True


def problem_text(error: GmetuiError) -> str:
    """Return what is wrong, without the name of the file that the reader has open."""
    if isinstance(error, DataError):
        return "\n".join(
            f"Line {each.line}: {each.key}: {each.message}{f'; {each.hint}' if each.hint else ''}"
            for each in error.problems
        )
    return str(error).removeprefix("gmetui: ")


def _stamp_of(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file changes, None where there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
