"""Dialogs for what a person says of listed programs, status, rating and tags, and for which list is open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...shortlist.entries import BEST, STATUSES
from ...shortlist.timeline import distance, moments
from ...storage.shortlist_store import list_names
from ...text import clean, is_id
from ..screens.base_screen import today
from ..widgets.option_list import Pick
from .pickers import LineDialog, Picker

if TYPE_CHECKING:
    from ..app import GmetuiApp
    from ..screens.annotating_screen import AnnotatingPlace

_NO_ID = re.compile(r"[^a-z0-9]+")
_LIKED = ("no rating", "hardly", "a little", "well", "very much", "best of all")


def pick_status(place: AnnotatingPlace) -> None:
    """Choose how far one is with what is meant, from the usual words or in one's own."""
    meant = place.meant
    if not meant:
        return
    own = [entry.status for entry in place.shortlist if entry.status and entry.status not in STATUSES]

    def make() -> list[Pick]:
        known = dict.fromkeys([*STATUSES, *own])
        now = meant[0].status
        return [Pick(word, word.capitalize(), "", "✓" if word == now else "·") for word in known] + [
            Pick("", "No status", "", "·" if now else "✓")
        ]

    def further(typed: str) -> Sequence[Pick]:
        word = clean(typed).strip()
        return () if word.casefold() in (*STATUSES, *own) else (Pick(word, word, "your own word", "+"),)

    def chosen(pick: Pick, aside: bool) -> None:
        words = f"{pick.key or 'no status'}:"
        place.change(words, lambda shortlist, entry: shortlist.with_status(entry.id, pick.key))

    foot = "type a word of your own · esc closes"
    place.gmetui.push_screen(Picker("How far are you?", foot, make, chosen, stays=False, further=further))


def pick_rating(place: AnnotatingPlace) -> None:
    """Choose how much one likes what is meant."""
    meant = place.meant
    if not meant:
        return

    def make() -> list[Pick]:
        now = meant[0].rating
        return [
            Pick(str(n), f"{n}  {'★' * n} {_LIKED[n]}".replace("0  ", "0  –"), "", "✓" if n == now else "·")
            for n in range(BEST, -1, -1)
        ]

    def chosen(pick: Pick, aside: bool) -> None:
        rating = int(pick.key)
        words = f"rated {rating}:" if rating else "no rating:"
        place.change(words, lambda shortlist, entry: shortlist.rated(entry.id, rating))

    place.gmetui.push_screen(Picker("How much do you like it?", "esc closes", make, chosen, stays=False))


def ask_tags(place: AnnotatingPlace) -> None:
    """Ask for tags of what is meant."""
    meant = place.meant
    if not meant:
        return

    def tagged(line: str) -> None:
        tags = [tag.lstrip("#") for tag in line.split(",")]
        place.change("tagged", lambda shortlist, entry: shortlist.tagged(entry.id, tags))

    about = meant[0].name if len(meant) == 1 else f"{len(meant)} programs"
    dialog = LineDialog("Tags", about, "near home, strong research", tagged, ", ".join(meant[0].tags))
    place.gmetui.push_screen(dialog)


def _plain(typed: str) -> str:
    """Return letters without their accents, small: a list's name is a file's name."""
    return unicodedata.normalize("NFKD", typed).encode("ascii", "ignore").decode().casefold()


def ask_date(place: AnnotatingPlace) -> None:
    """Ask for a date of what is meant: what it is of, and the day; what alone takes a date away."""
    meant = place.meant
    if not meant:
        return

    def dated(line: str) -> None:
        if not line:
            return
        what, _, day = line.rpartition(" ")
        try:
            place.shortlist.dated(meant[0].id, what, day)
        except ValueError:
            what, day = line, ""
        if not what or (not day and not any(own == what for own, _ in meant[0].dates)):
            place.gmetui.complain(f"“{line}” is not what and a day; write it like: interview 2027-01-15")
            return
        place.change(f"{what} {day}".strip() + ":", lambda shortlist, entry: shortlist.dated(entry.id, what, day))

    known = ", ".join(f"{what} {day}" for what, day in meant[0].dates)
    about = f"Now: {known}; the word alone takes a date away" if known else "What, and the day"
    place.gmetui.push_screen(LineDialog(f"A date of {meant[0].name}", about, "interview 2027-01-15", dated))


def show_season(app: GmetuiApp) -> None:
    """Show the dates of the list, what comes next first; enter goes to the program."""
    now = today()
    found = moments(app.catalog, app.shortlist, now)
    if not found:
        app.tell("No dates stand on your list; @ in the shortlist writes one of your own.")
        return

    def make() -> list[Pick]:
        picks = []
        for number, own in enumerate(found):
            whose = own.cycle or ("yours" if own.own else "")
            name = f"{own.first.isoformat()}  {own.what}: {own.entry.name}"
            sign = "▸" if own.last >= now else " "
            picks.append(Pick(str(number), name, f"{whose}  {distance(own, now)}".strip(), sign))
        return picks

    def chosen(pick: Pick, aside: bool) -> None:
        own = found[int(pick.key)].entry.id
        if own in app.catalog.program:
            app.show_program(own)

    app.push_screen(Picker("Dates of your list", "enter goes to the program · esc closes", make, chosen, stays=False))


def pick_list(app: GmetuiApp) -> None:
    """Open another list, or begin one by typing its name."""
    names = list_names(app.paths.shortlists)

    def make() -> list[Pick]:
        known = dict.fromkeys([*names, app.store.name, "default"])
        return [Pick(name, name, "open" if name == app.store.name else "", "≡") for name in known]

    def further(typed: str) -> Sequence[Pick]:
        name = _NO_ID.sub("-", _plain(typed)).strip("-")
        return () if name in names or not is_id(name) else (Pick(name, name, "begin a list", "+"),)

    def chosen(pick: Pick, aside: bool) -> None:
        app.open_list(pick.key)

    foot = "type a name to begin a list · esc closes"
    app.push_screen(Picker("Your lists", foot, make, chosen, stays=False, further=further))
