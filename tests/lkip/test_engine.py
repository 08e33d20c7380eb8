"""What a year's figures say about versions, predicates, bounds, typed numbers, and where nothing can be counted."""

import json
import random
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import measures
from core.measures import Dimension, Flow, Measure, Stock, Sum
from core.workflow import revise
from lkip.enums import Aggregation, Direction, Formula, Level, Status
from lkip.exports import frozen_row
from lkip.figures import NoSuchPeriod, NoSuchYear, compute, compute_years
from lkip.freezing import frozen_figure
from lkip.models import BandScale, Indicator, IndicatorVersion, QuarterTarget, ReportYear, StaffMember, Unit
from lkip.services import plan, scales
from tests.lkip.conftest import YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def make(small_year, planner):
    """Make one more indicator, with its value of the year and the year before."""

    def indicator(code, value=None, before=None, *, statistic=None, target=None, **fields):
        defaults = {"name": f"Angka {code}", "level": Level.IKU, "unit": "persen", "decimals": 2}
        defaults |= {"formula": Formula.STATISTIC, "direction": Direction.UP}
        row = plan.save_indicator(planner, code=code, **(defaults | fields))
        for year, held in ((YEAR, value), (YEAR - 1, before)):
            if held is not None:
                extra = {"source": "BPS", **(statistic or {})}
                plan.record_statistic(planner, indicator=row, year=year, value=Decimal(held), **extra)
        if target is not None:
            aim = {"value": Decimal(0), "category": target} if isinstance(target, str) else {"value": target}
            plan.set_target(planner, indicator=row, year=YEAR, document="PK", **aim)
        return row

    return indicator


@pytest.fixture
def akip(small_year, planner):
    scales.load_scales(planner)
    return BandScale.objects.get(code="akip")


def shown(code, **period):
    return compute(YEAR, **period).figures[code]


