"""Every key that a data file may hold, derived from the annotations of the model.

Reading, checking, showing and exporting facts, the JSON Schema and the tables in `data/README.md` follow from here.
A key that is missing means "not stated".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields

from ..lean_typing import NamedTuple
from .annotations import Key, Shape
from .ids import SourceId
from .import_record import ImportRecord
from .models import (
    Ambiguity,
    Edition,
    GeneralRequirement,
    Institution,
    Program,
    Provenance,
    Route,
    Salary,
    Service,
    Site,
    Source,
    Specialty,
    Statement,
)
from .season import Fee, Guidance, SeasonDate, SeasonGap, SeasonRule, SignalAllotment

_SHAPES: Mapping[Any, Shape] = {str: "text", int: "integer", bool: "flag"}
_LIST_SHAPES: Mapping[Shape, Shape] = {"text": "texts", "id": "ids", "item": "items", "integer": "integers"}
_TABLE_SHAPES: Mapping[Any, Shape] = {int: "figures", float: "pay"}


class Field(NamedTuple):
    """One key: the shape of its value, its heading on screen and what it means.

    `choices` is the closed list of its words, () for free text; `item_type` the class of its items, if it has any.
    """

    key: str
    shape: Shape
    label: str
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()
    item_type: type[Struct] | None = None


@cache
def fields_of(model: type[Struct]) -> tuple[Field, ...]:
    """Return the keys of a model class, in the order of its fields; a field without a `Key` is none."""
    keys = []
    for field in fields(model):
        value_type, *metadata = get_args(field.type) if hasattr(field.type, "__metadata__") else (field.type,)
        key = next((extra for extra in metadata if isinstance(extra, Key)), None)
        if key is not None:
            required = field.required if key.required is None else key.required
            keys.append(_field(field.name, key, _without_none(value_type), required))
    return tuple(keys)


def _field(name: str, key: Key, value_type: Any, required: bool) -> Field:
    shape, item_type = _shape_of(value_type)
    choices = key.choices or (get_args(value_type) if get_origin(value_type) is Literal else ())
    return Field(name, key.shape or shape, key.label, key.meaning, required, choices, item_type)


def _without_none(value_type: Any) -> Any:
    """Return T for `T | None`."""
    if get_origin(value_type) in (Union, UnionType):
        return next(part for part in get_args(value_type) if part is not NoneType)
    return value_type


def _shape_of(value_type: Any) -> tuple[Shape, type[Struct] | None]:
    """Return the shape of a type's values in a data file, and the class of its items if it has any."""
    if get_origin(value_type) is tuple:
        element_type = get_args(value_type)[0]
        if element_type is SourceId:
            return "pages", None
        shape, item_type = _shape_of(element_type)
        return _LIST_SHAPES[shape], item_type
    if get_origin(value_type) is Mapping:
        return _TABLE_SHAPES[get_args(value_type)[1]], None
    if isinstance(value_type, type) and issubclass(value_type, Struct):
        return "item", value_type
    if hasattr(value_type, "__supertype__"):  # a NewType of an id
        return "id", None
    return _SHAPES.get(value_type, "text"), None


PROVENANCE = fields_of(Provenance)
PROGRAM = fields_of(Program)
INSTITUTION = fields_of(Institution)
#: The facts of a specialty; its conditions are structure of one of them.
SPECIALTY = tuple(field for field in fields_of(Specialty) if field.key != "needs")
UNLISTED = tuple(field for field in SPECIALTY if field.key in ("id", "name", "kind", "parents"))
SERVICE = fields_of(Service)

#: The keys of every table of the format, by its name in the files. A nested table is named after its parent.
TABLES: Mapping[str, tuple[Field, ...]] = {
    "edition": fields_of(Edition),
    "import": fields_of(ImportRecord),
    "institution": (*INSTITUTION, *PROVENANCE),
    "institution.statement": fields_of(Statement),
    "institution.route": fields_of(Route),
    "program": (*PROGRAM, *PROVENANCE),
    "program.statement": fields_of(Statement),
    "specialty": (*fields_of(Specialty), *PROVENANCE),
    "unlisted": (*UNLISTED, *PROVENANCE),
    "ambiguous": fields_of(Ambiguity),
    "service": (*SERVICE, *PROVENANCE),
    "salary": (*fields_of(Salary), *PROVENANCE),
    "requirement": (*fields_of(GeneralRequirement), *PROVENANCE),
    "site": (*fields_of(Site), *PROVENANCE),
    "page": fields_of(Source),
    "date": fields_of(SeasonDate),
    "fee": fields_of(Fee),
    "signal": fields_of(SignalAllotment),
    "rule": fields_of(SeasonRule),
    "guidance": fields_of(Guidance),
    "not_found": fields_of(SeasonGap),
}
