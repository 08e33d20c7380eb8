"""Numbers from outside that can't be true are refused where they are typed, by field and in words."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from core import clock
from core.errors import Refused
from core.models.reference import Region
from lkip.enums import Direction, Formula, Level
from lkip.imports import RegionalUpload, StatisticUpload
from lkip.models import ExternalStatistic, Indicator, RegionalStatistic
from lkip.services import plan, statistics
from lkip.services.plan import InvalidPlan
from tests.lkip.conftest import YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    """The year after the report's."""
    with clock.frozen(clock.at(date(YEAR + 1, 2, 1))):
        yield


@pytest.fixture
def made_of(small_year, planner):
    """Make an indicator that takes a value from outside."""

    def make(name="Tingkat pengangguran", unit="persen", direction=Direction.DOWN, formula=Formula.STATISTIC):
        return plan.save_indicator(
            planner, code="tpt", name=name, level=Level.IKU, unit=unit, direction=direction, formula=formula,
            waits_for="Register" if formula == Formula.INTERIM else "",
        )  # fmt: skip

    return make


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(YEAR + 1, 2, 2), "belum tiba"),
        (date(YEAR - 2, 12, 31), "tidak bisa berkeadaan"),
        (date(YEAR - 1, 1, 1), ""),
        (date(YEAR + 1, 2, 1), ""),
    ],
)
def test_the_day_has_come_and_belongs_to_the_year(made_of, planner, day, words):
    values = {"indicator": made_of(), "year": YEAR, "value": Decimal(8), "source": "BPS", "as_of": day}
    if not words:
        assert statistics.add_statistic(planner, **values).as_of == day
        return
    with pytest.raises(InvalidPlan, match=words) as refused:
        statistics.add_statistic(planner, **values)
    assert refused.value.field == "as_of"


def test_a_day_after_the_next_year_is_refused(made_of, planner):
    values = {"indicator": made_of(), "year": YEAR - 2, "value": Decimal(8), "source": "BPS"}
    with pytest.raises(InvalidPlan, match=f"Nilai tahun {YEAR - 2}"):
        statistics.add_statistic(planner, **values, as_of=date(YEAR, 1, 1))


@pytest.mark.parametrize(
    ("indicator", "value", "words"),
    [
        ({}, "100.01", "0 sampai 100"),
        ({}, "-0.13", "0 sampai 100"),
        ({"formula": Formula.INTERIM}, "250", "0 sampai 100"),
        ({}, "100", ""),
        ({"direction": Direction.NONE}, "-0.13", ""),
        ({"name": "Laju pertumbuhan ekonomi", "direction": Direction.UP}, "-2.1", ""),
        ({"unit": "orang"}, "-5", "Banyaknya orang"),
        ({"unit": "perusahaan", "direction": Direction.NONE}, "-1", "Banyaknya perusahaan"),
        ({"unit": "orang"}, "5000", ""),
        ({"unit": "orang", "name": "Pertambahan angkatan kerja"}, "-5", ""),
        ({"unit": "poin"}, "-5", ""),
    ],
)
def test_the_value_can_be(made_of, planner, indicator, value, words):
    row = made_of(**indicator)
    values = {"year": YEAR, "value": Decimal(value), "source": "BPS", "waits_for": "Register"}
    if not words:
        assert statistics.add_statistic(planner, indicator=row, **values).value == Decimal(value)
        return
    with pytest.raises(InvalidPlan, match=words) as refused:
        statistics.add_statistic(planner, indicator=row, **values)
    assert refused.value.field == "value"


def test_a_change_is_held_to_the_same_and_so_are_the_neighbours(made_of, planner):
    row = made_of()
    held = statistics.add_statistic(planner, indicator=row, year=YEAR, value=Decimal(8), source="BPS")
    with pytest.raises(InvalidPlan, match="0 sampai 100"):
        statistics.amend_statistic(held, actor=planner, version=held.version, value=Decimal(800))
    with pytest.raises(InvalidPlan, match="0 sampai 100"):
        statistics.set_regional(
            planner, indicator=row, region=Region.objects.get(code="32"), year=YEAR, value=Decimal(800),
            source="BPS",
        )  # fmt: skip
    assert ExternalStatistic.objects.get(indicator=row).value == 8
    assert not RegionalStatistic.objects.exists()


def test_the_form_says_it_at_the_field(made_of, client_as):
    made_of()
    form = reverse("lkip:statistic_new", args=[YEAR, "tpt"])
    data = {"year": str(YEAR), "value": "120", "source": "BPS"}
    refused = client_as("PLANNER").post(form, data)
    assert refused.status_code == 422
    assert "Tulis persen dari 0 sampai 100" in refused.content.decode()
    assert 'href="#id_value"' in refused.content.decode()
    assert not Indicator.objects.get(code="tpt").statistics.exists()


@pytest.mark.parametrize("upload", [StatisticUpload, RegionalUpload])
def test_a_file_is_refused_by_row(made_of, planner, upload):
    made_of()
    row = {"code": "tpt", "region": "32", "year": YEAR, "value": Decimal(120), "as_of": None, "source": "BPS",
           "document": "", "waits_for": ""}  # fmt: skip
    with pytest.raises(Refused, match="0 sampai 100") as refused:
        upload().check_row(row, planner)
    assert refused.value.field == "value"
