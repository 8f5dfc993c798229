"""Clean the cells of imported files, and parse the numbers, locations, URLs and names in them."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from ..catalog.us_states import STATES
from ..text import is_web_url, sanitize

_EMPTY_WORDS = frozenset(
    (
        *("", "-", "--", "---", ".", "?", "n/a", "na", "n.a.", "nan", "none", "null", "nil", "tbd"),
        *("#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#error!", "#spill!", "#calc!", "#####"),
        *("[]", "{}", "loading...", "loading…", "err:502", "err:504", "err:508", "err:520"),
    )
)
_NEEDS_CLEANING = re.compile(r"[^ -~]|[&<\[]|  |^[ ']| $|^[-–—.?#{]+$")
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,2000}|!--[^<>]{0,2000}--)>")
_FORMULA_GUARD = re.compile(r"^'(?=[=+\-@\s])")
_PYTHON_LIST = re.compile(r"\[\s*(?:'[^']*'|\"[^\"]*\")(?:\s*,\s*(?:'[^']*'|\"[^\"]*\"))*\s*\]")
_QUOTED_ITEM = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_NUMBER = re.compile(r"(?:about |approx\.? |~|≈)?(\d{1,4})(?:\.0+)?(?![\d.])", re.IGNORECASE)
_NEW_PROGRAM = re.compile(
    r"[\[(*]{0,3}\bnew program\b[!*\])]{0,3}|(?<=[a-z])New Program!?$"
    r"|[;,(\[*]{0,3} ?\bosteopathic recogni(?:zed|tion)\b[!*\])]{0,3}",
    re.IGNORECASE,
)
_FIRST_SERIAL, _LAST_SERIAL = 25_569, 73_050  # 1970 to 2099
_MAX_URL_CELL, _MAX_LOCATION = 8_000, 300
_STATE_GAP = re.compile(r"\s*[(),;:/]\s*|\s+[-–—]\s+")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(
    r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:edu|org|com|net|gov|mil|us|health|hospital|ca|io|info)(?=$|[/?#:])",
    re.IGNORECASE,
)
_CITY_STATE = re.compile(
    r"^(?P<city>[^,]{2,60}?),?\s+(?P<state>[A-Za-z][A-Za-z. ]+?)"
    r"(?:,?\s+\d{5}(?:-\d{4})?)?(?:,?\s+(?:USA?|United States))?$"
)
_POSTAL_ADDRESS = re.compile(r"(?P<city>[A-Z][A-Za-z .'’-]{1,40}),\s*(?P<state>[A-Z]{2})\.?\s+\d{5}(?:-\d{4})?")
_WORD = re.compile(r"[A-Za-zÀ-ÿ'’.&]+")
_MAX_ACRONYM = 5  # letters
_LOWERCASE_WORDS = frozenset(("of", "and", "the", "at", "for", "in", "on", "de", "del", "la"))
_ABBREVIATED_TITLES = frozenset(("ST", "ST.", "MT", "MT.", "FT", "FT.", "DR", "DR."))
_ACRONYM_LIST = """
    UPMC HCA LSU SUNY UCLA UCSF UCSD USC UAMS UMKC NYU NYC USF UMC UAB UNC UTMB UIC MUSC OHSU ECU WVU TCU UC UT UF UH
    UW VA US USA GME LLC II III IV MD DO DC NY NJ LAC ETSU MSU KU OU UNM UNLV UTHSC TTUHSC RWJ HMH CHI CUNY BI
