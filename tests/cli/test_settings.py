from __future__ import annotations

import json
from pathlib import Path

from gmetui.storage.settings import SETTINGS
from support import Run


def test_without_a_file_everything_is_as_usual(run: Run, home: Path) -> None:
    text = run("settings")
    assert "not there yet" in text
    assert all(setting.key in text for setting in SETTINGS)
    assert not home.exists()


def test_what_is_chosen_and_what_is_wrong(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text(
        'theme = "nor"\nmouse = false\ncolumns = ["cty"]\n[keys]\nkep = "x"\nkeep = "z"\n[searches]\nmine = "cards"\n',
        encoding="utf-8",
    )
    text = run("settings", code=3)
    assert "mouse = false" in text
    assert 'keep = ["z"]' in text
    assert '"mine" = "cards"' in text
    for said in ("did you mean 'nord'?", "did you mean 'city'?", "did you mean 'keep'?"):
        assert said in run.err
    found = json.loads(run("settings", "--format", "json", code=3))
    assert len(found["wrong"]) == 3
    assert found["searches"] == {"mine": "cards"}


def test_a_broken_file_is_named(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text("theme = ", encoding="utf-8")
    run("settings", code=3)
    assert "is not valid TOML" in run.err
