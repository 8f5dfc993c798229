"""Editing a profile by words: `graduation 2019-06`, `visa.will_take J-1 H-1B`, `exam "Step 1" passed=2023-05-15`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..catalog.countries import COUNTRIES, LANGUAGES, country_code, language_code
from ..catalog.schema import Field, fields_of
from ..text import closest_match, did_you_mean
from .profile import Profile
from .profile_dates import parse_profile_date

#: What an edit writes: a text, a number, true or false, or a list of texts.
EditValue = str | int | bool | list[str]
#: Words that say "none" of a list.
_NONE_WORDS = ("none", "nothing")
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_LIST_SHAPES = ("texts", "ids")
_COUNTRY_KEYS = ("school_country", "citizenship", "country")
_DATE_SHAPE = "partial date"
#: Other words and British spellings of keys, which are accepted in a profile.
OTHER_SPELLINGS: Mapping[str, str] = {
    "examination": "exam",
    "licence": "license",  # codespell:ignore licence
    "specialty": "specialties",
}
#: The key of an entry that a word without "=" is for, and by which an entry is recognized.
NAME_KEYS: Mapping[str, str] = {
    "exam": "name",
    "certificate": "name",
    "license": "state",
    "training": "specialty",
    "clinical": "kind",
}
#: The tables that have one entry for each name.
UNIQUE_TABLES = ("exam", "certificate", "license")


class ProfileKey(NamedTuple):
    """A key of a profile: its path, ("visa", "needed"), and its field."""

    path: tuple[str, ...]
    field: Field

    @property
    def text(self) -> str:
        """The key as people write it: "visa.needed"."""
        return ".".join(self.path)

    @property
    def is_table_list(self) -> bool:
        """Whether its values are entries, as those of `exam`."""
        return self.field.shape == "items"


def profile_keys() -> Iterator[ProfileKey]:
    """Yield every key that an edit can name."""
    for profile_field in fields_of(Profile):
        if profile_field.item_type is None or profile_field.shape == "items":
            yield ProfileKey((profile_field.key,), profile_field)
        else:
            inner_fields = fields_of(profile_field.item_type)
            yield from (ProfileKey((profile_field.key, inner.key), inner) for inner in inner_fields)


def profile_key(typed_text: str) -> ProfileKey:
    """Return the key that a text names: "graduation", "visa.needed". Raises ValueError with a hint."""
    profile_fields: Sequence[Field] = fields_of(Profile)
    path: list[str] = []
    profile_field: Field | None = None
    for path_step in typed_text.split("."):
        names = {candidate.key: candidate for candidate in profile_fields}
        spelling = OTHER_SPELLINGS.get(path_step, path_step)
        name = spelling if path_step not in names and spelling in names else path_step
        if name not in names:
            keys = [key.text for key in profile_keys()] if "." in typed_text else names
            hint_text = did_you_mean(typed_text, keys) or f"keys: {', '.join(names) or 'none below it'}"
            raise ValueError(f"unknown key “{typed_text}”; {hint_text}")
        profile_field = names[name]
        path.append(name)
        profile_fields = (
            fields_of(profile_field.item_type) if profile_field.item_type and profile_field.shape == "item" else ()
        )
    assert profile_field is not None
    return ProfileKey(tuple(path), profile_field)


def edited_value(key: ProfileKey, typed_words: Sequence[str]) -> EditValue:
    """Return the value that words stand for. Raises ValueError that says what is expected."""
    name = key.text
    if not typed_words:
        raise ValueError(f"{name} needs a value; {key.field.meaning}")
    if key.is_table_list:
        if len(typed_words) == 1 and typed_words[0].casefold() in _NONE_WORDS:
            return []
        raise ValueError(f"{name} has entries; write “profile add {name} …”, or “profile set {name} none”")
    if key.field.item_type is not None:
        names = ", ".join(f"{name}.{profile_field.key}" for profile_field in fields_of(key.field.item_type))
        raise ValueError(f"{name} is a table; its keys are {names}")
    if key.field.shape in _LIST_SHAPES:
        if len(typed_words) == 1 and typed_words[0].casefold() in _NONE_WORDS:
            return []
        parts = (part.strip() for typed_word in typed_words for part in typed_word.split(","))
        return list(dict.fromkeys(_chosen(part, key.field) for part in parts if part))
    if len(typed_words) > 1 and not _can_have_spaces(key.field):
        raise ValueError(f"{name} takes one value, not {len(typed_words)}")
    return _value(" ".join(typed_words), key.field, name)


def edited_entry(table: str, typed_words: Iterable[str]) -> dict[str, EditValue]:
    """Return the entry that words stand for: a name, and key=value. Raises ValueError that says what is expected."""
    key = profile_key(table)
    if not key.is_table_list or key.field.item_type is None:
        tables = ", ".join(profile_field.key for profile_field in fields_of(Profile) if profile_field.shape == "items")
        raise ValueError(f"{table} has no entries; tables: {tables}")
    profile_fields = {profile_field.key: profile_field for profile_field in fields_of(key.field.item_type)}
    entry: dict[str, EditValue] = {}
    for typed_word in typed_words:
        name, separator, typed_text = typed_word.partition("=")
        if not separator:
            name, typed_text = NAME_KEYS[key.field.key], typed_word
        if name not in profile_fields:
            hint_text = did_you_mean(name, profile_fields) or f"keys: {', '.join(profile_fields)}"
            raise ValueError(f"unknown key “{name}”; {hint_text}")
        entry[name] = _value(typed_text.strip(), profile_fields[name], name)
    return entry


def _can_have_spaces(profile_field: Field) -> bool:
    """Whether a value may be several words: of a closed list, a country, or a date."""
    return bool(profile_field.choices) or profile_field.key in _COUNTRY_KEYS or profile_field.shape == _DATE_SHAPE


def _value(typed_text: str, profile_field: Field, name: str) -> EditValue:
    if profile_field.shape == "flag":
        if typed_text.casefold() not in _FLAGS:
            raise ValueError(f"{name} is true or false, not “{typed_text}”")
        return _FLAGS[typed_text.casefold()]
    if profile_field.shape == "integer":
        if not (typed_text.isascii() and typed_text.isdecimal()):
            raise ValueError(f"{name} is a whole number, not “{typed_text}”")
        return int(typed_text)
    if profile_field.shape == _DATE_SHAPE:
        try:
            return parse_profile_date(typed_text)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
    return _chosen(typed_text, profile_field)


def _chosen(typed_text: str, profile_field: Field) -> str:
    """Return a text as the profile writes it: "Step 1" is "USMLE Step 1", "India" is "IN"."""
    if profile_field.key in _COUNTRY_KEYS:
        return _code(country_code(typed_text), COUNTRIES, "country")
    if profile_field.key == "languages":
        return _code(language_code(typed_text), LANGUAGES, "language")
    if not profile_field.choices or typed_text in profile_field.choices:
        return typed_text
    folded = typed_text.casefold()
    endings = [choice for choice in profile_field.choices if choice.casefold() == folded] or [
        choice for choice in profile_field.choices if choice.casefold().endswith(f" {folded}")
    ]
    if len(endings) == 1:
        return endings[0]
    squeezed = folded.replace(" ", "")
    similar = [choice for choice in profile_field.choices if squeezed in choice.casefold().replace(" ", "")]
    closest = similar[0] if len(similar) == 1 else closest_match(typed_text, profile_field.choices)
    hint_text = f"did you mean “{closest}”?" if closest else f"use one of {', '.join(profile_field.choices)}"
    raise ValueError(f"unknown {profile_field.label.lower()} “{typed_text}”; {hint_text}")


def _code(code: str, names: Mapping[str, str], noun: str) -> str:
    """Return the code of a country or language. Raises ValueError for a text that names none."""
    if code in names:
        return code
    hint_text = did_you_mean(code, names.values()) or f"write its name or its code, such as {next(iter(names))}"
    raise ValueError(f"unknown {noun} “{code}”; {hint_text}")
