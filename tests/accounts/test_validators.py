"""Rules of passwords."""

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.validators import COMMON_WORDS, LONGEST_PASSWORD, SHORTEST_PASSWORD

USER = User(email="siti.aminah@contoh.test", full_name="Siti Aminah")


@pytest.mark.parametrize(
    "password", ["empat gajah makan rumput", "Kopi-Tubruk-7-Gelas", "ÿøü ganjil æöå", "x9!kQ#mP2$vL"]
)
def test_good_ones_pass(password):
    validate_password(password, USER)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("singkat", "password_too_short"),
        ("3277015705009001", "password_entirely_numeric"),
        ("0812-3456-7890", "password_entirely_numeric"),
        ("17 08 1945 17", "password_entirely_numeric"),
        ("aaaaaaaaaaaa", "password_too_common"),
        ("abababababab", "password_too_common"),
        ("cimahi2023", "password_too_common"),
        ("C1m4h1!2023", "password_too_common"),
        ("!!bismillah99", "password_too_common"),
        ("SitiAminah12", "password_too_similar"),
        ("siti.aminah@contoh.test", "password_too_similar"),
    ],
)
def test_bad_ones_say_why(password, code):
    with pytest.raises(ValidationError) as raised:
        validate_password(password, USER)
    assert code in {error.code for error in raised.value.error_list}
    assert all(password not in message for message in raised.value.messages)


@given(st.text(max_size=SHORTEST_PASSWORD - 1))
def test_nothing_short_passes(password):
    with pytest.raises(ValidationError):
        validate_password(password, USER)


@given(st.text(min_size=LONGEST_PASSWORD + 1, max_size=300))
def test_nothing_too_long_passes(password):
    with pytest.raises(ValidationError):
        validate_password(password, USER)


@given(st.text(alphabet="0123456789 .-/", min_size=SHORTEST_PASSWORD, max_size=LONGEST_PASSWORD))
def test_no_digits_alone_pass(password):
    with pytest.raises(ValidationError):
        validate_password(password, USER)


@given(st.sampled_from(COMMON_WORDS), st.text(alphabet="0123456789!.-", min_size=0, max_size=20))
def test_no_common_word_with_digits_passes(word, tail):
    with pytest.raises(ValidationError):
        validate_password(word + tail, USER)


def test_the_rules_are_told_in_indonesian():
    texts = " ".join(password_validators_help_texts())
    assert "Paling sedikit 10 huruf" in texts
