"""The table and the plot of how figures grow with the number of programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from .figures import Figures
from .homes import BUNDLED
from .measure import Figure, number_text
from .plot import Line, draw

#: In place of a size: applications whose data doesn't grow.
PEERS = "peers"
#: Comments between which a page has the table.
PAGE_START, PAGE_END = "<!-- growth -->", "<!-- end of growth -->"


class Row(NamedTuple):
    """A row of the table: the name of its figures, its title, the goal, how it is drawn, whether its ratio grows.

    A ratio grows where the reference is the same for every size; otherwise the value does.
    """

    name: str
    title: str
    goal: str = ""
    drawn: Literal["", "line", "peer"] = ""
    has_fixed_reference: bool = False


ROWS = (
    Row("start", "Start", "1.3×, growth 1.05×", "line", True),
    Row("start elapsed", "Start, elapsed", has_fixed_reference=True),
    Row("memory", "Memory after the start", "45, 45, –, 120 MiB", "line"),
    Row("memory typed", "Memory after ten searches", "45, 45, –, 120 MiB", "line"),
    Row("key", "Key to paint", "2.5, 2.5, –, 4×", "line", True),
    Row("key elapsed", "Key, median elapsed", "2.5, 2.5, –, 4×", has_fixed_reference=True),
    Row("key elapsed 95", "Key, 95th percentile elapsed", "16, 16, –, 50 ms", has_fixed_reference=True),
    Row("search command", "`gmetui search`", "4, 4, –, 6×", "line", True),
    Row("search command memory", "Memory of `gmetui search`"),
    Row("show command", "`gmetui show`", "", "", True),
    Row("version command", "`gmetui --version`", "3×", "", True),
    Row("help command", "`gmetui --help`", "3×", "", True),
    Row("search", "Search, typed first", "–, 0.1, –, 0.02×", "line"),
    Row("search again", "Search, typed again"),
    Row("search sqlite", "SQLite FTS5 with bm25", "", "peer"),
    Row("search tantivy", "tantivy, fuzzy prefixes", "", "peer"),
    Row("facets", "8 facets", "–, 0.3, –, 0.3×", "line"),
    Row("all facets", "All facets"),
    Row("facets sqlite", "SQLite GROUP BY, 8 columns", "", "peer"),
    Row("facets sqlite table", "… over a table of matches"),
    Row("import", "Import of as many rows", "", "line"),
    Row("import elapsed", "Import, elapsed", "–, 5, –, 240 s"),
    Row("import memory", "Memory of the import", "–, –, –, 1,536 MiB", "line"),
    Row("export", "Export of all fellowships", "", "line"),
    Row("export memory", "Memory of the export"),
    Row("file", "Compiled file"),
    Row("compiling", "Compiling"),
    Row("compiling memory", "Memory of compiling"),
)


def growth_table(figures: Figures) -> str:
    """Return a table in Markdown: a column for each size, the goal, the peers. Below a figure is how much it grew."""
    sizes = sorted((size for size in figures if size.isdecimal()), key=int)
    columns = [*([BUNDLED] if BUNDLED in figures else []), *sizes]
    by_size = {size: _flat(figures[size]) for size in columns}
    peers = figures.get(PEERS, {})
    header = ["", *(_size_title(column, by_size[column]) for column in columns), "goal", *(["peers"] if peers else [])]
    lines = [_line(header), _line(["---"] * len(header))]
    for row in ROWS:
        in_row = {column: by_size[column].get(row.name) for column in columns}
        if not any(in_row.values()):
            continue
        cells = [_cell(row, in_row[BUNDLED])] if BUNDLED in in_row else []
        cells += [
            _cell(row, in_row[size], in_row.get(before)) for before, size in zip(("", *sizes), sizes, strict=False)
        ]
        peer_cells = [_peer_text(peer, figure) for peer, of_peer in peers.items() if (figure := of_peer.get(row.name))]
        lines.append(_line([row.title, *cells, row.goal, *(["<br>".join(peer_cells)] if peers else [])]))
    return "\n".join(lines)


def growth_plot(figures: Figures) -> str:
    """Return a plot of how figures grow from the smallest size on, as SVG."""
    sizes = sorted((size for size in figures if size.isdecimal()), key=int)
    lines = []
    for row in ROWS:
        if row.drawn:
            figures_by_size = {size: _flat(figures[size]).get(row.name) for size in sizes}
            points = [(int(size), _growing(row, figure)) for size, figure in figures_by_size.items() if figure]
            lines.append(Line(row.title.replace("`", ""), points, row.drawn == "peer"))
    return draw(lines)


def _flat(of_size: Mapping[str, Mapping[str, Figure]]) -> dict[str, Figure]:
    """Return the figures of all steps by name."""
    return {name: figure for of_step in of_size.values() for name, figure in of_step.items()}


def _size_title(size: str, figures: Mapping[str, Figure]) -> str:
    return f"{int(size):,}" if size.isdecimal() else f"{size} ({figures['programs'].value:,.0f})"


def _growing(row: Row, figure: Figure) -> float:
    """Return what of a figure grows: its ratio, where the reference is the same for every size, or its value."""
    return figure.ratio if row.has_fixed_reference and figure.ratio is not None else figure.value


def _peer_text(peer: str, figure: Figure) -> str:
    """Return a figure of a peer in short: its ratio, if it has one."""
    ratio = f"{number_text(figure.ratio)}×" if figure.ratio is not None else str(figure)
    return f"{peer} {ratio}"


def _cell(row: Row, figure: Figure | None, before: Figure | None = None) -> str:
    """Return a figure, and how much it grew since the size before."""
    if figure is None:
        return ""
    if before is None or not _growing(row, before):
        return str(figure)
    return f"{figure}<br>*↗ {number_text(_growing(row, figure) / _growing(row, before))}×*"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
