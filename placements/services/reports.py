"""Reporting that a person started to work, and correcting such a report."""

from dataclasses import asdict, dataclass, field, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Institution
from core import clock
from core.errors import Refused
from core.formats import date_long
from core.models.agency import AgencyProfile
from core.models.files import StoredFile
from core.models.reference import ClassificationCode
from core.redaction import redact
from core.workflow import NotAllowed, WrongState, fire, opened, revise
from employers.enums import EmployerClass
from employers.models import Company
from jobseekers.models import JobSeeker
from jobseekers.services.people import lock_person
from placements import permissions, validators
from placements.enums import Channel, ContractType, EvidenceKind, Reach, ReportState, WageBand
from placements.models import ChannelReport, Placement
from placements.services.primary import settle

DETAILS = ("started_on", "position", "occupation", "contract_type", "wage_band", "reach", "destination")
"""What of a placement may be corrected while no report of it is verified."""


class AlreadyReported(Refused):
    """The placement was reported through this channel before; `report` is that report."""

    def __init__(self, message: str, *, report: ChannelReport) -> None:
        super().__init__(message, field="channel")
        self.report = report


@dataclass(frozen=True)
class JobStart:
    """The job: exactly one of `company`, `employer_name`, `own_business`, and what is known of the work."""

    started_on: date
    contract_type: str
    company: Company | None = None
    employer_name: str = ""
    own_business: bool = False
    employer_class: int | None = None
    position: str = ""
    occupation: ClassificationCode | None = None
    reach: str = Reach.AKL
    destination: str = ""
    wage_band: str = WageBand.UNKNOWN


@dataclass(frozen=True)
class Change:
    """What a corrected report says; `details` are DETAILS of the placement, `version` that of the placement."""

    evidence_kind: str
    service_on: date | None = None
    evidence: StoredFile | None = None
    placement_version: int = 0
    details: dict = field(default_factory=dict)


def _employed(start: JobStart) -> JobStart:
    """Return `start` with a registered company for a name that is exactly one's, and the class that follows."""
    name = " ".join(start.employer_name.split())
    if name and start.company is None and not start.own_business:
        found = list(Company.objects.filter(institution__name__iexact=name)[:2])
        if len(found) == 1:
            start, name = replace(start, company=found[0]), ""
    if start.company is not None:
        return replace(start, employer_name="", employer_class=start.company.employer_class)
    if start.own_business:
        return replace(start, employer_name="", employer_class=EmployerClass.PERSON)
    return replace(start, employer_name=name)


def _check_start(start: JobStart, person: JobSeeker, channel: str) -> dict[str, str]:
    """Return what is wrong with the job, by field."""
    agency = AgencyProfile.current()
    abroad = start.reach == Reach.AKAN
    age = agency.policy("migrant_minimum_age" if abroad else "minimum_age")
    problems = {
        "started_on": validators.start_problem(
            start.started_on, today=clock.today(), birth_date=person.birth_date, minimum_age=age
        ),
        **validators.reach_problem(channel, start.reach, start.destination, start.contract_type),
    }
    if (start.contract_type == ContractType.OWN_BUSINESS) != start.own_business:
        problems["contract_type"] = (
            "Untuk usaha sendiri pilih Usaha sendiri." if start.own_business else "Pilih ikatan kerjanya."
        )
    if start.own_business and not start.position:
        problems["position"] = "Tulis usahanya, misalnya katering rumahan."
    elif not (start.own_business or start.company or start.employer_name):
        problems["employer_name"] = "Isi pemberi kerja, atau pilih usaha sendiri."
    elif start.employer_name and start.employer_class is None:
        problems["employer_class"] = "Pilih golongan pemberi kerja."
    if start.company and start.company.operating_from > start.started_on:
        problems["started_on"] = f"Perusahaan ini baru beroperasi {date_long(start.company.operating_from)}."
    return {name: text for name, text in problems.items() if text}


def _check_report(
    channel: str,
    institution: Institution | None,
    evidence_kind: str,
    service_on: date | None,
    own_business: bool,
) -> dict[str, str]:
    """Return what is wrong with the report itself, by field."""
    problems = {
        "evidence_kind": validators.evidence_problem(evidence_kind, own_business=own_business),
        "service_on": validators.service_problem(service_on, today=clock.today()),
    }
    if channel not in Channel.values:
        problems["channel"] = "Pilih jalur dari daftar."
    if evidence_kind not in EvidenceKind.values:
        problems["evidence_kind"] = "Pilih jenis bukti dari daftar."
    if institution is not None and permissions.REPORTING_KINDS.get(institution.kind) != channel:
        problems["institution"] = "Lembaga ini tidak melapor lewat jalur tersebut."
    return {name: text for name, text in problems.items() if text}


def _same(person: JobSeeker, start: JobStart):
    """Placements of the person that are this very job start."""
    rows = Placement.objects.filter(
        jobseeker=person, started_on=start.started_on, company=start.company, own_business=start.own_business
    )
    return rows.filter(employer_name__iexact=start.employer_name)


def _placement(person: JobSeeker, start: JobStart, *, actor) -> Placement:
    """Return the placement of this job start, or a new one. The person's row is locked."""
    found = _same(person, start).first()
    if found is not None:
        return found
    placement = Placement(jobseeker=person, **{name: getattr(start, name) for name in asdict(start)})
    placement.clean_fields()
    placement.save()
    opened(placement, actor=actor, label="Penempatan dicatat")
    return placement