class TestOddInput:
    """Each has words of its own, no number, and no trace."""

    def test_a_target_of_zero(self, make):
        make("zero", 5, target=Decimal(0))
        figure = shown("zero")
        assert (figure.capaian, figure.status) == (None, Status.ZERO_TARGET)
        assert figure.capaian_display == "tidak dihitung, target nol"

    def test_nothing_out_of_nothing(self, make):
        none, nil = make("none", 0), make("nil", 0)
        make("ratio", formula=Formula.RATIO, numerator=none, denominator=nil, target=Decimal(90))
        figure = shown("ratio")
        assert (figure.value, figure.capaian, figure.status) == (None, None, Status.UNDEFINED)
        assert figure.value_display == "tidak dapat dihitung"
        assert figure.why.startswith("0 dari 0")
        assert (figure.numerator, figure.denominator) == (0, 0)

    def test_a_denominator_of_zero(self, make):
        some, nil = make("some", 5), make("nil", 0)
        make("ratio", formula=Formula.RATIO, numerator=some, denominator=nil)
        assert shown("ratio").why == "Penyebutnya, “Angka nil”, nol, jadi tidak dapat dihitung."

    def test_a_statistic_that_nobody_recorded(self, make):
        make("late", target=Decimal(90))
        make("rest", formula=Formula.DIFFERENCE, numerator=make("known", 3), denominator=make("gone"))
        assert shown("late").why == f"Nilai tahun {YEAR} belum dicatat."
        assert shown("late").status == Status.WAITING
        assert shown("rest").why == f"“Angka gone”: Nilai tahun {YEAR} belum dicatat."
        assert shown("rest").value_display == "belum tersedia"

    def test_a_fall_has_its_sign_once(self, make):
        base = make("cases", 83, 110)
        make("fall", formula=Formula.CHANGE, numerator=base, direction=Direction.DOWN, target=Decimal(-10))
        figure = shown("fall")
        assert figure.value_display == "–24,55\u00a0%"
        assert figure.change_words == "turun 24,55\u00a0%"
        assert figure.status == Status.REACHED
        assert figure.capaian == 100 + (Fraction(-10) - figure.value) / 10 * 100

    @pytest.mark.parametrize(("now", "before", "said"), [(110, 83, "naik 32,53\u00a0%"), (5, 5, "tetap")])
    def test_a_rise_and_a_stand(self, make, now, before, said):
        make("rise", formula=Formula.CHANGE, numerator=make("cases", now, before))
        assert shown("rise").change_words == said

    @pytest.mark.parametrize(
        ("before", "said"), [(0, f"Nilai tahun {YEAR - 1} nol"), (None, f"Nilai tahun {YEAR - 1} belum ada")]
    )
    def test_a_change_from_nothing(self, make, before, said):
        make("rise", formula=Formula.CHANGE, numerator=make("cases", 5, before))
        figure = shown("rise")
        assert (figure.value, figure.change_words) == (None, "")
        assert figure.why.startswith(said)

    def test_a_circle_written_past_the_form_spoils_only_itself(self, make, client_as):
        one, two = make("one", 1), make("two", 2)
        top = make("top", formula=Formula.DIFFERENCE, numerator=one, denominator=two)
        Indicator.objects.filter(pk=one.pk).update(formula=Formula.DIFFERENCE, numerator=top, denominator=two)
        figure = shown("top")
        assert figure.why.startswith("Definisi berputar: “Angka top” memakai “Angka one” memakai “Angka top”")
        assert figure.status == Status.UNDEFINED
        assert shown("rate").value == 75
        page = client_as("PLANNER").get(reverse("lkip:figure", args=[YEAR, "top"]))
        assert page.status_code == 200
        assert "Definisi berputar" in page.content.decode()
        assert client_as("PLANNER").get(reverse("lkip:year", args=[YEAR])).status_code == 200

    def test_too_long_a_chain_written_past_the_form(self, make):
        rows = [make(f"c{i}", 1) for i in range(4)]
        for upper, lower in pairwise(rows):
            Indicator.objects.filter(pk=upper.pk).update(formula=Formula.CHANGE, numerator=lower)
        assert (
            "paling panjang 3: “Angka c0” memakai “Angka c1” memakai “Angka c2” memakai “Angka c3”"
            in shown("c0").why
        )
        assert shown("c1").why.startswith("Nilai tahun")

    def test_a_measure_that_is_gone(self, make):
        row = make("count", formula=Formula.MEASURE, measure="jobseekers.ak1_cards")
        Indicator.objects.filter(pk=row.pk).update(measure="no.such")
        make("ratio", formula=Formula.RATIO, numerator=row, denominator=make("base", 4))
        assert shown("count").why.startswith("Ukuran “no.such” tidak dikenal lagi")
        assert shown("ratio").status == Status.UNDEFINED

    def test_no_edition_of_the_table_calls_any_of_it_reached(self, make):
        make("zero", 5, target=Decimal(0))
        make(
            "ratio",
            formula=Formula.RATIO,
            numerator=make("n", 0),
            denominator=make("d", 0),
            target=Decimal(1),
        )
        make("late", target=Decimal(1))
        rows = [frozen_row(frozen_figure(shown(code))) for code in ("zero", "ratio", "late")]
        assert {row["status"] for row in rows} == {"ZERO_TARGET", "UNDEFINED", "WAITING"}
        assert all(row["capaian"] is None for row in rows)


class TestChains:
    """The form refuses what can't be computed, looking up the chain as well as down."""

    def test_an_indicator_below_may_not_lengthen_a_full_chain(self, make, planner):
        bottom, other = make("bottom", 1), make("other", 2)
        middle = make("middle", formula=Formula.CHANGE, numerator=bottom)
        make("top", formula=Formula.CHANGE, numerator=middle)
        with pytest.raises(
            Exception, match="“Angka top” memakai “Angka middle” memakai “Angka bottom” memakai “Angka other”"
        ):
            revise(bottom, actor=planner, version=bottom.version, formula=Formula.CHANGE, numerator=other)
        bottom.refresh_from_db()
        assert bottom.formula == Formula.STATISTIC

    def test_a_version_may_not_close_a_circle(self, make):
        rate, made = Indicator.objects.get(code="rate"), Indicator.objects.get(code="made")
        outer = make("outer", formula=Formula.DIFFERENCE, numerator=rate, denominator=made)
        with pytest.raises(Exception, match="berputar"):
            IndicatorVersion(indicator=rate, from_year=YEAR, numerator=outer).clean()


