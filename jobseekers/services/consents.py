"""Consents by purpose (UU 27/2022 Ps 20-22): separate, versioned, never given beforehand, withdrawn at any time."""

from pathlib import Path

import yaml
from django.db import DEFAULT_DB_ALIAS, connection, transaction

from core import audit, clock
from core.errors import Refused
from core.personal import age_on
from jobseekers.models import Consent, ConsentText, JobSeeker
from jobseekers.permissions import owns
from jobseekers.services.people import lock_person

GIVEN = "jobseekers.consent_given"
WITHDRAWN = "jobseekers.consent_withdrawn"
FULL_AGE = 18
"""Below it a parent or guardian consents (UU 27/2022 Ps 25)."""

TEXTS = Path(__file__).resolve().parent.parent / "data" / "consents.yaml"


def load_texts(*, using: str = DEFAULT_DB_ALIAS, **kwargs) -> int:
    """Add the texts that the database does not have yet (receiver of ``post_migrate``); return how many.

    A text that people may have agreed to is never changed: a new wording comes as a new version. A database that was
    brought to an older state has no place for them: then there is nothing to add.
    """
    added = 0
    if using != DEFAULT_DB_ALIAS or ConsentText._meta.db_table not in connection.introspection.table_names():
        return added
    for entry in yaml.safe_load(TEXTS.read_text(encoding="utf-8")):
        key = {"purpose": entry.pop("purpose"), "version": entry.pop("version")}
        added += ConsentText.objects.get_or_create(**key, defaults=entry)[1]
    return added


def current_texts() -> list[ConsentText]:
    """Return the text in force of each purpose, in the order of their purposes."""
    found: dict[str, ConsentText] = {}
    for text in ConsentText.objects.filter(in_force_from__lte=clock.today()).order_by("purpose", "version"):
        found[text.purpose] = text
    return list(found.values())


def current_text(purpose: str) -> ConsentText | None:
    """Return the text in force for a purpose."""
    return next((text for text in current_texts() if text.purpose == purpose), None)


def consented(person: JobSeeker, purpose: str) -> bool:
    """Whether the person's data may be used for `purpose` now: a yes to the text in force, not withdrawn.

    A yes to an older wording no longer counts once a new one is in force: it was given to other words.
    """
    text = current_text(purpose)
    return text is not None and Consent.objects.in_force().filter(jobseeker=person, text=text).exists()


@transaction.atomic
def give(person: JobSeeker, *, actor, purpose: str, version: int, channel: str = "situs") -> Consent:
    """Write down the person's yes to the text of `version`, which is the one they read. Given twice it stays one.

    Raises Refused when another wording is in force, when it is not the person who says so, or below 18 years.
    """
    fresh = lock_person(person)
    if not owns(actor, fresh):
        raise Refused("Persetujuan hanya diberikan oleh pemilik data sendiri.")
    text = current_text(purpose)
    if text is None or text.version != version:
        raise Refused("Teks persetujuan ini sudah diganti. Baca teks yang baru, lalu putuskan lagi.")
    if fresh.birth_date is None or age_on(fresh.birth_date, clock.today()) < FULL_AGE:
        raise Refused(
            f"Anda belum {FULL_AGE} tahun. Persetujuan diberikan orang tua atau wali di loket Dinas."
        )
    running = Consent.objects.in_force().filter(jobseeker=fresh, text__purpose=purpose)
    same = running.filter(text=text).first()
    if same is not None:
        return same
    _close(running)
    consent = Consent.objects.create(jobseeker=fresh, text=text, given_at=clock.now(), channel=channel)
    audit.record(GIVEN, actor=actor, obj=fresh, detail={"purpose": purpose, "version": version})
    return consent


@transaction.atomic
def withdraw(person: JobSeeker, *, actor, purpose: str) -> int:
    """Take back every yes to a purpose, at once; return how many rows were closed (0 when there was none)."""
    fresh = lock_person(person)
    if not owns(actor, fresh):
        raise Refused("Persetujuan hanya ditarik oleh pemilik data sendiri.")
    closed = _close(Consent.objects.in_force().filter(jobseeker=fresh, text__purpose=purpose))
    if closed:
        audit.record(WITHDRAWN, actor=actor, obj=fresh, detail={"purpose": purpose})
    return closed


def close_all(person: JobSeeker, *, actor) -> int:
    """Close all consents of a locked person: an objection or a restriction was granted, or the data are erased."""
    closed = _close(Consent.objects.in_force().filter(jobseeker=person))
    if closed:
        audit.record(WITHDRAWN, actor=actor, obj=person, detail={"purpose": "semua"})
    return closed


def _close(rows) -> int:
    found = list(rows.order_by("pk"))
    for row in found:
        row.withdrawn_at = max(clock.now(), row.given_at)
        row.save(update_fields=["withdrawn_at"])
    return len(found)
