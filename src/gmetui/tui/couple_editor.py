"""The couple of the open list: its rows, what is chosen for them, and undo. Every change is saved at once.

Undo reaches back into earlier sessions; redo is forgotten at the end of one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import GmetuiError
from ..planning.couple_lists import Partner, RankedChoice, ranked_choices
from ..planning.couples import ORDER_RULES, CoupleChoices, CouplePlan, OrderRule, plan_couple, with_rule
from ..storage.couple_history import earlier_states, write_change, write_undone
from ..storage.couples import CoupleFile, PartnerSource, read_couple, read_partner_list
from ..storage.shortlist_store import list_names
from ..text import plural, sanitize
from .widgets.option_list import ListOption

if TYPE_CHECKING:
    from .context import AppContext

_MAX_UNDO = 200
_RESTORE = "?restore"  # no order rule
_CHOOSE_FILE = "?file"  # no name of a list
_ANY = "any"
_RULE_TEXTS: Mapping[OrderRule, tuple[str, str]] = {
    "sum": ("Sum of the ranks", "both lists count the same"),
    "mine": ("Your ranks", "then your partner's"),
    "theirs": ("Partner's ranks", "then yours"),
    "near": ("Near first", "by distance, then by the sum of the ranks"),
}
_PATH_ROWS = 10  # for the files that a typed path begins
_NO_MATCH_CHOICES: tuple[tuple[tuple[Partner, ...], str, str], ...] = (
    ((), "None", "both of you match in every row"),
    (("mine",), "Your programs", "your partner would go unmatched"),
    (("theirs",), "Your partner's programs", "you would go unmatched"),
    (("mine", "theirs"), "Both, yours first", "one of you would go unmatched"),
    (("theirs", "mine"), "Both, your partner's first", "one of you would go unmatched"),
)


class CoupleEditor:
    """Reads and writes the couple of the open list. `on_change` is called when there are other rows.

    `plan` is None without a partner; `problem` says why there are no rows, if a file can't be read.
    """

    def __init__(self, context: AppContext, on_change: Callable[[], None]) -> None:
        self._context = context
        self._on_change = on_change
        self._couple = CoupleFile()
        self._list_name = ""
        self._mine: tuple[RankedChoice, ...] = ()
        self._theirs: tuple[RankedChoice, ...] = ()
        self._done: list[CoupleFile] = []
        self._undone: list[CoupleFile] = []
        self.plan: CouplePlan | None = None
        self.problem = ""

    @property
    def partner_name(self) -> str:
        """The name of the partner's file or list, "" without a partner."""
        return sanitize(self._couple.partner.label)

    @property
    def _path(self) -> Path:
        """The file of the couple. Raises `FileError` if the list has no name that a file can have."""
        return self._context.session.paths.couple(self._context.session.store.name)

    def load(self) -> None:
        """Read the files again: another list may be open, or the partner may have written a new one."""
        session = self._context.session
        self.problem, self.plan = "", None
        if session.review:
            self.problem = "A list that was shared with you has no partner."
            return
        if session.store.name != self._list_name:
            self._list_name, self._done, self._undone = session.store.name, earlier_states(self._path), []
        try:
            self._couple = read_couple(self._path)
            if self._couple.partner == PartnerSource():
                return
            partner_list = read_partner_list(session.paths, self._couple.partner)
        except GmetuiError as error:
            self.problem = str(error).removeprefix("gmetui: ")
            return
        self._mine = ranked_choices(self._context.catalog, session.shortlist)
        self._theirs = ranked_choices(self._context.catalog, partner_list)
        self._make_plan()

    def _make_plan(self) -> None:
        self.plan = plan_couple(self._context.catalog, self._mine, self._theirs, self._couple.choices)

    # Changes.

    def apply(self, choices: CoupleChoices, description: str) -> None:
        """Save other choices, and show the rows; `description` is what was done."""
        if choices != self._couple.choices:
            self._change(self._couple._replace(choices=choices), f"{description[:1].upper()}{description[1:]}")

    def _change(self, couple: CoupleFile, message: str) -> None:
        before = self._couple
        if self._write(couple, partial(write_change, self._path, couple, before)):
            self._done = [*self._done, before][-_MAX_UNDO:]
            self._undone = []
            self._context.notify_status(f"{message}; u undoes it")

    def _write(self, couple: CoupleFile, write: Callable[[], None]) -> bool:
        """Write the file and show the rows; on failure report the reason and return False."""
        saver = self._context.session.saver
        try:
            writing = saver.run("the rows of the couple", write)
            if writing.done():
                writing.result()
            else:
                saver.when_done(writing, self._report_unsaved)
        except GmetuiError as error:
            self._context.notify_error(str(error))
            return False
        if couple.partner == self._couple.partner:
            self._couple = couple
            self._make_plan()
        else:
            self.load()
        self._on_change()
        return True

    def _report_unsaved(self, writing: Future[None]) -> None:
        """Say why a save failed that took long, and show what is on disk."""
        error = writing.exception()
        if error is not None:
            self._context.notify_error(str(error))
            self.load()
            self._on_change()

    def undo(self) -> None:
        """Undo the last change to the rows."""
        if not self._done:
            self._context.notify_status("No change to the rows to undo.")
            return
        before, couple = self._couple, self._done[-1]
        if self._write(couple, partial(write_undone, self._path, couple)):
            self._done.pop()
            self._undone.append(before)
            self._context.notify_status("Undone")

    def redo(self) -> None:
        """Redo the last change that was undone."""
        if not self._undone:
            self._context.notify_status("No change to the rows to redo.")
            return
        before, couple = self._couple, self._undone[-1]
        if self._write(couple, partial(write_change, self._path, couple, before)):
            self._undone.pop()
            self._done.append(before)
            self._context.notify_status("Redone")

    # Questions.

    def choose_order(self) -> None:
        """Ask for the order of the rows, or put back those that were taken out."""
        choices = self._couple.choices

        def choose(option: ListOption) -> None:
            if option.key == _RESTORE:
                self.apply(choices._replace(removed=()), "restored the rows")
                return
            rule = next(rule for rule in ORDER_RULES if rule == option.key)
            self.apply(with_rule(choices, rule), "ordered the rows")

        options = [
            ListOption(rule, *_RULE_TEXTS[rule], "✓" if rule == choices.rule and not choices.order else " ")
            for rule in ORDER_RULES
        ]
        if choices.removed:
            options.append(
                ListOption(_RESTORE, f"Restore {plural(len(choices.removed), 'row')}", "removed by you", "+")
            )
        self._ask("Order of the rows", "enter orders; it replaces your own order · esc closes", options, choose)

    def choose_no_match(self) -> None:
        """Ask for rows in which one of the couple goes without a place."""
        choices = self._couple.choices

        def choose(option: ListOption) -> None:
            partners = _NO_MATCH_CHOICES[int(option.key)][0]
            self.apply(choices._replace(no_match=partners), "changed the No Match rows")

        options = [
            ListOption(str(index), label, description, "✓" if partners == choices.no_match else " ")
            for index, (partners, label, description) in enumerate(_NO_MATCH_CHOICES)
        ]
        self._ask("No Match rows, at the end", "enter selects · esc closes", options, choose)

    def _ask(
        self,
        title: str,
        footer: str,
        options: list[ListOption],
        choose: Callable[[ListOption], None],
        search_more: Callable[[str], Sequence[ListOption]] | None = None,
    ) -> None:
        from .dialogs.option_dialog import OptionDialog

        placeholder = "type to find, or a path such as ~/Downloads/" if search_more else "type to find"
        dialog = OptionDialog(
            title,
            footer,
            lambda: options,
            choose,
            search_more=search_more,
            placeholder=placeholder,
            min_rows=_PATH_ROWS if search_more else 0,
        )
        self._context.open_dialog(dialog)

    def choose_miles(self) -> None:
        """Ask how far apart the programs of a row may be."""
        from .dialogs.prompt_dialog import ask_text

        choices = self._couple.choices

        def accept(answer: str) -> str | None:
            if answer.casefold() in ("", _ANY):
                self.apply(choices._replace(miles=None), "lifted the limit of miles")
            elif answer.isascii() and answer.isdecimal() and len(answer) < 6:
                self.apply(choices._replace(miles=int(answer)), "limited the miles")
            else:
                return "Enter a number of miles; 0 is the same city, any is no limit."
            return None

        description = "Pairs farther apart are left out and counted. 0: the same city; any: no limit."
        text = _ANY if choices.miles is None else str(choices.miles)
        ask_text(self._context, "Miles between you", description, "30", accept, text=text, is_selected=True)

    def choose_partner(self) -> None:
        """Ask for the partner's list: another list of the user, or a file."""
        from .dialogs.file_picker import choose_file, complete_path, file_kind

        session = self._context.session
        if session.review:
            self._context.notify_status(self.problem)
            return

        def choose(option: ListOption) -> None:
            if option.key in names:
                self._use_partner(PartnerSource(list_name=option.key))
                return
            path = Path(option.key)
            if option.key != _CHOOSE_FILE and file_kind(path) != "directory":
                self._use_partner(PartnerSource(file=str(path.absolute())))
                return
            choose_file(
                self._context,
                "Your partner's list, exported to TOML",
                lambda path: self._use_partner(PartnerSource(file=str(path.absolute()))),
                start="" if option.key == _CHOOSE_FILE else option.key,
            )

        names = [name for name in list_names(session.paths.shortlists) if name != session.store.name]
        options = [ListOption(name, name, "your list", "≡") for name in names]
        if not self._context.is_web:
            options.append(ListOption(_CHOOSE_FILE, "Choose a file …", "exported to TOML by your partner", "▸"))
        if not options:
            self._context.notify_status("Create your partner's list with L first.")
            return
        footer = "enter selects · esc closes"
        search_more = None if self._context.is_web else complete_path
        self._ask("Your partner's list", footer, options, choose, search_more)

    def _use_partner(self, partner: PartnerSource) -> None:
        """Pair with another list. Rows that were moved or taken out before belong to the former one."""
        try:
            partner_list = read_partner_list(self._context.session.paths, partner)
        except GmetuiError as error:
            self._context.notify_error(str(error))
            return
        message = f"Paired with {sanitize(partner.label)}, {plural(len(partner_list), 'program')}"
        self._change(CoupleFile(partner, extra=self._couple.extra), message)

    def export(self) -> None:
        """Export both halves of the rows."""
        if self.plan is not None and self.plan.rows:
            from .dialogs.couple_export import ask_couple_file

            ask_couple_file(self._context, self.plan)
        else:
            self._context.notify_status("No rows to export.")