"""
_ACRONYMS = frozenset(_ACRONYM_LIST.split())
#: Canadian provinces and US territories, which have programs too.
_PROVINCES_AND_TERRITORIES: Mapping[str, str] = {
    "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
    "NL": "Newfoundland and Labrador", "NS": "Nova Scotia", "ON": "Ontario", "PE": "Prince Edward Island",
    "QC": "Quebec", "SK": "Saskatchewan", "GU": "Guam", "VI": "Virgin Islands", "AS": "American Samoa",
    "MP": "Northern Mariana Islands",
}  # fmt: skip
_CANADIAN_PROVINCES = frozenset(("AB", "BC", "MB", "NB", "NL", "NS", "ON", "PE", "QC", "SK"))
_UNITED_STATES = frozenset(
    (
        *("us", "usa", "u s", "u s a", "united states", "united states of america", "america", "puerto rico", "guam"),
        *("american samoa", "virgin islands", "us virgin islands", "northern mariana islands"),
    )
)
_MAX_COUNTRY = 60
_MAX_REMEMBERED_CELLS, _MAX_REMEMBERED_LENGTH = 20_000, 100  # characters
_STATE_ABBREVIATIONS: Mapping[str, str] = {
    "mass": "MA", "calif": "CA", "penn": "PA", "penna": "PA", "conn": "CT", "tex": "TX", "fla": "FL", "ill": "IL",
    "mich": "MI", "wash": "WA", "ariz": "AZ", "colo": "CO", "minn": "MN", "tenn": "TN", "wis": "WI", "okla": "OK",
    "d c": "DC", "washington dc": "DC", "québec": "QC", "p r": "PR", "us virgin islands": "VI",
}  # fmt: skip
_STATE_CODES = {
    **{name.casefold(): code for code, name in (*STATES.items(), *_PROVINCES_AND_TERRITORIES.items())},
    **{code.casefold(): code for code in (*STATES, *_PROVINCES_AND_TERRITORIES)},
    **_STATE_ABBREVIATIONS,
}


def clean_cell(cell: str) -> str:
    """Return a cell on one line, without tags, entities and invisible characters; "" for "N/A", "--" and the like."""
    return _clean_short_cell(cell) if len(cell) <= _MAX_REMEMBERED_LENGTH else _clean(cell)


def _clean(cell: str) -> str:
    if not cell:
        return cell
    if cell.isascii() and (cell.isalnum() or not _NEEDS_CLEANING.search(cell)):
        return "" if cell.casefold() in _EMPTY_WORDS else cell
    if "&" in cell:
        cell = _unescape(_unescape(cell))  # pages that were copied twice contain "&amp;#39;"
    if "<" in cell:
        cell = _TAG.sub(" ", cell)
    cell = sanitize(_FORMULA_GUARD.sub("", cell, count=1))
    cell = cell.replace("\u200c", "").replace("\u200d", "").replace("\ufeff", "")
    cell = " ".join(cell.split())
    if cell.startswith("[") and _PYTHON_LIST.fullmatch(cell):
        cell = "; ".join(single or double for single, double in _QUOTED_ITEM.findall(cell))
    return "" if cell.casefold().strip("–— ") in _EMPTY_WORDS else cell


#: Most cells of a list are repeated many times.
_clean_short_cell = lru_cache(_MAX_REMEMBERED_CELLS)(_clean)


def _unescape(cell: str) -> str:
    """Return a cell with its HTML entities replaced, or as is if one has too many digits for `int`."""
    try:
        return html.unescape(cell)
    except ValueError:
        return cell


def parse_number(cell: str) -> tuple[int | None, str]:
    """Return a number of positions or years, and a note when the cell says more: "12 *" is 12 with a note, "4-6" is
    only a note."""
    match = _NUMBER.match(cell)
    if match is None:
        return None, cell
    number = int(match[1])
    if re.match(r"\s{0,9}(?:-|–|to)\s{0,9}\d|\s{0,9}\.\d", cell[match.end() :]) or not 0 < number < 1_000:
        return None, cell
    is_plain = cell[match.end() :].strip() == "" and cell[:1].isdecimal()
    return number, "" if is_plain else cell


def parse_yes_no(cell: str) -> bool | None:
    """Return True or False for a cell that means yes or no, else None."""
    answer = cell.casefold().rstrip(".!").removesuffix(".0")
    if answer in ("true", "yes", "y", "1", "x", "✓", "✔"):
        return True
    return False if answer in ("false", "no", "n", "0", "✗") else None


def date_of_serial(cell: str) -> str:
    """Return a date that a spreadsheet stored as a number of days since 1899-12-30, such as 45474, else the cell."""
    number = cell.removesuffix(".0")
    if not (number.isascii() and number.isdecimal() and _FIRST_SERIAL <= int(number[:6]) <= _LAST_SERIAL):
        return cell
    return (date(1899, 12, 30) + timedelta(days=int(number))).isoformat()


def find_urls(cell: str) -> list[str]:
    """Return the distinct web addresses in a cell; a host without a scheme gets https."""
    if not cell:
        return []
    urls = []
    for part in re.split(r"[\s,;|<>\"]+|(?<=\w)(?=https?://)", cell[:_MAX_URL_CELL]):
        part = part.strip("()[]<>\"',;. ")
        if not _SCHEME.match(part):
            part = f"https://{part}" if _HOST.match(part) else ""
        if part and is_web_url(part):
            urls.append(part)
    return list(dict.fromkeys(urls))


def parse_state(cell: str) -> str:
    """Return the two letters of a state, a territory or a Canadian province, or "" for anything else."""
    return _STATE_CODES.get(" ".join(cell.replace(".", " ").casefold().split()), "")


def foreign_country(country: str, state: str) -> str:
    """Return the country of a row that is not in the United States, "" for one that is or does not say.

    A Canadian province in full is enough; two letters are not: "NB" was Nebraska once, and "ON" may be a mistake.
    """
    name = " ".join(re.findall(r"[^\W\d_]+", country.casefold()))
    if name and name not in _UNITED_STATES:
        return country[:_MAX_COUNTRY]
    is_province = not name and len(state) > 2 and parse_state(state) in _CANADIAN_PROVINCES
    return f"{state[:_MAX_COUNTRY]}, Canada" if is_province else ""


def is_canadian(cell: str) -> bool:
    """Return whether a cell is a Canadian province, in full or as two letters."""
    return parse_state(cell) in _CANADIAN_PROVINCES


@lru_cache(maxsize=50_000)
def parse_state_and_city(cell: str) -> tuple[str, str]:
    """Return state and city of a state cell: "AL (Birmingham)", "TX - Houston", "FL, Miami"; "" for what it lacks.

    "NB" is New Brunswick today and was Nebraska once, so that it is neither beside a city.
    """
    if state := parse_state(cell):
        return state, ""
    parts = [part.strip() for part in _STATE_GAP.split(cell[:_MAX_LOCATION]) if part.strip()]
    if len(parts) != 2 or parts[0].upper() == "NB":
        return "", ""
    first, second = map(parse_state, parts)
    if first and not second:
        return first, parts[1]
    return (second, parts[0]) if second and not first else ("", "")


@lru_cache(maxsize=50_000)
def parse_city_state(cell: str) -> tuple[str, str]:
    """Return city and state of "Boston, MA 02111" or of a postal address; ("", "") for anything else."""
    cell = " ".join(cell.split())[:_MAX_LOCATION]
    location = _CITY_STATE.match(cell)
    if location and not re.search(r"\d", location["city"]) and ("," in cell or location["state"].isupper()):
        state = parse_state(location["state"])
        if state:
            return location["city"].strip(), state
    addresses = list(_POSTAL_ADDRESS.finditer(cell))
    if addresses and (state := parse_state(addresses[-1]["state"])):
        return addresses[-1]["city"].strip(), state
    return "", ""


@lru_cache(maxsize=50_000)
def to_title_case(text: str) -> str:
    """Return a name in capitals in title case; other names are returned as is."""
    letters = [character for character in text if character.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if len(letters) < 6 or capitals < 0.95 * len(letters) or " " not in text.strip():
        return text
    if max(map(len, _WORD.findall(text)), default=0) <= _MAX_ACRONYM:
        return text  # "BAMC OBGYN"
    first_word = _WORD.search(text)

    def recase(match: re.Match[str]) -> str:
        word = match[0]
        has_vowel = re.search(r"[AEIOUYÀ-Ý]", word)
        if word.strip(".") in _ACRONYMS or not (word in _ABBREVIATED_TITLES or has_vowel):
            return word
        lowercase = word.lower()
        if lowercase in _LOWERCASE_WORDS and first_word is not None and match.start() != first_word.start():
            return lowercase
        parts = re.split(r"(?<=^mc)|(?<=')(?=..)", lowercase)
        return "".join(part[:1].upper() + part[1:] for part in parts)

    return _WORD.sub(recase, text)


@lru_cache(maxsize=50_000)
def parse_program_name(cell: str) -> str:
    """Return the name of a program in title case, without remarks such as "New Program!" attached to it."""
    return to_title_case(" ".join(_NEW_PROGRAM.sub(" ", cell).split()).strip(" -–*;"))


def parse_city(cell: str) -> str:
    """Return the name of a city, in title case if it is in capitals."""
    return (cell.title() if cell.isupper() and len(cell) > 2 else cell).strip(" ,")
