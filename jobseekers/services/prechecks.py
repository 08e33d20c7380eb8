"""What a machine can say about a file before a person looks: one list for applicant, sending and officer.

Errors stop sending. Warnings are told to the applicant and to the officer. Tasks are for officers only: they speak of
other people's rows, and an applicant who types somebody's NIK must learn nothing from the answer (it is the same as
for a NIK that nobody else has).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core import clock
from core.documents.fit import TextOverflowError
from core.formats import date_long
from core.models.agency import AgencyProfile
from core.names import Likeness, compare, key
from core.personal import age_on, check_nik_matches, parse_nik
from core.regions import region_warnings
from jobseekers import parts
from jobseekers.documents.face import printed_answers
from jobseekers.documents.front import fit_answer
from jobseekers.enums import ApplicationKind, DocumentState, FindingLevel
from jobseekers.models import AK1Application, AK1Card, JobSeeker, PersonDocument
from jobseekers.services import papers

MOST_TWINS = 20
"""So many likely doubles are listed, at most."""


@dataclass(frozen=True)
class Twin:
    """Another row that may be the same person, for an officer to compare: why it is listed, what runs there."""

    uid: UUID
    full_name: str
    birth_date: date | None
    nik_verified: bool
    why: str


@dataclass(frozen=True)
class Finding:
    """One result. It lies in a `part` of the answers or in a `document` (one of DocumentKind), never in both.

    `code` names the rule for tests and templates; `text` is Indonesian; `desk` is what an officer reads instead, where
    the applicant is told what to do. Only tasks carry `twins`.
    """

    level: str
    code: str
    text: str
    part: str = ""
    document: str = ""
    twins: tuple[Twin, ...] = ()
    desk: str = ""

    @property
    def for_desk(self) -> str:
        """The words for an officer."""
        return self.desk or self.text

    @property
    def is_error(self) -> bool:
        """Whether it stops sending."""
        return self.level == FindingLevel.ERROR

    @property
    def for_applicant(self) -> bool:
        """Whether the applicant is told."""
        return self.level != FindingLevel.TASK


def _error(code: str, text: str, *, part: str = "", document: str = "") -> Finding:
    return Finding(FindingLevel.ERROR, code, text, part=part, document=document)


def _warning(code: str, text: str, *, part: str = "", document: str = "") -> Finding:
    return Finding(FindingLevel.WARNING, code, text, part=part, document=document)


def findings(application: AK1Application) -> list[Finding]:
    """Return everything found about a file: errors first, then warnings, then tasks. A fixed number of queries."""
    person = application.jobseeker
    found = [
        *errors_of(application),
        *of_region(person),
        *of_names(person, list(PersonDocument.objects.filter(jobseeker=person).order_by("pk"))),
        *of_doubles(person),
    ]
    order = list(FindingLevel.values)
    return sorted(found, key=lambda finding: order.index(finding.level))


def errors_of(application: AK1Application) -> list[Finding]:
    """Return what stops this application from being sent; no look at other people's rows."""
    return [
        *of_answers(application.jobseeker),
        *of_own_card(application),
        *of_documents(papers.demands(application)),
    ]


def missing(person: JobSeeker) -> list[str]:
    """Return what the card still needs from the answers, in the order of the form."""
    return [label for name, label in parts.REQUIRED.items() if not getattr(person, name)]


def of_answers(person: JobSeeker) -> list[Finding]:
    """Gaps, NIK against birth date and sex, age, domicile rule, and what would not fit on the card."""
    agency, found = AgencyProfile.current(), []
    gaps = [name for name in parts.REQUIRED if not getattr(person, name)]
    if gaps:
        labels = ", ".join(parts.REQUIRED[name] for name in gaps)
        text = f"Belum diisi: {labels}. Lengkapi lalu kirim lagi."
        found.append(_error("missing", text, part=parts.part_of(gaps[0]).slug))
    found += _of_nik(person)
    least = agency.policy("minimum_age")
    if person.birth_date and age_on(person.birth_date, clock.today()) < least:
        text = f"Umur pemohon kartu AK-1 paling muda {least} tahun."
        found.append(_error("too_young", text, part=parts.IDENTITY.slug))
    if agency.policy("domicile_required") and _lives_elsewhere(person, agency):
        text = f"Kartu AK-1 di sini hanya untuk warga {agency.region.name}."
        found.append(_error("domicile", text, part=parts.ADDRESS.slug))
    if not gaps:
        found += _too_long(person)
    return found


def _lives_elsewhere(person: JobSeeker, agency: AgencyProfile) -> bool:
    """Whether the person lives outside the office's city: by the domicile where there is one, else by the KTP."""
    place = person.domicile_village_id or person.village_id
    return bool(place) and not place.startswith(f"{agency.region_id}.")


def _of_nik(person: JobSeeker) -> list[Finding]:
    """The NIK says a birth date and a sex; they have to be those of the answers."""
    nik = person.read_nik()
    if not nik:
        return []
    rules = (
        ("nik_birth_date", check_nik_matches(nik, person.birth_date, None)),
        ("nik_sex", check_nik_matches(nik, None, person.sex or None)),
    )
    return [
        _error(code, f"{text} Cocokkan keduanya dengan KTP.", part=parts.IDENTITY.slug)
        for code, texts in rules
        for text in texts
    ]


def _too_long(person: JobSeeker) -> list[Finding]:
    """What would not fit on the card: found now, not when the card is printed."""
    found = []
    for name, text in printed_answers(person).items():
        try:
            fit_answer(name, text)
        except TextOverflowError as problem:
            found.append(_error("too_long", str(problem)))
    return found


