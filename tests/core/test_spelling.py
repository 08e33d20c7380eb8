"""Names in one spelling: what belongs together meets, and the folding is stable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spelling import ALPHABET, fold, fold_word, normal, one_letter_off, starts

TOGETHER = [
    "Muhammad Rizky|M. Rizki|Moh. Riski|Mochamad Rizqi|Muhamad Rizqy|MUH RISKY|Mohd. Rizki|Mohammed Rizki",
    "Siti Aisyah|Sitti Aisah|St. Aisya|SITI AISYAH",
    "Abdul Rahman|Abd. Rachman|Abdoel Rakhman",
    "Ahmad|Achmad|Akhmad|Ahmed|Ahmmad",
    "Nurhaliza|Nurhalisa|Noerhaliza|Noorhaliza",
    "Setiawan|Setyawan|Setijawan|Settiawan",
    "Surya|Surja|Soerya|Soerja|Suria",
    "Joko|Djoko|Joko",
    "Candra|Chandra|Tjandra",
    "Khairul|Chairul|Hairul",
    "Syarif|Sjarif|Sarif|Syarip",
    "Rahmat|Rachmat|Rakhmat|Rahmad",
    "Fitriyah|Fitria|Pitria|Vitriah",
    "Zainal|Zaenal|Sainal",
    "Yusuf|Yusup|Jusuf|Joesoef",
    "Ramadhan|Ramadan|Ramadlan",
    "Thoriq|Toriq|Torik",
    "H. Agus|Hj. Agus|Drs. Agus|Agus",
    "Hidayatullah|Hidayatulah|Hidajatullah",
]
APART = ["Siti|Sati", "Dewi|Desi", "Agus|Bagus", "Andi|Adi", "Rina|Rini", "Joko|Jaka"]


@pytest.mark.parametrize("spellings", TOGETHER)
def test_spellings_of_one_name_meet(spellings):
    assert len({fold(each) for each in spellings.split("|")}) == 1


@pytest.mark.parametrize("pair", APART)
def test_different_names_stay_apart(pair):
    first, second = pair.split("|")
    assert fold(first) != fold(second)


RULES = [
    ("u", "oe"), ("j", "dj"), ("c", "tj"), ("y", "i"), ("sy", "s"), ("f", "p"), ("v", "f"), ("z", "s"), ("q", "k"),
    ("th", "t"), ("dh", "d"), ("kh", "h"), ("ae", "ai"), ("l", "ll"), ("m", "mm"), ("s", "ss"), ("t", "tt"),
]  # fmt: skip
PIECES = st.lists(
    st.sampled_from(
        [
            "sya",
            "ri",
            "fi",
            "dja",
            "tje",
            "oe",
            "zi",
            "ma",
            "la",
            "ni",
            "khu",
            "dha",
            "tho",
            "qi",
            "wa",
            "ne",
            "pu",
            "bi",
            "ge",
        ]
    ),
    min_size=2,
)


@given(PIECES, st.lists(st.sampled_from(RULES), min_size=1, max_size=4))
def test_writing_a_sound_the_other_way_changes_nothing(pieces, rules):
    """Replace sounds of a made-up name by their other spelling; a rule applies where its left side stands alone."""
    word = "".join(pieces) + "na"
    other = word
    for sound, written in rules:
        if (
            len(sound) == 1
            and sound in "ujcylmst"
            and any(pair in other for pair in ("oe", "dj", "tj", "sy", "th"))
        ):
            continue  # the letter is part of a pair that means something else
        other = other.replace(sound, written)
    assert fold(other) == fold(word)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.from_regex(r"[a-z]{1,25}", fullmatch=True))
def test_a_folded_word_has_only_the_folded_letters(word):
    assert fold_word(word)
    assert set(fold_word(word)) <= set(ALPHABET)


@given(st.text(max_size=60))
def test_digits_are_never_lost(text):
    kept = [word for word in normal(text).split() if any(letter.isdigit() for letter in word)]
    assert [word for word in fold(text).split() if any(letter.isdigit() for letter in word)] == kept


@given(st.from_regex(r"[a-z]{4,12}", fullmatch=True), st.data())
def test_one_slip_is_within_reach(word, data):
    folded = fold_word(word)
    if len(folded) < 4:
        return
    at = data.draw(st.integers(0, len(folded) - 1))
    letter = data.draw(st.sampled_from(ALPHABET))
    slips = {
        folded[:at] + folded[at + 1 :],
        folded[:at] + letter + folded[at + 1 :],
        folded[:at] + letter + folded[at:],
    }
    assert slips <= one_letter_off(folded)
    assert folded in one_letter_off(folded)


@pytest.mark.parametrize(
    ("typed", "name"), [("ramad", "Ramadhan"), ("sety", "Setiawan"), ("djok", "Joko"), ("rach", "Rahmat")]
)
def test_a_typed_beginning_begins_the_name(typed, name):
    assert any(fold(name).startswith(start) for start in starts(typed))
