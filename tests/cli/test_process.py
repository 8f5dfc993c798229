"""What only a separate process shows: imported modules, closed pipes, unusual locales."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from support import FIXTURE_DATA


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("format_name", ["table", "json", "ids", "csv"])
def test_search_imports_no_screen_library(format_name: str) -> None:
    code = (
        f"import sys; from gmetui.cli import main; main(['search', 'cards', '--format', '{format_name}'])\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('textual', 'rich')], file=sys.stderr)"
    )
    assert run_python(code).stderr.splitlines()[-1] == "[]"


def test_the_package_imports_nothing_heavy() -> None:
    code = (
        "import sys, gmetui\nprint([name for name in sys.modules if name.startswith(('gmetui.', 'textual', 'rich'))])"
    )
    assert run_python(code).stdout.strip() == "[]"


def test_help_imports_no_writer_and_no_search() -> None:
    code = (
        "import sys; from gmetui.cli import main\n"
        "for line in ['--help'], ['search', '--help'], ['search', '--bad']: main(line)\n"
        "heavy = ('gmetui.search', 'gmetui.catalog', 'jinja2', 'rich', 'argcomplete')\n"
        "print([name for name in sys.modules if name.startswith(heavy)])"
    )
    assert run_python(code).stdout.splitlines()[-1] == "[]"


def test_the_library_prints_nothing() -> None:
    code = (
        "from gmetui import load_catalog, Query; from gmetui.search import search\n"
        f"catalog = load_catalog([{str(FIXTURE_DATA)!r}])\n"
        "results = search(catalog, Query.parse('cards larkspur lenght:2'), lenient=True)\n"  # codespell:ignore lenght
        "assert results.warnings and results.programs(0, 1)[0].id == 'larkspur-cardiovascular-disease-fellowship'"
    )
    result = run_python(code)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_a_closed_pipe_is_no_error() -> None:
    result = subprocess.run(
        f"{sys.executable} -m gmetui search | head -1",
        shell=True,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "Traceback" not in result.stderr
    assert "Broken" not in result.stderr


def test_a_terminal_without_utf8_is_supported() -> None:
    result = run_python(
        "from gmetui.cli import main; raise SystemExit(main(['institutions', 'tufts']))",
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
        PYTHONIOENCODING="ascii",
    )
    assert result.returncode == 0
    assert "Traceback" not in result.stderr
