"""A seeded fuzzer: no rhythm of keys, pastes, clicks and resizes ends the application or raises an error.

Every run tries `STEPS` steps per seed, in sessions that follow each other in one home. To try more:
``GMETUI_FUZZ_STEPS=100000 pytest -o log_cli=true --log-cli-level=INFO tests/tui/test_key_fuzzing.py``; it logs how far
it is. ``GMETUI_FUZZ_SEED`` adds to the seeds. A failure ends its session, with the last steps; the next session starts.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import time
import traceback
from collections import deque
from pathlib import Path
from typing import Any, cast

import pytest
from textual import events
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import Screen

from gmetui.catalog.catalog import Catalog
from gmetui.tui.actions import ACTIONS
from gmetui.tui.app import GmetuiApp
from hostile_home import ATTACK, write_hostile_home
from support import HOSTILE_TEXTS, make_app

LOG = logging.getLogger(__name__)
STEPS = int(os.environ.get("GMETUI_FUZZ_STEPS", "400"))
SESSION_STEPS = 2_000  # until the application is started again
PAINT_SHARE = 0.1  # of the changes that are painted; painting takes most of the time
SEEDS = tuple(int(os.environ.get("GMETUI_FUZZ_SEED", "0")) + number for number in range(1, 7))
SIZES = ((80, 24), (120, 40), (200, 50), (40, 10), (20, 5), (1, 1))
#: Keys that end the application on purpose are left out.
QUITTING = {"q", "ctrl+q", "ctrl+c"}
TYPED = tuple("aeiost 0123456789:-\"'()|,.?!/~\\")
MOVING = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab", "enter", "escape")
EDITING = ("backspace", "delete", "ctrl+s", "ctrl+x", "ctrl+u", "ctrl+w", "ctrl+e", "ctrl+k", "space")
KEYS = tuple(sorted({key for action in ACTIONS for key in action.keys} - QUITTING)) + TYPED + MOVING * 4 + EDITING
PASTES = (*HOSTILE_TEXTS, ATTACK, "x" * 3000, "one\ntwo\nthree", "~nobody/x.csv", "/", ".", "")


class Fuzzer:
    """Chooses and performs random steps; remembers the last ones for the report."""

    def __init__(self, pilot: Pilot[Any], chooser: random.Random) -> None:
        self.pilot = pilot
        self.random = chooser
        self.recent_steps: deque[str] = deque(maxlen=25)

    def post_key(self, key: str) -> None:
        """Send a key as a terminal does."""
        character = " " if key == "space" else key if len(key) == 1 else None
        self.pilot.app.post_message(events.Key(key, character))

    async def settle(self) -> None:
        """Let what was sent have its effect. Now and then wait for timers and threads too."""
        await asyncio.sleep(0)
        queue = cast(GmetuiApp, self.pilot.app).input_queue
        while queue.is_busy and self.pilot.app._exception is None:  # noqa: ASYNC110  # no event tells it
            await asyncio.sleep(0)
        if self.random.random() < 0.005:
            await asyncio.sleep(0.02)

    async def step(self) -> None:
        """Perform one random step."""
        steps = (self.press, self.press_in_one_read, self.paste, self.click, self.resize)
        await self.random.choices(steps, (70, 12, 6, 10, 2))[0]()

    async def press(self) -> None:
        """Press a key and wait for its effect."""
        key = self.random.choice(KEYS)
        self.recent_steps.append(key)
        self.post_key(key)
        await self.settle()

    async def press_in_one_read(self) -> None:
        """Send several keys at once, as a slow connection does."""
        keys = [self.random.choice(KEYS) for _ in range(self.random.randint(2, 5))]
        if self.random.random() < 0.3:
            keys = ["enter", "enter"]
        self.recent_steps.append("+".join(keys))
        for key in keys:
            self.post_key(key)
        await self.settle()

    async def paste(self) -> None:
        """Paste a text."""
        text = self.random.choice(PASTES)
        self.recent_steps.append(f"paste {text[:20]!r}")
        self.pilot.app.post_message(events.Paste(text))
        await self.settle()

    async def click(self) -> None:
        """Click anywhere."""
        width, height = self.pilot.app.size
        offset = (self.random.randrange(max(1, width)), self.random.randrange(max(1, height)))
        button = self.random.choice((1, 1, 1, 3))
        self.recent_steps.append(f"click {offset} {button}")
        for event in (events.MouseMove, events.MouseDown, events.MouseUp) * self.random.choice((1, 1, 2)):
            pressed = 0 if event is events.MouseMove else button
            x, y = offset
            self.pilot.app.post_message(event(None, x, y, 0, 0, pressed, False, False, False, screen_x=x, screen_y=y))
        await self.settle()

    async def resize(self) -> None:
        """Change the size of the terminal, as the driver reports it."""
        size = Size(*self.random.choice(SIZES))
        self.recent_steps.append(f"resize {size}")
        self.pilot.app._driver._size = size  # type: ignore[union-attr]
        self.pilot.app.post_message(events.Resize(size, size))
        await self.settle()


@pytest.fixture(autouse=True)
def paint_sometimes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out most paintings."""
    chooser, paint = random.Random(0), Screen._compositor_refresh

    def paint_or_skip(screen: Screen[None]) -> None:
        if chooser.random() < PAINT_SHARE:
            paint(screen)
        else:
            screen._compositor._dirty_regions.clear()
            screen._dirty_widgets.clear()

    monkeypatch.setattr(Screen, "_compositor_refresh", paint_or_skip)


@pytest.mark.parametrize("seed", SEEDS)
async def test_random_input_never_ends_the_application(
    catalog: Catalog, home: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("gmetui.tui.clipboard._copy_to_system", lambda text: False)
    if seed % 2:
        write_hostile_home(home, catalog)
    chooser, failures, step_count = random.Random(seed), list[str](), 0
    while step_count < STEPS:
        number, start = min(SESSION_STEPS, STEPS - step_count), time.monotonic()
        failure = await run_session(catalog, chooser, number, monkeypatch)
        step_count += number
        if failure:
            failures.append(f"seed {seed}, before step {step_count}: {failure}")
            LOG.error("%s", failures[-1])
        LOG.info("seed %d: %s steps, %.0f a second", seed, f"{step_count:,}", number / (time.monotonic() - start))
    assert not failures


async def run_session(
    catalog: Catalog, chooser: random.Random, step_count: int, monkeypatch: pytest.MonkeyPatch
) -> str | None:
    """Start the application and perform random steps. Return what failed, and after which steps."""
    app = make_app(catalog)
    monkeypatch.setattr(app, "open_url", lambda url, new_tab=True: None)
    monkeypatch.setattr(app, "exit", lambda *arguments, **options: None)  # the palette can choose to quit
    fuzzer = None
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            fuzzer = Fuzzer(pilot, chooser)
            for _ in range(step_count):
                await fuzzer.step()
                if app._exception is not None or not app.is_running:
                    break
            assert app.is_running, "the application ended"
    except Exception as error:  # noqa: BLE001  # any kind of failure is reported, and the next session starts
        traceback.print_exception(error)
        return f"{error!r} after {list(fuzzer.recent_steps) if fuzzer else []}"
    return None
