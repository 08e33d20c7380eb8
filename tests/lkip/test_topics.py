"""BAB III A of the registers: a total of one part is said plainly, and nothing is a share of itself."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from core import measures
from lkip import report
from lkip.enums import Aggregation, Status
from lkip.figures import compute
from lkip.models import Indicator, QuarterTarget
from lkip.report import objectives
from lkip.report.model import plain

pytestmark = pytest.mark.django_db

PLACED, TRAINED = "placements.placement_reports", "training.trainees"


@pytest.fixture
def counted(monkeypatch, small_year):
    """Build the report of registers that hold these numbers: reports by channel, trainees by (fund, course)."""
    value, cells = measures.value, measures.cells

    def build(channels, courses):
        funds = {}
        for (fund, _), count in courses.items():
            funds[fund] = funds.get(fund, 0) + count
        known = {
            (PLACED, ("channel",)): {(name,): count for name, count in channels.items()},
            (TRAINED, ("funding_source", "programme")): courses,
            (TRAINED, ("funding_source",)): {(fund,): count for fund, count in funds.items()},
        }
        totals = {PLACED: sum(channels.values()), TRAINED: sum(courses.values())}
        totals |= dict.fromkeys(
            ("placements.placements_by_primary_channel", "placements.placed_persons"), totals[PLACED]
        )
        monkeypatch.setattr(
            measures,
            "cells",
            lambda measure, period, dimensions, *more: (
                known[measure, tuple(dimensions)].items()
                if (measure, tuple(dimensions)) in known
                else cells(measure, period, dimensions, *more)
            ),
        )
        monkeypatch.setattr(
            measures,
            "value",
            lambda measure, period, filters=None: (
                totals[measure] if measure in totals and not filters else value(measure, period, filters)
            ),
        )
        return report.build(compute(small_year))

    return build


def words_of(document):
    return " ".join(plain(block.runs) for block in document.blocks() if block.kind == "paragraph").replace(
        "\u00a0", " "
    )


def columns(document, key):
    table = next(each for each in document.tables() if each.key == key)
    return [plain(column.title) for column in table.columns], plain(table.note)


def charts(document):
    return {block.key for block in document.blocks() if block.kind == "chart"}


def test_a_single_channel_and_a_single_fund_are_said_in_one_sentence(counted):
    document = counted({"Bursa kerja (job fair)": 300}, {("DBHCHT", "Las"): 20, ("DBHCHT", "Jahit"): 40})
    said = words_of(document)
    assert "300 laporan penempatan, semuanya lewat bursa kerja (job fair)." in said
    assert "60 peserta, semuanya dari DBHCHT." in said
    assert "erbanyak" not in said
    assert "gambar-penempatan" not in charts(document)
    heads, note = columns(document, "penempatan-saluran")
    assert (heads[:2], note) == (["Saluran", "Laporan"], "")
    assert "Bagian (%)" not in heads
    heads, _ = columns(document, "pelatihan-dana")
    assert [head for head in heads if "Bagian" in head] == ["Bagian (%)"]
    for kind in report.RENDERERS:
        assert report.render(document, kind)


def test_several_parts_have_shares_and_none_of_itself(counted):
    document = counted(
        {"Bursa kerja (job fair)": 100, "BKK": 200}, {("PAD", "Las"): 20, ("DBHCHT", "Jahit"): 40}
    )
    said = words_of(document)
    assert "300 laporan penempatan. Terbanyak lewat Bursa Kerja Khusus (BKK), 200 laporan." in said
    assert "60 peserta. Terbanyak dari DBHCHT, 40 peserta." in said
    assert "gambar-penempatan" in charts(document)
    assert "dibulatkan sendiri-sendiri" in columns(document, "penempatan-saluran")[1]
    shares = [entry for entry in document.figures.values() if entry.label.startswith("Bagian ")]
    # two channels; two funds of the whole, and each course of its fund and of the whole
    assert len(shares) == 2 + 2 + 4
    for entry in shares:
        part, _, total = entry.label.removeprefix("Bagian ").partition(" dari ")
        assert part != total


@pytest.mark.parametrize("aggregation", [Aggregation.SUM, Aggregation.LAST])
def test_the_sentence_above_the_action_plan_is_true_of_every_row(small_year, aggregation):
    rate = Indicator.objects.get(code="rate")
    Indicator.objects.filter(pk=rate.pk).update(aggregation=aggregation)
    for quarter in range(1, 5):
        QuarterTarget.objects.create(indicator=rate, year=small_year, quarter=quarter, value=Decimal(10))
    document = report.build(compute(small_year))
    assert any(each.key == "rencana-aksi" for each in document.tables())
    said = words_of(document)
    assert "untuk indikator lain tercantum nilai yang diharapkan pada akhir tiap triwulan" in said
    assert "hanya untuk indikator" not in said


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ({Status.WAITING}, "belum memiliki nilai"),
        ({Status.UNDEFINED}, "tidak dapat dihitung"),
        ({Status.WAITING, Status.UNDEFINED}, "tidak ada capaian yang dapat dihitung"),
    ],
)
def test_an_objective_without_a_verdict_is_not_called_missed(states, said):
    assert said in objectives._unjudged(states)


def test_a_demo_city_defines_its_competence_rate_once():
    """Both texts say what the measures count: those who completed, and of them the competent ones."""
    folder = Path(settings.BASE_DIR) / "portal" / "cities" / "cimahi-2023"
    plan = yaml.safe_load((folder / "lkip.yaml").read_text())
    strategy = yaml.safe_load((folder / "strategy.yaml").read_text())
    (definition,) = (each["definition"] for each in plan["indicators"] if each["code"] == "competence_rate")
    for told in (definition, strategy["iku"]["competence_rate"]["formula_text"]):
        over, _, under = told.partition("dibagi")
        assert "menyelesaikan pelatihan dan dinilai kompeten" in over
        assert under.startswith(" peserta yang menyelesaikan pelatihan")


def test_the_largest_part_has_the_unit_of_its_total(counted):
    Indicator.objects.filter(code="made").update(formula="MEASURE", measure=TRAINED, filters={}, unit="orang")
    said = words_of(counted({"BKK": 1}, {("PAD", "Las"): 20, ("DBHCHT", "Jahit"): 40}))
    assert "60 orang. Terbanyak dari DBHCHT, 40 orang." in said
