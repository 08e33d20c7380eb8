"""The six-monthly report: given by the holder, by a mailed link or at the desk; and the reminder of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock
from core.errors import Refused
from core.formats import date_long
from core.redaction import redact
from core.workflow import NotAllowed
from jobseekers import notifications
from jobseekers.enums import HolderStatus, LinkPurpose, ReportChannel
from jobseekers.models import AK1Card, HolderReport, JobSeeker, OneTimeLink
from jobseekers.permissions import is_officer, owns
from jobseekers.reporting import Slot, late_slot, next_slot, slot_on, slots_of
from jobseekers.services import links
from jobseekers.services.cards import record_report
from jobseekers.services.ledger import open_episode_of
from jobseekers.services.people import lock_person
from jobseekers.signals import self_reported
from jobseekers.validators import printable, tidy

WORKS = (HolderStatus.WORKING, HolderStatus.SELF_EMPLOYED)
LINK_DAYS_AFTER = 60
"""How long after the last day on time a mailed link still opens: a late report is better than none."""


class TooEarly(Refused):
    """No report is due yet; the message says from which day on."""


def _may_report(actor, person: JobSeeker, channel: str) -> bool:
    if channel == ReportChannel.ACCOUNT:
        return owns(actor, person)
    if channel == ReportChannel.DESK:
        return is_officer(actor) and not owns(actor, person)
    return actor is None


def _checked(person: JobSeeker, card: AK1Card, status: str, told: dict) -> dict:
    """Return what belongs to the status, tidied; raise one ValidationError that names every wrong field.

    A job begins on the day of the registration at the earliest: who worked before was no job seeker.
    """
    if status not in HolderStatus.values:
        raise ValidationError({"status": "Pilih keadaan Anda sekarang."})
    if status not in WORKS:
        return {}
    employer, job, since = tidy(told["employer_name"]), tidy(told["occupation"]), told["since"]
    problems = {}
    if status == HolderStatus.WORKING and not employer:
        problems["employer_name"] = "Isi tempat kerja, misalnya nama perusahaan atau toko."
    if since is None:
        problems["since"] = "Isi tanggal mulai bekerja."
    elif since > clock.today():
        problems["since"] = "Tanggal mulai bekerja belum tiba. Laporkan setelah Anda mulai bekerja."
    elif since < (registered := _registered_on(person, card)):
        problems["since"] = (
            f"Anda terdaftar sebagai pencari kerja sejak {date_long(registered)}. Tanggal mulai tidak bisa lebih "
            "awal; bila Anda memang sudah bekerja sebelum itu, sampaikan di loket Dinas."
        )
    for name, text in (("employer_name", employer), ("occupation", job)):
        if not printable(text):
            problems[name] = "Ada tanda yang tidak dikenal. Tulis dengan huruf Latin dan angka."
    if problems:
        raise ValidationError(problems)
    own = status == HolderStatus.SELF_EMPLOYED
    return {
        "employer_name": "" if own else redact(employer)[:150],
        "employer_local": told["employer_local"],
        "occupation": redact(job)[:120],
        "since": since,
    }


def _registered_on(person: JobSeeker, card: AK1Card) -> date:
    """The first day of the running episode; a renewal continues it, so it may lie before the card's."""
    episode = open_episode_of(person)
    return episode.opened_on if episode is not None else card.issued_on


def _slot(card: AK1Card, status: str, day: date) -> Slot | None:
    """Return the slot that is filled, None for news outside of them; refuse what was told already or is too early."""
    slots = slots_of(card)
    slot = slot_on(slots, day)
    if slot is not None:
        return slot
    if status == HolderStatus.LOOKING:
        following = next_slot(slots, day)
        if following is None:
            raise TooEarly(
                "Semua laporan untuk kartu ini sudah lengkap. Tidak ada yang perlu dilaporkan lagi."
            )
        raise TooEarly(
            f"Belum waktunya melapor. Laporan berikutnya bisa dikirim mulai {date_long(following.opens)}.",
            field="status",
        )
    if card.holder_reports.filter(slot=0, on=day, status=status).exists():
        raise Refused("Laporan yang sama sudah kami terima hari ini.", field="status")
    return None


