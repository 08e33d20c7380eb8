"""Names compared as Indonesian papers spell them."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.names import _TITLES, Likeness, canonical, compare, key

WORDS = st.text(alphabet=string.ascii_lowercase, min_size=3, max_size=9).filter(
    lambda word: word not in _TITLES
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MUHAMMAD RIZKY", "Moh. Rizki"),
        ("Mohamad Rizki", "H. Mochammad Rizky, S.Kom."),
        ("Siti Nurhaliza", "SITTI NURHALIZA"),
        ("Ahmad Yusuf", "Achmad Jusuf"),
        ("Rina Lestari", "LESTARI RINA"),
        ("Soekarno Djojo", "Sukarno Jojo"),
        ("Dr. Ir. Ratna Dewi, M.Si., Ph.D", "Ratna Dewi"),
        ("Nur'aini", "Nuraini"),
        ("André Lubis", "Andre Lubis"),
    ],
)
def test_spellings_of_one_name_are_the_same(one, other):
    assert compare(one, other) == Likeness.SAME
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rina Lestari", "Rina L."),
        ("Ahmad Setiawan", "Ahmad S"),
        ("Rina Lestari Putri", "Rina Lestari"),
        ("M. Rizki Pratama", "Muhammad Rizki Pratama"),
        ("Rina Lestari", "Rina Lestary"[:-1] + "e"),
    ],
)
def test_abbreviations_and_slips_are_close_but_not_the_same(one, other):
    assert compare(one, other) == Likeness.CLOSE


@pytest.mark.parametrize(
    ("one", "other"),
    [("Rina Lestari", "Budi Santoso"), ("Rina Lestari", "Rina Wulandari"), ("Siti Aminah", "Siti Maryam")],
)
def test_other_names_are_different(one, other):
    assert compare(one, other) == Likeness.DIFFERENT


def test_a_name_of_one_title_word_keeps_it():
    assert len(canonical("Haji")) == 1
    assert canonical("Prof. Haji") == canonical("Haji")


@given(NAMES)
def test_case_titles_degrees_and_order_change_nothing(name):
    words = name.split()
    for other in (
        name.upper(),
        name.title(),
        f"{name}, S.Pd., M.M.",
        "  ".join(words),
        " ".join(reversed(words)),
    ):
        assert compare(name, other) == Likeness.SAME


@given(NAMES, NAMES)
def test_likeness_does_not_depend_on_who_is_asked_first(one, other):
    assert compare(one, other) == compare(other, one)
    assert (compare(one, other) == Likeness.SAME) == (key(one) == key(other))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_compared(one, other):
    assert compare(one, other) in Likeness
    assert compare(one, one) == Likeness.SAME
