"""A home in which every value of every file attacks the terminal."""

from __future__ import annotations

import json
from pathlib import Path

from gmetui.catalog.catalog import Catalog

#: Each alone would write to the clipboard, open a link, clear the screen, or turn text around.
ATTACKS = (
    "\x1b]52;c;cHduZWQ=\x07",
    "\x1b]8;;https://evil.example/\x1b\\link",
    "\x1b[2J\x1b[31m",
    "\x9b31m",
    "\u202eevil",
)
ATTACK = " ".join(("x", *ATTACKS, "[@click=app.quit]y[/]", "z"))
#: What must never reach a terminal from a file.
FORBIDDEN_BYTES = (
    *(b"\x1b]52;c;cHduZWQ=", b"\x1b]8;", b"evil.example/\x1b", b"\x1b[31m"),
    *("\u202e".encode(), "\x9b".encode()),
)


def write_hostile_home(home: Path, catalog: Catalog) -> None:
    """Write a list, settings, state, an imported list and comments full of attacks into an empty home."""
    (home / "shortlists").mkdir(parents=True)
    program_ids = [program.id for program in catalog.programs[:4]]
    quoted = json.dumps(ATTACK)
    entries = "".join(_entry(program_id, quoted) for program_id in [*program_ids, f"gone-{program_ids[0]}"])
    (home / "shortlists" / "default.toml").write_text(f"format = 1\n{_COLUMNS.format(quoted)}{entries}", "utf-8")
    (home / "settings.toml").write_text(
        f"{quoted} = {quoted}\n[searches]\n{quoted} = {quoted}\nplain = {quoted}\n[keys]\nsave = {quoted}\n", "utf-8"
    )
    edit = ["query", ATTACK, ATTACK, ATTACK]
    state = {
        "query": "",
        "program": ATTACK,
        "place": ATTACK,
        "marks": [ATTACK, *program_ids[:2]],
        "opened": [ATTACK],
        "asked": [ATTACK],
        "name": "default",
        "done": [edit],
        "undone": [edit],
    }
    (home / "state.json").write_text(json.dumps(state), "utf-8")
    programs = home / "programs"
    programs.mkdir()
    (programs / "attack.toml").write_text(_import(quoted), "utf-8")
    (programs / f"{ATTACKS[2]}.toml").write_text("[", "utf-8")


def _entry(program_id: str, quoted: str) -> str:
    return (
        f"\n[[program]]\nid = {json.dumps(program_id)}\nname = {quoted}\nnote = {quoted}\nstatus = {quoted}\n"
        f"tags = [{quoted}]\nrating = 3\n"
        f"[program.own]\nUndeclared = {quoted}\n{quoted} = {quoted}\nDeclared = {quoted}\n"
        f"[program.remarks]\n{quoted} = {quoted}\n[program.dates]\n{quoted} = 2027-01-15\n"
    )


_COLUMNS = '\n[[column]]\nname = "Declared"\nkind = "text"\n[[column]]\nname = {0}\nkind = "text"\n'


def _import(quoted: str) -> str:
    return (
        f'[import]\ntitle = {quoted}\nsource_file = {quoted}\nimported_on = "2026-11-01"\n'
        f'[institution]\nid = "attack"\nname = {quoted}\ncity = {quoted}\nstate = "MA"\nsource = "page"\n'
        f'[[page]]\nid = "page"\nurl = "https://example.org/"\ntitle = {quoted}\npublisher = "third-party"\n'
        f'[[program]]\nid = "attack-surgery"\nname = {quoted}\nkind = "residency"\nspecialty = "surgery"\n'
        f'accreditation = "unknown"\nsource = "page"\nvisa = [{quoted}]\n'
    )
