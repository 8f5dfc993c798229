"""The parser: each command leads to a function, formats come from the registry, help is complete."""

from __future__ import annotations

import argparse
from importlib import import_module

import pytest

from gmetui.cli.parser import build_parser, command_parsers, parse_arguments
from gmetui.search.fields import SEARCH_FIELDS
from support import CommandRunner


def all_parsers(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """Return a parser with the parsers of its commands and their actions."""
    parsers = [parser]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            parsers += [inner for choice in action.choices.values() for inner in all_parsers(choice)]
    return parsers


@pytest.mark.parametrize("parser", all_parsers(build_parser()), ids=lambda parser: parser.prog)
def test_every_command_has_a_function(parser: argparse.ArgumentParser) -> None:
    module = import_module(f"gmetui.cli.commands.{parser.get_default('module')}")
    assert callable(getattr(module, parser.get_default("function")))


@pytest.mark.parametrize("parser", all_parsers(build_parser()), ids=lambda parser: parser.prog)
def test_every_command_prints_its_help(run: CommandRunner, parser: argparse.ArgumentParser) -> None:
    assert "--no-color" in run(*parser.prog.split()[1:], "--help")


def test_help_lists_every_search_field(run: CommandRunner) -> None:
    text = run("--help")
    fields = text.partition("Fields: ")[2].partition(".")[0].replace("\n", " ")
    assert [name.strip() for name in fields.split(",")] == [field.name for field in SEARCH_FIELDS]


def test_common_options_work_before_and_after_the_command() -> None:
    before = parse_arguments(["--list", "second", "--no-color", "shortlist", "show"])
    after = parse_arguments(["shortlist", "show", "--list", "second", "--no-color"])
    assert before == after
    assert (after.list, after.names_list, after.no_color) == ("second", True, True)
    default = parse_arguments(["shortlist"])
    assert (default.list, default.names_list) == ("default", False)


def test_excluded_values_belong_to_the_query() -> None:
    assert parse_arguments(["search", "-kind:fellowship", "cards"]).query == ["cards", "-kind:fellowship"]


def test_command_parsers_omit_the_helper_of_completion() -> None:
    assert "complete" not in command_parsers()
    assert "completion" in command_parsers()
