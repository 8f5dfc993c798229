"""How a field of the model is declared as a key of the data files."""

from __future__ import annotations

from typing import Literal

from ..lean_typing import NamedTuple

Shape = Literal[
    "text",
    "texts",
    "id",
    "ids",
    "address",
    "integer",
    "integers",
    "size",
    "money",
    "clock time",
    "flag",
    "names",
    "flag or names",
    "pages",
    "pay",
    "figures",
    "moment",
    "partial date",
    "item",
    "items",
]


class Key(NamedTuple):
    """Metadata of a model field, given as `Annotated[TYPE, Key(…)]`: a field without it is no key of the data files.

    `label` is the heading people see, `meaning` the explanation in `data/README.md` and in the JSON Schema. The shape
    of the value, its closed list and whether it is required follow from the field's type and default, unless they are
    stated here: where a file writes a value differently from how the model holds it.
    """

    label: str
    meaning: str
    choices: tuple[str, ...] = ()
    shape: Shape | None = None
    required: bool | None = None
