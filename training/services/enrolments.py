"""Enrolments: a person put on the list of a cohort, and what becomes of it."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from core.errors import Refused
from core.personal import blind_index
from core.workflow import NotAllowed, WrongState, fire, opened
from jobseekers.models import JobSeeker
from jobseekers.services.people import lock_person
from training import notifications, permissions
from training.enums import AssessmentResult, CohortState, EnrolmentState
from training.models import Enrolment, TrainingCohort

TOLD = ("accept", "reject", "complete", "amend_result")
"""Steps of which the participant is told."""


def find_person(nik: str, birth_date: date) -> JobSeeker:
    """Return the person of this NIK and birth date, both from the KTP: a verified row first.

    Raises Refused with one and the same answer for a NIK nobody has and one with another birth date, so that nobody can
    learn by trying whether a NIK is registered.
    """
    found = list(
        JobSeeker.objects.living().filter(nik_index=blind_index(nik), birth_date=birth_date).order_by("pk")
    )
    verified = [person for person in found if person.nik_verified_at is not None]
    if verified:
        return verified[0]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(
            "Ada lebih dari satu data dengan NIK ini dan belum ada yang diverifikasi. Minta pengantar kerja "
            "memeriksanya dulu.",
            field="nik",
        )
    raise Refused(
        "Tidak ada pencari kerja dengan NIK dan tanggal lahir ini. Cocokkan keduanya dengan KTP; bila belum "
        "terdaftar, daftarkan dulu sebagai pencari kerja.",
        field="nik",
    )


@transaction.atomic
def enrol(*, actor, cohort: TrainingCohort, jobseeker: JobSeeker) -> Enrolment:
    """Put a person on the list of a cohort.

    Raises NotAllowed, WrongState (cohort over), or Refused (already there; the person's row is merged or erased).
    """
    if actor is not None and not permissions.serves_cohort(actor, cohort):
        raise NotAllowed("Peserta hanya didaftarkan oleh petugas pelatihan atau penyelenggara angkatan ini.")
    lock_person(jobseeker)
    locked = TrainingCohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    if locked.state not in (CohortState.OPEN, CohortState.RUNNING):
        raise WrongState(
            f"Keadaan angkatan ini “{locked.get_state_display()}”. Peserta didaftarkan selama pendaftaran dibuka atau "
            "pelatihan berlangsung."
        )
    if Enrolment.objects.filter(cohort=locked, jobseeker=jobseeker).exists():
        raise Refused("Orang ini sudah ada dalam daftar peserta angkatan ini.", field="nik")
    enrolment = Enrolment.objects.create(cohort=locked, jobseeker=jobseeker)
    opened(enrolment, actor=actor, label="Didaftarkan")
    return enrolment


@transaction.atomic
def take_step(
    enrolment: Enrolment, name: str, *, actor, version: int, comment: str = "", **data
) -> Enrolment:
    """Take one step of the workflow; the participant is told of decisions. Raises as `core.workflow.fire`, Refused.

    `complete` and `amend_result` take ``result`` and ``assessed_on``.
    """
    written = fire(enrolment, name, actor=actor, version=version, comment=comment, **data)
    if name in TOLD:
        notifications.enrolment_changed(written, name, comment=comment)
    return written


def record_result(
    enrolment: Enrolment, *, actor, version: int, result: str, assessed_on: date | None, comment: str = ""
) -> Enrolment:
    """Record the result of a participant who attends, or correct one that is recorded (then with a reason)."""
    name = "amend_result" if enrolment.state == EnrolmentState.COMPLETED else "complete"
    return take_step(
        enrolment, name, actor=actor, version=version, comment=comment, result=result, assessed_on=assessed_on
    )


@transaction.atomic
def attend_all(*, actor, cohort: TrainingCohort) -> int:
    """Note that everybody accepted to `cohort` attends; all or nobody. Returns how many. Raises as `take_step`."""
    if not permissions.can_run_trainings(actor):
        raise NotAllowed("Kehadiran hanya dicatat oleh petugas pelatihan.")
    waiting = list(cohort.enrolments.filter(state=EnrolmentState.ACCEPTED).order_by("pk"))
    for enrolment in waiting:
        take_step(enrolment, "attend", actor=actor, version=enrolment.version)
    return len(waiting)


@transaction.atomic
def record_results(
    *,
    actor,
    cohort: TrainingCohort,
    assessed_on: date,
    results: Mapping[int, str],
    versions: Mapping[int, int],
) -> int:
    """Record the results of several participants of `cohort`: all or none. Returns how many.

    `results` and `versions` are by the enrolment's key; NONE leaves a participant for later. Raises as `take_step`.
    """
    if not permissions.can_run_trainings(actor):
        raise NotAllowed("Hasil hanya dicatat oleh petugas pelatihan.")
    decided = {pk: result for pk, result in results.items() if result != AssessmentResult.NONE}
    found = cohort.enrolments.filter(pk__in=decided).select_related("jobseeker__user", "cohort__programme")
    for enrolment in found.order_by("pk"):
        record_result(
            enrolment,
            actor=actor,
            version=versions[enrolment.pk],
            result=decided[enrolment.pk],
            assessed_on=assessed_on,
        )
    return len(decided)
