"""Generated pages of the documentation are up to date."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gmetui.tools.commands_page import commands_page
from gmetui.tools.man_page import man_page
from gmetui.tools.output_schema import schema_text
from gmetui.tools.settings_page import settings_page

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(
    ("file_name", "generate"),
    [
        ("reference/commands.md", commands_page),
        ("reference/settings.md", settings_page),
        ("reference/output-schema.json", schema_text),
        ("man/gmetui.1", man_page),
    ],
    ids=["commands", "settings", "schema", "man"],
)
def test_generated_page_is_up_to_date(
    file_name: str, generate: Callable[[], str], request: pytest.FixtureRequest
) -> None:
    file = DOCS / file_name
    if request.config.getoption("--golden-update"):
        file.write_text(generate(), encoding="utf-8")
    assert file.read_text(encoding="utf-8") == generate()


def test_every_command_has_a_section() -> None:
    page = commands_page()
    assert "## gmetui search" in page
    assert "### gmetui shortlist add" in page
    assert "`-o, --output FILE`" in page


@pytest.mark.skipif(shutil.which("mandoc") is None and shutil.which("groff") is None, reason="no roff here")
def test_the_man_page_has_no_mistakes() -> None:
    lint = (
        ["mandoc", "-T", "lint", "-W", "error"] if shutil.which("mandoc") else ["groff", "-man", "-Tutf8", "-ww", "-z"]
    )
    result = subprocess.run(lint, input=man_page(), capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
