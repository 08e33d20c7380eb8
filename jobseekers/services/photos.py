"""The pas foto: kept before the business transaction, dropped again when that fails."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from core.files import erase_file, store
from core.images import UnfitFile, prepare_portrait
from core.models.files import StoredFile
from jobseekers.files import PHOTO
from jobseekers.models import JobSeeker, ProposedFacts


@contextmanager
def kept_photo(upload, *, actor) -> Iterator[StoredFile | None]:
    """Re-encode and keep an upload for the block; when the block fails, the file goes again.

    None for no upload. Raises UnfitFile (field "photo") with the cause. Must not be called inside a transaction.
    """
    if upload is None:
        yield None
        return
    try:
        portrait = prepare_portrait(upload)
    except UnfitFile as problem:
        problem.field = "photo"
        raise
    stored = store(portrait.content, actor=actor, kind=PHOTO)
    try:
        yield stored
    except Exception:
        with transaction.atomic():
            erase_file(stored)
        raise


@transaction.atomic
def drop_photo(stored: StoredFile | None) -> None:
    """Delete a photo that nobody's row points at any more."""
    if stored is None or ProposedFacts.objects.filter(photo=stored).exists():
        return
    if not JobSeeker.objects.filter(photo=stored).exists():
        erase_file(stored)