class TestVersions:
    """Names, words and parts follow the year; a break of the series is said."""

    def test_name_and_denominator_in_force(self, make):
        rate, fresh = Indicator.objects.get(code="rate"), make("fresh", 60, 50)
        IndicatorVersion.objects.create(
            indicator=rate, from_year=YEAR, name="Nama baru", definition="Kini lain.", denominator=fresh
        )
        years = compute_years([YEAR, YEAR - 1])
        now, then = years[YEAR].figures["rate"], years[YEAR - 1].figures["rate"]
        assert (now.label, now.value, now.denominator_of.code) == ("Nama baru", 50, "fresh")
        assert (then.label, then.value, then.denominator_of.code) == ("rate", 50, "base")
        assert now.definition_changed.startswith(
            f"Definisi {YEAR} berbeda dari {YEAR - 1}: penyebut dulu “base”, sekarang “Angka fresh”"
        )
        assert then.definition_changed == ""

    def test_a_change_below_is_said_above(self, make):
        rate = Indicator.objects.get(code="rate")
        make("growth2", formula=Formula.CHANGE, numerator=rate)
        IndicatorVersion.objects.create(indicator=rate, from_year=YEAR, denominator=make("fresh", 60, 50))
        assert "penyebut dulu “base”" in shown("growth2").definition_changed
        assert "penyebut dulu “base”" in frozen_row(frozen_figure(shown("growth2")))["definition_changed"]

    def test_a_new_name_alone_breaks_no_series(self, make):
        IndicatorVersion.objects.create(
            indicator=Indicator.objects.get(code="rate"), from_year=YEAR, name="Nama baru"
        )
        assert (shown("rate").label, shown("rate").definition_changed) == ("Nama baru", "")

    def test_the_newest_version_that_has_not_ended_holds(self, make):
        rate = Indicator.objects.get(code="rate")
        for start, end, name in (
            (YEAR - 5, None, "lama"),
            (YEAR - 2, YEAR - 1, "usai"),
            (YEAR + 1, None, "nanti"),
        ):
            IndicatorVersion.objects.create(indicator=rate, from_year=start, to_year=end, name=name)
        years = compute_years([YEAR - 1, YEAR])
        assert [years[year].figures["rate"].label for year in (YEAR - 1, YEAR)] == ["usai", "lama"]

    def test_years_without_settings_need_one_that_has_some(self, small_year):
        with pytest.raises(NoSuchYear):
            compute_years([YEAR - 1, YEAR - 2])

    def test_an_indicator_out_of_its_years_is_no_figure_but_still_a_part(self, make):
        base = Indicator.objects.get(code="base")
        Indicator.objects.filter(pk=base.pk).update(to_year=YEAR - 1)
        figures = compute(YEAR).figures
        assert "base" not in figures
        assert figures["rate"].value == 75


