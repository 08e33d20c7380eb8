"""Personal data: sealing NIK and KK at rest, looking them up blind, showing them masked.

A sealed value is ``key id (1 byte) | nonce (12) | AES-256-GCM ciphertext and tag``; the tag also binds the
field's name and the row's own UUID, so a value copied to another row or column does not open. Look-ups go by
a keyed hash under a different key. Nothing here ever puts a clear value into a message, log or exception.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models, transaction

from core import audit
from core.errors import Refused
from core.nik import (  # noqa: F401 - the NIK is part of this module's offer
    InvalidNik,
    NikParts,
    age_on,
    check_nik_matches,
    clean_nik,
    make_nik,
    parse_nik,
)
from core.redaction import redact

BULLET = "•"
_NONCE = 12


class SealBroken(Exception):
    """A sealed value does not open: altered, moved from its row, or its key is not among the keys."""


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def _bound_to(context: str, row: UUID) -> bytes:
    return context.encode() + b"\0" + row.bytes


def current_key_id() -> int:
    """Return the id of the key that seals now: the highest of PERSONAL_DATA_KEYS."""
    return max(settings.PERSONAL_DATA_KEYS)


def key_id_of(blob: bytes) -> int:
    """Return the id of the key that sealed `blob`."""
    return bytes(blob)[0]


def seal(value: str, *, context: str, row: UUID) -> bytes:
    """Encrypt `value` for one field (`context`, e.g. "jobseekers.jobseeker.nik") of one row."""
    return seal_bytes(value.encode(), context=context, row=row)


def unseal(blob: bytes | memoryview, *, context: str, row: UUID) -> str:
    """Decrypt what `seal` made for the same context and row; raise SealBroken on anything else."""
    return unseal_bytes(blob, context=context, row=row).decode()


def seal_bytes(value: bytes, *, context: str, row: UUID) -> bytes:
    """Encrypt bytes, such as a file, for one context and row."""
    key_id = current_key_id()
    nonce = os.urandom(_NONCE)
    cipher = _cipher(settings.PERSONAL_DATA_KEYS[key_id])
    return bytes([key_id]) + nonce + cipher.encrypt(nonce, value, _bound_to(context, row))


def unseal_bytes(blob: bytes | memoryview, *, context: str, row: UUID) -> bytes:
    """Decrypt what `seal_bytes` made for the same context and row; raise SealBroken on anything else."""
    blob = bytes(blob)
    key = settings.PERSONAL_DATA_KEYS.get(blob[0]) if blob else None
    if key is None:
        raise SealBroken(f"no key for a sealed value of {context}")
    try:
        return _cipher(key).decrypt(blob[1 : 1 + _NONCE], blob[1 + _NONCE :], _bound_to(context, row))
    except (InvalidTag, ValueError):
        raise SealBroken(f"a sealed value of {context} does not open for this row") from None


def blind_index(value: str, *, domain: str = "") -> bytes:
    """Return the 32-byte keyed hash by which a sealed value is looked up.

    `domain` keeps kinds of numbers apart: the same digits as a NIK and as a KK number have different hashes.
    """
    key = settings.BLIND_INDEX_KEY
    if domain:
        key = hmac.new(key, f"domain:{domain}".encode(), hashlib.sha256).digest()
    return hmac.new(key, value.encode(), hashlib.sha256).digest()


def mask_nik(nik: str) -> str:
    """ "3277…" -> "3277••••••••••23": the regency and the last two digits stay. Fits a KK number too."""
    if len(nik) <= 6:
        return BULLET * len(nik)
    return nik[:4] + BULLET * (len(nik) - 6) + nik[-2:]


def mask_name(name: str) -> str:
    """ "Agus Setiawan" -> "Agus S•••••••"; of a single name the first two letters stay."""
    words = name.split()
    if not words:
        return ""
    if len(words) == 1:
        return words[0][:2] + BULLET * max(len(words[0]) - 2, 0)
    return " ".join([words[0], *(word[0] + BULLET * (len(word) - 1) for word in words[1:])])


@dataclass(frozen=True)
class SealedField:
    """A model field that holds sealed values: its binding context, and what the reader calls it."""

    model: type[models.Model]
    field: str
    context: str

    @property
    def label(self) -> str:
        """The field's Indonesian name."""
        return str(self.model._meta.get_field(self.field).verbose_name)


_sealed: dict[tuple[str, str], SealedField] = {}


def register_sealed(model: type[models.Model], field: str, *, context: str | None = None) -> SealedField:
    """Make a sealed field known, so that key rotation and `reveal` find it; call it under the model.

    The row's own UUID is its ``uid``. `context` is what the values are bound to; by default the field's full name.
    """
    entry = SealedField(model, field, context or f"{model._meta.label_lower}.{field}")
    known = _sealed.setdefault((model._meta.label_lower, field), entry)
    if known.context != entry.context:
        raise ValueError(f"{model._meta.label_lower}.{field} is registered with two contexts")
    return known


def sealed_fields() -> list[SealedField]:
    """Return every registered field."""
    return list(_sealed.values())


def _entry(obj: models.Model, field: str) -> SealedField:
    return _sealed[(obj._meta.label_lower, field)]


def seal_into(obj: models.Model, field: str, value: str) -> None:
    """Set a registered field of `obj` to the sealed `value`, or to None for an empty one. Does not save."""
    blob = seal(value, context=_entry(obj, field).context, row=obj.uid) if value else None
    setattr(obj, field, blob)


def clear_value(obj: models.Model, field: str) -> str:
    """Return the clear value of a registered field, "" when it holds none.

    For the machine only (checks, documents the holder asked for). What a person is to *see* goes by `reveal`.
    """
    blob = getattr(obj, field)
    return unseal(blob, context=_entry(obj, field).context, row=obj.uid) if blob else ""


class ReasonRequired(Refused):
    """Personal data is shown in clear only to somebody who says why."""


REASON_LENGTH = range(5, 301)


def reveal(obj: models.Model, field: str, *, actor, reason: str, request=None) -> str:
    """Return a sealed field in clear to `actor`, and keep that this was done, and why, in the audit trail.

    The caller has checked that `actor` may see `obj`. Raises ReasonRequired without a proper reason; nothing is
    opened unless the event could be written.
    """
    entry = _entry(obj, field)
    reason = " ".join(reason.split())
    if len(reason) not in REASON_LENGTH:
        raise ReasonRequired(
            f"Tulis alasan melihat {entry.label}, 5 sampai 300 huruf. Alasan ini dicatat bersama nama Anda.",
            field="reason",
        )
    with transaction.atomic():
        audit.record(
            audit.REVEALED,
            actor=actor,
            obj=obj,
            detail={"field": field, "reason": redact(reason)},
            request=request,
        )
        return clear_value(obj, field)
