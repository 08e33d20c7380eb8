"""Who may open the files of the report: evidence of notes, documents of statistics, photographs, editions."""

from core.files import register_file_permission
from core.models.files import StoredFile
from lkip.models import EditionFile, NoteFile
from lkip.permissions import can_see_evidence, can_see_report

NOTE_EVIDENCE = "lkip.note"
STATISTIC = "lkip.statistic"
EDITION = "lkip.edition"
PHOTO = "lkip.photo"


def may_open_note_file(user, stored: StoredFile) -> bool:
    """Those who answer for the report or review it."""
    return can_see_evidence(user) and NoteFile.objects.filter(file=stored).exists()


def may_open_statistic_file(user, stored: StoredFile) -> bool:
    """Every member of staff."""
    return can_see_report(user)


def may_open_photo(user, stored: StoredFile) -> bool:
    """Every member of staff; readers of a published report see it inside the files."""
    return can_see_report(user)


def may_open_edition_file(user, stored: StoredFile) -> bool:
    """A published edition's files are everybody's, the others are the staff's."""
    file = EditionFile.objects.filter(file=stored).select_related("edition").first()
    return file is not None and (file.edition.published_at is not None or can_see_report(user))


register_file_permission(NOTE_EVIDENCE, may_open_note_file)
register_file_permission(STATISTIC, may_open_statistic_file)
register_file_permission(PHOTO, may_open_photo)
register_file_permission(EDITION, may_open_edition_file)