class TestPredicates:
    """A predicate is compared by rank and has no per cent."""

    @pytest.mark.parametrize(
        ("held", "promised", "status", "said"),
        [
            ("BB", "B", Status.REACHED, "satu tingkat di atas target"),
            ("B", "B", Status.REACHED, "sama dengan target"),
            ("Cukup (Memadai)", "A", Status.MISSED, "tiga tingkat di bawah target"),
        ],
    )
    def test_words_against_words(self, make, akip, held, promised, status, said):
        make(
            "grade", 0, statistic={"category": held}, target=promised,
            direction=Direction.CATEGORY, scale=akip, formula=Formula.SCORE,
        )  # fmt: skip
        figure = shown("grade")
        assert (figure.status, figure.capaian, figure.value) == (status, None, None)
        assert figure.capaian_display == said
        assert figure.known
        assert figure.has_target

    def test_a_number_is_looked_up(self, make, akip, client_as):
        make(
            "grade", Decimal("70.5"), target=Decimal(65), direction=Direction.CATEGORY, scale=akip,
            formula=Formula.SCORE,
        )  # fmt: skip
        figure = shown("grade")
        assert (figure.value_display, figure.target_display) == ("BB (Sangat Baik)", "B (Baik)")
        assert figure.status == Status.REACHED
        assert (
            "BB (Sangat Baik)" in client_as("PLANNER").get(reverse("lkip:year", args=[YEAR])).content.decode()
        )

    @pytest.mark.parametrize(("word", "with_scale"), [("Bagus sekali", True), ("B", False)])
    def test_a_word_that_no_scale_knows(self, make, akip, word, with_scale):
        make(
            "grade", 0, statistic={"category": word}, target="B", direction=Direction.CATEGORY,
            scale=akip if with_scale else None, formula=Formula.SCORE,
        )  # fmt: skip
        figure = shown("grade")
        assert figure.status == Status.UNDEFINED
        assert "skala" in figure.why
        assert figure.value_display == word

    def test_a_predicate_without_value_waits(self, make, akip):
        make("grade", target="B", direction=Direction.CATEGORY, scale=akip, formula=Formula.SCORE)
        assert shown("grade").status == Status.WAITING

    def test_scale_of_the_value_and_of_the_achievement(self, make, akip, planner):
        year = ReportYear.objects.get(year=YEAR)
        scale = BandScale.objects.get(code="permendagri-86-2017")
        revise(year, actor=planner, version=year.version, scale=scale, clamp_high=Decimal(100))
        make("score2", Decimal("64.17"), target=Decimal(65), scale=akip, unit="nilai", formula=Formula.SCORE)
        figure = shown("score2")
        assert (figure.predicate, figure.capaian_predicate) == ("B (Baik)", "Sangat Tinggi")
        assert compute(YEAR).scale.code == "permendagri-86-2017"


class TestBounds:
    """The indicator's own bounds win; the raw value stands beside them."""

    @pytest.mark.parametrize(
        ("years", "own", "held"),
        [
            ((0, 100), (None, None), 100),
            ((0, 100), (None, 120), 120),
            ((0, 100), (130, None), 150),
            ((None, None), (None, 110), 110),
            ((160, 200), (None, 155), 150),
        ],
    )
    def test_own_bounds_first(self, small_year, planner, years, own, held):
        def number(x):
            return None if x is None else Decimal(x)

        year = ReportYear.objects.get(year=YEAR)
        revise(
            year, actor=planner, version=year.version, clamp_low=number(years[0]), clamp_high=number(years[1])
        )
        Indicator.objects.filter(code="rate").update(clamp_low=number(own[0]), clamp_high=number(own[1]))
        figure = shown("rate")
        assert (figure.capaian, figure.capaian_clamped) == (150, held)


class TestTyped:
    """What waits for a register says so everywhere, also in what is made of it."""

    def test_the_mark_goes_up_the_chain_and_into_every_file(self, make, client_as):
        survey = make(
            "ikm", 80, formula=Formula.INTERIM, statistic={"waits_for": "Survei kepuasan masyarakat"}
        )
        make("share", formula=Formula.RATIO, numerator=survey, denominator=Indicator.objects.get(code="base"))
        assert shown("ikm").interim == shown("share").interim == "Survei kepuasan masyarakat"
        assert shown("rate").interim == ""
        client = client_as("PLANNER")
        for address in (reverse("lkip:year", args=[YEAR]), reverse("lkip:figure", args=[YEAR, "share"])):
            text = client.get(address).content.decode()
            assert "Masukan sementara" in text
            assert "Survei kepuasan masyarakat" in text
        rows = json.loads(client.get(reverse("lkip:figures_file", args=[YEAR, "json"])).content)
        assert {row["code"] for row in rows if row["interim"]} == {"ikm", "share"}
        csv = client.get(reverse("lkip:figures_file", args=[YEAR, "csv"])).content.decode("utf-8-sig")
        assert csv.count("Survei kepuasan masyarakat") == 2
        assert client.get(reverse("lkip:figures_file", args=[YEAR, "xlsx"])).status_code == 200

    def test_an_interim_number_without_register_is_still_marked(self, make):
        make("ikm", 80, formula=Formula.INTERIM)
        assert shown("ikm").interim == "register yang belum ada"