def of_own_card(application: AK1Application) -> list[Finding]:
    """A first card for who holds one: found when the page opens, not when it is sent."""
    if application.kind != ApplicationKind.NEW:
        return []
    card = AK1Card.objects.active().filter(jobseeker=application.jobseeker).first()
    if card is None or not card.holds_on(clock.today()):
        return []
    return [
        _error(
            "own_card",
            f"Kartu atas nama ini masih berlaku sampai {date_long(card.valid_until)}. "
            "Batalkan permohonan ini, lalu ajukan Penggantian bila kartu hilang atau rusak.",
        )
    ]


def of_documents(demanded: list[papers.Demand]) -> list[Finding]:
    """What must be attached and is not, and what an officer refused and nobody replaced."""
    found = []
    for demand in demanded:
        label = demand.kind.label
        if demand.document is None and demand.mandatory:
            found.append(_error("document_missing", f"{label} belum diunggah.", document=demand.kind.value))
        elif demand.document is not None and demand.document.state == DocumentState.REFUSED:
            text = f"{label} perlu diganti: {demand.document.reason}"
            found.append(_error("document_refused", text, document=demand.kind.value))
    return found


def of_region(person: JobSeeker) -> list[Finding]:
    """Where the NIK was first issued: never a reason to refuse."""
    nik = person.read_nik()
    if not nik:
        return []
    texts = region_warnings(parse_nik(nik).region6, home=AgencyProfile.current().region)
    return [_warning("nik_region", text, part=parts.IDENTITY.slug) for text in texts]


def of_names(person: JobSeeker, documents: list[PersonDocument]) -> list[Finding]:
    """The name on each document, as the applicant read it there, against the name as on the KTP."""
    found = []
    for row in documents:
        if not row.printed_name or not person.full_name:
            continue
        likeness = compare(row.printed_name, person.full_name)
        if likeness == Likeness.SAME:
            continue
        told = "disingkat atau berbeda sedikit" if likeness == Likeness.CLOSE else "berbeda"
        fact = (
            f"Nama pada {row.get_kind_display()} ({row.printed_name}) {told} dari nama menurut KTP "
            f"({person.full_name})."
        )
        own = (
            "Periksa tulisannya. Bila di kertasnya memang begitu, siapkan surat keterangan dari penerbitnya; "
        )
        desk = "Cocokkan dengan dokumennya. Bila di kertasnya memang begitu, minta surat keterangan dari penerbitnya."
        found.append(
            Finding(
                FindingLevel.WARNING,
                "document_name",
                f"{fact} {own}petugas bisa memintanya.",
                document=row.kind,
                desk=f"{fact} {desk}",
            )
        )
    return found


def of_doubles(person: JobSeeker) -> list[Finding]:
    """Other rows with the same NIK, and rows that are likely the same person: work for an officer."""
    same_nik = _with_same_nik(person)
    found = []
    if same_nik:
        verified = any(twin.nik_verified for twin in same_nik)
        text = (
            "NIK yang sama sudah terverifikasi pada orang lain. Bandingkan, lalu gabungkan datanya."
            if verified
            else "NIK yang sama juga diisi pada data lain. Bandingkan dengan KTP."
        )
        found.append(_task("same_nik", text, same_nik))
    alike = _alike(person, {twin.uid for twin in same_nik})
    if alike:
        text = "Mungkin orang yang sama sudah terdaftar. Bandingkan, lalu gabungkan bila benar."
        found.append(_task("same_person", text, alike))
    return found


def _task(code: str, text: str, twins: list[Twin]) -> Finding:
    return Finding(FindingLevel.TASK, code, text, part=parts.IDENTITY.slug, twins=tuple(twins))


_COLUMNS = ("pk", "uid", "full_name", "birth_date", "nik_verified_at", "kk_index")


def _others(person: JobSeeker):
    rows = JobSeeker.objects.living().exclude(pk=person.pk).order_by("pk")
    return rows.values_list(*_COLUMNS, named=True)


def _with_same_nik(person: JobSeeker) -> list[Twin]:
    if not person.nik_index:
        return []
    rows = list(_others(person).filter(nik_index=bytes(person.nik_index))[:MOST_TWINS])
    keys = [row.pk for row in rows]
    holders = set(AK1Card.objects.active().filter(jobseeker__in=keys).values_list("jobseeker_id", flat=True))
    asking = set(
        AK1Application.objects.open().filter(jobseeker__in=keys).values_list("jobseeker_id", flat=True)
    )
    found = []
    for row in rows:
        why = ["NIK sama"]
        if row.pk in holders:
            why.append("memegang kartu yang berlaku")
        if row.pk in asking:
            why.append("punya permohonan yang belum selesai")
        found.append(_twin(row, ", ".join(why)))
    return found


def _alike(person: JobSeeker, known: set[UUID]) -> list[Twin]:
    """Same name and birth date; or the same family card with the same name, or with the same birth date.

    A family shares its card, so the card alone says nothing. Names are compared after normalisation.
    """
    found: dict[UUID, Twin] = {}
    mine = key(person.full_name)
    if person.birth_date:
        for row in _others(person).filter(birth_date=person.birth_date):
            if key(row.full_name) == mine:
                found[row.uid] = _twin(row, "nama dan tanggal lahir sama")
    if person.kk_index:
        for row in _others(person).filter(kk_index=bytes(person.kk_index))[: MOST_TWINS * 5]:
            same_name, same_day = key(row.full_name) == mine, row.birth_date == person.birth_date
            if row.uid not in found and (same_name or (same_day and person.birth_date)):
                what = "nama" if same_name else "tanggal lahir"
                found[row.uid] = _twin(row, f"nomor KK dan {what} sama")
    return [twin for uid, twin in found.items() if uid not in known][:MOST_TWINS]


def _twin(row, why: str) -> Twin:
    return Twin(row.uid, row.full_name, row.birth_date, row.nik_verified_at is not None, why)
