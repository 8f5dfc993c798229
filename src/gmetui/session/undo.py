"""What was done one after another, to take it back and bring it again: queries, marks, changes of the list."""

from __future__ import annotations

from typing import NamedTuple

#: What a step can be about. A step of the list says only that there is one: the list keeps its own versions.
ABOUT = ("query", "marks", "list")
_LONGEST = 200  # steps that are remembered


class Step(NamedTuple):
    """One thing that was done: how it was before, how it is after (a line, or ids), and words for it."""

    about: str
    before: str = ""
    after: str = ""
    words: str = ""


class Steps(NamedTuple):
    """What was done, and what of it was taken back, the next to bring again last."""

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    def taken(self, step: Step) -> Steps:
        """Return the steps after one more; what had been taken back cannot be brought again."""
        return Steps((*self.done, step)[-_LONGEST:])

    def back(self, *about: str) -> tuple[Steps, Step | None]:
        """Return the steps without the last one that is about one of `about`, and it; None when there is none."""
        place = _last(self.done, about)
        if place is None:
            return self, None
        return Steps(_without(self.done, place), (*self.undone, self.done[place])), self.done[place]

    def forward(self, *about: str) -> tuple[Steps, Step | None]:
        """Return the steps with the last one that was taken back, and it; None when there is none."""
        place = _last(self.undone, about)
        if place is None:
            return self, None
        return Steps((*self.done, self.undone[place]), _without(self.undone, place)), self.undone[place]


def _last(steps: tuple[Step, ...], about: tuple[str, ...]) -> int | None:
    places = range(len(steps) - 1, -1, -1)
    return next((place for place in places if not about or steps[place].about in about), None)


def _without(steps: tuple[Step, ...], place: int) -> tuple[Step, ...]:
    return steps[:place] + steps[place + 1 :]