class TestPeriods:
    """A quarter or month counts from 1 January; its promise is the action plan."""

    @pytest.mark.parametrize("period", [{"quarter": 5}, {"month": 0}, {"quarter": 1, "month": 1}])
    def test_periods_that_do_not_exist(self, small_year, period):
        with pytest.raises(NoSuchPeriod):
            compute(YEAR, **period)

    def test_a_statistic_counts_from_the_day_it_describes(self, make):
        make("tpt", 8, statistic={"as_of": date(YEAR, 8, 31)})
        assert [shown("tpt", month=m).value for m in (7, 8, 12)] == [None, 8, 8]
        assert shown("tpt", quarter=2).why == f"Nilai tahun {YEAR} belum ada sampai akhir triwulan II {YEAR}."
        assert shown("rate", quarter=4).value == 75

    def test_the_plan_of_a_quarter(self, make):
        added = make("added", 40, statistic={"as_of": date(YEAR, 1, 1)}, aggregation=Aggregation.SUM)
        level = make("level", 40, statistic={"as_of": date(YEAR, 1, 1)})
        for quarter, value in ((1, 10), (2, 15), (3, 20)):
            for row in (added, level):
                QuarterTarget.objects.create(indicator=row, year=YEAR, quarter=quarter, value=value)
        assert [shown("added", quarter=q).target for q in (1, 2, 3)] == [10, 25, 45]
        assert [shown("level", quarter=q).target for q in (1, 2, 3, 4)] == [10, 15, 20, None]
        assert shown("level", quarter=2).target_document == "Rencana aksi triwulan II"
        assert shown("rate", month=6).target is None

    def test_statements_do_not_grow_with_versions_scales_and_quarters(self, make, akip):
        def statements(**period):
            with CaptureQueriesContext(connection) as queries:
                compute(YEAR, **period)
            return len(queries)

        make("a", 1, scale=akip)
        before, quarter = statements(), statements(quarter=2)
        rate = Indicator.objects.get(code="rate")
        for i in range(3):
            make(f"b{i}", 1, scale=akip, target=Decimal(2))
            IndicatorVersion.objects.create(indicator=rate, from_year=YEAR - i, name=f"Nama {i}")
            QuarterTarget.objects.create(indicator=rate, year=YEAR, quarter=i + 1, value=1)
        assert (statements(), statements(quarter=2)) == (before, quarter)

    def test_the_command_takes_a_quarter_and_loads_scales(self, small_year, capsys):
        call_command("lkip", "prepare")
        assert "Skala predikat: 4" in capsys.readouterr().out
        call_command("lkip", "figures", str(YEAR), "--quarter", "1", "--format", "json")
        rows = json.loads(capsys.readouterr().out)
        assert next(row for row in rows if row["code"] == "made")["value"] is None


