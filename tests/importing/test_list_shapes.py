"""A hundred shapes of lists with planted dirt: what comes back is right or in doubt, and nothing is wrong silently."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from gmetui.catalog.catalog import Catalog
from importing.list_shapes import LAYOUTS, import_shape, judge, plant, shapes

_PROGRAMS_PER_SHAPE = 6


def test_what_was_planted_comes_back(bundled_catalog: Catalog, tmp_path: Path) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    names = []
    for seed, (name, layout, dirt) in enumerate(shapes()):
        planted = plant(bundled_catalog, _PROGRAMS_PER_SHAPE, seed)
        program_import = import_shape(bundled_catalog, tmp_path / f"list-{seed}", planted, layout, dirt, seed)
        columns = set(layout([planted[0].row])[0]) | ({"ACGME ID"} if layout is LAYOUTS["other headings"] else set())
        judgment = judge(program_import, planted, columns)
        counts += judgment.counts
        wrong += [f"{name}: {fact}" for fact in judgment.wrong]
        names.append(name)
    assert len(names) >= 60
    bad = sum(count for (_fact, outcome), count in counts.items() if outcome in ("wrong", "missing"))
    assert [fact for fact in wrong if "''" not in fact] == [], "wrong without a doubt"
    assert bad <= 0.005 * counts.total(), "\n".join(wrong[:40])
