"""The signed code of a card, checked by a reader of its own that shares no code with the application."""

import os
import struct
from datetime import date, timedelta

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from jobseekers import cardcode

NUMBER = "3277210826000123"
ISSUED, UNTIL = date(2026, 8, 21), date(2028, 8, 20)


def signed(name="Agus Setiawan"):
    return cardcode.sign(NUMBER, name, ISSUED, UNTIL)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"AB", "BB8"),
        (b"Hello!!", "%69 VD92EX0"),
        (b"base-45", "UJCLQE7W581"),
        (b"ietf!", "QED8WEX0"),
        (b"", ""),
    ],
)
def test_vectors_of_rfc_9285(data, text):
    assert cardcode.b45encode(data) == text
    assert cardcode.b45decode(text) == data


@given(st.binary(max_size=300))
def test_base45_round_trip(data):
    assert cardcode.b45decode(cardcode.b45encode(data)) == data


@pytest.mark.parametrize("text", ["A", "GGW", ":::", "abc", "BB8A", "AÄ8"])
def test_what_is_no_base45_is_refused(text):
    with pytest.raises(ValueError, match="Base45"):
        cardcode.b45decode(text)


def independent_read(text: str, public: bytes) -> dict:
    """Decode by the RFCs alone: Base45, CBOR by hand for the outer frame, Ed25519."""
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
    assert text.startswith("AK1:")
    body, data = text[4:], b""
    for i in range(0, len(body), 3):
        part = body[i : i + 3]
        value = sum(alphabet.index(c) * 45**n for n, c in enumerate(part))
        data += struct.pack(">H", value) if len(part) == 3 else bytes([value])
    assert data[0] == 0xD2, "CBOR tag 18"
    assert data[1] == 0x84, "array of four"
    position = 2

    def take_bytes():
        nonlocal position
        head = data[position]
        assert head >> 5 == 2, "byte string"
        length, position = head & 31, position + 1
        if length == 24:
            length, position = data[position], position + 1
        found = data[position : position + length]
        position += length
        return found

    protected = take_bytes()
    assert data[position] == 0xA0, "no unprotected header"
    position += 1
    payload, signature = take_bytes(), take_bytes()
    assert position == len(data)

    def framed(value: bytes) -> bytes:
        return (bytes([0x40 + len(value)]) if len(value) < 24 else bytes([0x58, len(value)])) + value

    signed_part = b"\x84\x6aSignature1" + framed(protected) + b"\x40" + framed(payload)
    Ed25519PublicKey.from_public_bytes(public).verify(signature, signed_part)
    assert protected[:4] == bytes([0xA2, 0x01, 0x27, 0x04]), "algorithm EdDSA, then the key id"
    return cbor2.loads(payload)


def test_an_independent_reader_finds_the_public_facts_only():
    facts = independent_read(signed(), cardcode.public_key())
    epoch = date(1970, 1, 1)
    assert facts == {1: NUMBER, 2: "Agus S*******", 3: (ISSUED - epoch).days, 4: (UNTIL - epoch).days}
    assert epoch + timedelta(days=facts[4]) == UNTIL


def test_verify_returns_what_was_signed():
    facts = cardcode.verify(signed())
    assert (facts.number, facts.name, facts.issued_on, facts.valid_until) == (
        NUMBER,
        "Agus S*******",
        ISSUED,
        UNTIL,
    )


@given(st.integers(0, 10_000), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
def test_any_altered_character_is_noticed(position, letter):
    text = signed()
    position = 4 + position % (len(text) - 4)
    if text[position] == letter:
        return
    with pytest.raises(cardcode.Forged):
        cardcode.verify(text[:position] + letter + text[position + 1 :])


@given(st.text(max_size=700))
def test_nonsense_is_forged_and_never_an_error(text):
    for candidate in (text, "AK1:" + text, "AK1:" + cardcode.b45encode(text.encode("utf-8", "ignore"))):
        with pytest.raises(cardcode.Forged):
            cardcode.verify(candidate)


@given(
    st.recursive(
        st.none() | st.integers() | st.binary() | st.text(), lambda inner: st.lists(inner, max_size=4)
    )
)
def test_foreign_cbor_is_forged(value):
    for frame in (value, cbor2.CBORTag(18, value), cbor2.CBORTag(18, [b"", {}, b"", b""])):
        with pytest.raises(cardcode.Forged):
            cardcode.verify("AK1:" + cardcode.b45encode(cbor2.dumps(frame)))


def test_another_office_s_code_is_forged(settings):
    settings.SIGNING_KEY = os.urandom(32)
    foreign = signed()
    settings.SIGNING_KEY = os.urandom(32)
    with pytest.raises(cardcode.Forged):
        cardcode.verify(foreign)


def test_the_longest_name_fits_the_smallest_symbol():
    from core.documents.qr import symbol

    code = signed("Muhammad " + "Wiradiredja " * 6)
    assert symbol(code).version == 10
    assert symbol(code).error == "M"
    assert symbol(code).mode == "alphanumeric"


def test_a_name_s_letters_do_not_survive_in_the_code():
    data = cardcode.b45decode(signed("Agus Setiawan")[4:])
    assert b"etiawan" not in data
