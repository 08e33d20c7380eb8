"""Who may open the photos and documents of job seekers."""

from core.files import register_file_permission
from core.models.files import StoredFile
from jobseekers.models import JobSeeker, PersonDocument, ProposedFacts
from jobseekers.permissions import can_read_people

PHOTO = "jobseekers.photo"
DOCUMENT = "jobseekers.document"


def may_open_photo(user, stored: StoredFile) -> bool:
    """Staff who read people's files, and the person on the photo."""
    if can_read_people(user):
        return True
    if not user.is_authenticated:
        return False
    if JobSeeker.objects.filter(photo=stored, user=user).exists():
        return True
    return ProposedFacts.objects.filter(photo=stored, application__jobseeker__user=user).exists()


register_file_permission(PHOTO, may_open_photo)


def may_open_document(user, stored: StoredFile) -> bool:
    """Staff of the placement section, and the person whose document it is."""
    return PersonDocument.objects.visible_to(user).filter(file=stored).exists()


register_file_permission(DOCUMENT, may_open_document, access_event=True)
