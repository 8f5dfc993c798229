"""What a program's page means for one person: every requirement judged, and a verdict that says no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..catalog.demands import application_month, has_institution_visa, stated_visas
from ..catalog.facts import physician_rules
from ..catalog.items import Requirement, Visa
from ..catalog.models import Program
from ..catalog.scope import scopes_of, sponsor_requirements
from .application_year import ApplicationYear
from .findings import AGAINST, MEETS, UNKNOWN, FitFinding, ProfileQuestion, Reason, State, distinct, question_order
from .personal_findings import needs_visa
from .profile import Profile
from .requirement_fit import FitGroup, JudgedItem, judge_requirement
from .visa_fit import VisaFinding, visa_finding

_STATE_ORDER = {AGAINST: 0, UNKNOWN: 1, MEETS: 2}


class FitCounts(NamedTuple):
    """How many judged items have each state, the visa row included."""

    meets: int
    against: int
    unknown: int

    @property
    def words(self) -> str:
        """The counts as people read them: "2 met · 0 not met · 1 can't tell"."""
        return f"{self.meets} met · {self.against} not met · {self.unknown} can't tell"


class Verdict(NamedTuple):
    """The state of a program. `is_open`: it is not met yet. `is_bare`: nothing is stated that could be judged."""

    state: State
    is_open: bool = False
    is_bare: bool = False

    @property
    def words(self) -> str:
        """The verdict as people read it."""
        if self.state == AGAINST:
            return "does not meet, yet" if self.is_open else "does not meet"
        if self.is_bare:
            return "nothing stated"
        return "meets what this page states" if self.state == MEETS else "can't tell"


def verdict_of(findings: Sequence[FitFinding]) -> Verdict:
    """Return the verdict that some findings give: one contradiction decides, then one open question."""
    if not findings:
        return Verdict(UNKNOWN, is_bare=True)
    states = {finding.state for finding in findings}
    if AGAINST in states:
        return Verdict(AGAINST, is_open=all(finding.is_open for finding in findings if finding.state == AGAINST))
    return Verdict(UNKNOWN if UNKNOWN in states else MEETS)


class ProgramFit(NamedTuple):
    """A program judged for one person.

    `items` are what the program asks: judged ones in the order of their states, then those to prepare, those that are
    shown only, and those for others. `visa` is None for those who need none. `also_asked` is what the institution, the
    specialty and general rules ask; it counts for nothing.
    """

    program_id: str
    year: ApplicationYear
    verdict: Verdict
    counts: FitCounts
    items: tuple[JudgedItem, ...]
    visa: VisaFinding | None
    visa_statements: tuple[Visa, ...]
    also_asked: tuple[JudgedItem, ...]

    def in_group(self, group: FitGroup) -> tuple[JudgedItem, ...]:
        """Return the items of one group."""
        return tuple(judged_item for judged_item in self.items if judged_item.group == group)

    @property
    def reason(self) -> Reason:
        """Why the verdict is what it is, where no item says it."""
        return "nothing-stated" if self.verdict.is_bare else ""

    @property
    def findings(self) -> tuple[FitFinding, ...]:
        """What was judged: the items, and the visa row."""
        visa = (self.visa.finding,) if self.visa else ()
        return (*(judged_item.finding for judged_item in self.in_group("judged")), *visa)

    def questions(self, profile: Profile) -> tuple[ProfileQuestion, ...]:
        """Return what of the profile would change an answer here."""
        asked = [question for finding in self.findings for question in finding.questions]
        numbers = (
            judged_item.requirement.needs.letters
            for judged_item in self.in_group("to-do")
            if judged_item.requirement.needs
        )
        if profile.letters is None and any(numbers):
            asked.append(ProfileQuestion("letters"))
        if needs_visa(profile) is None:
            asked.append(ProfileQuestion("visa"))
        return tuple(sorted(distinct(asked), key=question_order))


def judge_program(
    catalog: Catalog, program: Program, profile: Profile, application_year: ApplicationYear
) -> ProgramFit:
    """Return a program judged for a profile. `year` holds the start; the month of application is the program's."""
    specialty = catalog.specialty[program.specialty]
    application_year = application_year._replace(application_month=application_month(program, specialty))
    items = [judge_requirement(requirement, profile, application_year, catalog) for requirement in program.requirements]
    visas = stated_visas(catalog, program)
    visa = visa_finding(visas, has_institution_visa=has_institution_visa(catalog, program), profile=profile)
    findings = [judged_item.finding for judged_item in items if judged_item.group == "judged"]
    findings += [visa.finding] if visa else []
    return ProgramFit(
        program.id,
        application_year,
        verdict_of(findings),
        counts_of(findings),
        tuple(sorted(items, key=_item_order)),
        visa,
        visas,
        tuple(_also_asked(catalog, program, profile, application_year)),
    )


def counts_of(findings: Iterable[FitFinding]) -> FitCounts:
    """Return how many findings have each state."""
    states = [finding.state for finding in findings]
    return FitCounts(states.count(MEETS), states.count(AGAINST), states.count(UNKNOWN))


def _item_order(judged_item: JudgedItem) -> tuple[int, int, bool]:
    """Order items: against, can't tell (those to read first before others), meets, to do, about, for others."""
    groups: tuple[FitGroup, ...] = ("judged", "to-do", "about", "not-for-you")
    return groups.index(judged_item.group), _STATE_ORDER[judged_item.state], not judged_item.read_first


def _also_asked(
    catalog: Catalog, program: Program, profile: Profile, application_year: ApplicationYear
) -> Iterator[JudgedItem]:
    """Yield what others ask besides the program, judged the same way, those that concern the person."""
    judged = [
        *(
            judge_requirement(each, profile, application_year, catalog, "institution")
            for each in sponsor_requirements(catalog, program)
        ),
        *(
            judge_requirement(each, profile, application_year, catalog, "specialty")
            for each in _specialty_rules(catalog, program)
        ),
        *(
            judge_requirement(each, profile, application_year, catalog, "general")
            for each in _general_rules(catalog, program)
        ),
    ]
    yield from sorted((item for item in judged if item.group in ("judged", "to-do")), key=_item_order)


def _specialty_rules(catalog: Catalog, program: Program) -> Iterator[Requirement]:
    specialty = catalog.specialty[program.specialty]
    if specialty.prerequisite and specialty.needs:
        yield Requirement(topic="prior training", text=specialty.prerequisite, needs=specialty.needs)


def _general_rules(catalog: Catalog, program: Program) -> Iterator[Requirement]:
    """Yield the general rules that can be tested, for programs of physicians."""
    if "physicians" not in scopes_of(catalog, program):
        return
    for rule in physician_rules(catalog, program.kind == "fellowship", catalog.location_of(program)[1]):
        if rule.needs:
            yield Requirement(topic="other", text=rule.text, needs=rule.needs, applies_to=rule.applicants)
