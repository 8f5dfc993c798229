"""Coverage: how much the programs of each institution state."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from ..actions import bindings
from ..context import AppContext
from ..contexts import COVERAGE_SCREEN_ACTIONS
from ..widgets.cell_detail import CellDetail
from ..widgets.coverage_view import CoverageView
from .base_screen import BaseScreen


class CoverageScreen(BaseScreen):
    """The heat map, and the cell under its cursor in words."""

    AUTO_FOCUS = "#coverage-map"
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COVERAGE_SCREEN_ACTIONS)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, "coverage")
        self.coverage = CoverageView(self.catalog, id="coverage-map")

    def compose_panes(self) -> ComposeResult:
        """Lay out the panes."""
        yield self.coverage
        yield CellDetail(id="cell")

    def on_mount(self) -> None:
        """Follow the cursor."""
        self.coverage.cell_callback = self._show_cell
        self.call_after_refresh(self._show_cell)

    def _show_cell(self) -> None:
        self.query_one(CellDetail).show_cell(self.coverage.cell)

    @property
    def history_key(self) -> str:
        """The institution under the cursor."""
        return self.coverage.column.institution

    def restore(self, history_key: str) -> None:
        """Put the cursor on an institution."""
        self.coverage.go_to(history_key)

    def action_show_unstated(self) -> None:
        """Show the programs that don't state the field."""
        institution_id = self.coverage.column.institution
        condition = f" institution:{institution_id}" if institution_id else ""
        self.context.open_query(f"no:{self.coverage.field_key}{condition}")

    def action_show_programs(self) -> None:
        """Show the programs of the institution."""
        institution_id = self.coverage.column.institution
        self.context.open_query(f"institution:{institution_id}" if institution_id else "")

    def action_back(self) -> None:
        """Go back to the Explore screen."""
        self.context.action_open_screen("explore")
