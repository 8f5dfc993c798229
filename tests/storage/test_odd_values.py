"""Lists written by hand with odd values: read or refused, and what is written is what is read."""

from __future__ import annotations

import os
import tomllib
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings, strategies

from gmetui.catalog.catalog import Catalog
from gmetui.datafiles.files import load_directory
from gmetui.errors import DamagedFileError
from gmetui.export.formats import FORMATS, export_table
from gmetui.export.table import shortlist_table
from gmetui.shortlist.columns import KINDS, column_table
from gmetui.shortlist.diff import differences
from gmetui.shortlist.entries import Shortlist
from gmetui.shortlist.merge import merge
from gmetui.shortlist.scores import column_values, scores, sort_keys, sorted_by
from gmetui.shortlist.timeline import relative_time, timeline
from gmetui.storage.shortlist_file import format_list, list_tables, parse_list
from gmetui.storage.shortlist_store import ShortlistStore
from gmetui.storage.toml_file import parse_toml
from support import FIXTURE_DATA

TODAY = date(2026, 11, 22)
COLUMN_NAMES = ("Pay", "Near family", "score", "", " Pay ", "Pay\u200b", "rank")
PROGRAM_IDS = ("a", "b", "a\u200b", "north-neurology-residency")
texts = strategies.sampled_from(
    ("about 70k", "70,000", "70000", "yes", "x", "5", "3.0", "2027-01-15", "1/2/2027", "nan", "1e400", "-0", "", " ")
) | strategies.text(max_size=12)
numbers = (
    strategies.integers(-(2**63), 2**63 - 1)
    | strategies.floats()
    | strategies.sampled_from((0, 1, 5, 70000, -0.0, 1e15, 1e16, 5e-324))
)
days = strategies.dates() | strategies.sampled_from((date.min, date.max))
values = strategies.one_of(
    texts,
    numbers,
    strategies.booleans(),
    days,
    strategies.datetimes(),
    strategies.just(time(1, 2, 3)),
    strategies.lists(texts, max_size=2),
    strategies.dictionaries(texts, texts, max_size=2),
)
programs = strategies.fixed_dictionaries(
    {"id": strategies.sampled_from(PROGRAM_IDS)},
    optional={
        "note": strategies.text(max_size=30),
        "status": texts,
        "rating": strategies.integers(0, 5),
        "score": strategies.integers(0, 100),
        "tags": strategies.lists(texts, max_size=3),
        "own": strategies.dictionaries(strategies.sampled_from(COLUMN_NAMES), values, max_size=4),
        "dates": strategies.dictionaries(texts, days | days.map(date.isoformat), max_size=3),
        "remarks": strategies.dictionaries(texts, texts, max_size=3),
        "unknown": values,
    },
)
columns = strategies.fixed_dictionaries(
    {"name": strategies.sampled_from(COLUMN_NAMES), "kind": strategies.sampled_from(KINDS)},
    optional={"weight": numbers, "must": texts | strategies.sampled_from((">= 3", "< 70k", "= yes")), "odd": values},
)
lists = strategies.fixed_dictionaries(
    {"program": strategies.lists(programs, max_size=4)},
    optional={"column": strategies.lists(columns, max_size=3), "unknown": values, "revision": values},
)


@cache
def fixture_catalog() -> Catalog:
    """Return the fixture catalog; hypothesis would print it as an argument."""
    return load_directory(FIXTURE_DATA)


#: In each run; a thousand were tried once.
EXAMPLES = int(os.environ.get("GMETUI_EXAMPLES", "25"))


def read(tables: dict[str, Any]) -> Shortlist | None:
    """Return the list of a file with these tables, or None if it is refused in one line."""
    try:
        return parse_list(parse_toml(tomli_w.dumps(tables)), "default", Path("list.toml"))
    except DamagedFileError as error:
        assert "\n" not in str(error)  # noqa: PT017
        return None
    except ValueError:  # out of the bounds of TOML
        return None


def as_written(shortlist: Shortlist) -> str:
    return format_list(list_tables(shortlist))


def as_text(shortlist: Shortlist) -> str:
    """Return everything in a list, to compare it: NaN is not equal to itself."""
    plain_columns = [(*column[:-1], dict(column.extra)) for column in shortlist.columns]
    return repr((shortlist.entries, plain_columns, dict(shortlist.extra)))


def use(shortlist: Shortlist) -> None:
    """Do with a list what gmetui does to show and export it."""
    assert scores(shortlist).keys() == {entry.id for entry in shortlist}
    for sort_key in sort_keys(shortlist):
        for direction in ("", "-"):
            assert len(sorted_by(shortlist, f"{direction}{sort_key}")) == len(shortlist)
    for event in timeline(fixture_catalog(), shortlist, TODAY):
        relative_time(event, TODAY)
    for entry in shortlist:
        assert all(text == text.strip() or text for _, text in column_values(shortlist, entry))
    for column in shortlist.columns:
        column_table(column)


@settings(max_examples=6 * EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables=lists)
def test_list_with_odd_values_is_used_and_read_back(tables: dict[str, Any]) -> None:
    shortlist = read(tables)
    if shortlist is None:
        return
    use(shortlist)
    text = as_written(shortlist)
    again = parse_list(tomllib.loads(text), "default", Path("list.toml"))
    assert as_written(again) == text
    assert as_text(again) == as_text(shortlist)


@settings(max_examples=3 * EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(base=lists, ours=lists, theirs=lists)
def test_lists_with_odd_values_are_merged(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    versions = [shortlist for shortlist in map(read, (base, ours, theirs)) if shortlist is not None]
    if len(versions) < 3:
        return
    merged = merge(*versions)
    use(merged)
    differences(versions[0], merged)
    text = as_written(merged)
    assert as_written(parse_list(tomllib.loads(text), "default", Path("list.toml"))) == text


@settings(max_examples=EXAMPLES // 3, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables=lists)
@pytest.mark.parametrize("format_name", FORMATS)
def test_list_with_odd_values_is_exported(format_name: str, tables: dict[str, Any]) -> None:
    shortlist = read(tables)
    if shortlist is not None:
        export_table(shortlist_table(fixture_catalog(), shortlist), format_name)


def test_number_beside_text_makes_a_text_column(tmp_path: Path) -> None:
    store = ShortlistStore(tmp_path / "default.toml")
    store.path.write_text(
        '[[program]]\nid = "a"\n[program.own]\nPay = 70000\n[[program]]\nid = "b"\n[program.own]\nPay = "about 70k"\n',
        encoding="utf-8",
    )
    shortlist = store.load()
    assert [entry.values for entry in shortlist] == [(("Pay", "70000"),), (("Pay", "about 70k"),)]
    assert [entry.id for entry in sorted_by(shortlist, "Pay")] == ["a", "b"]
    saved = store.save(shortlist.with_rating("a", 3), "rated")
    assert ShortlistStore(store.path).load() == saved


def test_time_with_zone_is_text(tmp_path: Path) -> None:
    store = ShortlistStore(tmp_path / "default.toml")
    moment = datetime(2027, 1, 15, 9, 30)  # noqa: DTZ001  # a local time of TOML
    store.path.write_text(f'[[program]]\nid = "a"\n[program.own]\nCall = {moment.isoformat()}\n', encoding="utf-8")
    assert store.load().entries[0].values == (("Call", "2027-01-15 09:30:00"),)
