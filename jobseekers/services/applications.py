"""The AK-1 application, from its start to the officer's decision."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Institution
from core import clock
from core.errors import Refused
from core.formats import date_long
from core.models.agency import AgencyProfile
from core.personal import blind_index
from core.redaction import redact
from core.workflow import fire, opened
from jobseekers import notifications
from jobseekers.enums import ApplicationKind, ApplicationState, CardState, Origin, ReplacementReason
from jobseekers.models import AK1Application, AK1Card, JobSeeker
from jobseekers.services import cards, doubts, interviews, photos, prechecks, proposals, returns
from jobseekers.services.people import NikTaken, lock_person, register_person, revise_person, verify_nik

FIRST_CARD = (
    "Belum pernah ada kartu AK-1 atas nama ini. Perpanjangan dan penggantian tidak bisa; pilih Kartu baru."
)

CLOSED = {
    ApplicationState.SUBMITTED: (
        "Permohonan sudah dikirim dan menunggu pemeriksaan. Isinya baru bisa diubah bila petugas mengembalikan. "
        "Bila ada yang salah, batalkan permohonan ini, lalu ajukan lagi."
    ),
    ApplicationState.WITHDRAWN: (
        "Permohonan ini sudah dibatalkan, jadi isinya tidak bisa diubah lagi. Bila masih perlu kartu, "
        "ajukan permohonan baru dari halaman Kartu AK-1."
    ),
    ApplicationState.APPROVED: (
        "Permohonan ini sudah disetujui, jadi isinya tidak bisa diubah lagi. Bila data pada kartu berubah, "
        "ajukan penggantian atau perpanjangan dari halaman Kartu AK-1."
    ),
    ApplicationState.REJECTED: (
        "Permohonan ini ditolak, jadi isinya tidak bisa diubah lagi. Baca alasannya di halaman permohonan, "
        "lalu ajukan permohonan baru dari halaman Kartu AK-1."
    ),
}
"""Why the answers of an application that is not open for them can't be changed, and what to do instead."""


def held_before(person: JobSeeker) -> bool:
    """Whether the person ever held a card: who did not can only apply for a new one."""
    return AK1Card.objects.filter(jobseeker=person).exists()


def _check_kind(person: JobSeeker, kind: str, reason: str) -> AK1Card | None:
    """Return the card that this kind follows; refuse a kind that does not fit what the person holds."""
    today = clock.today()
    last = AK1Card.objects.filter(jobseeker=person).order_by("-issued_on", "-pk").first()
    active = last if last is not None and last.holds_on(today) else None
    if kind == ApplicationKind.NEW and active is not None:
        raise Refused(
            f"Kartu atas nama ini masih berlaku sampai {date_long(active.valid_until)}. "
            "Pilih Penggantian bila kartu hilang atau rusak.",
            field="kind",
        )
    if kind != ApplicationKind.NEW and last is None:
        raise Refused(FIRST_CARD, field="kind")
    if kind == ApplicationKind.RENEWAL and last.state == CardState.REMOVED:
        raise Refused(
            "Kartu atas nama ini sudah dihapus dari daftar pencari kerja. Pilih Kartu baru.", field="kind"
        )
    if kind == ApplicationKind.REPLACEMENT:
        if active is None:
            raise Refused("Tidak ada kartu yang masih berlaku untuk diganti. Pilih Baru.", field="kind")
        if not reason:
            raise Refused("Pilih sebab penggantian kartu.", field="reason")
    elif reason:
        raise Refused("Sebab penggantian hanya diisi untuk permohonan Penggantian.", field="reason")
    if kind == ApplicationKind.RENEWAL and active is not None:
        first_day = active.valid_until - timedelta(days=AgencyProfile.current().policy("ak1_renewal_days"))
        if today < first_day:
            raise Refused(
                f"Kartu atas nama ini berlaku sampai {date_long(active.valid_until)}. "
                f"Perpanjangan bisa diajukan mulai {date_long(first_day)}.",
                field="kind",
            )
    return last if kind != ApplicationKind.NEW else None


def refused_kinds(person: JobSeeker) -> dict[str, str]:
    """The kinds of application that don't fit what the person holds today, each with the reason."""
    found = {}
    for kind in ApplicationKind.values:
        reason = ReplacementReason.LOST if kind == ApplicationKind.REPLACEMENT else ""
        try:
            _check_kind(person, kind, reason)
        except Refused as problem:
            found[kind] = str(problem)
    return found


def offer_to(person: JobSeeker) -> dict:
    """What a form that starts an application offers: only a first card to who had none, else the kinds that fit."""
    first = not held_before(person)
    return {"first": first, "refused": {} if first else refused_kinds(person)}


@transaction.atomic
def start_application(
    *,
    actor,
    person: JobSeeker,
    kind: str = ApplicationKind.NEW,
    reason: str = "",
    origin: str = Origin.ONLINE,
    via_institution: Institution | None = None,
) -> AK1Application:
    """Open a draft. Raises Refused when one is open already or the kind does not fit.

    `via_institution` is the BKK that sent it, for origin BKK only.
    """
    fresh = lock_person(person)
    if AK1Application.objects.open().filter(jobseeker=fresh).exists():
        raise Refused("Masih ada permohonan yang belum selesai. Lanjutkan atau batalkan yang itu dulu.")
    before = _check_kind(fresh, kind, reason)
    application = AK1Application.objects.create(
        jobseeker=fresh,
        kind=kind,
        reason=reason,
        origin=origin,
        via_institution=via_institution,
        previous_card=before,
    )
    opened(application, actor=actor, label="Permohonan dibuat")
    return application


