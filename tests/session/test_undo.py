from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gmetui.session.undo import ABOUT, Step, Steps

STEPS = st.lists(st.builds(Step, st.sampled_from(ABOUT), st.text(max_size=3), st.text(max_size=3)), max_size=30)


@given(STEPS)
def test_taking_all_back_and_bringing_all_again_changes_nothing(done: list[Step]) -> None:
    steps = Steps()
    for step in done:
        steps = steps.taken(step)
    now = steps
    for expected in reversed(done):
        now, step_back = now.back()
        assert step_back == expected
    assert now.back() == (now, None)
    for expected in done:
        now, brought = now.forward()
        assert brought == expected
    assert now == steps


@given(STEPS, st.sampled_from(ABOUT))
def test_only_what_is_asked_about_is_taken_back(done: list[Step], about: str) -> None:
    steps = Steps(tuple(done))
    while True:
        steps, step = steps.back(about)
        if step is None:
            break
        assert step.about == about
    assert list(steps.done) == [step for step in done if step.about != about]


def test_what_is_done_anew_ends_what_could_be_brought_again() -> None:
    steps, _ = Steps((Step("query", "a", "b"),)).back()
    assert steps.taken(Step("marks")).undone == ()
