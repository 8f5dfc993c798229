"""Programs as flat records, for data frames and spreadsheets: one value a cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from ..catalog.schema import PROGRAM
from .json_report import program_record_json

_ITEM_KEYS = {field.key for field in PROGRAM if field.shape == "items"}


def program_records(catalog: Catalog, programs: Iterable[Program]) -> list[dict[str, Any]]:
    """Return a dictionary for each program, all with the same keys: those of the data format, and the names of ids.

    Numbers are numbers, lists are lists of texts, and None means that no source states the fact. `institution` and
    `specialty` are names; `institution_id` and `specialty_id` are their ids. `pandas.DataFrame` takes the result.
    """
    return [_flat_record(program_record_json(catalog, program)) for program in programs]


def _flat_record(document: dict[str, Any]) -> dict[str, Any]:
    institution, specialty = document.pop("institution"), document.pop("specialty")
    flat = {
        "id": document.pop("id"),
        "name": document.pop("name"),
        "kind": document.pop("kind"),
        "institution": institution["name"],
        "institution_id": institution["id"],
        "specialty": specialty["label"],
        "specialty_id": specialty["id"],
        **document,
    }
    for key in _ITEM_KEYS:
        if flat[key] is not None:
            flat[key] = [item.get("text") or item.get("name") for item in flat[key]]
    return flat
