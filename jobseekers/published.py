"""What the office publishes so that anybody can check a card without asking it: keys, and cards that ended early.

Both are plain files of this moment, the same for every reader. They hold no name and no number. Format:
docs/kartu-qr.md.
"""

import base64
import hashlib
import json
from datetime import datetime, timedelta

from django.core.cache import cache

from core import clock
from core.models.agency import AgencyProfile
from jobseekers import cardcode
from jobseekers.enums import CardState
from jobseekers.models import AK1Card
from jobseekers.services import code_keys

HASH_BYTES = 8
"""Of a card's hash; that a card which holds shares them with an ended one is less likely than 1 in 10^14."""
LIST_LIVES = timedelta(hours=24)
KEEP = 600
"""Seconds for which a made file is served again."""


def base64url(data: bytes) -> str:
    """As in JOSE: URL-safe, without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number_hash(number: str) -> bytes:
    """By what an ended card stands on the list: the first bytes of SHA-256 over "AK1" and its number."""
    return hashlib.sha256(b"AK1" + number.encode()).digest()[:HASH_BYTES]


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(clock.ZONE).isoformat(timespec="seconds") if at else None


def _key(key: code_keys.PublicKey) -> dict:
    found = {
        "kty": "OKP",
        "crv": "Ed25519",
        "use": "sig",
        "alg": "EdDSA",
        "kid": key.kid.hex(),
        "x": base64url(key.public),
        "status": key.status,
        "active_from": _moment(key.active_from),
        "retired_at": _moment(key.retired_at),
        "revoked_at": _moment(key.revoked_at),
    }
    return {name: value for name, value in found.items() if value is not None}


def key_set() -> dict:
    """The office's public keys as a JWK set (RFC 7517, RFC 8037), with what became of each."""
    agency = AgencyProfile.current()
    return {
        "issuer": f"{agency.government} – {agency.name}",
        "format": "AK1",
        "keys": [_key(key) for key in code_keys.published()],
    }


def ended_early() -> bytes:
    """The hashes of cards that ended before their date, sorted, one after the other.

    A card past its date is none of them: its own code says that it is over.
    """
    rows = AK1Card.objects.exclude(state=CardState.ACTIVE).filter(valid_until__gte=clock.today())
    return b"".join(
        sorted(number_hash(number) for number in rows.values_list("number", flat=True).iterator())
    )


def revocation_list() -> dict:
    """The signed list of cards that ended before their date: a flattened JWS (RFC 7515, RFC 8037)."""
    now = clock.now()
    said = {
        "format": "AK1-ended",
        "made_at": _moment(now),
        "next_by": _moment(now + LIST_LIVES),
        "hash": f"sha-256/{HASH_BYTES * 8}",
        "ended": base64url(ended_early()),
    }
    header = {"alg": "EdDSA", "kid": cardcode.current_kid().hex()}
    protected, payload = (base64url(json.dumps(part).encode()) for part in (header, said))
    signature = cardcode.sign_bytes(f"{protected}.{payload}".encode())
    return {"protected": protected, "payload": payload, "signature": base64url(signature)}


def as_file(name: str) -> bytes:
    """The bytes of a published file, made at most every ten minutes: "keys" or "ended"."""
    make = {"keys": key_set, "ended": revocation_list}[name]
    kept = f"published:{name}:{cardcode.current_kid().hex()}:{clock.today()}"
    found = cache.get(kept)
    if found is None:
        found = json.dumps(make(), ensure_ascii=False, indent=1).encode()
        cache.set(kept, found, timeout=KEEP)
    return found
