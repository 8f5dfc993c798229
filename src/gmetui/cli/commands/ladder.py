"""`gmetui ladder`: what training can follow, and every way to become something."""

from __future__ import annotations

from ...catalog.catalog import Catalog
from ...errors import UsageError
from ...lean_typing import TYPE_CHECKING
from ...planning.ladder import Ladder, Training, ladder_from, nearby_only
from ...planning.ladder_entry import LadderStart, parse_start, parse_targets
from ...planning.ladder_paths import PathPlan, paths_to
from .. import clock
from ..context import read_catalog
from ..document_output import print_document
from ..output import write_json

if TYPE_CHECKING:
    from argparse import Namespace

_OWN = "me"


def ladder_command(options: Namespace) -> int:
    """Run `gmetui ladder`. Raises `UsageError` for a name that nothing has, and without anything to start at."""
    options.start = options.start or options.from_start
    if not (options.start or options.to):
        raise UsageError("gmetui: name a specialty or a program to start at, or --to a specialty")
    catalog = read_catalog(options)
    try:
        training = _training(catalog, options)
        start = LadderStart(training.specialty, catalog.program.get(training.program_id)) if training else None
        if options.start and start is None:
            start = _parse_start(catalog, options.start)
        targets = parse_targets(catalog, options.to) if options.to else ()
    except ValueError as error:
        raise UsageError(f"gmetui: {error}") from error
    if targets:
        _print_paths(catalog, paths_to(catalog, targets, _start_training(start, training)), options)
        return 0
    assert start is not None
    if options.here and start.program is None:
        raise UsageError("gmetui: --here needs the id of a program to start at")
    ladder = ladder_from(catalog, start.specialty, start.program, training)
    _print_ladder(catalog, nearby_only(ladder) if options.here else ladder, options)
    return 0


def _parse_start(catalog: Catalog, name: str) -> LadderStart:
    """Return the program or specialty that a name means. Raises ValueError that says how to name one."""
    if "/" in name:
        from ..program_ids import find_program

        program = find_program(catalog, name)
        return LadderStart(program.specialty, program)
    return parse_start(catalog, name)


def _start_training(start: LadderStart | None, training: Training | None) -> Training | None:
    """Return the training that ways go on from: somebody's own, or that of the named start."""
    if training is None and start is not None:
        return Training(start.specialty, program_id=start.program.id if start.program else "")
    return training


def _training(catalog: Catalog, options: Namespace) -> Training | None:
    """Return the training of the profile if the ladder starts there. Raises ValueError where it has none."""
    if options.start != _OWN:
        return None
    from ...planning.trainee import own_training
    from ..profile_options import read_profile

    training = own_training(catalog, read_profile(options))
    if training is None:
        raise ValueError("your profile has no training to start from; `gmetui profile` says how to add it")
    return training


def _print_ladder(catalog: Catalog, ladder: Ladder, options: Namespace) -> None:
    if options.format == "json":
        from ...reports.ladder_json import ladder_json

        write_json(ladder_json(catalog, ladder, clock.today()))
    else:
        from ...documents.ladder_document import ladder_document

        print_document(ladder_document(catalog, ladder, clock.today()), catalog, options.format)


def _print_paths(catalog: Catalog, plan: PathPlan, options: Namespace) -> None:
    if options.format == "json":
        from ...reports.ladder_json import paths_json

        write_json(paths_json(catalog, plan, clock.today()))
    else:
        from ...documents.paths_document import paths_document

        print_document(paths_document(catalog, plan, clock.today()), catalog, options.format)
