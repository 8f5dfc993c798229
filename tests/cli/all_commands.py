"""Every command with arguments that work, run in one process of an environment of its own."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gmetui.cli.declarations.registry import COMMANDS
from support import FIXTURE_DATA

FIXTURE = ("--no-bundled", "--data", str(FIXTURE_DATA))
PROGRAM, OTHER_PROGRAM = "larkspur-cardiovascular-disease-fellowship", "larkspur-internal-medicine-residency"

#: Command → the arguments of its runs. The order matters: a list is made, then changed, then shown.
ARGUMENTS: dict[str, Sequence[Sequence[str]]] = {
    "search": (
        *(["cards"], ["río", "-kind:fellowship"], ["--facets"]),
        *(["--format", name] for name in ("json", "jsonl", "csv", "tsv", "ids")),
    ),
    "show": ([PROGRAM], [PROGRAM, "--format", "json"], ["no-such-program"]),
    "compare": (
        [PROGRAM, OTHER_PROGRAM],
        *([PROGRAM, OTHER_PROGRAM, "--format", name] for name in ("json", "csv", "markdown", "html")),
    ),
    "institutions": (
        [],
        ["--format", "json"],
        ["larkspur"],
        *(["larkspur", "--format", name] for name in ("json", "markdown", "html")),
    ),
    "specialties": ([], ["cardiology"], ["--format", "json"]),
    "sites": ([], ["--format", "json"], ["no-such-site"]),
    "services": ([], ["--format", "json"], ["no-such-service"]),
    "profile set": (["degree", "MBBS"], ["school_country", "IN"], ["visa.needed", "true"], ["graduation", "never"]),
    "profile add": (
        ["exam", "Step 1", "passed=2024-03-01"],
        ["training", "internal-medicine", "first=2025-07", "last=2028-06"],
        ["exam", "no-such-exam"],
    ),
    "profile unset": (["graduation"], ["no-such-key"]),
    "profile": ([], *(["--format", name] for name in ("json", "markdown"))),
    "profile check": ([],),
    "profile path": ([],),
    "fits": (
        [OTHER_PROGRAM],
        [OTHER_PROGRAM, "--details"],
        *([OTHER_PROGRAM, "--format", name] for name in ("json", "jsonl", "tsv", "text", "markdown", "html")),
    ),
    "ladder": (
        [OTHER_PROGRAM, "--here"],
        ["me"],
        *(["--to", "cardiology", "--format", name] for name in ("text", "json", "markdown", "html")),
    ),
    "triage set": (["maybe", PROGRAM], ["no", "no-such-program"]),
    "triage": ([], ["--format", "json"]),
    "triage list": ([], ["--verdict", "no"], ["--format", "tsv"]),
    "triage clear": ([PROGRAM], ["no-such-program"]),
    "season": ([], ["--format", "json"], ["--next", "2"]),
    "costs": ([], ["--format", "json"]),
    "signals": ([], ["--format", "json"]),
    "shortlist add": ([PROGRAM, OTHER_PROGRAM], ["no-such-program"]),
    "couple": (
        ["--with", "no-such-file.toml"],
        *(["--with-list", "default", "--format", name] for name in ("text", "json", "csv", "markdown", "html")),
    ),
    "shortlist note": ([PROGRAM, "Río naïve – 🙂 日"],),
    "shortlist remark": ([PROGRAM, "José", "good"],),
    "shortlist status": ([PROGRAM, "applied"],),
    "shortlist signal": ([PROGRAM, "gold"],),
    "shortlist rate": ([PROGRAM, "4"],),
    "shortlist tag": ([PROGRAM, "café", "b"],),
    "shortlist date": ([PROGRAM, "interview", "2027-01-15"], [PROGRAM, "interview", "never"]),
    "shortlist column": (["Pay", "--kind", "number", "--weight", "2"],),
    "shortlist set": ([PROGRAM, "Pay", "70000"],),
    "shortlist score": ([PROGRAM, "90"],),
    "shortlist move": ([PROGRAM, "2"],),
    "shortlist order": (["name"],),
    "shortlist seen": ([],),
    "shortlist": ([], ["--format", "json"], ["--list", "no-such-list"]),
    "shortlist show": ([], ["--sort", "Pay"], ["--format", "json"]),
    "shortlist dates": ([], ["--format", "json"]),
    "shortlist columns": ([], ["--format", "json"]),
    "shortlist changed": ([], ["--format", "json"]),
    "shortlist lists": ([],),
    "shortlist history": ([], ["--format", "json"]),
    "shortlist versions": (["1"], ["no-such-version"]),
    "shortlist undo": ([],),
    "shortlist redo": ([],),
    "shortlist restore": (["2"],),
    "shortlist remove": ([OTHER_PROGRAM],),
    "export": (
        *([], ["cards", "--format", "json"]),
        *(["--format", name] for name in ("csv", "tsv", "markdown", "html", "toml", "ics")),
    ),
    "check": ([],),
    "serve": (["--port", "99999"],),
    "settings": ([], ["--format", "json"]),
    "paths": ([],),
    "import": (["{list}", "--as", "programs", "--name", "mine"], ["no-such-file.csv"]),
    "imports": ([], ["--format", "json"]),
    "imports list": ([],),
    "imports fields": ([],),
    "imports remove": (["mine"],),
    "imports undo": (["mine"],),
    "coverage": ([], ["--format", "json"]),
    "changes": ([str(FIXTURE_DATA)],),
    "edition": ([], ["--format", "json"]),
    "schema": ([],),
    "completion": (["bash"], ["zsh"], ["fish"]),
    "help": ([], ["search"], ["options"], ["queries"], ["environment"], ["codes"]),
    "version": ([], ["--format", "json"]),
}  # fmt: skip
IMPORTED_LIST = "Program,Institution,State,Specialty\nRío Grande Cardiology,Río Grande Hospital,TX,Cardiology\n"

_DRIVER = """
import base64, json, os, sys
spec = json.load(open(sys.argv[1]))
if spec["without_user"]:
    import pwd
    def unknown(uid): raise KeyError(uid)
    pwd.getpwuid = unknown
