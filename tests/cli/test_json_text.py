"""JSON is printed as `json.dumps` formats it."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gmetui.cli.json_text import json_text

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.integers() | st.booleans(), inner, max_size=4)
    ),
)


@given(VALUES)
def test_json_text_equals_json_dumps(value: Any) -> None:
    assert json_text(value) == json.dumps(value, ensure_ascii=False, indent=2)


def test_tuples_are_lists() -> None:
    assert json.loads(json_text({"a": (1, ("b",), ())})) == {"a": [1, ["b"], []]}
