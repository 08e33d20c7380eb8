"""Occupations by the words that people use, over the titles of KBJI 2014."""

import csv
from pathlib import Path

import pytest

from core.job_words import rank

with (Path(__file__).parents[2] / "core/data/kbji2014.csv").open(encoding="utf-8") as _file:
    TITLES = {row["kode"]: row["judul"] for row in csv.DictReader(_file) if int(row["digit"]) >= 4}


def first(asked: str) -> str:
    """The best title."""
    return TITLES[rank(asked, TITLES.items())[0]]


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("las", "Pekerja Pengelasan"),
        ("tukang las", "Pekerja Pengelasan"),
        ("sopir", "Pengemudi Mobil"),
        ("supir truk", "Pengemudi Truk Berat"),
        ("guru SD", "Guru Sekolah Dasar"),
        ("satpam", "Penjaga Keamanan"),
        ("Tukang jahit", "Tukang Jahit"),
        ("koki", "Juru Masak"),
        ("pembantu rumah tangga", "Asisten Rumah Tangga"),
        ("cleaning service", "Janitor (Petugas Kebersihan Gedung)"),
        ("perawat", "Perawat"),
    ],
)
def test_the_word_of_the_street_finds_the_title(asked, title):
    assert first(asked) == title


def test_a_word_inside_another_is_no_match():
    found = [TITLES[code] for code in rank("las", TITLES.items())]
    assert not [title for title in found if "Plastik" in title or "Kelasi" in title or "Isolasi" in title]


def test_every_word_is_asked_for_but_those_said_of_all_work():
    assert all("Mesin" in TITLES[code] for code in rank("operator mesin jahit", TITLES.items()))
    assert rank("operator", TITLES.items())
    assert rank("astronot kebun", TITLES.items()) == []
    assert rank("", TITLES.items()) == rank("%%% --", TITLES.items()) == []
