"""Makes the pictures in this directory from the running program: `python screenshots/make.py`.

Writes an SVG of each scene in the dark theme and a PNG of it in both, where Chromium is installed, and an animated
demo of the main job (`pip install -e '.[pictures]'`). Uses a home of its own and takes about two minutes.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
WIDTH = 840  # of the demo, in pixels
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Scene(NamedTuple):
    """A picture: the query it opens on, the keys that lead there, and the size of the terminal."""

    name: str
    line: str
    keys: Sequence[str]
    size: tuple[int, int] = (132, 38)


KEPT = (
    "tufts-cardiovascular-disease-fellowship",
    "mgh-internal-medicine-residency",
    "bmc-emergency-medicine-residency",
)
SCENES = (
    Scene("explore", "internal medicine kind:residency", ["enter", "down", "down"]),
    Scene("filters", "boston kind:residency", ["enter", "f", "down", "down"], (160, 44)),
    Scene("program", "internal medicine residency mgh", ["enter", "enter", "right_square_bracket"], (132, 38)),
    Scene("mission", "mission has:mission inst:mgh", ["enter", "enter"] + ["right_square_bracket"] * 5),
    Scene("shortlist", "", ["enter", "S"]),
    Scene("compare", "neurology kind:residency", ["enter", "space", "down", "space", "down", "space", "c"]),
    Scene("institutions", "", ["enter", "I", "down", "enter"] + ["right_square_bracket"] * 3),
    Scene("specialties", "", ["enter", "T"] + ["down"] * 3),
    Scene("coverage", "", ["enter", "V"]),
    Scene("anything", "", ["enter", "colon", *"boston"]),
    Scene("narrow", "surgery boston", ["enter", "down"], (80, 24)),
)
#: The main job, as (keys, milliseconds that the frame after them stays).
DEMO: Sequence[tuple[Sequence[str], int]] = (
    ([], 1200),
    *(([letter], 140) for letter in "nuerology"),
    ([], 1200),
    (["enter"], 700),
    (["f"], 900),
    (["down", "down", "down", "down"], 500),
    (["space"], 1200),
    (["2"], 600),
    (["down"], 500),
    (["enter"], 1200),
    (["right_square_bracket"], 1500),
    (["right_square_bracket", "right_square_bracket"], 1300),
    (["s"], 1500),
    (["2", "down"], 500),
    (["s"], 900),
    (["S"], 1300),
    (["J"], 1200),
    (["e"], 1600),
    (["enter"], 2200),
)


async def shoot(scene: Scene, theme: str) -> str:
    """Return a scene as SVG."""
    from gmetui.loader import load
    from gmetui.shortlist.columns import named_column
    from gmetui.shortlist.entries import entry_of
    from gmetui.storage.paths import user_paths
    from gmetui.tui.app import GmetuiApp

    app = GmetuiApp(load(), user_paths(), line=scene.line)
    app.theme = theme
    app.state = app.state._replace(met=True)
    async with app.run_test(size=scene.size, notifications=False) as pilot:
        listed = app.shortlist
        for own in KEPT:
            if own in app.catalog.program:
                listed = listed.added(entry_of(app.catalog, app.catalog.program[own]))
        listed = listed.noted(KEPT[0], "Met two fellows at the fair.\nAsk whether they sponsor an H-1B.")
        for column in (named_column("Near family", "1-5", 3), named_column("H-1B", "yes/no", must="yes")):
            listed = listed.with_column(column)
        for own, grade in zip(KEPT, (4, 2, 5), strict=True):
            listed = listed.valued(own, "Near family", grade)
        listed = listed.valued(KEPT[1], "H-1B", True).rated(KEPT[1], 4).with_status(KEPT[1], "invited")
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


def drawn(svg: str) -> Any:
    """Return a frame of the demo as an image."""
    from PIL import Image

    with tempfile.TemporaryDirectory() as directory:
        frame = Path(directory) / "frame.svg"
        frame.write_text(svg, encoding="utf-8")
        to_png(frame)
        image = Image.open(frame.with_suffix(".png")).convert("RGB")
    return image.resize((WIDTH, WIDTH * image.height // image.width), Image.Resampling.LANCZOS)


async def demo(file: Path) -> None:
    """Write the main job as an animated picture, each frame drawn from the running program."""
    from PIL import Image

    from gmetui.loader import load
    from gmetui.storage.paths import user_paths
    from gmetui.tui.app import GmetuiApp

    frames: list[Any] = []
    app = GmetuiApp(load(), user_paths(), line="")
    async with app.run_test(size=(118, 32), notifications=True) as pilot:
        for keys, _ in DEMO:
            await pilot.press(*keys)
            await pilot.pause(0.1)
            frames.append(drawn(tidy(app.export_screenshot(title="gmetui"))))
    every = Image.new("RGB", (WIDTH, frames[0].height * 4))
    for place, frame in enumerate(frames[:: max(1, len(frames) // 4)][:4]):
        every.paste(frame, (0, place * frame.height))
    colours = every.quantize(192, method=Image.Quantize.MEDIANCUT)
    few = [frame.quantize(palette=colours, dither=Image.Dither.NONE) for frame in frames]
    times = [stays for _, stays in DEMO]
    few[0].save(file, save_all=True, append_images=few[1:], duration=times, loop=0, optimize=True)


async def national(file: Path) -> None:
    """Write the pictures of a list of programs that is brought in: its columns, what would happen, and after it."""
    from textual.widgets import Input

    from gmetui.loader import load
    from gmetui.storage.paths import user_paths
    from gmetui.tui.app import GmetuiApp

    app = GmetuiApp(load(), user_paths(), line="", read=load)
    app.state = app.state._replace(met=True)

    def keep(name: str) -> None:
        svg = HERE / f"{name}.svg"
        svg.write_text(tidy(app.export_screenshot(title="gmetui")), encoding="utf-8", newline="\n")

    async with app.run_test(size=(132, 38), notifications=False) as pilot:
        await pilot.press("escape", "A", "enter")
        await pilot.pause()
        app.screen.query_one(Input).value = str(file)
        for name, keys in (("import-columns", ["enter"]), ("import-report", ["enter"]), ("", ["enter"])):
            await pilot.pause(0.5)
            await pilot.press(*keys)
            await pilot.pause(6)
            if name:
                keep(name)
        await pilot.press("slash", *"psych", "space", *"ohio", "down")
        await pilot.pause(0.5)
        keep("country")


def main() -> None:
    """Make every picture, and the demo where its libraries are installed.

    With a list of programs as an argument, make only the pictures of bringing it in.
    """
    if len(sys.argv) > 1:
        with tempfile.TemporaryDirectory() as home:
            os.environ["GMETUI_HOME"] = home
            asyncio.run(national(Path(sys.argv[1]).resolve()))
        for name in ("import-columns", "import-report", "country"):
            if CHROMIUM:
                to_png(HERE / f"{name}.svg")
        return
    for scene in SCENES:
        for theme, ending in (("gmetui-light", "-light"), ("gmetui-dark", "")):
            with tempfile.TemporaryDirectory() as home:
                os.environ["GMETUI_HOME"] = home
                svg = HERE / f"{scene.name}{ending}.svg"
                svg.write_text(asyncio.run(shoot(scene, theme)), encoding="utf-8", newline="\n")
            if CHROMIUM:
                to_png(svg)
            if ending:
                svg.unlink()  # one SVG of a scene is enough
        print(scene.name)
    if not CHROMIUM:
        return
    try:
        with tempfile.TemporaryDirectory() as home:
            os.environ["GMETUI_HOME"] = f"{home}/.gmetui"
            os.environ["HOME"] = home
            os.chdir(home)
            asyncio.run(demo(HERE / "demo.gif"))
    except ModuleNotFoundError as error:
        print(f"no demo: {error}")


if __name__ == "__main__":
    main()
