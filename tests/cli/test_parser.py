"""The command line: options anywhere, names that are nearly right, and help that is complete."""

from __future__ import annotations

from importlib import import_module
from random import Random

import pytest

from gmetui.cli.command import Command
from gmetui.cli.command_line import parse_arguments
from gmetui.cli.command_parser import CommandParser
from gmetui.cli.declarations.registry import COMMANDS
from gmetui.cli.declared_arguments import DeclaredArguments
from gmetui.search.fields import SEARCH_FIELDS
from support import CommandRunner

NAMED_COMMANDS = [command for command in COMMANDS.values() if command.name]
pytestmark = pytest.mark.usefixtures("fixture_data")


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name or "gmetui")
def test_every_command_has_a_function_and_described_arguments(command: Command) -> None:
    module = import_module(f"gmetui.cli.commands.{command.module}")
    assert callable(getattr(module, command.function))
    for action in CommandParser(command).own_arguments():
        assert action.help, action
        assert action.metavar or action.nargs == 0, action


@pytest.mark.parametrize("command", NAMED_COMMANDS, ids=lambda command: command.name)
@pytest.mark.parametrize("width", ["60", "200"])
def test_every_help_has_examples_that_parse_and_fits_the_terminal(
    run: CommandRunner, monkeypatch: pytest.MonkeyPatch, command: Command, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    text = run(*command.name.split(), "--help")
    assert "Usage: gmetui" in text
    assert "Examples\n" in text
    longest_word = 60  # command lines and ids are not broken
    assert all(len(line) <= max(int(width), longest_word) or line.startswith("  gmetui") for line in text.splitlines())
    for example in command.examples:
        for line in example.line.split(" > ")[0].split(" | gmetui "):
            assert parse_arguments(_words(line)).command.name


def _words(line: str) -> list[str]:
    import shlex

    return shlex.split(line)


def test_help_groups_the_commands_and_topics(run: CommandRunner) -> None:
    text = run("--help")
    for command in NAMED_COMMANDS:
        assert command.parent or f"  {command.name} " in text
    assert run("help") == text == run("-h")
    assert run("help", "shortlist", "add") == run("shortlist", "add", "-h")
    assert "  date " in run("shortlist", "--help")
    assert "--color WHEN" in run("help", "options")
    assert "NO_COLOR" in run("help", "environment")
    assert "130" in run("help", "codes")
    run("help", "serch", code=2)  # codespell:ignore serch
    assert "did you mean “search”" in run.err


def test_help_lists_every_search_field(run: CommandRunner) -> None:
    text = run("help", "queries")
    fields = text.partition("Fields: ")[2].partition(".")[0].replace("\n", " ")
    assert [name.strip() for name in fields.split(",")] == [*(field.name for field in SEARCH_FIELDS), "near"]


def test_common_options_work_before_and_after_the_command() -> None:
    before = parse_arguments(["--list", "second", "--no-color", "shortlist", "show"])
    after = parse_arguments(["shortlist", "show", "-l", "second", "--color=never"])
    before.no_color = after.no_color = True
    assert before == after
    assert (after.list, after.names_list, after.color) == ("second", True, "never")
    default = parse_arguments(["shortlist"])
    assert (default.list, default.names_list) == ("default", False)
    assert parse_arguments(["-d", "a", "search", "--data", "b"]).data == ["a", "b"]
    assert parse_arguments(["shortlist", "--format", "json", "show"]).format == "json"


@pytest.mark.parametrize(
    ("line", "query"),
    [
        ("search cards --format ids tufts", ["cards", "tufts"]),
        ("search cards --limit 5 tufts -q boston", ["cards", "tufts", "boston"]),
        ("search -kind:fellowship OR cards", ["-kind:fellowship", "OR", "cards"]),
        ("search -name:x -fellowship -sort:name -no:visa", ["-name:x", "-fellowship", "-sort:name", "-no:visa"]),
        ("search cards -n5 -fjson", ["cards"]),
        ("search -- --x -n", ["--x", "-n"]),
        ("cards tufts", ["cards", "tufts"]),
        ("-d x cards -n 3", ["cards"]),
        ("-- search", ["search"]),
    ],
)
def test_words_of_a_query_stand_anywhere(line: str, query: list[str]) -> None:
    options = parse_arguments(line.split())
    assert options.command.name == "search"
    assert options.query == query


def test_values_and_reversed_keys() -> None:
    assert parse_arguments(["search", "-n5", "-fjson", "-s", "-name"]).sort == "-name"
    assert parse_arguments(["shortlist", "order", "-name"]).key == "-name"
    assert parse_arguments(["shortlist", "note", "x", "-"]).text == "-"
    assert parse_arguments(["export", "-o", "x.csv", "-f", "csv", "cards"]).query == ["cards"]
    assert parse_arguments(["shortlist", "-qs", "name"]).sort == "name"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("serch cards", "unknown command “serch”; did you mean “search”"),
        ("shortlist bogus", "unknown action of `gmetui shortlist` “bogus”; use show, add"),
        ("shortlist ad x", "did you mean “add”"),
        ("search --fromat json", "gmetui search: unknown option “--fromat”; did you mean “--format”?"),
        ("search -x cards", "unknown option “-x”"),
        ("search --format yaml", "unknown format “yaml”; use table, json"),
        ("search --format jsn", "did you mean “json"),
        ("search --limit abc", "must be a whole number, 1 or more, not “abc”"),
        ("search --limit", "--limit needs a value"),
        ("search --limit --facets", "--limit needs a value"),
        ("search --facets=yes", "--facets takes no value"),
        ("coverage --older-than 99999", "must be a year from 1900 to 2100"),
        ("serve --port 99999", "must be a port from 0 to 65535"),
        ("shortlist rate x 9", "must be 1 to 5"),
        ("shortlist move x y", "must be a whole number"),
        ("show", "the following arguments are required: ID"),
        ("--format json search", "options of a command come after its name"),
        ("paths extra", "unexpected argument “extra”"),
        ("search --color sometimes", "unknown value “sometimes”"),
        ("--query x search", "unexpected option “--query=x”"),
        ("completion csh", "no completion for the shell “csh”"),
    ],
)
def test_a_wrong_command_line_says_what_is_wrong_and_how_to_go_on(run: CommandRunner, line: str, message: str) -> None:
    assert run(*line.split(), code=2) == ""
    assert message in run.err
    assert "_count" not in run.err
    assert "choose from" not in run.err


