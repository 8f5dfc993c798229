"""Make the pictures in this directory from the running program: `python screenshots/make.py`.

Writes an SVG of each scene in the dark theme and, if Chromium is installed, PNGs in both themes and an animated demo
(`pip install -e '.[pictures]'`). Uses a temporary home directory and takes about two minutes.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from gmetui import Catalog
    from gmetui.shortlist.entries import Shortlist
    from gmetui.tui.app import GmetuiApp

DIRECTORY = Path(__file__).resolve().parent
DEMO_WIDTH = 840  # pixels
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Scene(NamedTuple):
    """A picture: the query to start with, the keys to press, the size of the terminal, and a profile as TOML."""

    name: str
    query: str
    keys: Sequence[str]
    size: tuple[int, int] = (132, 38)
    profile: str = ""


SAVED_IDS = (
    "tufts-cardiovascular-disease-fellowship",
    "mgh-internal-medicine-residency",
    "bmc-emergency-medicine-residency",
)
PROFILE = """format = 1
degree = "MBBS"
school_country = "IN"
graduation = "2021-06"
letters = 3

[visa]
needed = true
will_take = ["J-1", "H-1B"]

[[exam]]
name = "USMLE Step 1"
passed = "2023-05-15"

[[exam]]
name = "USMLE Step 2 CK"
passed = "2024-02-20"

[[certificate]]
name = "ECFMG"
issued = "2024-08-01"

[aim]
start = "2027-07"
kind = "residency"
"""
SCENES = (
    Scene("start", "", []),
    Scene("explore", "internal medicine kind:residency", ["enter", "down", "down"]),
    Scene("filters", "boston kind:residency", ["enter", "f", "down", "down"], (160, 44)),
    Scene("program", "internal medicine residency mgh", ["enter", "enter"], (132, 38)),
    Scene("mission", "mission has:mission inst:mgh", ["enter", "enter", "7"]),
    Scene("shortlist", "", ["enter", "S"]),
    Scene("compare", "internal medicine residency boston", ["enter", *["space", "down"] * 3, "c", "down", "down"]),
    Scene("institutions", "", ["enter", "I", "down", "enter", "4"]),
    Scene("specialties", "", ["enter", "T"] + ["down"] * 3),
    Scene("season", "", ["enter", "P"]),
    Scene("fits", "internal medicine", ["enter", "P", "up", "up"], profile=PROFILE),
    Scene("ladder", "internal medicine residency mgh", ["enter", "R"]),
    Scene("map", "internal medicine", ["enter", "M"]),
    Scene("coverage", "", ["enter", "V"]),
    Scene("anything", "", ["enter", "colon", *"boston"]),
    Scene("narrow", "surgery boston", ["enter", "down"], (80, 24)),
)
#: The steps of the demo: keys, and how many milliseconds the frame after them is shown.
DEMO: Sequence[tuple[Sequence[str], int]] = (
    ([], 1200),
    *(([letter], 140) for letter in "nuerology"),
    ([], 1200),
    (["enter"], 700),
    (["f"], 900),
    (["space"], 1200),
    (["2"], 900),
    (["enter"], 1200),
    (["2"], 1500),
    (["5"], 1500),
    (["s"], 1500),
    (["escape", "down"], 700),
    (["s"], 900),
    (["S"], 1300),
    (["J"], 1200),
    (["e"], 1600),
    (["enter"], 2200),
)


def make_app(query: str) -> GmetuiApp:
    """Return the explorer with a query."""
    from gmetui.loader import load_catalog
    from gmetui.storage.paths import user_paths
    from gmetui.tui.app import GmetuiApp
    from gmetui.tui.preferences import Start, read_preferences

    paths = user_paths()
    start = Start(read_preferences(paths), query_text=query)
    return GmetuiApp(load_catalog(), paths, start, load_catalog=load_catalog)


async def draw_scene(scene: Scene, theme: str) -> str:
    """Return a scene as SVG."""
    app = make_app(scene.query)
    app.theme = theme
    async with app.run_test(size=scene.size, notifications=False) as pilot:
        app.session.save_shortlist(sample_shortlist(app.session.catalog, app.session.shortlist), "saved three programs")
        await pilot.pause(0.2)
        await pilot.press(*scene.keys)
        await pilot.pause(0.4)
        return tidy(app.export_screenshot(title="gmetui"))


def sample_shortlist(catalog: Catalog, shortlist: Shortlist) -> Shortlist:
    """Return a shortlist with three programs, a note, and two custom columns."""
    from gmetui.shortlist.columns import custom_column
    from gmetui.shortlist.entries import entry_of

    for program_id in SAVED_IDS:
        shortlist = shortlist.with_entry(entry_of(catalog, catalog.program[program_id]))
    shortlist = shortlist.with_note(SAVED_IDS[0], "Met two fellows at the fair.\nAsk whether they sponsor an H-1B.")
    shortlist = shortlist.with_column(custom_column("Near family", "1-5", 3))
    shortlist = shortlist.with_column(custom_column("H-1B", "yes/no", requirement="yes"))
    for program_id, rating in zip(SAVED_IDS, (4, 2, 5), strict=True):
        shortlist = shortlist.with_value(program_id, "Near family", rating)
    shortlist = shortlist.with_value(SAVED_IDS[1], "H-1B", True).with_rating(SAVED_IDS[1], 4)
    return shortlist.with_status(SAVED_IDS[1], "invited").with_status(SAVED_IDS[0], "interested")


def tidy(svg: str) -> str:
    """Return the SVG without a web font and with ids that don't change from run to run."""
    svg = re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "Fira Code, Menlo, Consolas, monospace")
    return re.sub(r"terminal-\d+", "gmetui", svg)


