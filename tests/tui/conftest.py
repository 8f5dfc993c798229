"""What all tests of the explorer in this process share."""

from __future__ import annotations

import pytest

from gmetui.tui.error_boundary import ErrorBoundary


@pytest.fixture(autouse=True)
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let errors fail the test, though the explorer survives them. A module about errors overrides this fixture."""
    monkeypatch.setattr(ErrorBoundary, "catch", lambda self, error, restore=None: False)


@pytest.fixture(autouse=True)
def quick_saves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for saves, however busy the machine is. A module about slow saves overrides this fixture."""
    monkeypatch.setattr("gmetui.tui.saver._PATIENCE", 20.0)
