"""What the QR code of a card says: COSE_Sign1 (Ed25519), CBOR, Base45, and how to check it.

Text: ``AK1:`` + Base45 (RFC 9285) of COSE_Sign1 (RFC 9052, tag 18) with protected header {1: -8 (EdDSA), 4: key id},
empty unprotected header, and as payload the CBOR map {1: number, 2: masked name, 3: issued, 4: valid until}, days
counted from 1970-01-01. The key id is the first four bytes of SHA-256 over the public key. There is no NIK and no
birth date in it. All characters are of QR's alphanumeric mode, so the code stays small. The format for other readers:
docs/kartu-qr.md.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from core.personal import BULLET, mask_name

PREFIX = "AK1:"
COSE_SIGN1 = 18
EDDSA = -8
ALG, KID = 1, 4
NAME_LENGTH = 40
LONGEST = 600
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_EPOCH = date(1970, 1, 1)


class Forged(Exception):
    """The text is no code of this office."""


class Damaged(Forged):
    """It can't be read as a code at all: cut short, misread, or something else."""


class Altered(Forged):
    """It names a key of this office, but what it says is not what was signed."""


class Foreign(Forged):
    """It is a code, signed by a key that is none of this office's."""


@dataclass(frozen=True)
class CardFacts:
    """What a valid code says."""

    number: str
    name: str
    issued_on: date
    valid_until: date


def b45encode(data: bytes) -> str:
    """Encode bytes as Base45 (RFC 9285): two bytes become three characters, a last one two."""
    out = []
    for i in range(0, len(data) - 1, 2):
        rest, low = divmod((data[i] << 8) + data[i + 1], 45)
        high, middle = divmod(rest, 45)
        out += (_ALPHABET[low], _ALPHABET[middle], _ALPHABET[high])
    if len(data) % 2:
        high, low = divmod(data[-1], 45)
        out += (_ALPHABET[low], _ALPHABET[high])
    return "".join(out)


def b45decode(text: str) -> bytes:
    """Decode Base45; raise ValueError on a foreign character, a bad length or an impossible group."""
    try:
        values = [_VALUES[character] for character in text]
    except KeyError:
        raise ValueError("not Base45") from None
    if len(values) % 3 == 1:
        raise ValueError("not Base45")
    out = bytearray()
    for i in range(0, len(values), 3):
        group = values[i : i + 3]
        number = sum(value * 45**power for power, value in enumerate(group))
        width = len(group) - 1
        if number >= 1 << (8 * width):
            raise ValueError("not Base45")
        out += number.to_bytes(width, "big")
    return bytes(out)


@lru_cache(maxsize=4)
def _key(seed: bytes) -> tuple[Ed25519PrivateKey, bytes, bytes]:
    """(private key, key id, protected header) of a seed."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    kid = kid_of(public)
    return private, kid, cbor2.dumps({ALG: EDDSA, KID: kid}, canonical=True)


def public_key() -> bytes:
    """Return the 32 bytes by which anybody can check the codes of this office."""
    return _key(settings.SIGNING_KEY)[0].public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload])


def short_name(full_name: str) -> str:
    """The masked name in plain letters, cut to fit: "Agus S*******"."""
    return mask_name(full_name).replace(BULLET, "*")[:NAME_LENGTH]


def _days(day: date) -> int:
    return (day - _EPOCH).days


def sign(number: str, full_name: str, issued_on: date, valid_until: date) -> str:
    """Return the text of the QR code."""
    private, _, protected = _key(settings.SIGNING_KEY)
    facts = {1: number, 2: short_name(full_name), 3: _days(issued_on), 4: _days(valid_until)}
    payload = cbor2.dumps(facts)
    signature = private.sign(_to_be_signed(protected, payload))
    message = cbor2.CBORTag(COSE_SIGN1, [protected, {}, payload, signature])
    return PREFIX + b45encode(cbor2.dumps(message))


@dataclass(frozen=True)
class Signed:
    """A code, read but not yet proved: whose key it names, what it says, and the signature over both."""

    kid: bytes
    protected: bytes
    payload: bytes
    signature: bytes

    def facts(self) -> CardFacts:
        """What the payload says; raises Damaged when it says nothing that a card says."""
        try:
            said = cbor2.loads(self.payload)
            days = (_EPOCH + timedelta(days=said[3]), _EPOCH + timedelta(days=said[4]))
            return CardFacts(str(said[1]), str(said[2]), *days)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, EOFError):
            raise Damaged from None
        except cbor2.CBORDecodeError:
            raise Damaged from None


def sign_bytes(data: bytes) -> bytes:
    """Sign with the key in use, for what is published beside the cards."""
    return _key(settings.SIGNING_KEY)[0].sign(data)


def current_kid() -> bytes:
    """The id of the key that signs new codes."""
    return _key(settings.SIGNING_KEY)[1]


def kid_of(public: bytes) -> bytes:
    """The id of a public key."""
    return hashlib.sha256(public).digest()[:4]


def read(text: str) -> Signed:
    """Take a scanned text apart without believing it; raise Damaged when it is no such code."""
    text = text.strip()
    if not text.startswith(PREFIX) or len(text) > LONGEST:
        raise Damaged
    try:
        message = cbor2.loads(b45decode(text[len(PREFIX) :]))
        protected, unprotected, payload, signature = message.value
        header = cbor2.loads(protected)
        if (
            message.tag != COSE_SIGN1
            or unprotected != {}
            or set(header) != {ALG, KID}
            or header[ALG] != EDDSA
        ):
            raise Damaged
        parts = (header[KID], protected, payload, signature)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, EOFError):
        raise Damaged from None
    except cbor2.CBORDecodeError:
        raise Damaged from None
    if not all(isinstance(part, bytes) for part in parts):
        raise Damaged
    return Signed(*parts)


@lru_cache(maxsize=64)
def _public(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)


def prove(code: Signed, public: bytes) -> CardFacts:
    """Return what a code says when the holder of `public` signed exactly that; raise Altered otherwise."""
    try:
        _public(public).verify(code.signature, _to_be_signed(code.protected, code.payload))
    except InvalidSignature:
        raise Altered from None
    return code.facts()


def verify(text: str) -> CardFacts:
    """Return what a scanned text says when it was signed with the key in use; raise Forged otherwise.

    Codes of earlier keys are proved by `services.code_keys.check`, which knows them.
    """
    code = read(text)
    if code.kid != current_kid():
        raise Foreign
    return prove(code, public_key())