def convert_to_png(svg_file: Path) -> None:
    """Write a PNG beside an SVG."""
    view_box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg_file.read_text(encoding="utf-8"))
    assert view_box is not None
    width, height = (int(float(number) + 0.999) for number in view_box.groups())
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
            f"--screenshot={svg_file.with_suffix('.png')}",
            svg_file.as_uri(),
        ]
        subprocess.run(command, check=True, timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def rasterize(svg: str) -> Any:
    """Return an SVG as a Pillow image."""
    from PIL import Image

    with tempfile.TemporaryDirectory() as directory:
        svg_file = Path(directory) / "frame.svg"
        svg_file.write_text(svg, encoding="utf-8")
        convert_to_png(svg_file)
        image = Image.open(svg_file.with_suffix(".png")).convert("RGB")
    return image.resize((DEMO_WIDTH, DEMO_WIDTH * image.height // image.width), Image.Resampling.LANCZOS)


async def record_demo(file: Path) -> None:
    """Write the demo as an animated GIF."""
    frames: list[Any] = []
    app = make_app("")
    async with app.run_test(size=(118, 32), notifications=True) as pilot:
        for keys, _ in DEMO:
            await pilot.press(*keys)
            await pilot.pause(0.1)
            frames.append(rasterize(tidy(app.export_screenshot(title="gmetui"))))
    write_gif(file, frames, [duration for _, duration in DEMO])


def write_gif(file: Path, frames: Sequence[Any], durations: Sequence[int]) -> None:
    """Write frames as an animated GIF with one palette, taken from four of them."""
    from PIL import Image

    samples = frames[:: max(1, len(frames) // 4)][:4]
    collage = Image.new("RGB", (DEMO_WIDTH, frames[0].height * len(samples)))
    for index, frame in enumerate(samples):
        collage.paste(frame, (0, index * frame.height))
    palette = collage.quantize(192, method=Image.Quantize.MEDIANCUT)
    first, *others = (frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames)
    first.save(file, save_all=True, append_images=others, duration=list(durations), loop=0, optimize=True)


IMPORT_PICTURES = ("import-columns", "import-report", "country")


async def draw_import(file: Path) -> None:
    """Write SVGs of the import of a program list: its columns, the preview, and the list afterwards."""
    from textual.widgets import Input

    app = make_app("")
    columns_picture, report_picture, list_picture = IMPORT_PICTURES

    def save_picture(name: str) -> None:
        svg = tidy(app.export_screenshot(title="gmetui"))
        (DIRECTORY / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")

    async with app.run_test(size=(132, 38), notifications=False) as pilot:
        await pilot.press("escape", "A", "enter")
        await pilot.pause()
        app.screen.query_one(Input).value = str(file)
        for picture in (columns_picture, report_picture, None):
            await pilot.pause(0.5)
            await pilot.press("enter")
            await pilot.pause(6)
            if picture:
                save_picture(picture)
        await pilot.press("slash", *"psych", "space", *"ohio", "down")
        await pilot.pause(0.5)
        save_picture(list_picture)


@contextmanager
def temporary_home() -> Iterator[str]:
    """Let gmetui keep its files in a directory that is deleted afterwards."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["GMETUI_HOME"] = f"{home}/.gmetui"
        yield home


def make_scene(scene: Scene) -> None:
    """Write the pictures of a scene: PNGs in both themes, and an SVG in the dark one."""
    for theme, suffix in (("gmetui-light", "-light"), ("gmetui-dark", "")):
        svg_file = DIRECTORY / f"{scene.name}{suffix}.svg"
        with temporary_home() as home:
            if scene.profile:
                directory = Path(home, ".gmetui")
                directory.mkdir()
                (directory / "profile.toml").write_text(scene.profile, encoding="utf-8")
            svg_file.write_text(asyncio.run(draw_scene(scene, theme)), encoding="utf-8", newline="\n")
        if CHROMIUM:
            convert_to_png(svg_file)
        if suffix:
            svg_file.unlink()


def make_demo() -> None:
    """Write the demo, if Pillow is installed."""
    try:
        with temporary_home() as home:
            os.environ["HOME"] = home
            os.chdir(home)
            asyncio.run(record_demo(DIRECTORY / "demo.gif"))
    except ModuleNotFoundError as error:
        print(f"no demo: {error}")


def main() -> None:
    """Make all pictures; with a program list as an argument, only those of its import."""
    if len(sys.argv) > 1:
        with temporary_home():
            asyncio.run(draw_import(Path(sys.argv[1]).resolve()))
        for name in IMPORT_PICTURES:
            if CHROMIUM:
                convert_to_png(DIRECTORY / f"{name}.svg")
        return
    for scene in SCENES:
        make_scene(scene)
        print(scene.name)
    if CHROMIUM:
        make_demo()


if __name__ == "__main__":
    main()
