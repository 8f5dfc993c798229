"""Loading the programs again after the imported lists have changed."""

from __future__ import annotations

from collections.abc import Sequence

from ...catalog.catalog import Catalog
from ...search.engine import index_of
from ...text import plural
from ..context import AppContext
from .progress_dialog import ProgressDialog, Report


def reload_catalog(context: AppContext, message: str) -> None:
    """Load the programs again in a thread, show them, and then show `message`."""
    warnings: list[str] = []

    def load(report: Report) -> Catalog:
        catalog = context.read_catalog(report=warnings.append)
        index_of(catalog)
        return catalog

    def show(catalog: Catalog) -> None:
        show_catalog(context, catalog, message, warnings)

    context.open_dialog(ProgressDialog("Loading the programs", load, show, context.notify_error))


def show_catalog(context: AppContext, catalog: Catalog, message: str, warnings: Sequence[str]) -> None:
    """Show programs that were loaded again, then `message` and what is wrong with the lists."""
    context.replace_catalog(catalog)
    context.notify_status(f"{message}. {plural(len(catalog.programs), 'program')} in all.")
    for warning in warnings:
        context.notify_error(warning)
