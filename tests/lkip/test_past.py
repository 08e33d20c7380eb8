"""Years before the report's: what the registers say of them, and what was published before this system was used."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from core import clock, measures
from core.measures import Flow, Measure
from core.models.workflow import WorkflowLog
from core.workflow import NotAllowed
from lkip import consistency, report
from lkip.enums import Formula, Level
from lkip.figures import compute, past
from lkip.models import ExternalStatistic, Indicator, QuarterLock, RegisterStart, StaffMember, Unit
from lkip.report.book import Book
from lkip.report.earlier import earlier_values
from lkip.services import plan, statistics
from lkip.services.plan import InvalidPlan
from tests.lkip.conftest import YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(small_year, planner, monkeypatch):
    """An indicator that counts who began to serve; `serve(day)` adds one."""
    unit = Unit.objects.create(key="u", name="Unit")
    measure = Measure(
        "x.began", "x", "orang", "Uji.", "Register uji", rows=StaffMember.objects.all, when=Flow("started_on")
    )
    monkeypatch.setitem(measures._registry, measure.code, measure)
    plan.save_indicator(
        planner, code="began", name="Mulai bertugas", level=Level.COMPANION, unit="orang",
        formula=Formula.MEASURE, measure=measure.code, objective=Indicator.objects.get(code="rate").objective,
    )  # fmt: skip

    def serve(day: date) -> None:
        StaffMember.objects.create(
            name="Uji", unit=unit, post="x", post_class="STAFF", employment="PNS", started_on=day
        )

    return serve


def before(year=YEAR - 1):
    indicator = Indicator.objects.get(code="began")
    return past([indicator], [year])["began", year]


def test_a_register_that_was_kept_gives_its_count(counted):
    for day in (date(YEAR - 1, 1, 31), date(YEAR - 1, 12, 1)):
        counted(day)
    assert before().value == 2


def test_an_empty_register_gives_no_zero(counted):
    counted(date(YEAR, 1, 5))
    assert before().value is None
    assert f"belum memuat catatan tahun {YEAR - 1}" in before().why


def test_a_register_that_began_within_the_year_gives_no_part_of_it(counted):
    counted(date(YEAR - 1, 2, 1))
    assert before().value is None
    assert before().why == f"Register baru dimulai 1 Februari {YEAR - 1}."


def test_what_was_published_stands_until_the_year_is_prepared_here(counted, planner):
    indicator = Indicator.objects.get(code="began")
    counted(date(YEAR - 1, 6, 1))
    statistics.add_statistic(
        planner, indicator=indicator, year=YEAR - 1, value=Decimal(1495), source="LKIP tahun lalu"
    )
    assert (before().value, before().source) == (1495, "LKIP tahun lalu")
    counted(date(YEAR - 2, 1, 2))
    plan.prepare_year(planner, year=YEAR - 1)
    assert before().value == 1


def test_only_years_before_this_system_are_typed(counted, planner, client_as):
    indicator = Indicator.objects.get(code="began")
    with pytest.raises(InvalidPlan, match="tidak diketik"):
        statistics.add_statistic(planner, indicator=indicator, year=YEAR, value=Decimal(1), source="x")
    client, page = client_as(user=planner), reverse("lkip:figure", args=[YEAR, "began"])
    form = reverse("lkip:statistic_new", args=[YEAR, "began"])
    assert f'href="{form}"' in client.get(page).content.decode()
    refused = client.post(form, {"year": str(YEAR), "value": "5", "source": "LKIP"})
    assert refused.status_code == 422
    assert "tidak diketik" in refused.content.decode()
    assert not ExternalStatistic.objects.filter(indicator=indicator).exists()
    assert client.post(form, {"year": str(YEAR - 1), "value": "1.495", "source": "LKIP"}).status_code == 302
    listed = client.get(reverse("lkip:statistics", args=[YEAR])).content.decode()
    assert "Nilai terbit dari tahun sebelum sistem ini" in listed
    assert "1.495" in listed
    assert before().value == 1495


def test_a_published_value_is_withdrawn_with_a_reason(counted, planner, client_as, user_with):
    indicator = Indicator.objects.get(code="began")
    values = {"year": YEAR - 1, "value": Decimal(1495), "source": "LKIP lama"}
    row = statistics.add_statistic(planner, indicator=indicator, **values)
    client = client_as(user=planner)
    page = reverse("lkip:statistic_withdraw", args=[YEAR, row.uid])
    assert f'href="{page}"' in client.get(reverse("lkip:statistics", args=[YEAR])).content.decode()
    assert f"Mulai bertugas tahun {YEAR - 1}, 1.495" in client.get(page).content.decode().replace(
        "\u00a0", " "
    )
    assert client.post(page, {"reason": " ", "version": 1}).status_code == 422
    assert client.post(page, {"reason": "Salah", "version": 9}).status_code == 409
    lock = QuarterLock.objects.create(year=YEAR - 1, quarter=4)
    refused = client.post(page, {"reason": "Salah tahun", "version": 1})
    assert refused.status_code == 422
    assert "sudah dikunci" in refused.content.decode()
    lock.delete()
    with pytest.raises(NotAllowed):
        statistics.withdraw_statistic(row, actor=user_with("SECTION_HEAD"), version=1, reason="x")
    assert before().value == 1495
    assert client.post(page, {"reason": "Salah tahun", "version": 1}).status_code == 302
    assert not ExternalStatistic.objects.filter(pk=row.pk).exists()
    assert before().value is None
    last = WorkflowLog.objects.of(row).last()
    assert (last.label, last.comment, last.actor) == ("Statistik ditarik", "Salah tahun", planner)
    kept = ExternalStatistic.history.filter(uid=row.uid).first()
    assert (kept.history_type, kept.value, kept.history_change_reason) == ("-", 1495, "Ditarik: Salah tahun")
    assert client.get(page).status_code == 404


def test_a_ratio_published_without_parts_is_printed_without_them(small_year, planner, client_as):
    """A value and no numerator: the report, the check and the place of the comparison open all the same."""
    rate = Indicator.objects.get(code="rate")
    statistics.add_statistic(
        planner, indicator=rate, year=YEAR - 1, value=Decimal("88.5"), source="LKIP lama"
    )
    client = client_as(user=planner)
    for name, args in (("paper", []), ("paper_file", ["pdf"]), ("consistency", []), ("editions", [])):
        assert client.get(reverse(f"lkip:{name}", args=[YEAR, *args])).status_code == 200
    assert "LKIP lama" in client.get(reverse("lkip:figure", args=[YEAR, "rate"])).content.decode()
    table = next(each for each in report.build(compute(YEAR)).tables() if each.key == "deret-rate")
    assert ["".join(run.text for run in cell.runs) for cell in table.rows[0].cells][1:3] == ["–", "–"]


def test_a_register_is_complete_since_the_day_that_is_declared(counted, planner):
    """Old rows that somebody brought along are no year's number, however early the first of them is."""
    for day in (date(YEAR - 1, 1, 3), date(YEAR - 1, 12, 1), date(YEAR, 3, 1)):
        counted(day)
    assert before().value == 2
    statistics.declare_register(planner, register="Register uji", complete_from=date(2020, 1, 1))
    assert before().value == 2
    RegisterStart.objects.update(complete_from=date(YEAR, 1, 1))
    assert before().value is None
    assert before().why == f"Register uji baru lengkap sejak 1 Januari {YEAR}."
    plan.save_indicator(
        planner, code="more", name="Perubahan", level=Level.COMPANION, unit="persen", formula=Formula.CHANGE,
        numerator=Indicator.objects.get(code="began"),
    )  # fmt: skip
    figures = compute(YEAR).figures
    assert figures["began"].value == 1
    assert (figures["more"].value, figures["more"].denominator) == (None, None)
    plan.prepare_year(planner, year=YEAR - 1)
    assert compute(YEAR).figures["more"].value == -50


