"""Makes the pictures in this directory from the running program: `python screenshots/make.py`.

Writes an SVG of each scene and, where Chromium is installed, a PNG beside it. Uses a home of its own.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Scene(NamedTuple):
    """A picture: the query it opens on, the keys that lead there, and the size of the terminal."""

    name: str
    line: str
    keys: Sequence[str]
    size: tuple[int, int] = (132, 38)
    theme: str = "gmetui-dark"


KEPT = (
    "tufts-cardiovascular-disease-fellowship",
    "mgh-internal-medicine-residency",
    "bmc-emergency-medicine-residency",
)
SCENES = (
    Scene("explore", "internal medicine kind:residency", ["enter", "down", "down"]),
    Scene("filters", "boston kind:residency", ["enter", "f", "down", "down"], (160, 44)),
    Scene("program", "internal medicine residency mgh", ["enter", "enter", "right_square_bracket"], (132, 38)),
    Scene("mission", "mission has:mission inst:mgh", ["enter", "enter"] + ["right_square_bracket"] * 2),
    Scene("shortlist", "", ["enter", "S"]),
    Scene("compare", "neurology kind:residency", ["enter", "space", "down", "space", "down", "space", "c"]),
    Scene("institutions", "", ["enter", "I", "down", "enter"] + ["right_square_bracket"] * 3),
    Scene("specialties", "", ["enter", "T"] + ["down"] * 3),
    Scene("coverage", "", ["enter", "V"]),
    Scene("light", "peds", ["enter"], (132, 38), "gmetui-light"),
    Scene("narrow", "surgery boston", ["enter", "down"], (80, 24)),
)


async def shoot(scene: Scene) -> str:
    """Return a scene as SVG."""
    from gmetui.explorer.app import GmetuiApp
    from gmetui.planning.shortlist import entry_of
    from gmetui.prepared import load
    from gmetui.storage.paths import user_paths

    app = GmetuiApp(load(), user_paths(), line=scene.line)
    app.theme = scene.theme
    async with app.run_test(size=scene.size, notifications=False) as pilot:
        listed = app.shortlist
        for own in KEPT:
            if own in app.catalog.program:
                listed = listed.added(entry_of(app.catalog, app.catalog.program[own]))
        listed = listed.noted(KEPT[0], "Met two fellows at the fair.\nAsk whether they sponsor an H-1B.")
        app.change_list(listed.with_status(KEPT[0], "interested"), "kept three")
        await pilot.pause(0.2)
        await pilot.press(*scene.keys)
        await pilot.pause(0.4)
        return tidy(app.export_screenshot(title="gmetui"))


def tidy(svg: str) -> str:
    """Return the SVG without a font from the network and with ids that do not change from run to run."""
    svg = re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "Fira Code, Menlo, Consolas, monospace")
    return re.sub(r"terminal-\d+", "gmetui", svg)


def to_png(svg: Path) -> None:
    """Draw an SVG as PNG."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg.read_text(encoding="utf-8"))
    assert found is not None
    width, height = (int(float(number) + 0.999) for number in found.groups())
    with tempfile.TemporaryDirectory() as profile:
        command = [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={profile}",
            "--hide-scrollbars",
            f"--window-size={width},{height}",
            "--default-background-color=00000000",
            f"--screenshot={svg.with_suffix('.png')}",
            svg.as_uri(),
        ]
        subprocess.run(command, check=True, timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    """Make every picture."""
    for scene in SCENES:
        with tempfile.TemporaryDirectory() as home:
            os.environ["GMETUI_HOME"] = home
            svg = HERE / f"{scene.name}.svg"
            svg.write_text(asyncio.run(shoot(scene)), encoding="utf-8", newline="\n")
        if CHROMIUM:
            to_png(svg)
        print(svg.name)


if __name__ == "__main__":
    main()
