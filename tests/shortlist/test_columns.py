"""Custom columns: their values, kinds and requirements."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.shortlist.columns import (
    KINDS,
    Value,
    column_table,
    convert_value,
    custom_column,
    detect_kind,
    format_value,
    is_valid_value,
    parse_value,
    violates,
)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("text", " x\x1b y ", "x y"),
        ("number", "65,000", 65000),
        ("number", "$65,000.50", 65000.5),
        ("number", "-3", -3),
        ("yes/no", "Y", True),
        ("yes/no", "TRUE", True),
        ("yes/no", "no", False),
        ("date", "2027-01-15", "2027-01-15"),
        ("date", "1/5/2027", "2027-01-05"),
        ("date", "2027-01-15 00:00:00", "2027-01-15"),
        ("1-5", "4.0", 4),
        ("1-5", "", None),
    ],
)
def test_text_is_parsed(kind: str, text: str, expected: Value | None) -> None:
    value = parse_value(kind, text)
    assert value == expected
    if value is not None:
        assert type(value) is type(expected)
        assert is_valid_value(kind, value)


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        *(("number", text, "is not a number") for text in ("many", "1,2", "1e999", "9" * 40, "٣")),
        ("yes/no", "maybe", "neither yes nor no"),
        ("date", "soon", "is not a date"),
        ("date", "13/40/2027", "is not a date"),
        *(("1-5", text, "not a whole number from 1 to 5") for text in ("6", "0", "2.5")),
    ],
)
def test_invalid_text_is_rejected_with_the_expected_form(kind: str, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_value(kind, text)


@given(st.sampled_from(KINDS), st.text(max_size=12) | st.integers().map(str) | st.floats().map(str))
def test_formatted_value_is_parsed_back(kind: str, text: str) -> None:
    try:
        value = parse_value(kind, text)
    except ValueError:
        return
    assert parse_value(kind, format_value(value)) == value


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "5", ""], "1-5"),
        (["yes", "No"], "yes/no"),
        (["2027-01-01", "1/2/2027"], "date"),
        (["7", "65,000"], "number"),
        (["7", "many"], "text"),
        (["", ""], "text"),
    ],
)
def test_kind_is_detected_from_cells(cells: list[str], kind: str) -> None:
    assert detect_kind(cells) == kind


@pytest.mark.parametrize(
    ("kind", "value", "is_valid"),
    [
        ("yes/no", True, True),
        ("yes/no", 1, False),
        ("number", True, False),
        ("number", 2e15, False),
        ("1-5", 4.5, False),
        ("1-5", 6, False),
        ("text", 3, False),
        ("date", "2027-01-01", True),
    ],
)
def test_value_from_a_file_is_validated(kind: str, value: object, is_valid: bool) -> None:
    assert is_valid_value(kind, value) is is_valid


def test_value_is_converted_to_another_kind() -> None:
    assert convert_value("yes/no", 1) is True
    assert convert_value("text", True) == "yes"
    assert convert_value("1-5", 60) is None


@pytest.mark.parametrize(
    ("kind", "requirement", "value", "is_violated"),
    [
        ("yes/no", "yes", False, True),
        ("yes/no", "yes", True, False),
        ("yes/no", "yes", None, False),
        ("1-5", ">= 3", 2, True),
        ("1-5", ">=3", 3, False),
        ("number", "< 10", 10, True),
        ("number", "> 10", 10, True),
        ("number", "> 10", 11, False),
        ("number", "10", 10, False),
        ("date", "<= 2027-07-01", "2027-07-02", True),
        ("date", "<= 2027-07-01", "2027-07-01", False),
        ("text", "Boston", "boston", False),
        ("text", "Boston", "Worcester", True),
        ("text", "", "Worcester", False),
    ],
)
def test_requirement_is_violated(kind: str, requirement: str, value: Value | None, is_violated: bool) -> None:
    assert violates(custom_column("x", kind, requirement=requirement), value) is is_violated


@pytest.mark.parametrize(
    ("name", "kind", "weight", "requirement"),
    [
        ("", "text", 0, ""),
        ("x" * 61, "text", 0, ""),
        ("x", "color", 0, ""),
        ("x", "text", 2, ""),
        ("x", "number", math.inf, ""),
        ("x", "number", 0, ">= many"),
        ("x", "yes/no", 0, "> no"),
    ],
)
def test_invalid_column_is_rejected(name: str, kind: str, weight: float, requirement: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        custom_column(name, kind, weight, requirement)


def test_column_is_written_without_defaults() -> None:
    assert column_table(custom_column("near", "1-5")) == {"name": "near", "kind": "1-5"}
    assert column_table(custom_column(" near \n family ", "1-5", 2.0, ">=3")) == {
        "name": "near family",
        "kind": "1-5",
        "weight": 2,
        "must": ">= 3",
    }
