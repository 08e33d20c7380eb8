"""Dates and years in a narrative are offered as dates, never as figures of the same value."""

from decimal import Decimal

import pytest
from django.urls import reverse

from lkip import dated, narrative
from lkip.models import ExternalStatistic
from lkip.narrative import Desk
from tests.lkip.conftest import YEAR


@pytest.mark.parametrize(
    ("body", "dates"),
    [
        ("Keadaan 31 Desember 2023.", ["31 Desember 2023"]),
        ("pada 31 desember, lalu Mei 2024", ["31 desember", "Mei 2024"]),
        ("1–5 Mei 2023 dan 7 s.d. 9 Juni", ["1–5 Mei 2023", "7 s.d. 9 Juni"]),
        ("Pada tahun 2023 dan tahun anggaran 2024.", ["2023", "2024"]),
        ("Tahun 2021 sampai dengan 2023, periode 2019–2024.", ["2021 sampai dengan 2023", "2019–2024"]),
        ("Renstra 2021-2026.", ["2021-2026"]),
        ("Ditetapkan 31/12/2023, 31-12-2023.", ["31/12/2023", "31-12-2023"]),
        ("tiga puluh satu Desember dua ribu dua puluh tiga", ["tiga puluh satu Desember dua ribu dua puluh tiga"]),
        ("tahun dua ribu dua puluh tiga", ["dua ribu dua puluh tiga"]),
        ("Ada 2023 kartu, 31 orang, Rp2.023,50 dan dua ribu orang.", []),
        ("Sejak 2023 orang melapor; Peraturan 53/2014; 12,5 persen.", []),
    ],
)  # fmt: skip
def test_dates_are_recognised(body, dates):
    assert [body[start:end] for start, end in dated.spans(body)] == dates


@pytest.fixture
def desk(small_year, db):
    """A place whose report has figures of the values of a date."""
    ExternalStatistic.objects.filter(indicator__code="made", year=YEAR).update(value=Decimal(31))
    ExternalStatistic.objects.filter(indicator__code="base", year=YEAR).update(value=Decimal(2023))
    return Desk.open(YEAR, "bab1.gambaran")


@pytest.mark.django_db
class TestOnTheDesk:
    """One question for one date."""

    def test_a_date_means_no_figure(self, desk):
        (loose,) = desk.loose("Keadaan pada 31 Desember 2023 dihitung.")
        assert (loose.shown, loose.offers) == ("31 Desember 2023", ())
        (year,) = desk.loose("Pada tahun 2023 naik.")
        assert (year.shown, year.offers) == ("2023", ())
        (count,) = desk.loose("Ada 31 orang.")
        assert (count.date, bool(count.offers)) == ("", True)

    @pytest.mark.parametrize(
        ("body", "marked"),
        [
            ("Pada 31 desember 2023.", "Pada [[tanggal:31 desember 2023]]."),
            ("Tahun 2021 sampai 2023.", "Tahun [[tanggal:2021 sampai 2023]]."),
            ("[[tanggal:1 Mei 2023]], 2 Mei 2023.", "[[tanggal:1 Mei 2023]], [[tanggal:2 Mei 2023]]."),
        ],
    )
    def test_it_is_marked_whole(self, desk, body, marked):
        (loose,) = desk.loose(body)
        assert narrative.declared(body, loose.start, loose.number, "tanggal") == marked
        assert desk.loose(marked) == []

    def test_the_page_offers_the_date_first(self, desk, client_as):
        page = client_as("PLANNER").post(
            reverse("lkip:narrative_preview", args=[YEAR, "bab1.gambaran"]),
            {"body": "Pada 31 Desember 2023."},
        )
        html = page.json()["html"]
        assert "<mark>31 Desember 2023</mark>" in html
        assert "Tandai sebagai tanggal atau tahun" in html
        assert "Tautkan ke" not in html
