"""Hospitals, specialties and services are results where the words are about them."""

from __future__ import annotations

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, search
from gmetui.search.engine import index_of

LARKSPUR, MARROWBY = "Larkspur University Hospital", "Marrowby Children's Hospital"


def pages(catalog: Catalog, line: str) -> list[tuple[str, str]]:
    return [(page.title, page.section) for page in search(catalog, Query.parse(line)).pages]


@pytest.mark.parametrize(
    ("line", "page"),
    [
        ("larkspur mission", (LARKSPUR, "Mission")),
        ("mission larkspur", (LARKSPUR, "Mission")),
        ("larkspur university hospital values", (LARKSPUR, "Mission")),
        ("larkspur vision", (LARKSPUR, "Mission")),
        ("larkspur rotator", (LARKSPUR, "Visiting")),
        ("larkspur rotating", (LARKSPUR, "Visiting")),
        ("marrowby visiting student", (MARROWBY, "Visiting")),
        ("marrowby observership", (MARROWBY, "Visiting")),
        ("larkspur salary", (LARKSPUR, "Pay")),
        ("larkspur benefits", (LARKSPUR, "Pay")),
        ("larkspur applying", (LARKSPUR, "Applying")),
        ("verification of training", (LARKSPUR, "Visiting")),
        ("ferry", (LARKSPUR, "Pay")),
        ("cottage", (LARKSPUR, "About")),
        ('"heal everyone"', (LARKSPUR, "Mission")),
        ("inst:marrowby mission", (MARROWBY, "Mission")),
        ("larkspur", (LARKSPUR, "")),
        ("eras", ("ERAS", "")),
        ("nrmp main match", ("NRMP Main Match", "")),
        ("cards", ("Cardiology", "")),
        ("cardiovascular disease", ("Cardiology", "")),
    ],
)
def test_first_page(catalog: Catalog, line: str, page: tuple[str, str]) -> None:
    assert pages(catalog, line)[:1] == [page]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "cardiology port ellery",
        "cards larkspur",
        "larkspur residency",
        "residency",
        "mission",
        "visa",
        "qqqq",
        "kind:fellowship",
        "larkspurr:mission",
        "-mission larkspur cards",
    ],
)
def test_words_about_programs_find_no_page(catalog: Catalog, line: str) -> None:
    assert pages(catalog, line) == []


def test_other_hospitals_are_left_out_where_one_is_named(catalog: Catalog) -> None:
    assert {title for title, _ in pages(catalog, "visiting")} == {LARKSPUR, MARROWBY}
    assert {title for title, _ in pages(catalog, "larkspur visiting")} == {LARKSPUR}


def test_hit_shows_the_text_that_matched(catalog: Catalog) -> None:
    (hit,) = search(catalog, Query.parse("ferry larkspur")).pages
    assert hit.why == "Harbor ferry at half price"
    assert hit.is_answer
    (named,) = search(catalog, Query.parse("larkspur")).pages
    assert not named.is_answer


def test_every_text_of_an_institution_is_found(catalog: Catalog) -> None:
    index = index_of(catalog)
    missed = []
    for section in index.pages.sections:
        for text in section.texts:
            words = search(catalog, Query.parse(text.replace('"', "").replace(":", " ")))
            phrase = search(catalog, Query.parse(f'"{text}"'))
            if not any(hit.page_id == section.page_id for hit in (*words.pages, *phrase.pages)) and not words.total:
                missed.append(text)
    assert missed == []


def test_copied_sentence_finds_the_page_that_says_the_same(catalog: Catalog) -> None:
    line = "we want to heal everyone who ever reaches our beautiful harbor"
    assert pages(catalog, line) == [(LARKSPUR, "Mission")]


def test_hostile_names_and_texts_make_pages(hostile_catalog: Catalog) -> None:
    assert pages(hostile_catalog, "harbor mission") == [("Harbor Hospital", "Mission")]
    assert search(hostile_catalog, Query.parse("harbor rotator")).pages[0].section == "Visiting"
