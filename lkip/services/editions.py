"""Writes of the editions: begun, reviewed, approved, published, restated. Every step goes through `lkip.workflows`.

Content is composed and files are made before the transaction that publishes; that transaction only writes rows.
"""

import secrets

from django.db import IntegrityError, transaction

from accounts.links import absolute
from core import clock, files, numbering
from core.errors import Refused
from core.images import Content
from core.workflow import NotAllowed, fire, opened, revise
from lkip import checklist, publishing
from lkip.enums import Answer, EditionState
from lkip.figures import settings_of
from lkip.files import EDITION
from lkip.freezing import packed
from lkip.models import Edition, EditionFile, FrozenEvidence, ReviewAnswer
from lkip.permissions import can_plan, can_review
from lkip.services.plan import put

SERIES = "lkip.edition"
OPEN_STATES = (EditionState.DRAFT, EditionState.REVIEWED, EditionState.APPROVED)


class EditionRefused(Refused):
    """The edition is not ready for this step; the message says what is missing."""


def published(year: int) -> Edition | None:
    """Return the published edition of the year, without its content."""
    return Edition.objects.defer("content").filter(year=year, state=EditionState.PUBLISHED).first()


def start(actor, *, year: int, reason: str = "") -> Edition:
    """Begin an edition of the year. Where one is published already this is a restatement and needs its reason.

    Raises NotAllowed, NoSuchYear, or EditionRefused when another edition of the year is open.
    """
    if not can_plan(actor):
        raise NotAllowed("Hanya perencana yang memulai edisi laporan.")
    settings_of(year)
    previous, reason = published(year), reason.strip()
    if previous is not None and not reason:
        raise EditionRefused(
            "Tulis alasan edisi baru: apa yang salah atau berubah pada edisi yang terbit.", field="reason"
        )
    if Edition.objects.filter(year=year, state__in=OPEN_STATES).exists():
        raise EditionRefused(
            f"Masih ada edisi LKIP {year} yang belum terbit. Lanjutkan atau batalkan edisi itu dahulu."
        )
    try:
        with transaction.atomic():
            number = numbering.next_number(SERIES, year)
            edition = Edition.objects.create(
                year=year,
                number=number,
                previous=previous,
                reason=reason or ("" if number == 1 else "Rancangan sebelumnya dibatalkan."),
                slug=f"lkip-{year}-{secrets.token_hex(4)}",
            )
            opened(edition, actor=actor, label="Edisi dimulai", comment=reason)
    except IntegrityError as error:
        raise EditionRefused(
            f"Orang lain baru saja memulai edisi LKIP {year}. Muat ulang halaman."
        ) from error
    return edition


@transaction.atomic
def answer(actor, *, edition: Edition, item: str, answer: str, note: str = "") -> ReviewAnswer:
    """Write one answer of the APIP checklist; a "no" says what is missing. Only while the edition is a draft.

    What was missing under another answer does not stay under a "yes"; a remark that is new does. An answer of a review
    before is written anew even when it is the same: it was asked again.
    """
    if not can_review(actor):
        raise NotAllowed("Daftar periksa diisi oleh pereviu APIP.")
    fresh = Edition.objects.select_for_update().defer("content").get(pk=edition.pk)
    if fresh.state != EditionState.DRAFT:
        raise EditionRefused(f"Edisi ini sudah “{fresh.get_state_display()}”; jawabannya tidak diubah lagi.")
    if not checklist.has(item) or answer not in Answer.values:
        raise EditionRefused("Butir atau jawaban ini tidak ada pada daftar periksa.", field=item)
    if answer == Answer.NO and not note.strip():
        raise EditionRefused("Tulis apa yang kurang pada butir yang dijawab “Tidak”.", field=item)
    given, before = checklist.answers(fresh)
    held = given.get(item) or before.get(item)
    note = note.strip()
    if answer == Answer.YES and held is not None and held.answer != Answer.YES and held.note == note:
        note = ""
    values = {"answer": answer, "note": note}
    if item in before:
        return revise(held, actor=actor, version=held.version, label="Jawaban reviu ulang", **values)
    return put(ReviewAnswer, {"edition": fresh, "item": item}, values, actor=actor, label="Jawaban reviu")