def _require_new(placement: Placement, channel: str) -> None:
    before = placement.reports.filter(channel=channel).select_related("institution").first()
    if before is None:
        return
    who = f" oleh {before.institution}" if before.institution else ""
    then = "Perbaiki dan kirim ulang laporan itu." if before.state == ReportState.REJECTED else ""
    raise AlreadyReported(
        f"Penempatan ini sudah dilaporkan lewat {before.get_channel_display()}{who} pada "
        f"{date_long(before.reported_on)} ({before.get_state_display().lower()}). {then}".strip(),
        report=before,
    )


@transaction.atomic
def report_placement(
    *,
    actor,
    jobseeker: JobSeeker,
    start: JobStart,
    channel: str,
    evidence_kind: str,
    evidence: StoredFile | None = None,
    institution: Institution | None = None,
    service_on: date | None = None,
    reported_by=None,
) -> ChannelReport:
    """Book that `channel` brought the person to this job start; it waits to be verified.

    The first report of a job start makes the placement; another channel's report of the same person, employer and
    day joins it. `actor` None is the system (a door, the demo); `reported_by` then names who told. Raises
    NotAllowed, AlreadyReported, ValidationError by field, or Gone for a merged or erased person.
    """
    if actor is not None and not permissions.may_report(actor, channel, institution):
        raise NotAllowed("Anda tidak berwenang melapor lewat jalur ini atau atas nama lembaga ini.")
    person = lock_person(jobseeker)
    start = _employed(start)
    problems = _check_start(start, person, channel)
    problems |= _check_report(channel, institution, evidence_kind, service_on, start.own_business)
    if problems:
        raise ValidationError(problems)
    placement = _placement(person, start, actor=actor)
    _require_new(placement, channel)
    report = ChannelReport.objects.create(
        placement=placement,
        channel=channel,
        institution=institution,
        reported_on=clock.today(),
        reported_by=actor or reported_by,
        service_on=service_on,
        evidence_kind=evidence_kind,
        evidence=evidence,
    )
    opened(report, actor=actor or reported_by, label="Laporan penempatan dicatat")
    report.placement = settle(placement, actor=actor)
    return report


@transaction.atomic
def book_hire(
    *, actor, company: Company, jobseeker: JobSeeker, started_on: date, contract_type: str, **known
) -> ChannelReport:
    """Book a hire that the company itself told of, as a report of the online channel; twice has the effect of once."""
    start = JobStart(started_on=started_on, contract_type=contract_type, company=company, **known)
    try:
        return report_placement(
            actor=None,
            jobseeker=jobseeker,
            start=start,
            channel=Channel.SIDAKEP_ONLINE,
            evidence_kind=EvidenceKind.EMPLOYER_CONFIRMATION,
            reported_by=actor,
        )
    except AlreadyReported as before:
        return before.report


def may_change_details(placement: Placement) -> bool:
    """The job itself may be corrected while nobody has verified a report of it."""
    return not placement.reports.filter(state=ReportState.VERIFIED).exists()


@transaction.atomic
def change_report(
    report: ChannelReport, *, actor, version: int, change: Change, comment: str = ""
) -> ChannelReport:
    """Correct a report that waits or was rejected; a rejected one is sent again by that.

    Raises StaleRecord, NotAllowed, WrongState (verified), ValidationError by field; then nothing is changed.
    """
    person = lock_person(report.placement.jobseeker)
    fresh = ChannelReport.objects.select_related("placement__jobseeker", "institution").get(pk=report.pk)
    if fresh.state == ReportState.VERIFIED:
        raise WrongState("Laporan ini sudah terverifikasi. Minta pengantar kerja memeriksanya ulang dulu.")
    if not permissions.may_change(actor, fresh):
        raise NotAllowed("Laporan ini hanya diperbaiki oleh yang melaporkannya atau oleh petugas jalurnya.")
    placement = fresh.placement
    own = placement.own_business
    problems = _check_report(fresh.channel, fresh.institution, change.evidence_kind, change.service_on, own)
    if change.details:
        problems |= _check_details(placement, person, fresh.channel, change)
    if problems:
        raise ValidationError(problems)
    written = revise(
        fresh,
        actor=actor,
        version=version,
        label="Laporan diperbaiki",
        comment=redact(comment),
        evidence_kind=change.evidence_kind,
        service_on=change.service_on,
        evidence=change.evidence or fresh.evidence,
    )
    _correct(placement, change, actor=actor)
    if written.state == ReportState.REJECTED:
        written = fire(written, "resubmit", actor=actor, version=written.version)
    written.placement = settle(placement, actor=actor)
    return written


def _check_details(placement: Placement, person: JobSeeker, channel: str, change: Change) -> dict[str, str]:
    """Return what is wrong with the corrected job, by field."""
    unknown = set(change.details) - set(DETAILS)
    if unknown:
        raise TypeError(f"unknown details of a placement: {sorted(unknown)}")
    if not may_change_details(placement):
        raise WrongState("Data pekerjaan ini sudah terverifikasi lewat jalur lain dan tidak diubah lagi.")
    known = {name: getattr(placement, name) for name in JobStart.__dataclass_fields__}
    start = JobStart(**{**known, **change.details})
    problems = _check_start(start, person, channel)
    if _same(person, start).exclude(pk=placement.pk).exists():
        problems["started_on"] = "Orang ini sudah punya catatan mulai kerja di tempat dan hari yang sama."
    return problems


def _correct(placement: Placement, change: Change, *, actor) -> None:
    """Write the corrected details where they differ."""
    changed = {name: value for name, value in change.details.items() if getattr(placement, name) != value}
    if changed:
        revise(
            placement,
            actor=actor,
            version=change.placement_version,
            label="Data pekerjaan diperbaiki",
            **changed,
        )
