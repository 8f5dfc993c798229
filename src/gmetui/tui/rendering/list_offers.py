"""What the list of programs offers besides programs: pages, values of a started filter, corrections, fewer words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...search import Results
from ...search.corrections import Correction, corrections
from ...search.page_hits import PageHit
from ...search.place_phrases import place_corrections
from ...search.query import Condition
from ...search.relaxations import Relaxation, relaxations
from ...search.suggest import Completion, complete
from ...text import sanitize
from .spans import BLANK_LINE, Span, StyledLine, cell_width, fit

_COUNT_MARGIN = 28  # cells beside a term
_MIN_TERM_WIDTH = 8
_MIN_TEXT_WIDTH = 12  # cells; a shorter part of a text says nothing


class ListOffer(NamedTuple):
    """A line of the list that is no program: a text, or a target that opens when it is chosen."""

    line: StyledLine = BLANK_LINE
    target: PageHit | Completion | Correction | Relaxation | None = None

    def render(self, width: int) -> StyledLine:
        """Return the line for a width."""
        if isinstance(self.target, PageHit):
            return _page_line(self.target, width)
        if isinstance(self.target, Completion):
            count = "" if self.target.program_count is None else f"  {self.target.program_count:,}"
            return (("  ", "text"), (self.target.label, "choice"), (count, "muted"))
        if isinstance(self.target, Correction):
            return _counted_line("", self.target.replacement, self.target.total, width)
        if isinstance(self.target, Relaxation):
            return _counted_line("without ", self.target.removed, self.target.total, width)
        return self.line


def list_offers(results: Results) -> list[ListOffer]:
    """Return the lines above the programs, or in their place where none matches."""
    choices = list(_choices(results))
    if results.total or not results.index.size:
        pages = [] if choices else [ListOffer(target=page) for page in results.pages]
        return [*choices, *pages] if results.index.size else [_text("Loading programs …")]
    return [*choices, *_empty_list(results)]


def _text(text: str, style: str = "muted") -> ListOffer:
    return ListOffer(((f"  {text}", style),))


def _choices(results: Results) -> Iterator[ListOffer]:
    """Yield the filter that words may stand for, and the values of one that the query ends with, while it has none."""
    places = place_corrections(results) if results.total else ()
    if places:
        yield _text("Did you mean (Enter):")
        yield from (ListOffer(target=place) for place in places)
        yield ListOffer()
    last_clause = results.query.clauses[-1:]
    term = last_clause[0][-1] if last_clause else None
    if not isinstance(term, Condition) or term.values:
        return
    completions = complete(results.index, str(results.query))
    if completions:
        yield _text(f"{term.field}: choose a value (Enter)")
        yield from (ListOffer(target=completion) for completion in completions)
        yield ListOffer()


def _empty_list(results: Results) -> Iterator[ListOffer]:
    """Yield what is wrong with a query that matches nothing, and ways out."""
    messages = [mistake.message for mistake in results.mistakes if not mistake.is_incomplete]
    offers, alternatives = [*place_corrections(results), *corrections(results)], relaxations(results)
    yield _text(_sentence(messages[0]) if messages else "No programs match.", "strong")
    if results.lacks_profile:
        yield _text("Tell gmetui about yourself first (Esc, Q); it stays on this computer.")
    if results.pages:
        yield _text("Pages about it:")
        yield from (ListOffer(target=page) for page in results.pages)
    if offers:
        yield _text("Did you mean (Enter):")
        yield from (ListOffer(target=offer) for offer in offers)
    if alternatives:
        yield _text("Remove a term to see results:" if offers else "Remove a term to see results (Enter):")
        yield from (ListOffer(target=alternative) for alternative in alternatives)
    elif not offers and not results.pages and not results.lacks_profile:
        yield _text("Try fewer words,")
        yield _text("or import more programs (Esc, A).")


def _sentence(message: str) -> str:
    """Return what is wrong as a sentence. What may be meant follows as lines to choose."""
    problem = message.partition(";")[0]
    return f"{problem[:1].upper()}{problem[1:]}."


def _counted_line(lead: str, term: str, total: int, width: int) -> StyledLine:
    shown_term = fit(sanitize(term), max(_MIN_TERM_WIDTH, width - _COUNT_MARGIN)).rstrip()
    return ((f"  {lead}", "muted"), (shown_term, "choice"), (f" → {total:,}", "text"))


def _page_line(page: PageHit, width: int) -> StyledLine:
    """Return a page with its section, and as much of the text that matched as fits."""
    spans: list[Span] = [("≡ ", "tick"), (page.title, "choice")]
    if page.section:
        spans.append((f" · {page.section}", "text"))
    free_cells = width - cell_width(spans) - 2
    if page.why and free_cells >= _MIN_TEXT_WIDTH:
        spans.append((f"  {fit(page.why, free_cells).rstrip()}", "muted"))
    return tuple(spans)