@transaction.atomic
def apply_at_desk(*, actor, **answers) -> AK1Application:
    """Register a person at the counter and send their application in one go.

    Raises NikTaken when the NIK is on file already: the officer opens that file instead of making a second one.
    """
    nik = answers.get("nik", "")
    if nik and JobSeeker.objects.living().filter(nik_index=blind_index(nik)).exists():
        raise NikTaken(
            "NIK ini sudah terdaftar. Cari di daftar Pencari kerja, buka datanya, lalu buat permohonan di sana.",
            field="nik",
        )
    person = register_person(actor=actor, **answers)
    application = start_application(actor=actor, person=person, origin=Origin.DESK)
    return submit(application, actor=actor, version=application.version)


def check_complete(person: JobSeeker) -> None:
    """Raise ValidationError (Indonesian) when the person's data do not carry a card: gaps, age, domicile, length."""
    errors = [finding.text for finding in prechecks.of_answers(person) if finding.is_error]
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def submit(application: AK1Application, *, actor, version: int) -> AK1Application:
    """Send the application to the office. Raises ValidationError with every error that the pre-checks find."""
    person = lock_person(application.jobseeker)
    # asked for under the lock: what `application` was loaded with may be older than what another tab has written
    application.jobseeker = proposals.lay_over(person, proposals.of_person(person))
    errors = [finding.text for finding in prechecks.findings(application) if finding.is_error]
    if errors:
        raise ValidationError(errors)
    _check_kind(person, application.kind, application.reason)
    sent = fire(application, "submit", actor=actor, version=version)
    notifications.submitted(sent)
    return sent


@transaction.atomic
def return_application(
    application: AK1Application,
    *,
    actor,
    version: int,
    comment: str = "",
    points: Iterable[returns.Point] = (),
) -> AK1Application:
    """Give the file back with what is to be mended; the applicant is told by notice and mail.

    `points` name documents and parts of the answers, each with its reason; `comment` is a general note. At least one
    of them is needed (CommentRequired). Raises StaleRecord, NotAllowed or WrongState; then nothing is changed.
    """
    points = returns.tidy_points(points)
    note = returns.note_of(points, redact(comment.strip()))
    lock_person(application.jobseeker)
    returned = fire(application, "return_", actor=actor, version=version, comment=note, note=note)
    returns.write(returned, points, actor=actor)
    notifications.returned(returned)
    return returned


@transaction.atomic
def approve(
    application: AK1Application,
    *,
    actor,
    version: int,
    knowingly: bool = False,
    notes: str = "",
    notes_version: int = 0,
) -> AK1Card:
    """Accept the file: documents and NIK count as seen, the card is issued and the episode opens.

    `version` is the one the officer saw. `knowingly` says yes to documents that nobody opened and to names that
    differ. Notes of the interview that came with the decision are kept with it; `notes_version` as in
    `interviews.save_notes`. Locks person, application, cards, counter, in this order. Raises StaleRecord with who was
    faster, NotAllowed, WrongState, NikTaken or Refused; then nothing is changed.
    """
    person = lock_person(application.jobseeker)
    approved = fire(application, "approve", actor=actor, version=version)
    person = _accept_facts(approved, person, actor=actor)
    check_complete(person)
    interviews.save_new_notes(approved, actor=actor, notes=notes, version=notes_version)
    if not knowingly:
        doubts.check(person)
    returns.accept_documents(person, actor=actor)
    if person.nik_verified_at is None:
        person = verify_nik(person, actor=actor, version=person.version)
    card = cards.issue(approved, actor=actor, person=person)
    notifications.approved(approved, card)
    return card


def _accept_facts(application: AK1Application, person: JobSeeker, *, actor) -> JobSeeker:
    """Write what the application asked to change to the person: it is verified now."""
    values = proposals.take(application)
    if not values:
        return person
    before = person.photo if "photo" in values else None
    label = "Perubahan data disetujui"
    person = revise_person(person, actor=actor, version=person.version, label=label, **values)
    photos.drop_photo(before)
    return person


@transaction.atomic
def reject(application: AK1Application, *, actor, version: int, comment: str) -> AK1Application:
    """Refuse the application with a reason that the applicant reads; verified facts stay as they were."""
    lock_person(application.jobseeker)
    rejected = fire(
        application, "reject", actor=actor, version=version, comment=comment, note=redact(comment.strip())
    )
    proposals.forget(rejected)
    notifications.rejected(rejected)
    return rejected


@transaction.atomic
def withdraw(application: AK1Application, *, actor, version: int) -> AK1Application:
    """Take the application back; what was filled in stays with the person, but verified facts stay as they were."""
    lock_person(application.jobseeker)
    withdrawn = fire(application, "withdraw", actor=actor, version=version)
    proposals.forget(withdrawn)
    return withdrawn
