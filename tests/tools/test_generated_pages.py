"""Generated pages of the documentation are up to date."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gmetui.tools.commands_page import commands_page
from gmetui.tools.settings_page import settings_page

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize(
    ("file_name", "generate"),
    [("commands.md", commands_page), ("settings.md", settings_page)],
    ids=["commands", "settings"],
)
def test_generated_page_is_up_to_date(
    file_name: str, generate: Callable[[], str], request: pytest.FixtureRequest
) -> None:
    file = REFERENCE / file_name
    if request.config.getoption("--golden-update"):
        file.write_text(generate(), encoding="utf-8")
    assert file.read_text(encoding="utf-8") == generate()


def test_every_command_has_a_section() -> None:
    page = commands_page()
    assert "## gmetui search" in page
    assert "### gmetui shortlist add" in page
    assert "`--output FILE`" in page
