"""Documents of a person: which are demanded, keeping an upload, replacing an older one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from core import clock
from core.errors import Refused
from core.files import erase_file, release_file, store
from core.images import UnfitFile, prepare_document
from core.models.agency import AgencyProfile
from core.models.files import StoredFile
from core.workflow import opened, revise
from jobseekers import validators
from jobseekers.enums import (
    ApplicationKind,
    DocumentDemand,
    DocumentKind,
    DocumentState,
    Origin,
    ReplacementReason,
)
from jobseekers.files import DOCUMENT
from jobseekers.models import AK1Application, JobSeeker, PersonDocument
from jobseekers.policies import document_policy
from jobseekers.services.people import lock_person, revise_person

NO_DIPLOMA = ("TIDAK_SEKOLAH", "TIDAK_TAMAT_SD")
"""Levels of education that end without a diploma."""

NAMELESS = (DocumentKind.KTP,)
"""The name is not asked for again: the person's name is the one on the KTP."""


@dataclass(frozen=True)
class Demand:
    """One kind of document that an application may carry, whether it must, and the one that is there."""

    kind: DocumentKind
    mandatory: bool
    document: PersonDocument | None


def demands(application: AK1Application) -> list[Demand]:
    """Return the documents that this application is asked for by the office's policies, in a fixed order.

    At the counter nothing is demanded: the officer sees the originals. One query.
    """
    there = {
        row.kind: row
        for row in PersonDocument.objects.filter(jobseeker=application.jobseeker_id).select_related("file")
    }
    agency, found = AgencyProfile.current(), []
    for kind in DocumentKind:
        demand = agency.policy(document_policy(kind))
        if demand == DocumentDemand.OFF or not _fits(kind, application):
            continue
        mandatory = demand == DocumentDemand.REQUIRED and application.origin != Origin.DESK
        if kind == DocumentKind.DIPLOMA and application.jobseeker.education_id in NO_DIPLOMA:
            mandatory = False
        found.append(Demand(kind, mandatory, there.get(kind)))
    return found


def _fits(kind: DocumentKind, application: AK1Application) -> bool:
    if kind != DocumentKind.LOSS_REPORT:
        return True
    return application.kind == ApplicationKind.REPLACEMENT and application.reason == ReplacementReason.LOST


@contextmanager
def kept_upload(upload, *, actor) -> Iterator[StoredFile | None]:
    """Check and keep an upload, sealed, for the block; when the block fails, the file goes again.

    None for no upload. Raises UnfitFile (field "file") with the cause. Must not be called inside a transaction.
    """
    if upload is None:
        yield None
        return
    try:
        content = prepare_document(upload)
    except UnfitFile as problem:
        problem.field = "file"
        raise
    stored = store(content, actor=actor, kind=DOCUMENT, sealed=True)
    try:
        yield stored
    except Exception:
        with transaction.atomic():
            erase_file(stored)
        raise


@transaction.atomic
def put_document(
    person: JobSeeker, *, actor, version: int, kind: str, file: StoredFile | None, printed_name: str = ""
) -> PersonDocument:
    """Keep the person's document of a kind, or only mend the name read on it (`file` None).

    A new file is unchecked, whatever was found about the older one, and the older one is deleted after the commit.
    `version` is the person's. Raises StaleRecord, Refused when there is no file at all or the name can't be one.
    """
    if kind not in DocumentKind.values:
        raise Refused("Jenis dokumen ini tidak dikenal.")
    fresh = lock_person(person)
    row = PersonDocument.objects.filter(jobseeker=fresh, kind=kind).first()
    if row is None and file is None:
        raise Refused("Berkas belum dipilih. Pilih foto atau PDF dokumennya.", field="file")
    changes = {"printed_name": _printed(kind, printed_name)}
    label = DocumentKind(kind).label
    if file is not None:
        changes |= {
            "file": file, "uploaded_at": clock.now(), "state": DocumentState.UNCHECKED, "reason": "",
            "checked_at": None, "checked_by": None,
        }  # fmt: skip
    before = row.file if row is not None and file is not None else None
    if row is None:
        row = PersonDocument.objects.create(jobseeker=fresh, kind=kind, **changes)
        opened(row, actor=actor, label=f"{label} diunggah")
    else:
        row = revise(row, actor=actor, version=row.version, label=f"{label} diganti", **changes)
    revise_person(
        fresh, actor=actor, version=version, label=f"{label} diunggah", document=kind if file else ""
    )
    if before is not None:
        release_file(before)
    return row


def _printed(kind: str, name: str) -> str:
    if kind in NAMELESS:
        return ""
    try:
        return validators.check_name(name)
    except ValueError as problem:
        text = (
            str(problem)
            .replace("Nama lengkap", "Nama di dokumen")
            .replace("seperti di KTP", "seperti tercetak")
        )
        raise Refused(text, field="printed_name") from None


@transaction.atomic
def drop_document(row: PersonDocument, *, actor, version: int) -> JobSeeker:
    """Take a document back; `version` is the person's. Raises StaleRecord."""
    fresh = lock_person(row.jobseeker)
    current = PersonDocument.objects.select_related("file").filter(pk=row.pk, jobseeker=fresh).first()
    if current is None:
        raise Refused("Dokumen ini sudah dihapus. Muat ulang halaman.")
    stored, label = current.file, current.get_kind_display()
    current.delete()
    release_file(stored)
    return revise_person(fresh, actor=actor, version=version, label=f"{label} dihapus")
