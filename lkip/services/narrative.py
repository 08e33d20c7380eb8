"""Writes of the narrative: texts with their versions, drafts that nobody asked to save, photographs."""

from datetime import date
from typing import BinaryIO

from django.db import IntegrityError, transaction

from core import clock
from core.errors import Refused
from core.files import erase_file, store_image
from core.redaction import redact
from core.workflow import NotAllowed, StaleRecord, opened, revise
from lkip.files import PHOTO
from lkip.models import Draft, Photograph, Section
from lkip.permissions import can_plan
from lkip.text import MOST_LETTERS, clean


class InvalidText(Refused):
    """A text that can't be kept."""


def _writer(actor) -> None:
    if not can_plan(actor):
        raise NotAllowed("Naskah ditulis oleh perencana.")


def _checked(body: str) -> str:
    body = clean(body)
    if len(body) > MOST_LETTERS:
        raise InvalidText("Naskah paling panjang seratus ribu huruf. Pindahkan sebagian ke bagian lain.")
    if redact(body) != body:
        raise InvalidText("Naskah memuat angka seperti NIK. Hapus nomor itu; laporan ini dibaca umum.")
    return body


@transaction.atomic
def save_text(actor, *, year: int, key: str, body: str, version: int) -> Section:
    """Save the text of a place; `version` is the one that the writer saw, 0 where nothing was written yet.

    The writer's draft goes with it. Raises StaleRecord when somebody saved in between, InvalidText, NotAllowed.
    """
    _writer(actor)
    body = _checked(body)
    held = Section.objects.filter(year=year, key=key).first()
    if held is not None:
        section = held
        if held.body != body or held.version != version:
            section = revise(held, actor=actor, version=version, label="Naskah disimpan", body=body)
    else:
        section = _first(actor, year, key, body)
    drop_draft(actor, year=year, key=key)
    return section


def _first(actor, year: int, key: str, body: str) -> Section:
    try:
        with transaction.atomic():
            section = Section.objects.create(year=year, key=key, body=body)
    except IntegrityError as error:
        raise StaleRecord("Bagian ini baru saja ditulis oleh orang lain.") from error
    opened(section, actor=actor, label="Naskah ditulis")
    return section


@transaction.atomic
def keep_draft(actor, *, year: int, key: str, body: str, base_version: int) -> Draft | None:
    """Keep what is typed and not saved; what equals the saved text needs no draft. Raises InvalidText, NotAllowed."""
    _writer(actor)
    body = _checked(body)
    held = Section.objects.filter(year=year, key=key).first()
    if body == (held.body if held else ""):
        drop_draft(actor, year=year, key=key)
        return None
    values = {"body": body, "base_version": base_version, "saved_at": clock.now()}
    draft, _ = Draft.objects.update_or_create(year=year, key=key, user=actor, defaults=values)
    return draft


@transaction.atomic
def drop_draft(actor, *, year: int, key: str) -> None:
    """Throw the writer's own draft away."""
    Draft.objects.filter(year=year, key=key, user=actor).delete()


def add_photo(
    actor, *, year: int, key: str, upload: BinaryIO, caption: str, taken_on: date | None = None
) -> Photograph:
    """Keep a picture of the year, re-encoded, with its caption. Raises UnfitFile, InvalidText, NotAllowed."""
    _writer(actor)
    caption = _checked(" ".join(caption.split()))
    stored = store_image(upload, actor=actor, kind=PHOTO, size=None)
    try:
        with transaction.atomic():
            last = Photograph.objects.filter(year=year, key=key).count()
            photo = Photograph.objects.create(
                year=year, key=key, file=stored, caption=caption, taken_on=taken_on, position=last
            )
            opened(photo, actor=actor, label="Foto ditambahkan")
    except Exception:
        erase_file(stored)
        raise
    return photo


@transaction.atomic
def caption_photo(
    actor, *, photo: Photograph, version: int, caption: str, taken_on: date | None
) -> Photograph:
    """Change the words under a picture. Raises StaleRecord, InvalidText, NotAllowed."""
    _writer(actor)
    caption = _checked(" ".join(caption.split()))
    return revise(
        photo,
        actor=actor,
        version=version,
        label="Keterangan foto diubah",
        caption=caption,
        taken_on=taken_on,
    )


@transaction.atomic
def remove_photo(actor, *, photo: Photograph) -> None:
    """Take a picture out of the report, with its file."""
    _writer(actor)
    stored = photo.file
    photo.delete()
    erase_file(stored)
