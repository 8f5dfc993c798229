from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gmetui.session.history import Trail, Visit

ONE, TWO, THREE = (Visit("explore", query) for query in ("", "cards", "cards kind:fellowship"))


def test_back_and_forward() -> None:
    trail = Trail().left(ONE).left(TWO)
    trail, visit = trail.back(THREE)
    assert visit == TWO
    trail, visit = trail.back(TWO)
    assert visit == ONE
    assert trail.back(ONE) == (trail, None)
    trail, visit = trail.forward(ONE)
    assert visit == TWO
    trail, visit = trail.forward(TWO)
    assert visit == THREE
    assert trail.forward(THREE) == (trail, None)


def test_going_on_elsewhere_forgets_what_was_ahead() -> None:
    trail, _ = Trail().left(ONE).left(TWO).back(THREE)
    assert not trail.left(TWO).future


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=300))
def test_the_way_back_is_the_way_there(places: list[str]) -> None:
    trail, now = Trail(), Visit("start")
    came = [now]
    for place in places:
        if Visit(place) != now:
            trail, now = trail.left(now), Visit(place)
            came.append(now)
    for expected in reversed(came[max(0, len(came) - 101) : -1]):
        trail, visit = trail.back(now)
        assert visit == expected
        now = expected
