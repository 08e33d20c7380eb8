"""A small plan to measure against."""

from decimal import Decimal

import pytest

from core.models.agency import AgencyProfile
from core.models.reference import Nomenclature, Region
from lkip.enums import Direction, Formula, Level, TargetDocument
from lkip.services import budget, plan

YEAR = 2025


@pytest.fixture
def planner(user_with):
    """A planner."""
    return user_with("PLANNER")


@pytest.fixture
def programme(db):
    """A programme with one kegiatan and two sub kegiatan."""
    top = Nomenclature.objects.create(
        year=YEAR, key="p", code="2.07.04", name="Program P", level="PROGRAMME", order=1
    )
    activity = Nomenclature.objects.create(
        year=YEAR, key="p.k", name="Kegiatan K", level="ACTIVITY", parent=top, order=2
    )
    for i in (1, 2):
        Nomenclature.objects.create(
            year=YEAR, key=f"p.k.{i}", name=f"Sub {i}", level="SUB_ACTIVITY", parent=activity, order=2 + i
        )
    return top


@pytest.fixture
def small_year(planner, programme):
    """A year with a statistic, a score without value, a ratio, a change, and a budget."""
    plan.prepare_year(planner, year=YEAR)
    goal = plan.save_goal(planner, code="t1", text="Tujuan satu")
    objective = plan.save_objective(planner, code="s1", goal=goal, text="Sasaran satu")

    def indicator(code, **values):
        defaults = {"name": code, "level": Level.SUPPORT, "unit": "orang", "objective": objective}
        return plan.save_indicator(planner, code=code, **{**defaults, **values})

    made = indicator("made", formula=Formula.STATISTIC)
    base = indicator("base", formula=Formula.STATISTIC)
    for year, a, b in ((YEAR, 30, 40), (YEAR - 1, 20, 40)):
        plan.record_statistic(planner, indicator=made, year=year, value=Decimal(a), source="BPS")
        plan.record_statistic(planner, indicator=base, year=year, value=Decimal(b), source="BPS")
    rate = indicator(
        "rate",
        level=Level.IKU,
        unit="persen",
        decimals=2,
        direction=Direction.UP,
        formula=Formula.RATIO,
        numerator=made,
        denominator=base,
        programmes=[programme],
    )
    indicator("growth", unit="persen", decimals=2, formula=Formula.CHANGE, numerator=made)
    indicator("gap", formula=Formula.DIFFERENCE, numerator=base, denominator=made)
    score = indicator("score", level=Level.IKU, unit="indeks", direction=Direction.UP, formula=Formula.SCORE)
    for document, value in ((TargetDocument.RENSTRA, "60"), (TargetDocument.PK, "50")):
        plan.set_target(planner, indicator=rate, year=YEAR, document=document, value=Decimal(value))
    plan.set_target(planner, indicator=score, year=YEAR, document=TargetDocument.PK, value=Decimal(60))
    lines = list(Nomenclature.objects.filter(level="SUB_ACTIVITY"))
    budget.save_line(planner, nomenclature=lines[0], ceiling=1000, realised=900)
    budget.save_line(planner, nomenclature=lines[1], ceiling=500, realised=300)
    return YEAR


@pytest.fixture(autouse=True)
def agency(request):
    """The office, wherever a test uses the database."""
    if "db" not in request.fixturenames and request.node.get_closest_marker("django_db") is None:
        return None
    request.getfixturevalue("db")
    province = Region.objects.create(code="32", name="Jawa Barat", level="PROVINCE")
    city = Region.objects.create(code="32.77", name="Kota Cimahi", level="REGENCY", parent=province)
    profile = AgencyProfile(
        code="uji", name="Dinas Tenaga Kerja", government="Pemerintah Kota Cimahi", region=city
    )
    profile.save()
    return profile
