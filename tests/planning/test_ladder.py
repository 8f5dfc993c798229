"""Ladders and ways: worked cases over the bundled data, edge cases, and properties that hold for every specialty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.items import Note
from gmetui.catalog.models import Specialty
from gmetui.documents.ladder_document import branch_document, ladder_document
from gmetui.documents.paths_document import paths_document
from gmetui.planning.ladder import Branch, Ladder, Training, branches_of, chain_rungs, ladder_from, nearby_only
from gmetui.planning.ladder_entry import parse_start, parse_targets
from gmetui.planning.ladder_paths import EndMonths, branch_end, end_after, paths_to
from gmetui.planning.profile import Profile, TrainingAim, TrainingRecord
from gmetui.planning.trainee import own_training
from gmetui.planning.training_graph import MAX_RUNGS, chains_to, followers_of, training_graph
from gmetui.planning.training_years import UNKNOWN_YEARS, Years, envelope
from gmetui.reports.document_text import document_text

TODAY = date(2026, 11, 26)
MGH = "mgh-internal-medicine-residency"
LARKSPUR = "larkspur-internal-medicine-residency"


def with_specialty(catalog: Catalog, specialty_id: str, **changes: object) -> Catalog:
    """Return a catalog with another version of one specialty."""
    specialties = tuple(replace(each, **changes) if each.id == specialty_id else each for each in catalog.specialties)
    return replace(catalog, specialties=specialties, stored_lookups=None)


def with_specialties(catalog: Catalog, *specialties: Specialty) -> Catalog:
    """Return a catalog with these specialties only, and without programs."""
    return replace(catalog, specialties=specialties, programs=(), stored_lookups=None)


def totals(catalog: Catalog, name: str) -> dict[tuple[str, ...], tuple[int, int | None]]:
    """Return the years in all of every way to a specialty from a first residency, by its chain."""
    plan = paths_to(catalog, parse_targets(catalog, name))
    return {path.chain: (path.total.least, path.total.most) for path in plan.paths}


def find_branch(ladder: Ladder, specialty: str) -> Branch:
    """Return the first rung of a specialty."""
    return next(branch for branch in branches_of(ladder.branches) if branch.rung.specialty == specialty)


def page_text(catalog: Catalog, ladder: Ladder) -> str:
    """Return the page of a ladder without its line breaks."""
    return " ".join(document_text(ladder_document(catalog, ladder, TODAY)).split())


# The worked cases, over the bundled data.


@pytest.mark.parametrize(
    ("name", "chain", "total"),
    [
        ("cardiovascular-disease", ("internal-medicine", "cardiovascular-disease"), (6, 6)),
        (
            "structural-heart-disease-fellowship",
            (
                *("internal-medicine", "cardiovascular-disease", "interventional-cardiology"),
                "structural-heart-disease-fellowship",
            ),
            (8, 8),
        ),
        ("vascular surgery", ("vascular-surgery-integrated",), (5, 5)),
        ("vascular surgery", ("surgery", "vascular-surgery-independent"), (7, 7)),
        ("anesthesiology", ("anesthesiology",), (4, 4)),
        ("radiology-diagnostic", ("radiology-diagnostic",), (5, 5)),
        ("dermatology", ("dermatology",), (4, 4)),
        ("internal-medicine", ("internal-medicine",), (3, 3)),
        ("medical-genetics-and-genomics", ("medical-genetics-and-genomics",), (3, None)),
        (
            "pediatric-emergency-medicine-pediatrics",
            ("pediatrics", "pediatric-emergency-medicine-pediatrics"),
            (6, 6),
        ),
        (
            "pediatric-emergency-medicine-pediatrics",
            ("emergency-medicine", "pediatric-emergency-medicine-pediatrics"),
            (5, 6),
        ),
        (
            "pediatric-emergency-medicine-emergency-medicine",
            ("emergency-medicine", "pediatric-emergency-medicine-emergency-medicine"),
            (5, 7),
        ),
        ("plastic-surgery", ("surgery", "plastic-surgery"), (8, 8)),
    ],
)
def test_worked_cases(
    bundled_catalog: Catalog, name: str, chain: tuple[str, ...], total: tuple[int, int | None]
) -> None:
    assert totals(bundled_catalog, name)[chain] == total


def test_only_one_way_to_cardiology_but_two_to_congenital_heart_disease(bundled_catalog: Catalog) -> None:
    assert len(totals(bundled_catalog, "cardiovascular-disease")) == 1
    assert totals(bundled_catalog, "adult-congenital-heart-disease") == {
        ("internal-medicine", "cardiovascular-disease", "adult-congenital-heart-disease"): (8, 8),
        ("pediatrics", "pediatric-cardiology", "adult-congenital-heart-disease"): (8, 8),
    }


def test_a_first_year_is_in_the_program_or_elsewhere(bundled_catalog: Catalog) -> None:
    for specialty_id, years in (("anesthesiology", 3), ("radiology-diagnostic", 4), ("dermatology", 3)):
        specialty = bundled_catalog.specialty[specialty_id]
        assert (specialty.base_year, specialty.program_years) == ("either", years)
    text = document_text(paths_document(bundled_catalog, paths_to(bundled_catalog, ["anesthesiology"]), TODAY))
    assert "4 years in all" in text
    assert "PGY-1 here or elsewhere, 3 years in the program" in text


def test_the_length_depends_on_the_base(bundled_catalog: Catalog) -> None:
    pediatrics = "pediatric-emergency-medicine-pediatrics"
    chain = ("emergency-medicine", pediatrics)
    unfilled = with_specialty(bundled_catalog, pediatrics, length_after={})
    assert totals(unfilled, pediatrics)[chain] == (6, 7)
    assert chain_rungs(unfilled, chain)[-1].text_years == 2
    text = document_text(paths_document(unfilled, paths_to(unfilled, [pediatrics]), TODAY))
    assert "The prerequisite says 2 years after Emergency medicine, the reference 3 years" in text
    assert chain_rungs(bundled_catalog, chain)[-1].text_years is None
    other = ("emergency-medicine", "pediatric-emergency-medicine-emergency-medicine")
    assert chain_rungs(bundled_catalog, other)[-1].text_years == 2


def test_a_residency_that_follows_others_is_at_least_its_own_years(bundled_catalog: Catalog) -> None:
    unfilled = with_specialty(bundled_catalog, "plastic-surgery", parents=())
    plan = paths_to(unfilled, ["plastic-surgery"])
    assert (plan.total.least, plan.total.most) == (3, None)
    text = document_text(paths_document(unfilled, plan, TODAY))
    assert "at least 3 years in all" in text
    assert "Completed general surgery, otolaryngology, neurosurgery" in text


def test_what_is_no_specialty_of_the_acgme_says_so(bundled_catalog: Catalog) -> None:
    plan = paths_to(bundled_catalog, ["structural-heart-disease-fellowship"])
    text = document_text(paths_document(bundled_catalog, plan, TODAY))
    assert "Not an ACGME specialty in the reference" in text
    assert plan.total.is_general_knowledge
    assert "general knowledge" in text


def test_staying_at_a_hospital(bundled_catalog: Catalog) -> None:
    program = bundled_catalog.program[MGH]
    ladder = nearby_only(ladder_from(bundled_catalog, program.specialty, program))
    here = {
        str(each.program.id): (each.program.length_years, each.is_joint)
        for branch in ladder.branches
        for each in branch.places.nearby
        if each.proximity == "here"
    }
    assert here["mgh-cardiovascular-disease-fellowship"] == (3, False)
    assert here["mgh-hematology-oncology-fellowship-dana-farber-and-massachusetts-general"] == (3, True)
    pulmonary = "mgh-pulmonary-and-critical-care-medicine-fellowship-mgh-bidmc-harvard"
    assert here[pulmonary][1]
    assert here["mgh-geriatric-medicine-fellowship"] == (1, False)
    endocrinology = find_branch(ladder, "endocrinology-diabetes-and-metabolism")
    assert (endocrinology.rung.years.least, endocrinology.rung.total.least) == (3, 6)
    text = document_text(branch_document(bundled_catalog, ladder, endocrinology, TODAY))
    assert "says 3 years, the reference 2 years" in text
    page = document_text(ladder_document(bundled_catalog, ladder, TODAY))
    assert "No page here promises a place to its own residents" in page
    for claim in ("guaranteed", "you can stay", "eligible"):
        assert claim not in page.casefold()


# Properties.


def test_every_chain_is_short_has_no_circle_and_adds_up(bundled_catalog: Catalog) -> None:
    for specialty in bundled_catalog.specialties:
        for chain in chains_to(bundled_catalog, specialty.id, with_combinations=True):
            assert len(chain) <= MAX_RUNGS
            assert len(set(chain)) == len(chain)
            rungs = chain_rungs(bundled_catalog, chain)
            total = rungs[0].before
            for rung in rungs:
                assert rung.before == total or not rung.base
                total += rung.years
            assert (total.least, total.most) == (rungs[-1].total.least, rungs[-1].total.most)
            assert total.most is None or total.least <= total.most


def test_every_ladder_is_ordered(bundled_catalog: Catalog) -> None:
    for specialty in bundled_catalog.specialties:
        for branch in branches_of(ladder_from(bundled_catalog, specialty.id).branches):
            assert len(set(branch.chain)) == len(branch.chain) <= MAX_RUNGS
            assert branch.rung.total.least >= branch.rung.before.least
            assert (
                bundled_catalog.specialty[branch.rung.specialty].kind != "combined"
                or branch.rung.base in (training_graph(bundled_catalog).bases[branch.rung.specialty])
            )


@given(
    edges=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20),
    lengths=st.lists(st.one_of(st.none(), st.integers(1, 7)), min_size=8, max_size=8),
)
def test_any_graph_ends(edges: Sequence[tuple[int, int]], lengths: Sequence[int | None], catalog: Catalog) -> None:
    model = catalog.specialty["cardiovascular-disease"]
    specialties = tuple(
        replace(
            model,
            id=f"s{number}",
            name=f"S {number}",
            display=None,
            length_years=lengths[number],
            parents=tuple(f"s{base}" for child, base in edges if child == number),
        )
        for number in range(8)
    )
    random_catalog = with_specialties(catalog, *specialties)
    for specialty in specialties:
        for chain in chains_to(random_catalog, specialty.id):
            assert len(set(chain)) == len(chain) <= MAX_RUNGS
        for branch in branches_of(ladder_from(random_catalog, specialty.id).branches):
            assert len(set(branch.chain)) == len(branch.chain)
        document_text(paths_document(random_catalog, paths_to(random_catalog, [specialty.id]), TODAY))


@given(st.lists(st.tuples(st.integers(0, 9), st.one_of(st.none(), st.integers(0, 9))), min_size=1, max_size=5))
def test_sums_and_envelopes_of_years(pairs: Sequence[tuple[int, int | None]]) -> None:
    ranges = [Years(least, None if more is None else least + more) for least, more in pairs]
    total = Years(0, 0)
    for years in ranges:
        total += years
    assert total.least == sum(years.least for years in ranges)
    assert (total.most is None) == any(years.most is None for years in ranges)
    hull = envelope(ranges)
    assert hull.least == min(years.least for years in ranges)
    assert all(hull.most is None or (years.most or 0) <= hull.most for years in ranges)


# Edge cases, on the fixture catalog.


def test_a_combined_residency_is_a_start_and_never_a_rung(catalog: Catalog) -> None:
    followers = followers_of(catalog, "internal-medicine-pediatrics")
    assert {"cardiovascular-disease", "pediatric-cardiology"} <= set(followers)
    assert not {"internal-medicine", "pediatrics"} & set(followers)
    assert "internal-medicine-pediatrics" not in followers_of(catalog, "internal-medicine")
    plan = paths_to(catalog, ["cardiovascular-disease"])
    assert [path.chain for path in plan.paths] == [("internal-medicine", "cardiovascular-disease")]
    combined = {path.chain: path.total.least for path in plan.combined_paths}
    assert combined["internal-medicine-pediatrics", "cardiovascular-disease"] == 7
    (own,) = paths_to(catalog, ["internal-medicine-pediatrics"]).paths
    assert own.total == Years(4, 4)


def test_a_combination_that_follows_another_residency(bundled_catalog: Catalog) -> None:
    combined = "medical-genetics-and-genomics-maternal-fetal-medicine"
    (path,) = paths_to(bundled_catalog, [combined]).paths
    assert path.chain == ("obstetrics-and-gynecology", combined)
    assert path.total.least == 8


def test_a_parent_below_another_parent_is_no_way_of_its_own(bundled_catalog: Catalog) -> None:
    chains = chains_to(bundled_catalog, "pediatric-cardiac-anesthesiology")
    assert chains == (("anesthesiology", "pediatric-anesthesiology", "pediatric-cardiac-anesthesiology"),)


def test_programs_here_jointly_and_elsewhere(catalog: Catalog) -> None:
    program = catalog.program[LARKSPUR]
    ladder = ladder_from(catalog, program.specialty, program)
    cardiology = find_branch(ladder, "cardiovascular-disease")
    assert [each.proximity for each in cardiology.places.nearby] == ["here"]
    assert cardiology.places.elsewhere_count == 1
    text = document_text(branch_document(catalog, ladder, cardiology, TODAY))
    assert "Here: " in text
    assert "Elsewhere: 1 program: " in text
    psychiatry = catalog.program["larkspur-psychiatry-residency"]
    child = find_branch(ladder_from(catalog, "psychiatry", psychiatry), "child-and-adolescent-psychiatry")
    assert child.places.total - child.places.nearby_count in (0, 1)


def test_a_program_after_a_year_elsewhere(catalog: Catalog) -> None:
    program = replace(catalog.program["larkspur-anesthesiology-residency"], length_years=3)
    rung = ladder_from(catalog, "anesthesiology", program).start
    assert (rung.before, rung.years.least, rung.total.least, rung.pgy) == (Years(1, 1), 3, 4, (2, 4))
    text = page_text(catalog, ladder_from(catalog, "anesthesiology", program))
    assert "apply for it separately, rank it on a supplemental list; start one year later" in text
    both = catalog.program["larkspur-anesthesiology-residency"]
    assert any("Advanced" in track.name for track in both.tracks)
    text = page_text(catalog, ladder_from(catalog, "anesthesiology", both))
    assert "Advanced track: PGY-1 elsewhere" in text
    assert "4 years · PGY-1 to PGY-4" in text


def test_tracks_of_another_length_are_named(catalog: Catalog) -> None:
    program = catalog.program[LARKSPUR]
    text = page_text(catalog, ladder_from(catalog, program.specialty, program))
    assert "Preliminary: 1 year" in text
    assert "Research: 3–4 years" in text
    assert "a track of another length moves them" in text
    assert "Categorical: 3 years" not in text
    same = replace(program, tracks=program.tracks[:1])
    assert "a track of another length" not in page_text(catalog, ladder_from(catalog, same.specialty, same))


def test_an_unknown_length_makes_a_total_at_least(catalog: Catalog) -> None:
    unknown = with_specialty(catalog, "transplant-hepatology", length_years=None, length_years_max=None)
    plan = paths_to(unknown, ["transplant-hepatology"])
    assert (plan.total.least, plan.total.most) == (6, None)
    assert plan.paths[0].rungs[-1].years == UNKNOWN_YEARS
    assert "at least 6 years" in document_text(paths_document(unknown, plan, TODAY))
    stated = with_specialty(catalog, "cardiovascular-disease", length_years=None, length_years_max=None)
    (path,) = paths_to(stated, ["cardiovascular-disease"]).paths
    assert (path.rungs[-1].years.least, path.rungs[-1].years.origin) == (3, "program")


def test_what_a_page_says_of_its_own_residents(catalog: Catalog) -> None:
    note = Note(text="Two places a year for graduates of the residency")
    program = replace(catalog.program[LARKSPUR], own_residents=(note,))
    text = document_text(ladder_document(catalog, ladder_from(catalog, program.specialty, program), TODAY))
    assert note.text in text
    assert "No page here promises" not in text


def test_what_a_fixture_page_promises(catalog: Catalog) -> None:
    program = catalog.program["larkspur-psychiatry-residency"]
    text = page_text(catalog, ladder_from(catalog, program.specialty, program))
    assert "One place a year in addiction medicine is for our own graduates" in text
    assert "No page here promises" not in text


def test_dates_of_somebody_in_training(catalog: Catalog) -> None:
    training = Training("internal-medicine", date(2028, 6, 30), LARKSPUR)
    ladder = ladder_from(catalog, "internal-medicine", catalog.program[LARKSPUR], training)
    branches = branches_of(ladder.branches)
    ends = {branch.rung.specialty: branch_end(branch, branches, training, TODAY) for branch in branches}
    assert ends["cardiovascular-disease"] == EndMonths("2031-06", "2031-06")
    assert ends["interventional-cardiology"] == EndMonths("2032-06", "2032-06")
    text = document_text(ladder_document(catalog, ladder, TODAY))
    assert "until Jun 30, 2028, 1 year 8 months to go" in text
    finished = training._replace(until=date(2025, 6, 30))
    assert end_after(finished, Years(3, 3), TODAY) is None
    assert end_after(finished._replace(next_start=date(2027, 7, 1)), Years(3, 3), TODAY) == EndMonths(
        "2030-07", "2030-07"
    )
    assert end_after(training, Years(3, None), TODAY) is None
    assert end_after(training._replace(until=date(9998, 1, 1)), Years(3, 3), TODAY) is None


def test_ways_that_go_on_from_a_training(catalog: Catalog) -> None:
    training = Training("internal-medicine", date(2028, 6, 30))
    plan = paths_to(catalog, ["interventional-cardiology"], training)
    assert plan.continues_training
    assert [rung.specialty for rung in plan.paths[0].remaining] == [
        "cardiovascular-disease",
        "interventional-cardiology",
    ]
    assert plan.paths[0].remaining_years.least == 4
    assert "then June 2032" in document_text(paths_document(catalog, plan, TODAY))
    other = paths_to(catalog, ["vascular-neurology"], training)
    assert not other.continues_training
    text = document_text(paths_document(catalog, other, TODAY))
    assert "another residency comes first" in text
    assert "Whether years of another specialty count" in text
    fellow = paths_to(catalog, ["gastroenterology"], Training("cardiovascular-disease"))
    assert fellow.paths[0].done_count == 1
    done = paths_to(catalog, ["internal-medicine"], training)
    assert "nothing more" in document_text(paths_document(catalog, done, TODAY))


def test_the_training_of_a_profile(catalog: Catalog) -> None:
    def training_of(*records: TrainingRecord) -> Training | None:
        return own_training(catalog, Profile(training=records, aim=TrainingAim(start="2027-07")))

    current = TrainingRecord(program=LARKSPUR, last="2028-06-30", finished=False)
    assert training_of(current) == Training(
        "internal-medicine", date(2028, 6, 30), LARKSPUR, frozenset(), date(2027, 7, 1)
    )
    earlier = TrainingRecord(specialty="pediatrics", last="2025-06", finished=True)
    both = training_of(earlier, current)
    assert both is not None
    assert (both.specialty, set(both.completed)) == ("internal-medicine", {"pediatrics"})
    year_only = training_of(TrainingRecord(specialty="surgery", last="2028"))
    assert year_only is not None
    assert year_only.until is None
    assert training_of() is None
    assert training_of(TrainingRecord(specialty="no-such-thing")) is None
    assert training_of(TrainingRecord(specialty="surgery", country="IN")) is None
    assert training_of(TrainingRecord(specialty="surgery", country="IN", accredited="ACGME-I")) is not None
    assert own_training(catalog, Profile()) is None


def test_names_of_specialties(bundled_catalog: Catalog, catalog: Catalog) -> None:
    assert len(parse_targets(bundled_catalog, "Hand surgery")) == 3
    assert parse_targets(bundled_catalog, "plastic-surgery") == ("plastic-surgery",)
    assert parse_targets(catalog, " cardiology ") == ("cardiovascular-disease",)
    assert parse_start(catalog, LARKSPUR).program is catalog.program[LARKSPUR]
    assert parse_start(catalog, "IM").specialty == "internal-medicine"
    with pytest.raises(ValueError, match="did you mean “surgery”"):
        parse_start(catalog, "surgerie")
    with pytest.raises(ValueError, match="can mean 3 specialties"):
        parse_start(bundled_catalog, "hand surgery")
    with pytest.raises(ValueError, match="is an institution; name a program of it, such as larkspur/"):
        parse_start(catalog, " Larkspur ")
    with pytest.raises(ValueError, match="unknown specialty"):
        parse_targets(catalog, "")


def test_hostile_programs_have_ladders(hostile_catalog: Catalog) -> None:
    for program in hostile_catalog.programs:
        text = document_text(
            ladder_document(hostile_catalog, ladder_from(hostile_catalog, program.specialty, program), TODAY)
        )
        assert text.isprintable() or "\n" in text
        assert "\x1b" not in text
