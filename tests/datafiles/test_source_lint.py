"""What `gmetui check` reports about sources and the facts that rest on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmetui.datafiles.files import check_files
from gmetui.datafiles.source_lint import publisher_of

pytestmark = pytest.mark.usefixtures("fixture_data")

DATA = """
[publishers]
"harbor.example.edu" = "institution"

[institution]
id = "harbor"
name = "Harbor Hospital"
city = "Port Ellery"
state = "MA"
source = "harbor-gme"

[[page]]
id = "harbor-gme"
url = "https://www.harbor.example.edu/gme"
publisher = "institution"
read = "2026-11"

[[page]]
id = "harbor-list"
url = "https://lists.example.com/harbor"
publisher = "third-party"

[[program]]
id = "harbor-surgery"
name = "General Surgery Residency"
kind = "residency"
specialty = "surgery"
accreditation = "unknown"
positions_note = "six a year"
highlights = ["A trauma center"]
source = "harbor-gme"
confirmed = "2026-11"
"""

CASES = [
    ('"https://lists.example.com/harbor"', '"https://freida.ama-assn.org/program/1"', "does not allow its use"),
    ('"https://lists.example.com/harbor"', '"https://freida-admin-ci.ama-assn.org/node/1"', "does not allow its use"),
    ('"https://lists.example.com/harbor"', '"https://www.residencyexplorer.org/x"', "does not allow its use"),
    ('read = "2026-11"', 'read = "November"', "“November” is not a month"),
    ('publisher = "institution"\nread', 'publisher = "third-party"\nread', "publishers.toml says “institution”"),
    (
        'publisher = "institution"\nread',
        'publisher = "official"\ncopy_of = "https://x.example.org/"\nread',
        "a copy is",
    ),
    ('confirmed = "2026-11"', 'confirmed = "2026"', "“2026” is not a month"),
    ('confirmed = "2026-11"', 'third_party = ["positions_note"]', "positions_note rests on the institution's own page"),
    (
        '["A trauma center"]',
        '[{ text = "A trauma center", third_party = true }]',
        "highlights[0]: is marked as a third party's beside the institution's own page",
    ),
    ('["A trauma center"]', '["A trauma center (seed page)"]', "“(seed page)” means nothing to a reader"),
    ('accreditation = "unknown"', 'accreditation = "other"', "does not name the accreditor"),
]


def problems(directory: Path, text: str) -> list[str]:
    file = directory / "harbor.toml"
    file.write_text(text, encoding="utf-8")
    return [str(problem) for problem in check_files([directory]) if problem.file == str(file)]


def test_right_sources_are_not_reported(tmp_path: Path) -> None:
    assert problems(tmp_path, DATA) == []


@pytest.mark.parametrize(("right", "wrong", "message"), CASES)
def test_each_problem_with_a_source_is_reported(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    assert right in DATA
    assert any(message in problem for problem in problems(tmp_path, DATA.replace(right, wrong)))


def test_a_fact_of_a_third_party_on_its_page_is_not_reported(tmp_path: Path) -> None:
    cited = 'third_party = ["positions_note"]\n[program.sources]\nharbor-list = ["positions_note"]'
    assert problems(tmp_path, DATA.replace('confirmed = "2026-11"', cited)) == []


def test_acgme_id_on_a_front_page_is_reported(tmp_path: Path) -> None:
    text = DATA.replace("https://www.harbor.example.edu/gme", "https://www.harbor.example.edu/")
    text = text.replace('confirmed = "2026-11"', 'acgme_id = "4402421001"')
    assert any("rests on the front page of a site" in problem for problem in problems(tmp_path, text))


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://www.harbor.example.edu/x", "institution"),
        ("https://harbor.example.edu./x", "institution"),
        ("https://notharbor.example.edu/x", None),
        ("https://example.edu/", None),
        ("https://pages.example.net/harbor/x", "institution"),
        ("https://pages.example.net/other", None),
    ],
)
def test_publisher_follows_from_the_host(url: str, publisher: str | None) -> None:
    publishers = {"harbor.example.edu": "institution", "pages.example.net/harbor": "institution"}
    assert publisher_of(url, publishers) == publisher


def test_every_publisher_in_the_bundled_data_is_reviewed() -> None:
    """A host whose pages are an institution's or an official body's stands in publishers.toml."""
    import tomllib

    directory = Path(__file__).parents[2] / "data"
    publishers = tomllib.loads((directory / "publishers.toml").read_text(encoding="utf-8"))["publishers"]
    pages = tomllib.loads((directory / "sources.toml").read_text(encoding="utf-8"))["page"]
    unreviewed = {
        page["url"]
        for page in pages
        if page["publisher"] != "third-party" and page.get("url") and publisher_of(page["url"], publishers) is None
    }
    assert not unreviewed, "add the host to data/publishers.toml, or make the page a third party's"
