"""The IPK forms: the month's register read back from page and workbook, balanced in every column."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from core import clock
from jobseekers import ipk
from jobseekers.models import EpisodeCell, EpisodeEvent
from jobseekers.services import cards, people
from tests.jobseekers.test_ledger import card_of, fresh

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2023, 3, 1), date(2023, 4, 1)


@pytest.fixture
def spring(agency, person_with, officer, levels):
    """Three men and two women in March; in April one is placed, one removed, one corrected, one registers."""
    with clock.frozen(date(2023, 3, 6)):
        seekers = [
            person_with(nik="", sex=sex, birth_date=born, education=levels[level])
            for sex, born, level in (
                ("M", date(2004, 1, 1), "SMK"),
                ("M", date(1995, 1, 1), "SMK"),
                ("M", date(1985, 1, 1), "S1"),
                ("F", date(1995, 1, 1), "SMK"),
                ("F", date(1960, 1, 1), "SD"),
            )
        ]
        held = [card_of(person, actor=officer) for person in seekers]
    with clock.frozen(date(2023, 4, 12)):
        cards.record_placement(actor=officer, person=seekers[0], on=date(2023, 4, 10))
        cards.remove_from_register(
            held[4], actor=officer, version=held[4].version, reason="MOVED", comment="Surat"
        )
        woman = fresh(seekers[3])
        people.update_person(woman, actor=officer, version=woman.version, education=levels["S1"])
        card_of(person_with(nik="", sex="F", birth_date=date(2001, 1, 1)), actor=officer)
    return seekers


def numbers(form, mark):
    return next(line.numbers for line in form.lines if line.mark == mark)


def test_the_first_form_of_two_months(spring):
    march, april = ipk.form_1(MARCH), ipk.form_1(APRIL)
    assert march.heads == ["L", "P"] * 6 + ["L+P"]
    #        15–19 20–29 30–44 45–54 55+   all
    assert numbers(march, "2") == [1, 0, 1, 1, 1, 0, 0, 0, 0, 1, 3, 2, 5]
    assert numbers(march, "5") == numbers(april, "1")
    assert numbers(april, "2") == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1]
    assert numbers(april, "3") == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]
    assert numbers(april, "4") == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1]
    assert numbers(april, "5") == [0, 0, 1, 2, 1, 0, 0, 0, 0, 0, 2, 2, 4]
    assert march.balanced
    assert april.balanced
    marks = [line.mark for line in march.lines]
    assert marks == ["1", "2", "A", "3", "4", "B", "5", "Uji"], (
        "the official lines when nothing was corrected"
    )
    assert [line.mark for line in april.lines if "a" in line.mark] == ["2a", "4a"]


def test_the_second_form_shows_the_correction_between_two_levels(spring):
    april = ipk.form_2(APRIL)
    rows = {line.label: line.numbers for line in april.lines}
    # before, registered, corrected in, placed, removed, corrected out, now, check; each L, P
    assert rows["SMK"] == [2, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0]
    assert rows["S1"] == [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0]
    assert rows["Jumlah"] == [3, 2, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 2, 2, 0, 0]
    assert april.balanced
    assert len(ipk.form_2(MARCH).groups) == 6, "no columns for corrections in a month without any"


@pytest.mark.parametrize("code", ["III-1", "III-2"])
def test_a_ledger_that_lost_a_line_is_seen(spring, code, client_as):
    """The check is no ornament: a span that no line explains makes it fail."""
    cell = EpisodeCell.objects.filter(until=None).first()
    EpisodeCell.objects.filter(pk=cell.pk).update(until=date(2023, 4, 20))
    assert not ipk.form_of(code, APRIL).balanced
    with clock.frozen(date(2023, 5, 2)):
        page = client_as("PLANNER").get(reverse("jobseekers:ipk"), {"formulir": code, "bulan": "2023-04"})
    assert "Tidak seimbang" in page.content.decode()


def test_a_person_under_fifteen_gets_a_column(agency, person_with, officer):
    with clock.frozen(date(2023, 3, 6)):
        card_of(person_with(nik="", birth_date=date(2009, 1, 1), graduation_year=None), actor=officer)
    march = ipk.form_1(MARCH)
    assert march.groups[0][0] == "0–14"
    assert march.balanced


def test_page_and_workbook_show_the_same_numbers(spring, client_as):
    client = client_as("PLACEMENT_OFFICER")
    with clock.frozen(date(2023, 5, 2)):
        at = reverse("jobseekers:ipk")
        page = client.get(at).content.decode()
        assert "April 2023" in page
        assert "Tidak seimbang" not in page
        for code in ipk.FORMS:
            form = ipk.form_of(code, APRIL)
            answer = client.get(at, {"formulir": code, "format": "xlsx"})
            book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
            assert book.sheetnames[1] == "Keterangan"
            written = {row[1]: list(row[2:]) for row in book.worksheets[0].iter_rows(values_only=True)}
            for line in form.lines:
                assert written[line.label] == line.numbers


@pytest.mark.parametrize("role", ["JOBSEEKER", "COMPANY_OPERATOR", "MEDIATOR"])
def test_others_don_t_open_it(spring, client_as, role):
    before = EpisodeEvent.objects.count()
    assert client_as(role).get(reverse("jobseekers:ipk")).status_code == 403
    assert EpisodeEvent.objects.count() == before


def test_a_month_that_is_none_shows_the_last_whole_one(spring, client_as):
    client = client_as("PLANNER")
    with clock.frozen(date(2023, 5, 2)):
        for month in ("2023-13", "x", "1999-01", "2023-06"):
            answer = client.get(reverse("jobseekers:ipk"), {"bulan": month, "formulir": "III-9"})
            assert "April 2023" in answer.content.decode()
