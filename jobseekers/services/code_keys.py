"""The keys that sign the codes on cards: the one in use, retired ones that still prove, revoked ones that don't.

The secret of the key in use comes from the environment (CARD_SIGNING_KEY) and is stored nowhere else. The table holds
public halves only. The key in use counts even before it is registered, so a fresh installation works at once.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from core import audit, clock
from core.errors import Refused
from jobseekers import cardcode
from jobseekers.cardcode import Altered, CardFacts, Foreign
from jobseekers.models import CodeKey

REGISTERED, RETIRED, REVOKED = "card_keys.registered", "card_keys.retired", "card_keys.revoked"


class RevokedKey(cardcode.Forged):
    """The signature holds, but its key was given up: whoever has the secret may have made it."""


@dataclass(frozen=True)
class PublicKey:
    """A key as it is published; `status` is active, retired or revoked."""

    kid: bytes
    public: bytes
    status: str
    active_from: datetime | None = None
    retired_at: datetime | None = None
    revoked_at: datetime | None = None
    reason: str = ""


def _as_published(row: CodeKey) -> PublicKey:
    status = "revoked" if row.revoked_at else "retired" if row.retired_at else "active"
    return PublicKey(
        bytes(row.kid), bytes(row.public), status, row.active_from, row.retired_at, row.revoked_at, row.reason
    )


def published() -> list[PublicKey]:
    """All keys, the newest first; the key in use stands first until it is registered."""
    found = [_as_published(row) for row in CodeKey.objects.all()]
    if cardcode.current_kid() not in {key.kid for key in found}:
        found.insert(0, PublicKey(cardcode.current_kid(), cardcode.public_key(), "active"))
    return found


def check(text: str) -> CardFacts:
    """Return what a scanned code says when one of the office's keys proves it, by one statement.

    Raises Damaged, Altered, Foreign, or RevokedKey. A code that says it was issued after its key was retired is
    none of ours: by then the office signed with another one.
    """
    code = cardcode.read(text)
    known = CodeKey.objects.filter(kid=code.kid).order_by().values_list("public", "retired_at", "revoked_at")
    for public, retired_at, revoked_at in known:
        facts = cardcode.prove(code, bytes(public))
        if revoked_at is not None:
            raise RevokedKey
        if retired_at is not None and facts.issued_on > clock.local(retired_at).date():
            raise Altered
        return facts
    if code.kid != cardcode.current_kid():
        raise Foreign
    return cardcode.prove(code, cardcode.public_key())


@transaction.atomic
def register_current(*, actor=None) -> CodeKey:
    """Put the public half of the key in use on record and retire the one before it; done twice it changes nothing.

    Raises Refused when the key in use was retired or revoked before: an old secret must not come back.
    """
    kid, now = cardcode.current_kid(), clock.now()
    row = CodeKey.objects.select_for_update().filter(kid=kid).first()
    if row is not None:
        if row.retired_at or row.revoked_at:
            raise Refused("Kunci di CARD_SIGNING_KEY sudah pernah diganti atau dicabut. Buat kunci baru.")
        return row
    for before in CodeKey.objects.select_for_update().filter(retired_at__isnull=True):
        before.retired_at = max(now, before.active_from)
        before.save(update_fields=["retired_at"])
        audit.record(RETIRED, actor=actor, detail={"kid": str(before)})
    row = CodeKey.objects.create(kid=kid, public=cardcode.public_key(), active_from=now)
    audit.record(REGISTERED, actor=actor, detail={"kid": str(row)})
    return row


def _other_than_current(kid: str) -> CodeKey:
    try:
        row = CodeKey.objects.select_for_update().filter(kid=bytes.fromhex(kid)).first()
    except ValueError:
        row = None
    if row is None:
        raise Refused(f"Tidak ada kunci {kid}. Lihat daftarnya dengan: card_keys list.")
    if bytes(row.kid) == cardcode.current_kid():
        raise Refused(
            "Kunci ini sedang dipakai. Pasang CARD_SIGNING_KEY yang baru, jalankan card_keys register, lalu ulangi."
        )
    return row


@transaction.atomic
def retire(kid: str, *, actor=None) -> CodeKey:
    """Note that a key signs no more; its codes still prove. Refused for the key in use and for an unknown one."""
    row = _other_than_current(kid)
    if row.retired_at is None:
        row.retired_at = max(clock.now(), row.active_from)
        row.save(update_fields=["retired_at"])
        audit.record(RETIRED, actor=actor, detail={"kid": str(row)})
    return row


@transaction.atomic
def revoke(kid: str, *, reason: str, actor=None) -> CodeKey:
    """Give a key up: its codes prove nothing from now on. Needs a reason; refused for the key in use."""
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise Refused("Tulis sebab pencabutan, misalnya kunci bocor.")
    row = _other_than_current(kid)
    if row.revoked_at is None:
        now = max(clock.now(), row.active_from)
        row.retired_at = row.retired_at or now
        row.revoked_at, row.reason = now, reason
        row.save(update_fields=["retired_at", "revoked_at", "reason"])
        audit.record(REVOKED, actor=actor, detail={"kid": str(row), "reason": reason})
    return row
