"""A printed card, scanned and proved by a reader that shares no code with the application.

It knows docs/kartu-qr.md only: Base45, as much CBOR as a card needs, COSE_Sign1, the published keys and the published
list. Ed25519 itself is the library's.
"""

import base64
import hashlib
import json
import re
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client

from jobseekers.services import applications, cards
from tests.caching import forget_all

DOCS = Path(__file__).resolve().parents[2] / "docs" / "kartu-qr.md"
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def from_base45(text):
    data = bytearray()
    for start in range(0, len(text), 3):
        digits = [LETTERS.index(letter) for letter in text[start : start + 3]]
        number = digits[0] + 45 * digits[1] + (2025 * digits[2] if len(digits) == 3 else 0)
        data += number.to_bytes(len(digits) - 1, "big")
    return bytes(data)


def from_cbor(data, at=0):
    """Return (value, position after it): integers, byte and text strings, arrays, maps and tags."""
    major, low = data[at] >> 5, data[at] & 31
    at += 1
    if low < 24:
        number = low
    else:
        size = {24: 1, 25: 2, 26: 4, 27: 8}[low]
        number, at = int.from_bytes(data[at : at + size], "big"), at + size
    if major == 0:
        return number, at
    if major == 1:
        return -1 - number, at
    if major in (2, 3):
        found = data[at : at + number]
        return (found if major == 2 else found.decode()), at + number
    if major == 4:
        items = []
        for _ in range(number):
            item, at = from_cbor(data, at)
            items.append(item)
        return items, at
    if major == 5:
        pairs = {}
        for _ in range(number):
            key, at = from_cbor(data, at)
            pairs[key], at = from_cbor(data, at)
        return pairs, at
    assert major == 6, "no other kind of item is on a card"
    inner, at = from_cbor(data, at)
    return (number, inner), at


def as_bstr(data):
    assert len(data) < 256
    return (bytes([0x40 | len(data)]) if len(data) < 24 else bytes([0x58, len(data)])) + data


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Reader:
    """Somebody with the two published files and no connection."""

    def __init__(self, keys, ended):
        self.keys = {key["kid"]: key for key in keys["keys"]}
        header = json.loads(unpadded(ended["protected"]))
        assert header["alg"] == "EdDSA"
        public = unpadded(self.keys[header["kid"]]["x"])
        signed = f"{ended['protected']}.{ended['payload']}".encode()
        Ed25519PublicKey.from_public_bytes(public).verify(unpadded(ended["signature"]), signed)
        listed = unpadded(json.loads(unpadded(ended["payload"]))["ended"])
        self.ended = {listed[i : i + 8] for i in range(0, len(listed), 8)}

    def read(self, text):
        """Return (verdict, facts)."""
        assert text.startswith("AK1:")
        (tag, (protected, unprotected, payload, signature)), end = from_cbor(from_base45(text[4:]))
        assert (tag, unprotected, end) == (18, {}, len(from_base45(text[4:])))
        header, _ = from_cbor(protected)
        assert header[1] == -8
        key = self.keys.get(header[4].hex())
        if key is None:
            return "foreign", None
        signed = b"\x84\x6aSignature1" + as_bstr(protected) + b"\x40" + as_bstr(payload)
        try:
            Ed25519PublicKey.from_public_bytes(unpadded(key["x"])).verify(signature, signed)
        except InvalidSignature:
            return "altered", None
        if key["status"] == "revoked":
            return "revoked key", None
        facts, _ = from_cbor(payload)
        day = date(1970, 1, 1)
        facts |= {3: day + timedelta(days=facts[3]), 4: day + timedelta(days=facts[4])}
        if hashlib.sha256(b"AK1" + facts[1].encode()).digest()[:8] in self.ended:
            return "ended", facts
        return "holds", facts


def published():
    client = Client()
    return [client.get(f"/kartu/{name}.json").json() for name in ("kunci", "dicabut")]


@pytest.fixture
def card(sent, officer):
    application = sent()
    return applications.approve(application, actor=officer, version=application.version)


def scanned(folder, card, client):
    (folder / "card.pdf").write_bytes(client.get(f"/ak1/kartu/{card.uid}/pdf/").content)
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", "card.pdf", "card"], cwd=folder, check=True)
    picture = next(folder.glob("card*.png"))
    found = subprocess.run(
        ["zbarimg", "--raw", "-q", "-Sdisable", "-Sqrcode.enable", str(picture)],
        capture_output=True,
        check=True,
    )
    return found.stdout.decode().removesuffix("\n")


@pytest.mark.django_db
@pytest.mark.poppler
@pytest.mark.zbar
def test_a_printed_card_is_proved_offline(card, client_as, tmp_path):
    text = scanned(tmp_path, card, client_as(user=card.jobseeker.user))
    verdict, facts = Reader(*published()).read(text)
    assert verdict == "holds"
    assert facts == {1: card.number, 2: "Rina L******", 3: card.issued_on, 4: card.valid_until}


@pytest.mark.django_db
def test_a_card_that_ended_before_its_date_is_on_the_list(card, officer):
    from jobseekers import cardcode

    text = cardcode.sign(card.number, "Rina Lestari", card.issued_on, card.valid_until)
    assert Reader(*published()).read(text)[0] == "holds"
    cards.remove_from_register(card, actor=officer, version=card.version, reason="MOVED", comment="Surat")
    forget_all()
    assert Reader(*published()).read(text)[0] == "ended"


def test_the_example_in_the_document_is_true():
    """Whoever writes a reader checks it against this one; so it has to stay right."""
    words = DOCS.read_text()
    text = re.search(r"^AK1:.+$", words, re.MULTILINE).group(0)
    public = re.search(r'"x": "([\w-]+)"', words).group(1)
    kid = re.search(r'"kid": "(\w+)"', words).group(1)
    assert hashlib.sha256(unpadded(public)).digest()[:4].hex() == kid
    reader = Reader.__new__(Reader)
    reader.keys, reader.ended = {kid: {"x": public, "status": "active"}}, set()
    assert reader.read(text) == (
        "holds",
        {1: "3277210826000123", 2: "Agus S*******", 3: date(2026, 8, 21), 4: date(2028, 8, 20)},
    )
    assert from_base45(text[4:]).hex() in re.sub(r"\s", "", words)
    hashed = hashlib.sha256(b"AK13277210826000123").digest()[:8].hex()
    assert hashed in words
