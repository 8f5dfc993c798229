"""The panes of the Ladder row of the plan: a ladder above the page of its rung, or the page of ways to a specialty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.containers import Vertical

from ...catalog.catalog import Catalog
from ...documents.document import Document, Paragraph, Section, Value
from ...documents.ladder_document import branch_document
from ...documents.paths_document import paths_document
from ...planning.ladder import Ladder, Training, branches_of, ladder_from
from ...planning.ladder_paths import paths_to
from ...planning.trainee import own_training
from ...search import Query, search
from .. import clock
from ..context import AppContext
from ..rendering.document_lines import document_page
from ..widgets.ladder_view import LadderView
from ..widgets.line_view import LineView
from ..widgets.option_list import ListOption
from ..widgets.page_pane import PAGE_TOP, PagePosition
from ..widgets.page_view import PageView

_SEPARATOR = ":"
_MAX_PROGRAMS = 30  # offered for typed words


class LadderSubject(NamedTuple):
    """What is looked at: what follows a start, the id of a program or specialty, or the ways to some specialties."""

    start: str = ""
    targets: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the subject as a text for the navigation history."""
        return _SEPARATOR.join((self.start, *self.targets))


def parse_subject(text: str) -> LadderSubject:
    """Return the subject that a text of the navigation history stands for."""
    start, *targets = text.split(_SEPARATOR)
    return LadderSubject(start, tuple(targets))