def open_items(edition: Edition) -> list[str]:
    """Return what still stands against calling the edition reviewed: unanswered items and those answered "no"."""
    given, before = checklist.answers(edition)
    waiting = []
    for key, text in checklist.items():
        if key in before:
            waiting.append(f"Belum dijawab lagi sejak dikembalikan: {text}")
        elif key not in given:
            waiting.append(f"Belum dijawab: {text}")
        elif given[key].answer == Answer.NO:
            waiting.append(f"Dijawab “Tidak”: {text}")
    return waiting


def refuse_role(actor, edition: Edition, step: str) -> None:
    """Raise NotAllowed when the step belongs to another role, before anything is said of the edition's state."""
    found = edition.workflow.get(step)
    if not found.allowed(actor, edition):
        raise NotAllowed(
            f"Anda tidak berwenang untuk “{found.label}” pada edisi ini. Tidak ada yang berubah."
        )


def review(actor, *, edition: Edition, version: int) -> Edition:
    """Call the edition reviewed and keep the fingerprint of what was seen. All items answered, none with "no"."""
    refuse_role(actor, edition, "review")
    waiting = open_items(edition)
    if waiting:
        raise EditionRefused(f"Daftar periksa belum selesai. {waiting[0]}" + _more(waiting))
    seen = publishing.compose(edition.year)
    return fire(edition, "review", actor=actor, version=version, fingerprint=seen.substance)


def return_(actor, *, edition: Edition, version: int, comment: str) -> Edition:
    """Send the edition back to draft with the reason; the checklist is asked again."""
    refuse_role(actor, edition, "return_")
    return fire(edition, "return_", actor=actor, version=version, comment=comment)


def drop(actor, *, edition: Edition, version: int, comment: str) -> Edition:
    """Give up a draft; its number stays used."""
    refuse_role(actor, edition, "drop")
    return fire(edition, "drop", actor=actor, version=version, comment=comment)


def approve(actor, *, edition: Edition, version: int) -> Edition:
    """Approve what was reviewed. Open errors, warnings without a reason, and content changed since block it."""
    refuse_role(actor, edition, "approve")
    blocked = publishing.obstacles(edition.year)
    if blocked:
        raise EditionRefused(f"Belum bisa disetujui. {blocked[0]}" + _more(blocked))
    _unchanged(edition, publishing.compose(edition.year))
    return fire(edition, "approve", actor=actor, version=version)


def publish(actor, *, edition: Edition, version: int) -> Edition:
    """Freeze and publish: content, record hashes and files; the edition before becomes *diganti edisi baru*.

    Takes seconds: call it from a job. Raises StaleRecord, NotAllowed, WrongState, or EditionRefused when the content
    is no longer what was reviewed.
    """
    refuse_role(actor, edition, "publish")
    ready = publishing.compose(edition.year, edition=edition)
    _unchanged(edition, ready)
    stamp = publishing.Stamp(
        number=edition.number,
        day=clock.today(),
        fingerprint=ready.fingerprint,
        address=absolute(publishing.public_path(edition)),
    )
    made = publishing.render_all(ready.content, stamp)
    stored = {
        name: files.store(
            Content(data, publishing.CONTENT_TYPES[name]),
            actor=actor,
            kind=EDITION,
            name=f"lkip-{edition.year}-edisi-{edition.number}.{name}",
        )
        for name, data in made.items()
    }
    with transaction.atomic():
        if edition.previous_id is not None:
            before = Edition.objects.get(pk=edition.previous_id)
            fire(before, "restate", actor=actor, version=before.version, comment=edition.reason)
        done = fire(
            edition,
            "publish",
            actor=actor,
            version=version,
            content=ready.content,
            fingerprint=ready.fingerprint,
            salt=ready.salt,
            address=stamp.address,
        )
        for name, file in stored.items():
            EditionFile.objects.create(edition=done, format=name, file=file, sha256=file.sha256)
        for code, hashes in ready.hashes.items():
            FrozenEvidence.objects.create(edition=done, code=code, count=len(hashes), hashes=packed(hashes))
    return done


def _unchanged(edition: Edition, now: "publishing.Publication") -> None:
    if edition.checked_fingerprint and now.substance != edition.checked_fingerprint:
        raise EditionRefused(
            "Isi laporan berubah sejak direviu. Kembalikan ke rancangan, lalu minta reviu atas isi yang baru."
        )


def _more(rows: list[str]) -> str:
    return f" ({len(rows) - 1} hal lain juga)" if len(rows) > 1 else ""