def test_a_complete_register_without_a_record_says_zero(counted, planner):
    counted(date(YEAR, 1, 5))
    statistics.declare_register(planner, register="Register uji", complete_from=date(2020, 1, 1))
    assert before().value == 0


def test_declaring_it_on_the_page(counted, planner, client_as):
    counted(date(YEAR - 1, 5, 6))
    client = client_as(user=planner)
    form = reverse("lkip:register_start", args=[YEAR, "register-uji"])
    page = client.get(reverse("lkip:statistics", args=[YEAR])).content.decode()
    assert form in page
    assert f"6 Mei {YEAR - 1}" in page
    assert client.post(form, {"complete_from": "bukan tanggal"}).status_code == 422
    assert client.post(form, {"complete_from": "01-01-2999"}).status_code == 422
    for role in ("SECTION_HEAD", "JOBSEEKER", "MEDIATOR"):
        assert client_as(role).post(form, {"complete_from": "01-01-2020"}).status_code in (403, 404)
    assert not RegisterStart.objects.exists()
    assert (
        client.post(form, {"complete_from": "01-01-2020", "note": "Sejak pindah kantor"}).status_code == 302
    )
    row = RegisterStart.objects.get()
    assert (row.register, row.complete_from) == ("Register uji", date(2020, 1, 1))
    assert "Sejak pindah kantor" in client.get(reverse("lkip:statistics", args=[YEAR])).content.decode()
    assert client.get(reverse("lkip:register_start", args=[YEAR, "tidak-ada"])).status_code == 404


