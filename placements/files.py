"""Who may open the evidence of a report, and keeping it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from core.files import erase_file, register_file_permission, store
from core.images import UnfitFile, prepare_document
from core.models.files import StoredFile
from placements.models import ChannelReport

EVIDENCE = "placements.evidence"


def may_open_evidence(user, stored: StoredFile) -> bool:
    """Whoever may see the report that it proves."""
    return ChannelReport.objects.visible_to(user).filter(evidence=stored).exists()


register_file_permission(EVIDENCE, may_open_evidence, access_event=True)


@contextmanager
def kept_evidence(upload, *, actor) -> Iterator[StoredFile | None]:
    """Keep an upload for the block, sealed, since contracts and letters carry a NIK; if the block fails it goes again.

    None for no upload. Raises UnfitFile (field "evidence") with the cause. Not to be called inside a transaction.
    """
    if upload is None:
        yield None
        return
    try:
        content = prepare_document(upload)
    except UnfitFile as problem:
        problem.field = "evidence"
        raise
    stored = store(content, actor=actor, kind=EVIDENCE, sealed=True)
    try:
        yield stored
    except Exception:
        with transaction.atomic():
            erase_file(stored)
        raise


@transaction.atomic
def drop_evidence(stored: StoredFile | None) -> None:
    """Delete a file that no report points at any more."""
    if stored is not None and not ChannelReport.objects.filter(evidence=stored).exists():
        erase_file(stored)
