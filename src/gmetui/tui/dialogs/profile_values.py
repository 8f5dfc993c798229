"""Dialogs that ask for one value of a profile: a choice, a list, a date, a number, or a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ...catalog.countries import COUNTRIES, LANGUAGES
from ...catalog.schema import Field
from ...catalog.us_states import STATES
from ...planning.profile_dates import parse_profile_date
from ...planning.profile_edits import EditValue
from ...search import Query, search
from ...text import format_date, sanitize
from ..context import AppContext
from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog
from .prompt_dialog import ask_text

_HOME = "US"
_MAX_PROGRAMS = 50
_LIST_SHAPES = ("texts", "ids")
_COUNTRY_KEYS = ("school_country", "country", "citizenship")
_SPECIALTY_KEYS = ("specialty", "specialties")
#: Dates of what has happened.
_PAST_DATES = ("passed", "issued")
_NO_ANSWER = ListOption("", "Leave it open", "no answer", "−")
#: Words of closed lists that need more than a capital letter.
_CHOICE_LABELS: Mapping[str, str] = {
    "citizen": "US citizen",
    "permanent": "Permanent resident",
    "visa": "Neither: on a visa, or abroad",
    "other medical": "Other medical degree",
    "hands-on": "Hands-on",
    "limited": "Limited to training",
    "none": "None of them",
}
#: Saves a value, None to forget it; returns why that is impossible.
SaveValue = Callable[[EditValue | None], str | None]


class ValueQuestion(NamedTuple):
    """What is asked: a field under a title, its present value, how to save an answer, and what to do afterwards."""

    field: Field
    title: str
    current: Any
    save: SaveValue
    on_saved: Callable[[], None] = lambda: None


def ask_value(context: AppContext, question: ValueQuestion) -> None:
    """Ask for a value with the dialog that fits it."""
    options = value_options(context, question.field)
    if question.field.key == "program":
        _ask_program(context, question)
    elif question.field.shape == "flag":
        _choose_flag(context, question)
    elif options and question.field.shape in _LIST_SHAPES:
        _toggle(context, question, options)
    elif options:
        _choose(context, question, options)
    else:
        _ask_written(context, question)


def value_options(context: AppContext, field: Field) -> list[ListOption]:
    """Return the values that a field can have, [] for a field in which something is written."""
    if field.key in _COUNTRY_KEYS:
        return [ListOption(code, name, code, "·", (code,)) for code, name in _home_first(COUNTRIES)]
    if field.key == "languages":
        return [ListOption(code, name, "", "·", (code,)) for code, name in LANGUAGES.items()]
    if field.key == "state":
        return [ListOption(code, name, code, "·", (code,)) for code, name in STATES.items()]
    if field.key == "home":
        return [
            ListOption(each.id, each.name, each.short_name, "·", (each.short_name, *each.also_called))
            for each in context.catalog.institutions
        ]
    if field.key in _SPECIALTY_KEYS:
        return specialty_options(context)
    return [ListOption(choice, choice_label(choice), "", "·", (choice,)) for choice in field.choices]


def choice_label(choice: str) -> str:
    """Return a word of a closed list as an option."""
    return _CHOICE_LABELS.get(choice) or f"{choice[:1].upper()}{choice[1:]}"


def specialty_options(context: AppContext) -> list[ListOption]:
    """Return all specialties, found by their synonyms too."""
    return [
        ListOption(each.id, each.label, "", "·", (each.name, *each.abbreviations, *each.synonyms))
        for each in sorted(context.catalog.specialties, key=lambda each: each.label.casefold())
    ]


def _home_first(countries: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(countries.items(), key=lambda country: (country[0] != _HOME, country[1]))


def _ticked(options: Sequence[ListOption], chosen: Sequence[str]) -> list[ListOption]:
    return [option._replace(sign="✓" if option.key in chosen else "·") for option in options]


def _save(context: AppContext, question: ValueQuestion, value: EditValue | None) -> None:
    """Save a chosen value, or say why that is impossible."""
    problem = question.save(value)
    if problem is not None:
        context.notify_error(problem)
    question.on_saved()


def _choose(context: AppContext, question: ValueQuestion, options: Sequence[ListOption]) -> None:
    current = question.current
    shown = [*_ticked(options, [current] if current else []), *([_NO_ANSWER] if current else [])]
    context.open_dialog(
        OptionDialog(
            question.title,
            "enter saves · esc cancels",
            lambda: shown,
            lambda option: _save(context, question, option.key or None),
            start_key=current or "",
        )
    )


def _choose_flag(context: AppContext, question: ValueQuestion) -> None:
    current = "" if question.current is None else "yes" if question.current else "no"
    options = [ListOption("yes", "Yes", question.field.meaning.removeprefix("true: "), "·"), ListOption("no", "No")]
    shown = [*_ticked(options, [current]), *([_NO_ANSWER] if current else [])]
    context.open_dialog(
        OptionDialog(
            question.title,
            "enter saves · esc cancels",
            lambda: shown,
            lambda option: _save(context, question, {"yes": True, "no": False}.get(option.key)),
            start_key=current,
        )
    )


def _toggle(context: AppContext, question: ValueQuestion, options: Sequence[ListOption]) -> None:
    """Choose several values; what is chosen first is the best one, where that matters."""
    chosen: list[str] = list(question.current or ())

    def load_options() -> list[ListOption]:
        ranks = {value: f"choice {rank}" for rank, value in enumerate(chosen, 1)} if len(chosen) > 1 else {}
        return [option._replace(detail=ranks.get(option.key, option.detail)) for option in _ticked(options, chosen)]

    def toggle(option: ListOption) -> None:
        before = list(chosen)
        chosen[:] = (
            [value for value in chosen if value != option.key] if option.key in chosen else [*chosen, option.key]
        )
        problem = question.save(list(chosen) or None)
        if problem is not None:
            chosen[:] = before
            context.notify_error(problem)
        question.on_saved()

    footer = "enter includes or clears · esc closes"
    context.open_dialog(OptionDialog(question.title, footer, load_options, toggle, keep_open=True))


def _ask_program(context: AppContext, question: ValueQuestion) -> None:
    """Find a program by typing; one that is not in the data needs no id."""
    catalog = context.catalog

    def find(typed_text: str) -> list[ListOption]:
        programs = search(catalog, Query.parse(sanitize(typed_text))).programs(0, _MAX_PROGRAMS)
        return [
            ListOption(each.id, each.name, catalog.institution[each.institution].short_name, "▸") for each in programs
        ]

    context.open_dialog(
        OptionDialog(
            question.title,
            "enter saves · esc cancels",
            lambda: [_NO_ANSWER] if question.current else [],
            lambda option: _save(context, question, option.key or None),
            search_more=find,
            placeholder="type a hospital and a specialty",
            empty_text="Type to find a program.",
            min_rows=8,
        )
    )


def _ask_written(context: AppContext, question: ValueQuestion) -> None:
    """Ask for a date, a number or a text. Nothing at all is forgotten."""
    field, current = question.field, question.current
    text = "" if current is None else str(current)
    is_date = field.shape == "partial date"
    meaning = date_meaning(field.key) if is_date else field.meaning

    def accept(answer: str) -> str | None:
        try:
            value = _written_value(field, answer) if answer else None
        except ValueError as error:
            return str(error)
        return question.save(value)

    ask_text(
        context,
        question.title,
        f"{meaning[:1].upper()}{meaning[1:]}. Leave it empty for no answer.",
        "2019, June 2019, or June 15, 2019" if is_date else "",
        accept,
        text=format_date(text) if is_date and text else text,
        preview=(lambda answer: format_date(parse_profile_date(answer))) if is_date else None,
        on_accepted=question.on_saved,
    )


def date_meaning(key: str) -> str:
    """Return what to write for a date: only what has not happened by its nature can be in the future."""
    return "a year, a month, or a day" if key in _PAST_DATES else "a year, a month, or a day; it can be in the future"


def _written_value(field: Field, answer: str) -> EditValue:
    """Return what an answer means. Raises ValueError that says what to write."""
    if field.shape == "partial date":
        return parse_profile_date(answer)
    if field.shape != "integer":
        return answer
    if not (answer.isascii() and answer.isdecimal() and len(answer) < 5):
        raise ValueError(f"“{answer}” is not a whole number.")
    return int(answer)
