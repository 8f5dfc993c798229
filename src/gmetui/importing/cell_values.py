"""What stands in a cell of a real file, as what it was meant to be: ids, numbers, places, addresses, names."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache

from ..catalog.us_states import STATES
from ..text import clean, is_address

_NOTHING = frozenset(
    (
        *("", "-", "--", "---", ".", "?", "n/a", "na", "n.a.", "nan", "none", "null", "nil", "tbd"),
        *("#n/a", "#ref!", "[]", "{}"),
    )
)
_DIRTY = re.compile(r"[^ -~]|[&<\[]|  |^[ ']| $|^[-–—.?#{]+$")
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,2000}|!--.{0,2000}?--)>", re.DOTALL)
_GUARDED = re.compile(r"^'(?=[=+\-@\s])")
_LIST = re.compile(r"\[\s*(?:'[^']*'|\"[^\"]*\")(?:\s*,\s*(?:'[^']*'|\"[^\"]*\"))*\s*\]")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_NUMBER = re.compile(r"(?:about |approx\.? |~|≈)?(\d{1,4})(?:\.0+)?(?![\d.])", re.IGNORECASE)
_NEW = re.compile(r"\s*[\[(*]*\bnew program\b[!*\])]*\s*|(?<=[a-z])New Program!?\s*$", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(
    r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:edu|org|com|net|gov|mil|us|health|hospital|ca|io|info)(?=$|[/?#:])",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?P<city>[^,]{2,60}?),?\s+(?P<state>[A-Za-z][A-Za-z. ]+?)"
    r"(?:,?\s+\d{5}(?:-\d{4})?)?(?:,?\s+(?:USA?|United States))?$"
)
_POSTAL = re.compile(r"(?P<city>[A-Z][A-Za-z .'’-]{1,40}),\s*(?P<state>[A-Z]{2})\.?\s+\d{5}(?:-\d{4})?")
_WORD = re.compile(r"[A-Za-zÀ-ÿ'’.&]+")
_SMALL = frozenset(("of", "and", "the", "at", "for", "in", "on", "de", "del", "la"))
_TITLES = frozenset(("ST", "ST.", "MT", "MT.", "FT", "FT.", "DR", "DR."))
_SHORT_NAMES = """
    UPMC HCA LSU SUNY UCLA UCSF UCSD USC UAMS UMKC NYU NYC USF UMC UAB UNC UTMB UIC MUSC OHSU ECU WVU TCU UC UT UF UH
    UW VA US USA GME LLC II III IV MD DO DC NY NJ LAC ETSU MSU KU OU UNM UNLV UTHSC TTUHSC RWJ HMH CHI CUNY BI
