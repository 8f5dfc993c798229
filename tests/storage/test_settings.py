from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.storage.paths import user_paths
from gmetui.storage.settings import SETTINGS, Settings, change_setting, read_settings


@pytest.fixture
def path(home: Path) -> Path:
    home.mkdir(parents=True)
    return user_paths().settings


def test_no_file_is_all_defaults(path: Path) -> None:
    assert read_settings(path) == (Settings(), [])
    assert not path.exists()


def test_everything_there_and_back(path: Path) -> None:
    for key, value in {"theme": "nord", "columns": ("city",), "mouse": False, "panes.filters": 40}.items():
        assert change_setting(path, key, value) is None
    change_setting(path, ("searches", "my cards"), "cards boston")
    change_setting(path, ("keys", "keep"), ["z"])
    settings, wrong = read_settings(path)
    assert not wrong
    assert (settings.theme, settings.columns, settings.mouse) == ("nord", ("city",), False)
    assert settings.number("panes.filters") == 40
    assert settings.number("panes.program") is None
    assert settings.searches == {"my cards": "cards boston"}
    assert settings.keys == {"keep": ("z",)}
    change_setting(path, ("searches", "my cards"), None)
    assert not read_settings(path)[0].searches


def test_comments_and_unknown_keys_survive_a_change(path: Path) -> None:
    path.write_text('# mine\ntheme = "nord" # calm\n\n[future]\nthing = [1]\n', encoding="utf-8")
    change_setting(path, "theme", "gruvbox")
    text = path.read_text(encoding="utf-8")
    assert "# mine" in text
    assert "# calm" in text
    assert "thing = [1]" in text
    assert read_settings(path)[0].theme == "gruvbox"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theem = 'x'", "theem: no such setting; did you mean 'theme'?"),
        ("zzzzz = 1", "zzzzz: no such setting"),
        ("theme = 3", "theme: must be text"),
        ("mouse = 'no'", "mouse: must be true or false"),
        ("columns = 'city'", "columns: must be a list of texts"),
        ("[panes]\nfilters = 4", "panes.filters: must be from 20 to 60"),
        ("[panes]\nfilters = true", "panes.filters: must be a whole number"),
        ("[panes]\nfilter = 30", "panes.filter: no such setting; did you mean 'panes.filters'?"),
        ("panes = 3", "panes: no such setting"),
        ("keys = 3", "keys: must be a table"),
        ("[keys]\nkeep = 3", "keys.keep: must be text or texts"),
        ("[searches]\nx = 3", "searches.x: must be text"),
    ],
)
def test_a_mistake_is_named_and_the_rest_is_used(path: Path, text: str, said: str) -> None:
    path.write_text(text, encoding="utf-8")
    settings, wrong = read_settings(path)
    assert settings == Settings()
    assert len(wrong) == 1
    assert said in wrong[0]
    assert str(path) in wrong[0]


def test_a_broken_file_is_said_and_kept_aside(path: Path) -> None:
    path.write_text("theme = ", encoding="utf-8")
    settings, wrong = read_settings(path)
    assert settings == Settings()
    assert "is not valid TOML" in wrong[0]
    aside = change_setting(path, "theme", "nord")
    assert aside is not None
    assert aside.read_text(encoding="utf-8") == "theme = "
    assert read_settings(path)[0].theme == "nord"


def test_hostile_text_reaches_no_terminal(path: Path) -> None:
    path.write_text('theme = "a\\u001b[2Jb"\n[searches]\n"x\\u202e" = "q\\u0007"\n', encoding="utf-8")
    settings, _ = read_settings(path)
    assert settings.theme == "a[2Jb"
    assert settings.searches == {"x": "q"}


def test_every_setting_says_what_it_does() -> None:
    assert all(setting.words for setting in SETTINGS)
