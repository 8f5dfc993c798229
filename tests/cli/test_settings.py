"""`gmetui settings`."""

from __future__ import annotations

import json
from pathlib import Path

from gmetui.storage.settings import SETTINGS
from support import CommandRunner


def test_without_a_file_the_defaults_are_shown(run: CommandRunner, home: Path) -> None:
    text = run("settings")
    assert "does not exist; using the defaults" in text
    assert all(setting.key in text for setting in SETTINGS)
    assert not home.exists()


def test_values_and_problems_are_shown(run: CommandRunner, home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text(
        'theme = "nor"\nmouse = false\ncolumns = ["cty"]\n[keys]\nsav = "x"\nsave = "z"\n[searches]\nmine = "cards"\n',
        encoding="utf-8",
    )
    text = run("settings", code=3)
    assert "mouse = false" in text
    assert 'save = ["z"]' in text
    assert '"mine" = "cards"' in text
    for suggestion in ("nord", "city", "save"):
        assert f"did you mean “{suggestion}”?" in run.err
    document = json.loads(run("settings", "--format", "json", code=3))
    assert len(document["problems"]) == 3
    assert document["searches"] == {"mine": "cards"}


def test_a_damaged_file_is_reported(run: CommandRunner, home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text("theme = ", encoding="utf-8")
    run("settings", code=3)
    assert "settings.toml" in run.err
    assert "not valid TOML" in run.err
