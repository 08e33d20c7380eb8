"""Who may open the evidence of a quarter's note, and the pictures of the year."""

from core.files import register_file_permission
from core.models.files import StoredFile
from lkip.models import NoteFile
from lkip.permissions import can_see_evidence, can_see_report

NOTE_EVIDENCE = "lkip.note"
PHOTO = "lkip.photo"


def may_open_note_file(user, stored: StoredFile) -> bool:
    """Those who answer for the report or review it."""
    return can_see_evidence(user) and NoteFile.objects.filter(file=stored).exists()


register_file_permission(NOTE_EVIDENCE, may_open_note_file)
register_file_permission(PHOTO, lambda user, stored: can_see_report(user))
