"""Notes of the AK/II interview."""

from django.db import transaction

from core import clock
from core.errors import Refused
from core.redaction import redact
from core.workflow import NotAllowed, opened, revise
from jobseekers.models import AK1Application, Interview
from jobseekers.permissions import may_decide
from jobseekers.services.people import lock_person

NOTES_LENGTH = 2000


def of_application(application: AK1Application) -> Interview | None:
    """Return the interview held about an application."""
    rows = Interview.objects.filter(application=application).select_related("officer")
    return rows.order_by("-pk").first()


@transaction.atomic
def save_notes(application: AK1Application, *, actor, notes: str, version: int) -> Interview:
    """Keep what officer and applicant spoke about; a NIK in the notes is masked.

    `version` is that of the notes the officer saw, 0 while there are none. Raises StaleRecord when a colleague wrote
    meanwhile, NotAllowed on the officer's own file, Refused when the notes are empty or too long.
    """
    person = lock_person(application.jobseeker)
    if not may_decide(actor, application):
        raise NotAllowed("Catatan wawancara ditulis pengantar kerja lain, bukan pemohon sendiri.")
    notes = redact(notes.strip())
    if not notes:
        raise Refused("Catatan wawancara masih kosong. Tulis dulu, lalu simpan.", field="notes")
    if len(notes) > NOTES_LENGTH:
        raise Refused(
            f"Catatan wawancara paling panjang {NOTES_LENGTH} huruf; yang ini {len(notes)} huruf.",
            field="notes",
        )
    before = of_application(application)
    if before is not None:
        return revise(before, actor=actor, version=version, label="Catatan wawancara diubah", notes=notes)
    interview = Interview.objects.create(
        jobseeker=person, application=application, held_on=clock.today(), notes=notes, officer=actor
    )
    opened(interview, actor=actor, label="Catatan wawancara ditulis")
    return interview


def save_new_notes(application: AK1Application, *, actor, notes: str, version: int) -> None:
    """Keep notes that came along with a decision; nothing happens when they are empty or as they were."""
    before = of_application(application)
    notes = notes.strip().replace("\r\n", "\n")
    if notes and redact(notes) != (before.notes.replace("\r\n", "\n") if before else ""):
        save_notes(application, actor=actor, notes=notes, version=version)
