"""How far a long piece of work is, told to whoever waits for it and may stop it."""

from __future__ import annotations

from collections.abc import Callable

#: Receives the share of the work that is done, from 0 to 1. It may raise to stop the work.
ReportShare = Callable[[float], None]


def ignore_share(_: float) -> None:
    """Report nothing."""


def part_of(report: ReportShare, start: float, end: float) -> ReportShare:
    """Return a function that reports the progress of a part of the work: from `start` to `end` of all of it."""
    return lambda share: report(start + (end - start) * min(1.0, share))