@transaction.atomic
def report(
    card: AK1Card,
    *,
    actor,
    channel: str,
    status: str,
    employer_name: str = "",
    employer_local: bool | None = None,
    occupation: str = "",
    since: date | None = None,
) -> HolderReport:
    """Take the holder's report and write it into the ledger; who says they work is heard by higher rooms.

    "Still looking" fills the slot that is open and is refused before it opens (TooEarly, with the day). Other news
    may come at any time: the card asks for them within a week. The registration goes on either way, until an officer
    has verified a placement or takes the holder off the register. Raises NotAllowed, Gone, ValidationError by field,
    or Refused when the card no longer holds; then nothing is written.
    """
    person = lock_person(card.jobseeker)
    if not _may_report(actor, person, channel):
        raise NotAllowed("Anda tidak berwenang melapor untuk kartu ini.")
    fresh, today = AK1Card.objects.get(pk=card.pk), clock.today()
    if not fresh.holds_on(today):
        raise Refused(
            "Kartu ini sudah tidak berlaku, jadi tidak perlu dilaporkan. Ajukan kartu baru bila perlu."
        )
    told = {
        "employer_name": employer_name,
        "employer_local": employer_local,
        "occupation": occupation,
        "since": since,
    }
    facts = _checked(person, fresh, status, told)
    slot = _slot(fresh, status, today)
    made = HolderReport.objects.create(
        jobseeker=person,
        card=fresh,
        slot=slot.number if slot else 0,
        on=today,
        late=bool(slot and slot.is_late(today)),
        status=status,
        channel=channel,
        recorded_by=actor,
        **facts,
    )
    record_report(fresh, actor=actor, on=today, note=_note(made))
    if status in WORKS:
        self_reported.send(sender=HolderReport, report=made)
    return made


def _note(made: HolderReport) -> str:
    what = f"Laporan ke-{made.slot}" if made.slot else "Kabar di luar jadwal"
    return f"{what}: {made.get_status_display().lower()}{', terlambat' if made.late else ''}"


@transaction.atomic
def report_by_link(link: OneTimeLink, **told) -> HolderReport:
    """Use the mailed link up for one report. Raises LinkDead, or what `report` raises; then the link still works."""
    lock_person(link.jobseeker)
    used = links.use(link)
    return report(used.card, actor=None, channel=ReportChannel.LINK, **told)


@transaction.atomic
def remind(card: AK1Card, number: int) -> bool:
    """Remind the holder of slot `number` by notice and mail, once; False when there is nothing to remind of.

    The mail holds a link that reports without signing in. Its row is also the mark that the holder was told.
    """
    person = lock_person(card.jobseeker)
    fresh, today = AK1Card.objects.get(pk=card.pk), clock.today()
    slot = next((found for found in slots_of(fresh) if found.number == number), None)
    known = OneTimeLink.objects.filter(card=fresh, slot=number, purpose=LinkPurpose.SIX_MONTH_REPORT)
    if slot is None or not fresh.holds_on(today) or known.exists():
        return False
    if not slot.is_open(today) or slot.is_late(today):
        return False
    days = (slot.closes - today).days + LINK_DAYS_AFTER
    token = links.make(
        purpose=LinkPurpose.SIX_MONTH_REPORT, person=person, card=fresh, slot=number, days=days
    )
    notifications.report_due(fresh, slot, token=token, days=days)
    return True


def late_on(card: AK1Card, day: date) -> Slot | None:
    """The slot because of which the holder of a card that holds is late on `day`."""
    return late_slot(slots_of(card), day) if card.holds_on(day) else None