def test_the_usage_of_the_right_command_is_printed(run: CommandRunner) -> None:
    run("search", "--foo", code=2)
    assert "usage: gmetui search [QUERY…] [OPTIONS]\n" in run.err
    run("shortlist", "rate", "x", code=2)
    assert "usage: gmetui shortlist rate ID 1-5 [OPTIONS]\n" in run.err


def test_quiet_prints_errors_only(run: CommandRunner) -> None:
    assert run("search", "cards", "-q")
    assert run.err == ""
    run("show", "no-such-program", "-q", code=5)
    assert "unknown program" in run.err


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name or "gmetui")
def test_arguments_are_read_as_argparse_reads_them(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    """What is right is read without argparse; what is wrong gives the error of argparse."""
    parser, random = CommandParser(command), Random(command.name)
    if DeclaredArguments(command).has_switches:
        return
    actions = [action for action in parser.arguments if action.option_strings]
    words = ["", "a", "-x", "5", "0", "csv", "json", "always", "a=b", "é", "1-5", "MD"]
    for _ in range(60):
        options = []
        for action in random.sample(actions, random.randint(0, 3)):
            value = "" if action.nargs == 0 else f"={random.choice([*words, *(action.choices or ())])}"
            options.append(f"{action.option_strings[-1]}{value}")
        arguments = random.choices(words, k=random.randint(0, 4))
        outcomes = []
        for reader in (DeclaredArguments(command), CommandParser(command)):
            try:
                outcomes.append(vars(reader.parse(options, arguments)))
            except SystemExit as error:
                outcomes.append({"code": error.code, "message": capsys.readouterr().err})
        assert outcomes[0] == outcomes[1], (options, arguments)
