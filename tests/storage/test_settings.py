from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.storage.paths import user_paths
from gmetui.storage.settings import Settings, read_settings, write_settings


@pytest.fixture
def path(home: Path) -> Path:
    return user_paths().settings


def test_no_file_is_all_defaults(path: Path) -> None:
    assert read_settings(path) == (Settings(), [])
    assert not path.exists()


def test_there_and_back_with_unknown_keys(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text('theme = "nord"\nfuture = [1]\n', encoding="utf-8")
    settings, warnings = read_settings(path)
    assert settings.theme == "nord"
    assert not warnings
    assert write_settings(path, settings.with_theme("gruvbox")) is None
    assert read_settings(path)[0] == Settings("gruvbox", {"future": [1]})


def test_a_mistake_is_named(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("theem = 'x'\n", encoding="utf-8")
    assert "did you mean 'theme'?" in read_settings(path)[1][0]
    path.write_text("theme = 3\n", encoding="utf-8")
    assert "theme: must be text" in read_settings(path)[1][0]


def test_a_broken_file_is_said_and_kept_aside(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("theme = ", encoding="utf-8")
    settings, warnings = read_settings(path)
    assert settings == Settings()
    assert "is not valid TOML" in warnings[0]
    aside = write_settings(path, settings.with_theme("nord"))
    assert aside is not None
    assert aside.read_text(encoding="utf-8") == "theme = "
    assert read_settings(path)[0].theme == "nord"