class LadderPanes(Vertical):
    """A ladder with the page of the rung under its cursor, or the page of the ways to a specialty."""

    def __init__(self, context: AppContext, *, id: str) -> None:
        self.view = LadderView(id="ladder")
        self.page = PageView(id="ladder-page")
        super().__init__(self.view, self.page, id=id)
        self.app_context = context
        self._subject = LadderSubject()
        self._ladder: Ladder | None = None
        self.view.cursor_callback = lambda: self._show_document(self._rung_document())

    @property
    def _catalog(self) -> Catalog:
        return self.app_context.catalog

    @property
    def subject(self) -> LadderSubject:
        """What is looked at: as chosen, else the training of the profile or the first program of the shortlist."""
        if self._subject != LadderSubject():
            return self._subject
        if self.training is not None:
            return LadderSubject(self.training.program_id or self.training.specialty)
        listed = (entry.id for entry in self.app_context.session.shortlist if entry.id in self._catalog.program)
        return LadderSubject(next(listed, ""))

    @property
    def training(self) -> Training | None:
        """The training of the reader's profile."""
        profile = self.app_context.session.profile.profile
        return own_training(self._catalog, profile) if profile else None

    @property
    def is_tree(self) -> bool:
        """Whether a ladder is shown, and not a page of ways."""
        subject = self.subject
        return not subject.targets and self._start_specialty(subject.start) in self._catalog.specialty

    def choose(self, subject: LadderSubject) -> None:
        """Look at something else."""
        self._subject = subject

    def _start_specialty(self, start: str) -> str:
        program = self._catalog.program.get(start)
        return program.specialty if program else start

    def pane(self, pane_id: str) -> LineView:
        """Return a pane by its id: the tree of rungs only where it is shown."""
        return self.view if pane_id != self.page.id and self.is_tree else self.page

    def show(self, position: PagePosition = PAGE_TOP) -> None:
        """Show the ladder or the ways that were chosen."""
        self.view.display = self.is_tree
        self._show_document(self._ladder_document() if self.is_tree else self._ways_document(), position)

    def _show_document(self, document: Document, position: PagePosition = PAGE_TOP) -> None:
        self.page.show_page(lambda width, _min_lines, state: document_page(document, width, state), position)

    def _ways_document(self) -> Document:
        """Return the page of the ways to the chosen specialties, or what to press where nothing is chosen."""
        targets = [target for target in self.subject.targets if target in self._catalog.specialty]
        if not targets:
            return _instructions()
        return paths_document(self._catalog, paths_to(self._catalog, targets, self._start_training()), clock.today())

    def _start_training(self) -> Training | None:
        """Return the training that ways go on from: that of the start of the ladder, else the reader's own."""
        start, training = self.subject.start, self.training
        specialty = self._start_specialty(start)
        if self._is_own(start) or specialty not in self._catalog.specialty:
            return training
        return Training(specialty, program_id=start if start in self._catalog.program else "")

    def _is_own(self, start: str) -> bool:
        """Tell whether a start is the training of the reader's profile."""
        training = self.training
        return training is not None and (training.program_id or training.specialty) == start

    def _ladder_document(self) -> Document:
        """Fill the tree of rungs, and return the page of the rung under the cursor."""
        start, training = self.subject.start, self.training
        program, specialty = self._catalog.program.get(start), self._start_specialty(start)
        self._ladder = ladder_from(self._catalog, specialty, program, training if self._is_own(start) else None)
        self.view.styles.height = len(branches_of(self._ladder.branches)) + self.view.header_height + 1
        branch = self.view.branch
        self.view.show_ladder(self._catalog, self._ladder, clock.today(), branch.key if branch else "")
        return self._rung_document()

    def _rung_document(self) -> Document:
        branch = self.view.branch
        if self._ladder is None or branch is None:
            return _instructions()
        return branch_document(self._catalog, self._ladder, branch, clock.today())

    def query_text(self) -> str:
        """Return the search for the programs of the rung or of the specialties that the ways lead to; "" for none."""
        branch = self.view.branch if self.is_tree else None
        specialties = self.subject.targets or ((branch.rung.specialty,) if branch else ())
        return f"specialty:{','.join(specialties)}" if specialties else ""

    def choose_target(self, show: Callable[[LadderSubject], None]) -> None:
        """Ask for a specialty, and show every way to it, with those that go on from the start first."""
        start = self.subject.start
        options = self._specialty_options()
        self._ask("To become", options, lambda option: show(LadderSubject(start, (option.key,))))

    def choose_start(self, show: Callable[[LadderSubject], None]) -> None:
        """Ask where the ladder is to start, and show it."""
        options = [*self._start_options(), *self._specialty_options()]
        self._ask("Ladder from", options, lambda option: show(LadderSubject(option.key)), self._program_options)

    def _ask(
        self,
        title: str,
        options: list[ListOption],
        choose: Callable[[ListOption], None],
        search_more: Callable[[str], Sequence[ListOption]] | None = None,
    ) -> None:
        from ..dialogs.option_dialog import OptionDialog

        footer, specialty = "enter selects · esc closes", "a specialty, such as cardiology"
        placeholder = f"{specialty}, or a program, such as mgh neurology" if search_more else specialty
        self.app_context.open_dialog(
            OptionDialog(title, footer, lambda: options, choose, search_more=search_more, placeholder=placeholder)
        )

    def _program_options(self, typed_text: str) -> list[ListOption]:
        """Return the programs that typed words find, such as those of an institution."""
        programs = search(self._catalog, Query.parse(typed_text)).programs(0, _MAX_PROGRAMS)
        return [ListOption(each.id, self._catalog.title_of(each), "program", "▸") for each in programs]

    def _start_options(self) -> list[ListOption]:
        """Return where a ladder can start besides specialties: the reader's training, and listed programs."""
        catalog, options = self._catalog, []
        if self.training is not None:
            label = catalog.specialty[self.training.specialty].label
            options.append(ListOption(self.training.program_id or self.training.specialty, label, "your training", "★"))
        for entry in self.app_context.session.shortlist:
            program = catalog.program.get(entry.id)
            if program is not None:
                options.append(ListOption(program.id, catalog.title_of(program), "on your list", "★"))
        return options

    def _specialty_options(self) -> list[ListOption]:
        return [
            ListOption(each.id, each.label, "", " ", (each.name, *each.abbreviations, *each.synonyms))
            for each in sorted(self._catalog.specialties, key=lambda each: each.label.casefold())
        ]


def _instructions() -> Document:
    text = "Press f to choose where to start, such as a residency, or t to choose what to become."
    section = Section("ladder", "Ladder", (Paragraph(Value(text)),))
    return Document(
        "plan", "ladder", "Ladder", "what training can follow, and the ways to a specialty", sections=(section,)
    )
