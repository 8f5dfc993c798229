from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.search.normalize import fold_key, fold_word, folded_words, raw_words


@pytest.mark.parametrize(
    "variants",
    [
        ("OB/GYN", "ob-gyn", "obgyn", "Ob Gyn", "ob & gyn"),
        ("E.N.T.", "ENT", "e n t"),
        ("Paediatrics", "pediatric", "PEDIATRICS"),
        ("Anaesthesia", "anesthesia"),
        ("Orthopaedic", "orthopedics"),
        ("Haematology", "hematology"),
        ("Gynaecology", "gynecology"),
        ("Infectious Diseases", "infectious disease"),
        ("Hematology + Oncology", "Hematology and Oncology", "Hematology & Oncology"),
        ("licence", "license"),
        ("dermatologist", "Dermatologists", "dermatology"),
        ("Paediatrician", "pediatrics"),
        ("surgeons", "surgery"),
        ("psychiatrist", "psychiatry"),
        ("behavioural", "behavioral"),
        ("tumour", "tumor"),
        ("specialisation", "specialization"),
        ("centre", "center"),
        ("Children's", "Childrens", "Children’s"),
        ("Río", "rio"),
        ("A&I", "a/i", "AI"),
        ("PM&R", "PM and R", "pmr"),
        ("allergies", "allergy"),
    ],
)
def test_variants_have_the_same_key(variants: tuple[str, ...]) -> None:
    assert len({fold_key(text) for text in variants}) == 1


@pytest.mark.parametrize(
    ("first", "second"), [("EP", "ER"), ("aero", "ero"), ("gas", "ga"), ("us", "u"), ("process", "proces")]
)
def test_different_words_have_different_keys(first: str, second: str) -> None:
    assert fold_key(first) != fold_key(second)


@given(st.text(max_size=60))
def test_folding_accepts_any_text_and_returns_lower_case(text: str) -> None:
    for word in folded_words(text):
        assert word
        assert not word.isascii() or word == word.casefold()
        assert " " not in word


@given(st.text(st.characters(codec="ascii"), max_size=60))
def test_words_are_folded_one_by_one(text: str) -> None:
    assert folded_words(text) == [fold_word(raw) for raw in raw_words(text)]
