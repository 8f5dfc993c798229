"""What a person tells about themselves, to compare it with what programs require. Every key is optional.

A key that is missing says nothing. An empty list says "none": `training = []` is somebody without any training.
`profile.toml` has these keys; `storage.profiles` reads and writes it.
"""

# Annotations are evaluated here, not deferred as in other modules: `schema.fields_of` reads the keys from them.

from typing import Annotated

from msgspec import Struct

from ..catalog.annotations import Key
from ..catalog.vocabulary import DEGREES, EXAMS, EXPERIENCE_KINDS, KINDS, MILITARY_STATUSES, RESIDENCES, VISAS

FORMAT = 1
ACCREDITORS = ("ACGME", "ACGME-I", "AOA", "Royal College", "none")
LICENSE_KINDS = ("full", "limited")
#: Degrees of physicians; those from schools abroad have the names in `FOREIGN_DEGREES`.
FOREIGN_DEGREES = ("MBBS", "other medical")


class ProfileValue(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """The root of all values in a profile: immutable, compared by content."""


class ExamResult(ProfileValue, frozen=True):
    """An exam that was passed or is planned, or (`taken` false) one that is neither taken nor planned."""

    name: Annotated[str, Key("Name", "the exam", EXAMS)]
    passed: Annotated[str | None, Key("Passed", "date", shape="partial date")] = None
    planned: Annotated[str | None, Key("Planned", "date", shape="partial date")] = None
    taken: Annotated[bool | None, Key("Taken", "false: neither taken nor planned")] = None
    attempts: Annotated[int | None, Key("Attempts", "how often you took it, until you passed")] = None
    score: Annotated[int | None, Key("Score", "not for Step 1, which is reported as pass or fail")] = None


class CertificateRecord(ProfileValue, frozen=True):
    """A certificate that was issued or is expected."""

    name: Annotated[str, Key("Name", "the certificate", ("ECFMG",))]
    issued: Annotated[str | None, Key("Issued", "date", shape="partial date")] = None
    expected: Annotated[str | None, Key("Expected", "date", shape="partial date")] = None


class TrainingRecord(ProfileValue, frozen=True):
    """Residency or fellowship training, finished or under way."""

    specialty: Annotated[str | None, Key("Specialty", "id of the specialty", shape="id")] = None
    program: Annotated[str | None, Key("Program", "id of the program, if gmetui has it", shape="id")] = None
    first: Annotated[str | None, Key("First day", "date", shape="partial date")] = None
    last: Annotated[str | None, Key("Last day", "date, also one to come", shape="partial date")] = None
    finished: Annotated[bool | None, Key("Finished", "true: completed")] = None
    accredited: Annotated[str | None, Key("Accredited by", "who accredits it", ACCREDITORS)] = None
    country: Annotated[str | None, Key("Country", "two letters")] = None


class LicenseRecord(ProfileValue, frozen=True):
    """A license to practice in a state."""

    state: Annotated[str, Key("State", "two letters")]
    kind: Annotated[str | None, Key("Kind", "full, or limited to training", LICENSE_KINDS)] = None


class ClinicalExperience(ProfileValue, frozen=True):
    """Clinical experience of one kind in one country."""

    country: Annotated[str | None, Key("Country", "two letters")] = None
    kind: Annotated[str | None, Key("Kind", "hands-on, observer, or research", EXPERIENCE_KINDS)] = None
    months: Annotated[int | None, Key("Months", "how many")] = None
    last: Annotated[str | None, Key("Until", "date", shape="partial date")] = None


class VisaWish(ProfileValue, frozen=True):
    """Whether a visa is needed, and which would be taken."""

    needed: Annotated[bool | None, Key("Needed", "true: you need a visa to train")] = None
    will_take: Annotated[tuple[str, ...] | None, Key("Would take", "visa types, the best first", VISAS)] = None
    in_us_as: Annotated[str | None, Key("In the US as", "your present status, such as “F-1 OPT”")] = None


class TrainingAim(ProfileValue, frozen=True):
    """What is applied for."""

    start: Annotated[str | None, Key("Start", "month, which sets the season: 2027-07", shape="partial date")] = None
    kind: Annotated[str | None, Key("Kind", "kind of program", KINDS)] = None
    specialties: Annotated[tuple[str, ...] | None, Key("Specialties", "ids of specialties", shape="ids")] = None


class Profile(ProfileValue, frozen=True):
    """A person, as far as they tell."""

    degree: Annotated[tuple[str, ...] | None, Key("Degree", "one or more", DEGREES)] = None
    school_country: Annotated[str | None, Key("School in", "country of your school, two letters")] = None
    graduation: Annotated[
        str | None, Key("Graduation", "date, also one to come: 2027, 2027-05, or a day", shape="partial date")
    ] = None
    citizenship: Annotated[tuple[str, ...] | None, Key("Citizenship", "countries, two letters each")] = None
    residence: Annotated[str | None, Key("Status in the US", "citizen, permanent resident, or visa", RESIDENCES)] = None
    languages: Annotated[tuple[str, ...] | None, Key("Languages", "codes of two letters (ISO 639-1)")] = None
    letters: Annotated[int | None, Key("Letters", "how many letters of recommendation you will have")] = None
    military: Annotated[str | None, Key("Military", "your status in the US military", MILITARY_STATUSES)] = None
    home: Annotated[
        tuple[str, ...] | None,
        Key("Home hospitals", "ids of hospitals where you study, trained, or did a rotation", shape="ids"),
    ] = None
    visa: Annotated[VisaWish | None, Key("Visa", "a table")] = None
    exam: Annotated[tuple[ExamResult, ...] | None, Key("Exams", "one table for each")] = None
    certificate: Annotated[tuple[CertificateRecord, ...] | None, Key("Certificates", "one table for each")] = None
    training: Annotated[tuple[TrainingRecord, ...] | None, Key("Training", "one table for each")] = None
    license: Annotated[tuple[LicenseRecord, ...] | None, Key("Licenses", "one table for each")] = None
    clinical: Annotated[
        tuple[ClinicalExperience, ...] | None, Key("Clinical experience", "one table for each kind")
    ] = None
    aim: Annotated[TrainingAim | None, Key("Applying for", "a table")] = None

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return self == EMPTY_PROFILE

    def result_of(self, exam: str) -> ExamResult | None:
        """Return what is known of an exam: the entry with a pass, else the last one."""
        entries = [result for result in self.exam or () if result.name == exam]
        passed = [result for result in entries if result.passed]
        return next(iter(passed or entries[-1:]), None)


EMPTY_PROFILE = Profile()
