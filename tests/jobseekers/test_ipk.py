"""The IPK forms: the month's register read back from page and workbook, balanced in every column."""

import io
import random
from datetime import date, timedelta
from importlib import import_module
from itertools import pairwise

import openpyxl
import pytest
from django.apps import apps
from django.urls import reverse
from pypdf import PdfReader

from core import clock
from core.models.reference import ClassificationCode
from core.tables_out import Stamp
from jobseekers import ipk
from jobseekers.documents.ipk_form import draw_form
from jobseekers.models import DesiredOccupation, Episode, EpisodeCell, EpisodeEvent
from jobseekers.services import cards, people
from placements.models import ChannelReport, Placement
from placements.services.decisions import decide
from tests.employers import builders
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
    assert marks == ["1", "2", "A", "3", "4", "B", "5", "Uji", "Uji"], (
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


@pytest.mark.parametrize("code", ["III-1", "III-2", "III-3", "III-7"])
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
            written = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
            lines = [*form.lines, *(form.annex.lines if form.annex else ())]
            told = [[line.mark or None, line.label, *line.numbers] for line in lines]
            short = [row[: len(line)] for row, line in zip(_matching(written, told), told, strict=True)]
            assert short == told


def _matching(written, told):
    """The written rows that begin with a label of the form, in their order."""
    labels = {(line[0], line[1]) for line in told}
    return [row for row in written if tuple(row[:2]) in labels]


@pytest.mark.parametrize("code", list(ipk.FORMS))
def test_the_paper_shows_the_same_numbers_on_one_page(spring, client_as, code):
    with clock.frozen(date(2023, 5, 2)):
        answer = client_as("SECTION_HEAD").get(reverse("jobseekers:ipk"), {"formulir": code, "format": "pdf"})
    (page,) = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (842, 595)
    text, form = page.extract_text(), ipk.form_of(code, APRIL)
    read = [row.split() for row in text.splitlines()]
    for line in [*form.lines, *(form.annex.lines if form.annex else ())]:
        told = [*([line.mark] if line.mark else []), *line.label.split(), *map(str, line.numbers)]
        assert " ".join(told) in " ".join(word for row in read for word in row), line.label
    assert "TIDAK SEIMBANG" not in text


def test_a_paper_that_does_not_balance_says_so(spring):
    cell = EpisodeCell.objects.filter(until=None).first()
    EpisodeCell.objects.filter(pk=cell.pk).update(until=date(2023, 4, 20))
    target = io.BytesIO()
    draw_form(ipk.form_1(APRIL), target, Stamp("Uji", clock.now()))
    assert "TIDAK SEIMBANG" in PdfReader(target).pages[0].extract_text()


def test_what_last_month_closed_with_is_what_this_month_opens_with(spring):
    """A line that is backdated behind its span: March no longer closes with what April opens with."""
    *_, handed_over = ipk.form_1(APRIL).lines
    assert handed_over.label == "Baris 1 dikurangi baris 5 laporan Maret 2023, harus nol"
    assert not any(handed_over.numbers)
    cell = EpisodeCell.objects.filter(until=None).first()
    EpisodeCell.objects.filter(pk=cell.pk).update(until=date(2023, 3, 20))
    *_, handed_over = ipk.form_1(APRIL).lines
    assert sum(handed_over.numbers[:-3]) == handed_over.numbers[-1] == -1


class TestVacancies:
    def vacancy(self, **changes):
        return builders.vacancy(self.company, **changes)

    @pytest.fixture(autouse=True)
    def _company(self, agency):
        self.company = builders.company()

    def test_the_month_of_the_vacancies(self):
        closed = {"state": "CLOSED", "published_on": date(2023, 3, 2)}
        self.vacancy(**closed, openings_any=5, closes_on=date(2023, 3, 31), filled_any=3)
        self.vacancy(**closed, openings_any=0, openings_male=4, closes_on=date(2023, 4, 29), filled_male=4)
        self.vacancy(state="PUBLISHED", published_on=date(2023, 4, 3), openings_any=0, openings_female=6,
                     closes_on=date(2023, 4, 30))  # fmt: skip
        self.vacancy(state="SUBMITTED", openings_any=90)
        annex = ipk.form_1(APRIL).annex
        rows = {line.mark: line.numbers for line in annex.lines}
        assert annex.heads == ["L", "P", "L/P", "Jumlah"]
        assert rows == {
            "1": [4, 0, 5, 9], "2": [0, 6, 0, 6], "C": [4, 6, 5, 15],
            "3": [4, 0, 3, 7], "4": [0, 0, 2, 2], "D": [4, 0, 5, 9],
            "5": [0, 6, 0, 6], "Uji": [0, 0, 0, 0],
        }  # fmt: skip
        may = {line.mark: line.numbers for line in ipk.form_1(date(2023, 5, 1)).annex.lines}
        assert (may["1"], may["4"]) == ([0, 6, 0, 6], [0, 6, 0, 6])

    def test_every_month_balances_whatever_happens(self):
        chance = random.Random(5)
        for _ in range(60):
            start = date(2023, 1, 1) + timedelta(days=chance.randrange(200))
            wanted = {f"openings_{sex}": chance.randrange(4) for sex in ("male", "female", "any")}
            wanted["openings_any"] += 1
            ended = chance.random() < 0.6
            filled = (
                {f"filled_{name[9:]}": chance.randint(0, most) for name, most in wanted.items()}
                if ended
                else {}
            )
            self.vacancy(
                state="CLOSED" if ended else "PUBLISHED", published_on=start,
                closes_on=start + timedelta(days=chance.randrange(70)), **wanted, **filled,
            )  # fmt: skip
        months = [
            {line.mark: line.numbers for line in ipk.form_1(date(2023, m, 1)).annex.lines}
            for m in range(1, 11)
        ]
        assert all(month["Uji"] == [0, 0, 0, 0] for month in months)
        for before, after in pairwise(months):
            assert before["5"] == after["1"]
        for month in months:
            assert all(sum(numbers[:3]) == numbers[3] for numbers in month.values())


@pytest.mark.parametrize("role", ["JOBSEEKER", "COMPANY_OPERATOR", "MEDIATOR"])
def test_others_don_t_open_it(spring, client_as, role):
    before = EpisodeEvent.objects.count()
    assert client_as(role).get(reverse("jobseekers:ipk")).status_code == 403
    assert EpisodeEvent.objects.count() == before


def test_the_last_whole_month_comes_first_and_no_other_form_or_month_stands_in_for_a_wrong_one(
    spring, client_as
):
    client, url = client_as("PLANNER"), reverse("jobseekers:ipk")
    with clock.frozen(date(2023, 5, 2)):
        assert "April 2023" in client.get(url).content.decode()
        for month in ("2023-13", "x", "1999-01", "2023-06"):
            assert client.get(url, {"bulan": month}).status_code == 404
        assert client.get(url, {"formulir": "III-9"}).status_code == 404


# --- III/3, III/7, III/8 ---


@pytest.fixture
def kbji(db):
    """Three major groups and two occupations; returns the occupations by code."""
    rows = [("2", "Profesional", 1), ("4", "Tenaga tata usaha", 1), ("7", "Pekerja pengolahan", 1),
            ("2512", "Pengembang perangkat lunak", 4), ("7212", "Tukang las", 4)]  # fmt: skip
    for code, title, level in rows:
        ClassificationCode.objects.create(scheme="KBJI", version="2014", code=code, title=title, level=level)
    return {code: ClassificationCode.objects.get(code=code) for code in ("2512", "7212")}


def wish(person, occupation, position=0):
    DesiredOccupation.objects.create(jobseeker=person, occupation=occupation, position=position)


def by_label(form):
    return {line.label: line.numbers for line in form.lines}


def test_the_third_form_counts_the_wish_of_the_day_of_registration(person_with, officer, kbji):
    with clock.frozen(date(2023, 3, 6)):
        welder, coder, silent = (person_with(nik="", sex=sex) for sex in "MFF")
        wish(welder, kbji["2512"], position=1)
        wish(welder, kbji["7212"])
        wish(coder, kbji["2512"])
        for person in (welder, coder, silent):
            card_of(person, actor=officer)
        wish(silent, kbji["7212"])
    with clock.frozen(date(2023, 4, 12)):
        DesiredOccupation.objects.filter(jobseeker=welder).delete()
        cards.record_placement(actor=officer, person=coder, on=date(2023, 4, 10))
    march, april = by_label(ipk.form_3(MARCH)), by_label(ipk.form_3(APRIL))
    # before, registered, placed, removed, now, check; each L, P
    assert march["7 Pekerja pengolahan"] == [0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert march["Tidak diisi"] == [0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0]
    assert april["2 Profesional"] == [0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert april["7 Pekerja pengolahan"] == [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert april["4 Tenaga tata usaha"] == [0] * 12
    assert april["Jumlah"] == [1, 2, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0]


def test_older_episodes_get_the_wish_that_is_known_today(person_with, officer, kbji):
    with clock.frozen(date(2023, 3, 6)):
        wishing, silent = person_with(nik=""), person_with(nik="")
        for person in (wishing, silent):
            card_of(person, actor=officer)
    wish(wishing, kbji["2512"], position=3)
    wish(wishing, kbji["7212"], position=2)
    import_module("jobseekers.migrations.0007_fill_wish").fill(apps, None)
    assert dict(Episode.objects.values_list("jobseeker", "occupation_group")) == {
        wishing.pk: "7",
        silent.pk: "",
    }


def test_the_seventh_form_splits_who_is_left_by_years_since_school(agency, person_with, officer, levels):
    with clock.frozen(date(2023, 3, 6)):
        for sex, year in (("M", 2023), ("M", 2021), ("F", 2020), ("F", 2018), ("F", 2017), ("M", None)):
            card_of(person_with(nik="", sex=sex, graduation_year=year), actor=officer)
        gone = person_with(nik="", sex="M", graduation_year=2022)
        card_of(gone, actor=officer)
        cards.record_placement(actor=officer, person=gone, on=date(2023, 3, 20))
    form = ipk.form_7(MARCH)
    assert form.groups == [
        ("0–2 tahun", 2),
        ("3–5 tahun", 2),
        ("6 tahun atau lebih", 2),
        ("Tidak diisi", 2),
        ("Jumlah", 3),
    ]
    assert by_label(form)["SMK"] == by_label(form)["Jumlah"] == [2, 0, 0, 2, 0, 1, 1, 0, 3, 3, 6]
    assert form.balanced
    assert by_label(form)["Jumlah"][-3:] == numbers(ipk.form_1(MARCH), "5")[-3:]


def test_the_eighth_form_splits_the_placements_twice(spring, officer, person_with, levels):
    with clock.frozen(date(2023, 4, 20)):
        for sex, reach, taker in (("M", "AKAD", 4), ("F", "AKAN", 4), ("F", "AKL", 1)):
            person = person_with(nik="", sex=sex, education=levels["S1"])
            card_of(person, actor=officer)
            cards.record_placement(
                actor=officer, person=person, on=date(2023, 4, 20), reach=reach, employer_class=taker
            )
    form = ipk.form_8(APRIL)
    assert [head for head, _ in form.groups] == ["AKL", "AKAD", "AKAN", "Tidak tercatat", "Jumlah"]
    assert by_label(form)["S1"] == [0, 1, 1, 0, 0, 1, 0, 0, 1, 2, 3]
    assert by_label(form)["SMK"] == [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1], "placed before the ledger knew how far"
    takers = {line.label: line.numbers for line in form.annex.lines}
    assert takers["Perusahaan swasta"] == [0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 2]
    assert takers["Instansi pemerintah"] == [0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1]
    assert takers["Tidak tercatat"] == [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1]
    assert form.balanced
    assert by_label(form)["Jumlah"][-3:] == takers["Jumlah"][-3:] == numbers(ipk.form_1(APRIL), "3")[-3:]


def test_a_verified_report_tells_the_ledger_how_far_and_who(agency, person_with, officer, user_with):
    person = person_with(nik="")
    with clock.frozen(date(2023, 3, 6)):
        card_of(person, actor=officer)
    placement = Placement.objects.create(
        jobseeker=person, employer_name="PT Contoh", employer_class=4, reach="AKAD", destination="Karawang",
        started_on=date(2023, 4, 3), contract_type="PERMANENT",
    )  # fmt: skip
    report = ChannelReport.objects.create(
        placement=placement, channel="SIDAKEP_ONLINE", reported_on=date(2023, 4, 4), reported_by=user_with("JOBSEEKER"),
        evidence_kind="CONTRACT",
    )  # fmt: skip
    with clock.frozen(date(2023, 4, 5)):
        decide(report, "verify", actor=officer, version=1)
    event = EpisodeEvent.objects.get(kind="PLACED")
    assert (event.on, event.reach, event.employer_class) == (date(2023, 4, 3), "AKAD", 4)


def test_the_forms_agree_with_each_other_in_every_month(agency, person_with, officer, levels, kbji):
    """Random lives: every form balances, and each form's sums are those of the first."""
    chance = random.Random(11)
    for _ in range(24):
        begun = date(2023, 1, 9) + timedelta(days=chance.randrange(100))
        with clock.frozen(begun):
            person = person_with(
                nik="", sex=chance.choice("MF"), education=levels[chance.choice(["SD", "SMK", "S1"])],
                graduation_year=chance.choice([None, 2012, 2019, 2022]),
            )  # fmt: skip
            if chance.random() < 0.7:
                wish(person, kbji[chance.choice(["2512", "7212"])])
            card = card_of(person, actor=officer)
        later = begun + timedelta(days=chance.randrange(5, 90))
        with clock.frozen(later):
            if chance.random() < 0.4:
                found = fresh(person)
                people.update_person(found, actor=officer, version=found.version, education=levels["SMA"])
            end = chance.random()
            if end < 0.4:
                cards.record_placement(
                    actor=officer, person=person, on=later, reach=chance.choice(["", "AKL", "AKAD", "AKAN"]),
                    employer_class=chance.choice([None, 1, 2, 3, 4, 5, 6]),
                )  # fmt: skip
            elif end < 0.6:
                card.refresh_from_db()
                cards.remove_from_register(
                    card, actor=officer, version=card.version, reason="MOVED", comment="Surat pindah"
                )
    closing = None
    for month in range(1, 9):
        made = {code: ipk.form_of(code, date(2023, month, 1)) for code in ipk.FORMS}
        assert all(form.balanced for form in made.values())
        first = {line.mark: line.numbers[-3:] for line in made["III-1"].lines if line.kind != "check"}
        second, third = by_label(made["III-2"])["Jumlah"], by_label(made["III-3"])["Jumlah"]
        assert second == third
        assert second[:2] == first["1"][:2]
        assert second[-4:-2] == first["5"][:2]
        assert by_label(made["III-7"])["Jumlah"][-3:] == first["5"]
        assert by_label(made["III-8"])["Jumlah"][-3:] == first["3"]
        assert closing in (None, second[:2])
        closing = second[-4:-2]