def test_what_was_published_is_what_a_change_starts_from(counted, planner, client_as):
    """The year before has its one value, whether a table compares or an indicator does; the source says whose it is."""
    counted(date(YEAR, 1, 5))
    base = Indicator.objects.get(code="began")
    statistics.add_statistic(
        planner, indicator=base, year=YEAR - 1, value=Decimal(4), source="LKIP tahun lalu"
    )
    plan.save_indicator(
        planner, code="more", name="Perubahan", level=Level.COMPANION, unit="persen", formula=Formula.CHANGE,
        numerator=base,
    )  # fmt: skip
    figures = compute(YEAR)
    assert figures.figures["more"].value == -75
    page = client_as(user=planner).get(reverse("lkip:figure", args=[YEAR, "more"])).content.decode()
    assert "nilai terbit" in page
    assert reverse("lkip:figure", args=[YEAR, "began"]) in page
    book = Book(figures, earlier_values(figures))
    entry = book.entries[book.key("began", YEAR - 1)]
    assert (entry.formula, entry.register, entry.source) == (
        "Nilai terbit dari tahun sebelum sistem ini, tidak dihitung di sini", "", "LKIP tahun lalu",
    )  # fmt: skip


def test_a_year_that_lies_ahead_counts_nothing(counted, planner, client_as):
    """No zero, no state of today, nothing reached; the page and the check say that it has not begun."""
    counted(date(YEAR, 1, 5))
    ahead = clock.today().year + 1
    plan.prepare_year(planner, year=ahead)
    figures = compute(ahead)
    assert figures.figures["began"].value is None
    assert figures.figures["began"].why == f"Tahun {ahead} belum berjalan."
    found = [each for each in consistency.check(figures) if each.rule == "R13"]
    assert [each.title for each in found] == [f"Tahun {ahead} belum berjalan"]
    client = client_as(user=planner)
    assert "belum berjalan" in client.get(reverse("lkip:year", args=[ahead])).content.decode()
    assert client.get(reverse("lkip:index")).url == reverse("lkip:year", args=[YEAR])
    plan.prepare_year(planner, year=clock.today().year)
    running = compute(clock.today().year)
    assert running.figures["began"].value == 0
    assert any("belum berakhir" in each.title for each in consistency.check(running))
