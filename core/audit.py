"""The audit trail: append-only events, sealed now and then by a keyed hash chain so that a change shows."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, connection, transaction

from core import clock
from core.addresses import client_ip
from core.models.audit import AuditEvent, AuditSeal

REVEALED = "personal_data.revealed"
OPENED = "personal_data.opened"
EXPORTED = "export.made"
SIGNED_IN = "account.signed_in"
SIGN_IN_FAILED = "account.sign_in_failed"
KEYS_ROTATED = "personal_data.keys_rotated"
AGENCY_CHANGED = "agency.changed"
LABELS = {
    REVEALED: "Data pribadi ditampilkan tanpa sensor",
    OPENED: "Berkas orang dibuka",
    EXPORTED: "Data diekspor",
    SIGNED_IN: "Masuk",
    SIGN_IN_FAILED: "Gagal masuk",
    KEYS_ROTATED: "Kunci data pribadi diganti",
    AGENCY_CHANGED: "Profil dinas diubah",
}

GENESIS = bytes(32)
_BATCH = 2000


def record(kind: str, *, actor, obj=None, detail: dict | None = None, request=None) -> AuditEvent:
    """Add one event and return it.

    `kind` is a short constant ("personal_data.revealed"); `actor` a user or None for the system; `obj` the
    record it is about (a model with ``uid``). `detail` must hold no personal data: no NIK, no names, only
    what was done.
    """
    known = actor is not None and getattr(actor, "is_authenticated", True)
    return AuditEvent.objects.create(
        at=clock.now(),
        kind=kind,
        actor_uid=actor.uid if known else None,
        actor_name=str(getattr(actor, "full_name", ""))[:150] if known else "",
        object_model=obj._meta.label_lower if obj is not None else "",
        object_uid=obj.uid if obj is not None else None,
        detail=detail or {},
        ip=client_ip(request),
    )


def events_about(obj) -> "list[AuditEvent]":
    """Return what happened to one record, oldest first."""
    return list(
        AuditEvent.objects.filter(object_model=obj._meta.label_lower, object_uid=obj.uid).order_by("id")
    )


def _key() -> bytes:
    """The chain's own key, from outside the database: who can write rows still can't re-seal them."""
    return hmac.new(settings.BLIND_INDEX_KEY, b"audit-chain", hashlib.sha256).digest()


def _key_check(key: bytes) -> bytes:
    return hmac.new(key, b"key-check", hashlib.sha256).digest()[:8]


def _canonical(event: AuditEvent) -> bytes:
    def plain(value):
        return str(value) if isinstance(value, UUID) else value

    fields = [event.id, event.at.timestamp(), event.kind, plain(event.actor_uid), event.actor_name]
    fields += [event.object_model, plain(event.object_uid), event.detail, event.ip]
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _digest(key: bytes, previous: bytes, first_id: int, last_id: int) -> tuple[bytes, int]:
    """Return (keyed hash over the link before and the events from first to last id, how many they are)."""
    chain, count = hmac.new(key, previous, hashlib.sha256), 0
    events = AuditEvent.objects.filter(id__gte=first_id, id__lte=last_id).order_by("id")
    for event in events.iterator(chunk_size=_BATCH):
        text = _canonical(event)
        chain.update(len(text).to_bytes(8, "big") + text)
        count += 1
    chain.update(count.to_bytes(8, "big"))
    return chain.digest(), count


def seal_chain() -> AuditSeal | None:
    """Seal the events since the last link, in id order; return the new link, or None when nothing was sealed.

    Nothing with a lower id may be written afterwards. SQLite has one writer at a time. On PostgreSQL a short
    table lock waits for the writers that are under way; when one takes longer than two seconds, the events
    wait for the next run.
    """
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '2s'")
                    cursor.execute("LOCK TABLE core_auditevent, core_auditseal IN SHARE ROW EXCLUSIVE MODE")
                    cursor.execute("SET LOCAL lock_timeout = 0")
            return _seal()
    except OperationalError as error:
        if "lock timeout" in str(error) or "locked" in str(error):
            return None
        raise


def _seal() -> AuditSeal | None:
    last = AuditSeal.objects.order_by("last_id").last()
    first_id = last.last_id + 1 if last else 1
    newest = AuditEvent.objects.filter(id__gte=first_id).order_by("-id").values_list("id", flat=True).first()
    if newest is None:
        return None
    key, previous = _key(), bytes(last.digest) if last else GENESIS
    digest, count = _digest(key, previous, first_id, newest)
    return AuditSeal.objects.create(
        sealed_at=clock.now(),
        first_id=first_id,
        last_id=newest,
        events=count,
        previous=previous,
        digest=digest,
        key_check=_key_check(key),
    )


@dataclass(frozen=True)
class Break:
    """A link that does not hold: which ids it covers, and the reason (Indonesian)."""

    first_id: int
    last_id: int
    reason: str


def verify_chain() -> list[Break]:
    """Recompute every link; return those that do not hold. Empty: nothing was changed, added or removed."""
    breaks: list[Break] = []
    key, previous, next_id = _key(), GENESIS, 1
    for link in AuditSeal.objects.order_by("last_id").iterator():
        if bytes(link.key_check) != _key_check(key):
            breaks.append(
                Break(link.first_id, link.last_id, "Disegel dengan kunci lain; tidak bisa diperiksa.")
            )
        elif link.first_id != next_id or bytes(link.previous) != previous:
            breaks.append(Break(link.first_id, link.last_id, "Mata rantai sebelumnya hilang atau diganti."))
        else:
            digest, count = _digest(key, previous, link.first_id, link.last_id)
            if count != link.events:
                reason = f"Jumlah peristiwa {count}, padahal disegel {link.events}."
                breaks.append(Break(link.first_id, link.last_id, reason))
            elif digest != bytes(link.digest):
                breaks.append(Break(link.first_id, link.last_id, "Isi peristiwa berubah setelah disegel."))
        previous, next_id = bytes(link.digest), link.last_id + 1
    return breaks