"""
_CAPITALS = frozenset(_SHORT_NAMES.split())
#: Provinces of Canada and territories of the United States, which also train.
_ELSEWHERE: Mapping[str, str] = {
    "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
    "NL": "Newfoundland and Labrador", "NS": "Nova Scotia", "ON": "Ontario", "PE": "Prince Edward Island",
    "QC": "Quebec", "SK": "Saskatchewan", "GU": "Guam", "VI": "Virgin Islands", "AS": "American Samoa",
    "MP": "Northern Mariana Islands",
}  # fmt: skip
_SHORT = {"mass": "MA", "calif": "CA", "penn": "PA", "penna": "PA", "conn": "CT", "tex": "TX", "fla": "FL", "ill": "IL",
          "mich": "MI", "wash": "WA", "ariz": "AZ", "colo": "CO", "minn": "MN", "tenn": "TN", "wis": "WI", "okla": "OK",
          "d c": "DC", "washington dc": "DC", "québec": "QC", "p r": "PR", "us virgin islands": "VI"}  # fmt: skip
_STATES = {
    **{name.casefold(): code for code, name in (*STATES.items(), *_ELSEWHERE.items())},
    **{code.casefold(): code for code in (*STATES, *_ELSEWHERE)},
    **_SHORT,
}


def plain(cell: str) -> str:
    """Return a cell without tags, entities, invisible characters and words for nothing; on one line."""
    if not cell:
        return cell
    if cell.isascii() and (cell.isalnum() or not _DIRTY.search(cell)):
        return "" if cell.casefold() in _NOTHING else cell
    if "&" in cell:
        cell = html.unescape(html.unescape(cell))  # pages that were copied twice have "&amp;#39;"
    if "<" in cell:
        cell = _TAG.sub(" ", cell)
    cell = clean(_GUARDED.sub("", cell, count=1)).replace("\u200c", "").replace("\u200d", "").replace("\ufeff", "")
    cell = " ".join(cell.split())
    if cell.startswith("[") and _LIST.fullmatch(cell):
        cell = "; ".join(one or other for one, other in _QUOTED.findall(cell))
    return "" if cell.casefold().strip("–— ") in _NOTHING else cell


def number_in(cell: str) -> tuple[int | None, str]:
    """Return a number of places or years, and what else the cell says: "12 *" is 12 with a remark, "4-6" no number."""
    found = _NUMBER.match(cell)
    if found is None:
        return None, cell
    number = int(found[1])
    if re.match(r"\s*(?:-|–|to)\s*\d|\s*\.\d", cell[found.end() :]) or not 0 < number < 1_000:
        return None, cell
    return number, "" if cell[found.end() :].strip() == "" and cell[:1].isdecimal() else cell


def yes_or_no(cell: str) -> bool | None:
    """Return what a cell says to a question, or None when it says neither."""
    word = cell.casefold().rstrip(".!").removesuffix(".0")
    if word in ("true", "yes", "y", "1", "x", "✓", "✔"):
        return True
    return False if word in ("false", "no", "n", "0", "✗") else None


def addresses_in(cell: str) -> list[str]:
    """Return the web addresses in a cell, each with its scheme."""
    found = []
    for part in re.split(r"[\s,;|<>\"]+(?=\S)|(?<=\w)(?=https?://)", cell):
        part = part.strip("()[]<>\"',;. ")
        if not _SCHEME.match(part):
            part = f"https://{part}" if _HOST.match(part) else ""
        if part and is_address(part):
            found.append(part)
    return list(dict.fromkeys(found))


def state_of(cell: str) -> str:
    """Return the two letters of a state, a territory or a province of Canada, or "" for anything else."""
    return _STATES.get(" ".join(cell.replace(".", " ").casefold().split()), "")


@lru_cache(maxsize=50_000)
def place_of(cell: str) -> tuple[str, str]:
    """Return city and state of a cell such as "Boston, MA 02111" or a postal address; ("", "") for anything else."""
    found = _PLACE.match(cell)
    state = state_of(found["state"]) if found and not re.search(r"\d", found["city"]) else ""
    if found and state and ("," in cell or found["state"].isupper()):
        return found["city"].strip(), state
    posted = next(reversed(list(_POSTAL.finditer(cell))), None)
    if posted and (state := state_of(posted["state"])):
        return posted["city"].strip(), state
    return "", ""


@lru_cache(maxsize=50_000)
def in_title_case(text: str) -> str:
    """Return a name in capitals as people write it; any other stays as it is."""
    letters = [sign for sign in text if sign.isalpha()]
    if len(letters) < 6 or sum(sign.isupper() for sign in letters) < 0.95 * len(letters) or " " not in text.strip():
        return text
    first = True

    def written(found: re.Match[str]) -> str:
        nonlocal first
        word, begins = found[0], first
        first = False
        if word.strip(".") in _CAPITALS or not (word in _TITLES or re.search(r"[AEIOUYÀ-Ý]", word)):
            return word
        lower = word.lower()
        if lower in _SMALL and not begins:
            return lower
        return "".join(part[:1].upper() + part[1:] for part in re.split(r"(?<=^mc)|(?<=')(?=..)", lower))

    return _WORD.sub(written, text)


@lru_cache(maxsize=50_000)
def name_in(cell: str) -> str:
    """Return the name of a program: without "New Program!" glued to it, and not in capitals."""
    return in_title_case(_NEW.sub(" ", cell).strip(" -–*"))


def city_in(cell: str) -> str:
    """Return the name of a city, and not in capitals."""
    return (cell.title() if cell.isupper() and len(cell) > 2 else cell).strip(" ,")
