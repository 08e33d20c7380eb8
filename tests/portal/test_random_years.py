"""Each measure against a brute-force count in Python, over random years written through the services."""

from collections import Counter
from datetime import date

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.enums import InstitutionKind, Role
from accounts.models import Institution
from core import measures
from core.measures import Period
from core.models import EducationLevel
from core.workflow import fire
from tests.employers import builders
from tests.portal.random_year import YEARS, Notebook, YearWriter

pytestmark = pytest.mark.slow


@pytest.fixture
def actors(db, user_with):
    """The people of the office, and one institution for each channel that needs one."""
    builders.office(builders.city())
    EducationLevel.objects.create(code="SMK", label="SMK", order=5)
    return {
        "officer": user_with(Role.PLACEMENT_OFFICER),
        "training": user_with(Role.TRAINING_OFFICER),
        "fair": user_with(Role.FAIR_OFFICER),
        "head": user_with(Role.SECTION_HEAD),
        "institutions": {
            "BKK": Institution.objects.create(kind=InstitutionKind.BKK, name="SMK Uji"),
            "LPK": Institution.objects.create(kind=InstitutionKind.LPK, name="LPK Uji"),
        },
        "fire": fire,
    }


def counted(book: Notebook, period: Period) -> dict[str, int]:
    """Count the notebook with a pencil."""

    def inside(day: date | None) -> bool:
        return day is not None and period.start <= day <= period.end

    verified = [r for r in book.reports if r[4] == "verify" and inside(r[2])]
    placed = {r[0] for r in verified}
    holders = {person for person, day in book.cards if inside(day)}
    registered = [d for d in book.disputes if inside(d[0])]
    open_firms = {
        n for n, (a, b) in enumerate(book.companies) if a <= period.end and (b is None or b >= period.end)
    }
    latest: dict[int, dict] = {}
    for firm, day, numbers in book.company_reports:
        if day <= period.end:
            latest[firm] = numbers
    current = [numbers for firm, numbers in latest.items() if firm in open_firms]
    decent = [
        n
        for n in current
        if (n["has_company_regulation"] or n["has_collective_agreement"])
        and n["has_wage_scale"]
        and n["has_lks_bipartite"]
        and n["all_workers_insured"]
    ]
    return {
        "jobseekers.ak1_cards": len([1 for _, day in book.cards if inside(day)]),
        "placements.placement_reports": len(verified),
        "placements.placed_persons": len(placed),
        "placements.placed_persons_with_card": len(placed & holders),
        "placements.placements_by_primary_channel": len({r[1] for r in verified}),
        "training.trainees": len([1 for t in book.trainees if inside(t[1])]),
        "training.competent": len([1 for t in book.trainees if inside(t[1]) and t[4] == "COMPETENT"]),
        "training.certificates": len([1 for c in book.certificates if inside(c[0])]),
        "disputes.registered": len(registered),
        "disputes.settled": len([1 for d in registered if d[1] is not None and d[1] <= period.end]),
        "employers.companies": len(open_firms),
        "employers.companies_bpjs": len([1 for n in current if n["bpjs_registered"]]),
        "employers.companies_minimum_wage": len([1 for n in current if n["pays_minimum_wage"]]),
        "employers.companies_decent_work": len(decent),
        "employers.workers_disabled": sum(n["workers_disabled"] for n in current),
        "employers.workers": sum(n["workers_male"] + n["workers_female"] for n in current),
        "employers.bpjs_members": sum(n["bpjs_members"] for n in current),
    }


def periods() -> list[Period]:
    """Years, a quarter, a month."""
    return [*(Period.year(year) for year in YEARS), Period.quarter(2023, 2), Period.month(2024, 2)]


@settings(max_examples=12)
@given(seed=st.integers(0, 10**9), size=st.integers(2, 7))
def check(actors, seed: int, size: int) -> None:
    """Write one world, compare everything, take it back."""
    with transaction.atomic():
        book = YearWriter(seed, actors).play(size)
        for period in periods():
            expected = counted(book, period)
            for code, number in expected.items():
                assert measures.value(code, period) == number, (code, period)
                rows = list(measures.evidence(code, period))
                if isinstance(measures.get(code).value, measures.Sum):
                    assert sum(row.weight for row in rows) == number, (code, period)
                else:
                    assert len({row.pk for row in rows}) == len(rows) == number, (code, period)
            _check_cells(book, period)
        transaction.set_rollback(True)


def _check_cells(book: Notebook, period: Period) -> None:
    """Splits by channel and by fund × course, cell by cell."""
    channels = Counter(r[3] for r in book.reports if r[4] == "verify" and period.start <= r[2] <= period.end)
    found = {key[0]: n for key, n in measures.cells("placements.placement_reports", period, ["channel"])}
    assert found == dict(channels)
    courses = Counter((t[2], t[3]) for t in book.trainees if period.start <= t[1] <= period.end)
    assert dict(measures.cells("training.trainees", period, ["funding_source", "programme"])) == dict(courses)


def test_measures_count_what_a_pencil_counts(actors):
    check(actors)
