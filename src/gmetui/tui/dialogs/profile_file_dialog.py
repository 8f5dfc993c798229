"""The file of a profile in an editor, and the choice of another profile."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from ...errors import GmetuiError
from ...storage.external_editor import edit_text, editor_command
from ...storage.paths import require_slug
from ...text import is_slug
from ..context import AppContext
from ..widgets.option_list import ListOption
from .list_dialog import slug_of
from .note_dialog import NoteDialog
from .option_dialog import OptionDialog

_NEW_TEXT = (
    "# Your profile. Every key is optional; `gmetui profile set` changes keys as well.\n"
    '# graduation = 2019-06, in quotes: graduation = "2019-06"\n'
    "format = 1\n"
)


def edit_profile_file(context: AppContext, run_outside: Callable[[Callable[[], str]], str]) -> None:
    """Open the file in the user's editor; in a dialog if there is none, or if something in it is to be corrected."""
    profile = context.session.profile
    draft = context.session.drafts.draft(f"profile:{profile.name}", f"Profile {profile.name}")
    try:
        text = profile.text or _NEW_TEXT
        if editor_command() and not context.is_web and draft.text is None:
            edited_text = run_outside(partial(edit_text, text, "profile"))
            problem = profile.write(f"{edited_text}\n") if edited_text != text.strip() else None
            if problem is None:
                return
            draft.update(edited_text)
            context.notify_error(problem)
    except GmetuiError as error:
        context.notify_error(str(error))
        return

    def save(edited: str) -> str | None:
        problem = profile.write(f"{edited}\n")
        if problem is None:
            draft.discard()
        return problem

    context.open_dialog(NoteDialog(f"Profile “{profile.name}”", text.strip(), save, draft))


def choose_profile(context: AppContext) -> None:
    """Open another profile, or make one by typing its name; gmetui uses it from then on."""
    profile, session = context.session.profile, context.session
    names = profile.names()

    def load_options() -> list[ListOption]:
        known = dict.fromkeys([*names, profile.name])
        return [ListOption(name, name, "open" if name == profile.name else "", "≡") for name in known]

    def open_profile(option: ListOption) -> None:
        if not option.key:
            context.notify_error(option.label)
        elif option.key != profile.name and session.set_setting("profile", option.key):
            profile.open(option.key)
            context.notify_status(f"Opened the profile {option.key}.")

    context.open_dialog(
        OptionDialog(
            "Your profiles",
            "enter opens or creates · esc closes",
            load_options,
            open_profile,
            search_more=partial(_new_profiles, names),
            placeholder="type the name of a new profile, or find one",
            start_key=profile.name,
        )
    )


def _new_profiles(names: Collection[str], typed_text: str) -> Sequence[ListOption]:
    """Offer a new profile of the typed name, or say why there can be none."""
    name = slug_of(typed_text)
    if name in names or not is_slug(name):
        return ()
    try:
        require_slug(name)
    except GmetuiError as error:
        return (ListOption("", str(error).removeprefix("gmetui: ").replace("a list", "a profile"), "", "−"),)
    return (ListOption(name, name, "new profile", "+"),)