if spec["directory"]:
    os.mkdir(spec["directory"]); os.chdir(spec["directory"]); os.rmdir(spec["directory"])
import gmetui.loader
def once(read):  # many commands, one catalog
    results = {}
    def read_once(paths=(), *, bundled=True, content_paths={}, **_):
        if content_paths:
            return read(paths, bundled=bundled, content_paths=content_paths)
        key = tuple(map(str, paths)), bundled
        if key not in results:
            results[key] = read(paths, bundled=bundled)
        return results[key]
    return read_once
for name in ("read_catalog", "read_catalog_and_problems"):
    setattr(gmetui.loader, name, once(getattr(gmetui.loader, name)))
from gmetui.cli import main
results = []
outputs = [os.open(sys.argv[1] + name, os.O_RDWR | os.O_CREAT) for name in (".out", ".err")]
for command in spec["commands"]:
    for number, output in enumerate(outputs, 1):
        os.ftruncate(output, 0); os.lseek(output, 0, 0); os.dup2(output, number)
    code = main(command)
    sys.stdout.flush(); sys.stderr.flush()
    results.append([code, *(base64.b64encode(os.pread(output, 10**8, 0)).decode() for output in outputs)])
json.dump(results, open(sys.argv[1] + ".json", "w"))
"""


class Outcome(NamedTuple):
    """What a command did. `out` is the bytes of standard output."""

    command: tuple[str, ...]
    code: int
    out: bytes
    err: str


def command_names() -> set[str]:
    """Return every command and action: "search", "shortlist", "shortlist add" …"""
    return {name for name in COMMANDS if name}


def all_commands(imported_list: Path) -> list[list[str]]:
    """Return the command lines of `ARGUMENTS`."""
    return [
        [*FIXTURE, *name.split(" "), *(argument.replace("{list}", str(imported_list)) for argument in arguments)]
        for name, runs in ARGUMENTS.items()
        for arguments in runs
    ]


def run_commands(
    commands: Sequence[Sequence[str]],
    directory: Path,
    environment: Mapping[str, str | bytes],
    *,
    without_user: bool = False,
    deleted_directory: Path | None = None,
) -> list[Outcome]:
    """Run commands in one process with exactly this environment."""
    spec_file = directory / "spec"
    spec = {"commands": commands, "without_user": without_user, "directory": str(deleted_directory or "")}
    spec_file.write_text(json.dumps(spec))
    result = subprocess.run(
        [sys.executable, "-c", _DRIVER, str(spec_file)],
        capture_output=True,
        timeout=120,
        check=False,
        env={"PATH": os.environ["PATH"], **environment},
        stdin=subprocess.DEVNULL,
    )
    result_file = Path(f"{spec_file}.json")
    assert result_file.exists(), result.stderr.decode("utf-8", "replace")
    return [
        Outcome(tuple(command), code, base64.b64decode(out), base64.b64decode(err).decode("latin-1"))
        for command, (code, out, err) in zip(commands, json.loads(result_file.read_text()), strict=True)
    ]
