"""The settings file: invalid settings are reported and ignored, changes keep the rest of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.storage.paths import user_paths
from gmetui.storage.settings import SETTINGS, Settings, change_setting, read_settings


@pytest.fixture
def path(home: Path) -> Path:
    home.mkdir(parents=True)
    return user_paths().settings


def test_missing_file_means_all_defaults(path: Path) -> None:
    assert read_settings(path) == (Settings(), [])
    assert not path.exists()


def test_settings_are_read_back(path: Path) -> None:
    for key, value in {"theme": "nord", "columns": ("city",), "mouse": False, "panes.filters": 40}.items():
        assert change_setting(path, key, value) is None
    change_setting(path, ("searches", "my cards"), "cards boston")
    change_setting(path, ("keys", "keep"), ["z"])
    settings, problems = read_settings(path)
    assert not problems
    assert (settings.theme, settings.columns, settings.mouse) == ("nord", ("city",), False)
    assert settings.number("panes.filters") == 40
    assert settings.number("panes.program") is None
    assert settings.searches == {"my cards": "cards boston"}
    assert settings.keys == {"keep": ("z",)}
    change_setting(path, ("searches", "my cards"), None)
    assert not read_settings(path)[0].searches


def test_keys_of_an_action_are_one_text_or_a_list(path: Path) -> None:
    path.write_text('[keys]\nkeep = "z, ctrl+k"\nundo = ["x", " y "]\n', encoding="utf-8")
    assert read_settings(path)[0].keys == {"keep": ("z", "ctrl+k"), "undo": ("x", "y")}


def test_comments_and_unknown_keys_survive_a_change(path: Path) -> None:
    path.write_text('# mine\ntheme = "nord" # calm\n\n[future]\nfeature = [1]\n', encoding="utf-8")
    change_setting(path, "theme", "gruvbox")
    text = path.read_text(encoding="utf-8")
    assert "# mine" in text
    assert "# calm" in text
    assert "feature = [1]" in text
    assert read_settings(path)[0].theme == "gruvbox"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("theem = 'x'", "theem: unknown setting; did you mean “theme”?"),
        ("zzzzz = 1", "zzzzz: unknown setting; `gmetui settings` lists all settings"),
        ("theme = 3", "theme: must be text"),
        ("mouse = 'no'", "mouse: must be true or false"),
        ("columns = 'city'", "columns: must be a list of texts"),
        ("columns = ['city', 3]", "columns: must be a list of texts"),
        ("versions = 9", "versions: must be from 10 to 100000"),
        ("[panes]\nfilters = 4", "panes.filters: must be from 20 to 60"),
        ("[panes]\nfilters = true", "panes.filters: must be a whole number"),
        ("[panes]\nfilter = 30", "panes.filter: unknown setting; did you mean “panes.filters”?"),
        ("panes = 3", "panes: unknown setting"),
        ("keys = 3", "keys: must be a table of keys by action id"),
        ("[keys]\nkeep = 3", "keys.keep: must be text or a list of texts"),
        ("[searches]\nx = 3", "searches.x: must be text"),
    ],
)
def test_invalid_setting_is_reported_and_ignored(path: Path, text: str, problem: str) -> None:
    path.write_text(text, encoding="utf-8")
    settings, problems = read_settings(path)
    assert settings == Settings()
    assert len(problems) == 1
    assert problems[0].startswith(f"{path}: {problem}")


def test_valid_settings_next_to_an_invalid_one_are_used(path: Path) -> None:
    path.write_text("theem = 'x'\ntheme = 'nord'\n[panes]\nfilters = 4\nprogram = 50\n", encoding="utf-8")
    settings, problems = read_settings(path)
    assert len(problems) == 2
    assert settings.values == {"theme": "nord", "panes.program": 50}


def test_damaged_file_is_reported_and_backed_up_before_a_change(path: Path) -> None:
    path.write_text("theme = ", encoding="utf-8")
    settings, problems = read_settings(path)
    assert settings == Settings()
    assert "is not valid TOML" in problems[0]
    assert path.read_text(encoding="utf-8") == "theme = "
    backup = change_setting(path, "theme", "nord")
    assert backup is not None
    assert backup.name == "settings.broken-1.toml"
    assert backup.read_text(encoding="utf-8") == "theme = "
    assert read_settings(path)[0].theme == "nord"


def test_a_number_of_thousands_of_digits_is_a_damaged_file(path: Path) -> None:
    path.write_text(f"versions = {'9' * 5000}", encoding="utf-8")
    settings, problems = read_settings(path)
    assert settings == Settings()
    assert "is not valid TOML" in problems[0]


def test_text_is_sanitized(path: Path) -> None:
    path.write_text('theme = "a\\u001b[2Jb"\n[searches]\n"x\\u202e" = "q\\u0007"\n', encoding="utf-8")
    settings, _ = read_settings(path)
    assert settings.theme == "a[2Jb"
    assert settings.searches == {"x": "q"}


def test_every_setting_has_a_description() -> None:
    assert all(setting.description for setting in SETTINGS)
