"""What only a process of its own shows: what is imported, closed pipes, odd locales."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def python(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False, env={**os.environ, **env}
    )


@pytest.mark.parametrize("form", ["json", "ids", "csv"])
def test_search_imports_no_screen(form: str) -> None:
    code = (
        f"import sys; from gmetui.cli import main; main(['search', 'cards', '--format', '{form}'])\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('textual', 'rich')], file=sys.stderr)"
    )
    done = python(code)
    assert done.stderr.strip() == "[]"


def test_the_package_imports_nothing_heavy() -> None:
    code = "import sys, gmetui; print([m for m in sys.modules if m.startswith(('gmetui.', 'textual', 'rich'))])"
    assert python(code).stdout.strip() == "[]"


def test_as_a_library() -> None:
    code = (
        "from gmetui import load_catalog, Query; from gmetui.search import search\n"
        "print(search(load_catalog(), Query.parse('cards tufts')).programs(0, 1)[0].id)"
    )
    assert python(code).stdout.strip() == "tufts-cardiovascular-disease-fellowship"


def test_a_closed_pipe_is_no_trouble() -> None:
    done = subprocess.run(
        f"{sys.executable} -m gmetui search | head -1",
        shell=True,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr


def test_a_terminal_without_utf8_does_not_crash() -> None:
    done = python(
        "from gmetui.cli import main; raise SystemExit(main(['institutions', 'tufts']))",
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
        PYTHONIOENCODING="ascii",
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
