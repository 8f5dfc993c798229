"""What was passed over, as a value."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from gmetui.shortlist.triage import VERDICTS, PassedProgram, Triage, TriageCounts, verdict_of

IDS = [f"program-{number}" for number in range(8)]
PASSED = st.lists(st.builds(PassedProgram, st.sampled_from(IDS), st.sampled_from(VERDICTS)), max_size=20)


@given(PASSED, st.sets(st.sampled_from(IDS)))
def test_every_program_has_one_decision(passed: Sequence[PassedProgram], listed_ids: set[str]) -> None:
    triage = Triage().with_programs(passed)
    assert triage.verdicts == {program.id: program.verdict for program in passed}
    assert len(triage) == len({program.id for program in passed})
    counts = TriageCounts.of(verdict_of(each, triage, listed_ids) for each in IDS)
    assert counts.total == len(IDS)
    assert counts.interested == len(listed_ids)
    assert counts.new == sum(not verdict_of(each, triage, listed_ids) for each in IDS)


@given(PASSED)
def test_a_program_keeps_its_place_and_can_be_forgotten(passed: Sequence[PassedProgram]) -> None:
    triage = Triage().with_programs(passed)
    assert [program.id for program in triage] == list(dict.fromkeys(program.id for program in passed))
    for program in passed:
        without = triage.without({program.id})
        assert program.id not in without.verdicts
        assert len(without) == len(triage) - 1
    assert triage.without(set(IDS)) == Triage()
