"""The bundled data: complete, well formed, every fact with its page; compared with the facts it was made from."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gmetui.catalog import schema as fields
from gmetui.catalog.facts import institution_facts, program_facts, specialty_facts
from gmetui.catalog.items import Partner, SiteUse
from gmetui.catalog.models import Catalog
from gmetui.datafiles.files import bundled_files, check_files, data_root, parse
from gmetui.search.normalize import joined

ROOT = Path(str(data_root()))
FILES = [name for name, _ in bundled_files()]
FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts"


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_clean(name: str) -> None:
    content = dict(bundled_files())[name]
    text = content.decode("utf-8")
    parse(name, content)
    assert "\r" not in text
    assert "\t" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert text == text.strip() + "\n"


def test_there_are_no_problems() -> None:
    problems = [problem for problem in check_files([]) if not problem.doubtful]
    assert not problems, "\n".join(map(str, problems))


def test_nothing_is_missing(catalog: Catalog) -> None:
    assert len(catalog.institutions) == 11
    assert len(catalog.programs) == 440
    boston = {"mgh": 104, "bmc": 70, "tufts": 57}
    others = {"dhmc": 40, "bidmc": 39, "umass": 38, "bch": 36, "bwh": 26, "lahey": 15, "cha": 12, "semc": 3}
    assert Counter(p.institution for p in catalog.programs) == {**boston, **others}
    kinds = {"fellowship": 267, "residency": 137, "other": 29, "combined": 7}
    assert Counter(p.kind for p in catalog.programs) == kinds
    assert sum(specialty.listed for specialty in catalog.specialties) == 233
    assert len(catalog.salaries) == 15
    assert len(catalog.requirements) == 35
    assert len(catalog.services) == 12
    assert len(catalog.boards) == 40
    assert len(catalog.ambiguities) == 64


def test_counts_of_facts(catalog: Catalog) -> None:
    """How many programs state each field, and how many items: a fact that is lost changes a number."""
    counts = {f.key: sum(getattr(p, f.key) not in (None, ()) for p in catalog.programs) for f in fields.PROGRAM}
    assert counts["requirements"] == 190
    assert counts["length_years"] == 259
    assert counts["positions_per_year"] == 119
    assert counts["visa"] == 41
    assert counts["deadlines"] == 80
    assert counts["acgme_id"] == 101
    assert counts["nrmp_codes"] == 39
    assert counts["sites"] == 289
    assert counts["highlights"] == 317
    assert counts["disagreements"] == 43
    assert sum(len(p.requirements) for p in catalog.programs) == 474
    assert sum(len(p.statements) for p in catalog.programs) == 36


def test_structure_stands_beside_the_texts(catalog: Catalog) -> None:
    """How many items carry structure: one that is lost changes a number."""
    requirements = [item for p in catalog.programs for item in p.requirements]
    assert Counter(item.strength for item in requirements) == {
        "required": 263,
        None: 195,
        "preferred": 9,
        "considered": 7,
    }
    assert sum(item.needs is not None for item in requirements) == 155
    tracks = [track for p in catalog.programs for track in p.tracks]
    assert (len(tracks), sum(track.length_years is not None for track in tracks)) == (210, 42)
    assert sum(len(p.deadlines) for p in catalog.programs) == 88
    assert sum(len(d.dates) for p in catalog.programs for d in p.deadlines) == 127
    assert sum(bool(v.sponsored or v.by_case or v.refused) for p in catalog.programs for v in p.visa) == 42
    used: list[SiteUse | Partner] = [item for p in catalog.programs for item in p.sites]
    used += [item for p in catalog.programs for item in p.joint_with]
    assert (len(used), sum(bool(u.site) for u in used)) == (690, 634)
    assert len(catalog.sites) == 84
    assert {site for u in used for site in u.site} <= {site.id for site in catalog.sites}


def test_each_match_code_is_one_and_names_a_track_that_is_there(catalog: Catalog) -> None:
    for program in catalog.programs:
        names = {track.name for track in program.tracks}
        assert all(code.code and (code.track is None or code.track in names) for code in program.nrmp_codes)
        assert len(names) == len(program.tracks)


def test_what_the_facts_call_a_third_partys_is_marked(catalog: Catalog) -> None:
    for program in catalog.programs:
        for fact in program_facts(catalog, program):
            if fact.key in ("disagreements", "accreditation_note"):
                continue
            for value, said in zip(fact.values, fact.beside or [""] * len(fact.values), strict=True):
                if "third party" in value or "FREIDA" in value:
                    item = next((i for i in getattr(program, fact.key) if getattr(i, "text", "") == value), None)
                    marked = getattr(item, "third_party", False) or fact.third_party or said
                    assert marked, f"{program.id}: {value}"


def test_every_fact_names_its_page(catalog: Catalog) -> None:
    for program in catalog.programs:
        for fact in program_facts(catalog, program):
            assert bool(fact.citations) is bool(fact.values), f"{program.id}: {fact.key}"
        assert all(statement.source for statement in program.statements)
    for institution in catalog.institutions:
        for fact in institution_facts(catalog, institution):
            known = fact.key in institution.provenance.general_knowledge
            assert bool(fact.citations) is (bool(fact.values) and not known), f"{institution.id}: {fact.key}"


def test_a_specialtys_fact_has_a_page_or_is_general_knowledge(catalog: Catalog) -> None:
    written = {"id", "name", "display", "kind", "group", "about", "note", "names_here", "variants", "code"}
    for specialty in catalog.specialties:
        if not specialty.listed:
            continue
        for fact in specialty_facts(catalog, specialty):
            known = fact.key in specialty.provenance.general_knowledge
            assert not fact.values or fact.citations or known or fact.key in written, f"{specialty.id}: {fact.key}"


def test_mail_addresses_and_numbers_are_an_offices_own(catalog: Catalog) -> None:
    contact = re.compile(r"[\w.]+@[\w.]+\.\w+|\b\d{3}[-.]\d{3}[-.]\d{4}\b")
    for program in catalog.programs:
        for fact in program_facts(catalog, program):
            if fact.key != "contact_office":
                assert not any(contact.search(value) for value in fact.values), f"{program.id}: {fact.key}"


def test_the_guide_explains_every_key() -> None:
    guide = (ROOT / "README.md").read_text(encoding="utf-8")
    for table, declared in fields.TABLES.items():
        for field in declared:
            assert f"`{field.key}`" in guide, f"data/README.md says nothing of {table}.{field.key}"


@pytest.mark.parametrize(
    ("institution", "said"),
    [
        ("tufts", "military"),
        ("tufts", "Lowell"),
        ("tufts", "hands-on"),
        ("bmc", "57%"),
        ("bmc", "one in three"),
        ("bmc", "150+ languages"),
        ("bmc", "33 affiliated hospitals"),
        ("bmc", "45 specialties"),
        ("bmc", "26 active nonstandard"),
        ("bmc", "wellness committees"),
        ("bmc", "coaching"),
        ("mgh", "Ether Dome"),
        ("mgh", "nearly a century"),
        ("mgh", "Original teaching hospital"),
        ("mgh", "Ruderman"),
        ("mgh", "400 physicians"),
        ("mgh", "supervised autonomy"),
        ("mgh", "75 years"),
    ],
)
def test_what_the_founding_documents_say_is_there(catalog: Catalog, institution: str, said: str) -> None:
    owner = catalog.institution[institution]
    facts = [
        *institution_facts(catalog, owner),
        *(f for p in catalog.programs_of(owner.id) for f in program_facts(catalog, p)),
    ]
    assert any(said in value for fact in facts for value in fact.values)


# Against the facts, where they are at hand.

facts_at_hand = pytest.mark.skipif(not FACTS.is_dir(), reason="the facts the data was made from are not here")


def _facts(name: str) -> dict[str, Any]:
    return tomllib.loads((FACTS / name).read_text(encoding="utf-8"))


RENAMED = {"aka": "other_names", "sections": "curriculum"}
APART = {"institution", "specialty", "source", "sources", "seed", "field_sources", "as_of", "source_quality"}
STATEMENT = {"mission", "mission_source", "mission_note", "acgme_id_source", "requirements"}


def plain(found: Any) -> Any:
    """What a field says, without the structure beside its texts."""
    return [getattr(item, "text", item) for item in found] if isinstance(found, tuple) else found


#: Joint programs of which two institutions have a page: the entry that stands for both.
BCRP = "bmc-boston-combined-residency-in-pediatrics-bcrp-leadership-in-equity-and-advocacy-track"
#: What the entry for both says otherwise than one of the pages: it speaks of the whole program, not of one track.
WHOLE = {BCRP: {"name", "positions_per_year", "aka"}, "mgh-cytopathology-fellowship": {"aka"}}


def _joint() -> dict[str, list[dict[str, Any]]]:
    """Return, for each entry that was there, what the second batch of facts says of it."""
    found: dict[str, list[dict[str, Any]]] = {}
    facts = _facts("newengland.toml")
    for raw in facts["program"]:
        if own := _entry_of(raw):
            found.setdefault(own, []).append(raw)
    for note in facts["note"]:
        found.setdefault(note["see"], []).append({"highlights": [note["text"]]})
    return found


def _entry_of(raw: dict[str, Any]) -> str | None:
    """Return the entry of the first batch that a program of the second is, if it is one of them."""
    if raw["institution"] == "semc":
        return SAME.get(raw["id"].removeprefix("semc-"))
    return raw.get("see")


#: Programs of St. Elizabeth's, now Boston Medical Center - Brighton, and their entries.
SAME = {
    own: f"bmc-brighton-{also or own}"
    for own, also in {
        "internal-medicine-residency": "",
        "anesthesiology-residency": "",
        "general-surgery-residency": "",
        "psychiatry-residency": "",
        "pulmonary-critical-care-medicine-fellowship": "pulmonary-critical-care-fellowship",
        "hematology-oncology-fellowship": "",
        "cardiovascular-medicine-fellowship": "",
        "interventional-cardiology-fellowship": "",
        "clinical-cardiac-electrophysiology-fellowship": "electrophysiology-fellowship",
    }.items()
}
#: What the other page says in other words than the entry, which says it already: a piece of those words.
SAID = {
    "Three letters": "Three letters of recommendation",
    "Step 1 and 2 to qualify for the match, Step 3 before starting; USMLE only, no COMLEX": "Step 3 before the CA-1",
    "At most five years from graduation to residency": "Five years at most",
    "US clinical experience: accredited internship or first specialty training": "Accredited US first year",
    "First year with two months of intensive care and one of emergency medicine": "two intensive care months",
    "Foreign graduates: permanently valid ECFMG certificate": "ECFMG certificate (foreign graduates)",
    "no H visas": "H-1B not sponsored",
    "Osteopathic graduates welcome": "graduates of osteopathic schools accepted",
    "Categorical": "Categorical",
    "Preliminary": "Preliminary",
    "Boston Medical Center - South (224 beds)": "Boston Medical Center - South",
    "4+2 blocks: every third two-week block ambulatory": "4+2 blocks",
    "Three weeks of vacation and five personal days": "three weeks and five personal days",
    "First year half consults, half intensive care, in two-week blocks; half-day clinic throughout": "First year split",
    "Dana-Farber Cancer Institute at St. Elizabeth's": "Dana-Farber Cancer Institute at Brighton",
    "1259320C0 (categorical)": "1259320C0",
    "1259320C1 (LEAD track, Boston Medical Center)": "1259320C1",
    "2022-23: all interviews virtual": "all interviews virtual",
    "Open to graduates of US and foreign schools": "Graduates of US and foreign medical schools",
    "A signal to one track counts for all": "One signal counts for every track",
    "Step 2 scores not required; no filters": "No score or grade formula",
    "ERAS (with supplemental application)": "ERAS",
    "Boston Medical Center": "Boston Medical Center",
    "Massachusetts General Hospital": "Massachusetts General Hospital",
    "Three letters, dean's letter, transcript, statement, USMLE or COMLEX": "Three letters, dean's letter",
}
_PARTNER_ONLY = re.compile(r"Joint (four-year )?program|.* is a site|Combined Harvard program of the two hospitals")


@facts_at_hand
def test_each_program_says_what_the_facts_say(catalog: Catalog) -> None:
    joint = _joint()
    for raw in _facts("boston.toml")["program"]:
        program = catalog.program[raw["id"]]
        assert program.institution == raw["institution"]
        added, whole = joint.get(raw["id"], []), WHOLE.get(raw["id"], set())
        for key, value in raw.items():
            if key not in APART | STATEMENT | whole:
                found = getattr(program, RENAMED.get(key, key))
                if isinstance(value, list) and (added or key == "highlights"):
                    found = found[: len(value)]  # the founding documents, or the partner's page, add to them
                assert plain(found) == value, f"{raw['id']}: {key}"
        named = program.specialty_as_named or catalog.specialty[program.specialty].name
        assert named.casefold() == raw["specialty"].casefold()
        wanted = raw.get("requirements", [])
        assert [r.text for r in program.requirements][: len(wanted) if added else None] == wanted
        if "mission" in raw:
            assert program.statements[0].quote == (raw["mission"],)
            assert program.statements[0].note == raw.get("mission_note")
        stated = {field.key for field in fields.PROGRAM if getattr(program, field.key) not in (None, ())}
        allowed = {RENAMED.get(key, key) for own in (raw, *added) for key in own} | {"specialty_as_named"}
        allowed |= {"joint_with", "sites", "acgme_id", "other_names"} if added else set()
        allowed |= {"joint_with"} if raw["id"].startswith("bmc-brighton") else set()
        assert stated <= allowed, f"{raw['id']}: {stated - allowed}"


ELSEWHERE = {"see", "id", "vision", "vision_source", "acgme_id_third_party", "source_note"}


def _words(value: Any) -> list[str]:
    return [str(own) for own in value] if isinstance(value, list) else [str(value)]


@facts_at_hand
def test_the_second_batch_is_all_there(catalog: Catalog) -> None:
    """Each program of New England is an entry, or a part of the entry that stands for both hospitals."""
    for raw in _facts("newengland.toml")["program"]:
        own = _entry_of(raw)
        program = catalog.program[own or raw["id"]]
        assert raw["institution"] in catalog.institutions_of(program), raw["id"]
        for key, value in raw.items():
            if key in APART | STATEMENT | ELSEWHERE:
                continue
            if own and key in ("name", "kind", "url", "accreditation", "positions_note", "positions_per_year"):
                continue
            found = getattr(program, RENAMED.get(key, key))
            if own:
                said = [str(getattr(item, "text", item)) for item in (found if isinstance(found, tuple) else [found])]
                said += [requirement.text for requirement in program.requirements]
                said += [catalog.institution[program.institution].name] * (key == "joint_with")
                for text in _words(value):
                    assert any(SAID.get(text, text) in have for have in said), f"{raw['id']}: {key}: {text}"
            elif key == "nrmp_codes":
                codes = [code for text in value for code in re.findall(r"\d{7}[A-Z]\d", text.partition(" (")[0])]
                assert codes == [code.code for code in program.nrmp_codes]
            elif key in ("application_service", "match"):
                assert found == ", ".join(value)
            elif key == "accreditation_note":
                assert value in found
            elif key == "highlights":
                assert plain(found)[: len(value)] == value, raw["id"]  # notes on a joint program stand after them
            else:
                assert plain(found) == value, f"{raw['id']}: {key}"
        if not own:
            assert [r.text for r in program.requirements] == raw.get("requirements", [])
            named = program.specialty_as_named or catalog.specialty[program.specialty].name
            assert named.casefold() == raw["specialty"].casefold()
        for what in ("mission", "vision"):
            if what in raw:
                assert (raw[what],) in [own.quote for own in program.statements if own.what == what]
        if raw.get("source_quality"):
            assert program.provenance.third_party or own


@facts_at_hand
def test_an_id_that_only_a_third_party_names_is_never_the_programs_own(catalog: Catalog) -> None:
    several = 0
    for raw in _facts("newengland.toml")["program"]:
        if "acgme_id_third_party" in raw:
            program = catalog.program[_entry_of(raw) or raw["id"]]
            if raw["acgme_id_third_party"][11:] != "(residencyadvisor.com)":
                several += 1  # two ids, or one of another specialty: told in words, and no id of the program
                assert program.acgme_id is None
                assert raw["acgme_id_third_party"] in (program.accreditation_note or "")
                continue
            fact = next(fact for fact in program_facts(catalog, program) if fact.key == "acgme_id")
            assert fact.text == raw["acgme_id_third_party"][:10]
            assert fact.third_party
            assert all(page.source.publisher == "third-party" for page in fact.citations)
    assert several == 2


@facts_at_hand
def test_each_note_on_a_joint_program_stands_with_it(catalog: Catalog) -> None:
    for note in _facts("newengland.toml")["note"]:
        program = catalog.program[note["see"]]
        texts = [item.text for item in program.highlights]
        partners = catalog.institutions_of(program)
        places = {catalog.site[own].institution for item in program.sites for own in item.site}
        if _PARTNER_ONLY.fullmatch(note["text"]):
            assert note["institution"] in partners, note["see"]
        else:
            assert note["text"] in texts
            assert (
                note["institution"] in {*partners, *places}
                or "stored page" in note["text"]
                or ("shares its cancer center" in note["text"])
            ), note["see"]
        provenance = program.provenance
        pages = {*provenance.source, *provenance.also_read, *(p for item in program.highlights for p in item.source)}
        pages |= {page for named in provenance.by_field.values() for page in named}
        assert note["source"] in {catalog.source[page].url for page in pages}


@facts_at_hand
def test_the_second_batch_of_institutions_and_pay(catalog: Catalog) -> None:
    facts = _facts("newengland.toml")
    for raw in facts["institution"]:
        institution = catalog.institution[raw["id"]]
        for key in ("name", "city", "state", "medical_school", "url", "flagship", "system"):
            assert getattr(institution, key) == raw.get(key)
        renamed = {"hospitals": "system_hospitals", "how_to_apply": "applying"}
        renamed["program_counts_published"] = "published_counts"
        for key in ("visa", "benefits", "disagreements", "highlights", "requirements", *renamed):
            assert plain(getattr(institution, renamed.get(key, key))) == raw.get(key, []), (raw["id"], key)
        quotes = {statement.what: list(statement.quote) for statement in institution.statements}
        for key in ("mission", "vision", "values"):
            assert quotes.get(key, []) == (_words(raw[key]) if key in raw else [])
        steps = {route.kind: list(route.steps) for route in institution.routes}
        assert steps.get("rotator", []) == raw.get("rotator_requirements", [])
    for raw in facts["salary"]:
        pay = raw.get("pgy") or raw["by_level"]
        assert any(dict(own.pgy) == pay and own.institution == raw["institution"] for own in catalog.salaries)


@facts_at_hand
def test_each_program_names_the_pages_the_facts_name(catalog: Catalog) -> None:
    for raw in _facts("boston.toml")["program"]:
        program = catalog.program[raw["id"]]
        provenance = program.provenance
        ids = {*provenance.source, *provenance.also_read, *(p for ps in provenance.by_field.values() for p in ps)}
        ids |= {page for statement in program.statements for page in statement.source}
        addresses = {catalog.source[own].url for own in ids}
        wanted = {raw.get("source"), raw.get("mission_source"), raw.get("acgme_id_source"), *raw.get("sources", [])}
        wanted |= {page for value in raw.get("field_sources", {}).values() for page in value.split(" | ")}
        assert {page for page in wanted if page} <= addresses, raw["id"]
        for key, value in raw.get("field_sources", {}).items():
            own = {"aka": "other_names", "sections": "curriculum"}.get(key, key)
            if own in {field.key for field in fields.PROGRAM}:
                assert {catalog.source[p].url for p in provenance.pages(own)} >= set(value.split(" | ")), raw["id"]
        if "acgme_id_source" in raw:
            assert raw["acgme_id_source"] in {catalog.source[p].url for p in provenance.pages("acgme_id")}
        said = f"{provenance.as_of or ''} {provenance.as_of_added or ''}"
        for part in re.split(r"; added fields: |^added fields: ", raw.get("as_of", "")):
            assert part in said


@facts_at_hand
def test_each_specialty_says_what_the_facts_say(catalog: Catalog) -> None:
    renamed = {"seed_names": "names_here", "unsourced": None, "basis": None, "src": None, "variants": None}
    for raw in _facts("specialties.toml")["specialty"]:
        specialty = catalog.specialty[raw["id"]]
        for key, value in raw.items():
            own = renamed.get(key, key)
            if own == "parents":
                assert [catalog.specialty[p].name for p in specialty.parents] == value
            elif own is not None:
                found = getattr(specialty, own)
                assert plain(found) == value, f"{raw['id']}: {key}"
        assert set(specialty.provenance.general_knowledge) >= set(raw["unsourced"])
        names = [specialty.name, specialty.display or "", *specialty.synonyms, *specialty.abbreviations]
        folded = {joined(name) for name in [*names, *specialty.variants]}
        assert {joined(variant) for variant in raw["variants"]} <= folded, f"{raw['id']}: a variant is not found"
        for key, pages in raw["src"].items():
            assert len(specialty.provenance.pages(key)) == len(pages), f"{raw['id']}: {key}"


@facts_at_hand
def test_institutions_salaries_and_rules_say_what_the_facts_say(catalog: Catalog) -> None:
    boston = _facts("boston.toml")
    for raw in boston["institution"]:
        institution = catalog.institution[raw["id"]]
        for key in ("name", "city", "state", "medical_school", "url", "flagship", "system"):
            assert getattr(institution, key) == raw.get(key)
        assert plain(institution.highlights)[: len(raw.get("highlights", []))] == raw.get("highlights", [])
        for key in ("visa", "benefits", "international_graduates", "disagreements", "system_hospitals"):
            assert plain(getattr(institution, key)) == raw.get(key, [])
        assert [r.text for r in institution.requirements] == raw["requirements"]
        assert plain(institution.published_counts) == raw["program_counts_published"]
        quotes = {statement.what: list(statement.quote) for statement in institution.statements}
        assert quotes["mission"] == [raw["mission"]]
        assert quotes.get("values", []) == raw.get("values", [])
        assert quotes.get("vision", []) == [raw[key] for key in ("vision",) if key in raw]
        steps = {route.kind: list(route.steps) for route in institution.routes}
        assert steps.get("rotator", []) + steps.get("observer", []) == raw.get("rotator_requirements", [])
        for key, kind in (("visiting_students", "visiting student"), ("verification_of_training",) * 2):
            wanted = [raw[key]] if key in raw else []
            assert steps.get(kind.replace("_", " "), []) == wanted
    for raw, salary in zip(boston["salary"], catalog.salaries[: len(boston["salary"])], strict=True):
        assert dict(salary.pgy) == raw["pgy"]
        assert (salary.employer, salary.year, salary.note) == (raw["employer"], raw["year"], raw.get("note"))
    rules = {rule.id: rule for rule in catalog.requirements}
    for raw in _facts("eligibility.toml")["requirement"]:
        assert rules[raw["id"]].text == raw["fact"]
        assert len(rules[raw["id"]].provenance.source) == len(raw["src"])
