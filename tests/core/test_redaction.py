"""What may be a NIK is masked wherever it stands; codes of our own that hold sixteen digits by chance stay whole."""

import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.personal import make_nik
from core.redaction import MASK, redact

NIK = make_nik("327701", date(1990, 1, 1), "F", 17)


@pytest.mark.parametrize(
    "text",
    ["{}", "NIK{}", "NIK {} dan", "a{}", "{}b", "/x/{}/y", f"{NIK[:4]} {NIK[4:8]} {NIK[8:12]} {NIK[12:]}"],
)
def test_a_number_is_masked_however_it_is_written(text):
    shown = redact(text.format(NIK))
    assert NIK not in shown.replace(" ", "")
    assert MASK in shown


@given(
    before=st.text("abcdef", min_size=1, max_size=15), digits=st.text("0123456789", min_size=16, max_size=16)
)
def test_the_link_of_a_new_password_stays_whole(before, digits):
    """Django's token ends in 32 hexadecimal digits: sixteen of them in a run may all be below ten."""
    code = (before + digits + "c0b64f43f99ec" + "a" * 32)[:32]
    link = f"https://cimahi.example/akun/sandi-baru/MjUyNg/diqf6b-{code}/"
    assert redact(f"Buka {link} sekarang") == f"Buka {link} sekarang"


def test_a_fingerprint_and_a_uuid_stay_whole():
    sha = "ab" + "1234567890123456" + "c" * 46
    for code in (sha, str(uuid.UUID("12345678-1234-4234-8234-123456789012"))):
        assert redact(f"sidik {code}.") == f"sidik {code}."


def test_thirty_two_digits_are_two_numbers_and_no_code():
    assert NIK not in redact(NIK + NIK)