class TestAggregation:
    """Measures over a stretch of the year against counting by hand."""

    START = date(YEAR - 1, 1, 1)

    @pytest.fixture
    def days(self, make, monkeypatch):
        """Two measures over terms of office, and the terms that they count."""
        unit = Unit.objects.create(key="u", name="Unit")
        chance = random.Random(7)
        terms = []
        for i in range(60):
            start = self.START + timedelta(days=chance.randrange(730))
            end = start + timedelta(days=chance.randrange(300)) if chance.random() < 0.7 else None
            terms.append((start, end))
            StaffMember.objects.create(
                name=f"Orang {i}", unit=unit, post="x", post_class="STAFF", employment="PNS",
                started_on=start, ended_on=end,
            )  # fmt: skip
        for code, when in (("x.flow", Flow("started_on")), ("x.stock", Stock("started_on", "ended_on"))):
            measure = Measure(
                code, code, "orang", "Uji.", "Register uji", rows=StaffMember.objects.all, when=when
            )
            monkeypatch.setitem(measures._registry, code, measure)
            for way in Aggregation.values:
                make(f"{code[2:]}-{way}", formula=Formula.MEASURE, measure=code, aggregation=way)
        return terms

    @staticmethod
    def by_hand(terms, kind, way, year, last):
        def count(first, month):
            start, end = date(year, first, 1), date(year, month, monthrange(year, month)[1])
            if kind == "flow":
                return sum(start <= term[0] <= end for term in terms)
            return sum(term[0] <= end and (term[1] is None or term[1] >= end) for term in terms)

        if way != Aggregation.AVERAGE:
            return count(1, last)
        quarters = [count(first, min(first + 2, last)) for first in range(1, last + 1, 3)]
        return Fraction(sum(quarters), len(quarters))

    def test_every_month_and_quarter_equals_counting_by_hand(self, days):
        asked = [({"month": m}, m) for m in (1, 2, 5, 8, 12)] + [
            ({"quarter": q}, 3 * q) for q in (1, 2, 3, 4)
        ]
        for period, last in [*asked, ({}, 12)]:
            figures = compute(YEAR, **period).figures
            for kind in ("flow", "stock"):
                for way in Aggregation.values:
                    value = figures[f"{kind}-{way}"].value
                    assert value == self.by_hand(days, kind, way, YEAR, last), (period, kind, way)

    def test_sums_that_differ_by_a_filter_are_asked_together_with_their_records(
        self, days, make, monkeypatch
    ):
        measure = Measure(
            "x.sum", "x.sum", "orang", "Uji.", "Register uji", rows=StaffMember.objects.all,
            when=Flow("started_on"), value=Sum("pk"), dimensions={"name": Dimension("name", "Nama")},
        )  # fmt: skip
        monkeypatch.setitem(measures._registry, "x.sum", measure)

        def statements():
            with CaptureQueriesContext(connection) as queries:
                compute(YEAR)
            return len(queries)

        rows = list(StaffMember.objects.filter(started_on__year=YEAR)[:4])
        for row in rows[:2]:
            make(f"s{row.pk}", formula=Formula.MEASURE, measure="x.sum", filters={"name": row.name})
        before = statements()
        for row in rows[2:]:
            make(f"s{row.pk}", formula=Formula.MEASURE, measure="x.sum", filters={"name": row.name})
        make("s0", formula=Formula.MEASURE, measure="x.sum", filters={"name": "Tidak ada"})
        assert statements() == before
        figures = compute(YEAR).figures
        found = [(figures[f"s{row.pk}"].value, figures[f"s{row.pk}"].records_count) for row in rows]
        assert found == [(row.pk, 1) for row in rows]
        assert (figures["s0"].value, figures["s0"].records_count) == (0, 0)

    def test_a_change_compares_the_same_stretch(self, days, make):
        make("more", formula=Formula.CHANGE, numerator=Indicator.objects.get(code="flow-SUM"))
        now, before = (self.by_hand(days, "flow", "SUM", year, 5) for year in (YEAR, YEAR - 1))
        assert shown("more", month=5).value == Fraction(now - before, before) * 100

    def test_a_mean_leads_to_each_quarter(self, days, client_as):
        page = client_as("PLANNER").get(reverse("lkip:figure", args=[YEAR, "flow-AVERAGE"]))
        assert page.content.decode().count("angka=") == 4

    def test_a_mean_says_which_quarters_it_lacks(self, days, make):
        base = Indicator.objects.get(code="flow-SUM")
        StaffMember.objects.filter(started_on__range=(date(YEAR, 4, 1), date(YEAR, 6, 30))).delete()
        kept = {name: getattr(base, name) for name in ("formula", "measure", "filters", "aggregation")}
        again = make("again", **kept)
        make(
            "mean",
            formula=Formula.RATIO,
            numerator=base,
            denominator=again,
            aggregation=Aggregation.AVERAGE,
        )
        figure = shown("mean")
        assert figure.value == 100
        assert figure.why == "Rata-rata 3 dari 4 triwulan; yang lain tanpa nilai."
