"""The checker of our own report: each rule finds what it is for, and a sound year has nothing to mend."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from core.errors import Refused
from core.formats import terbilang
from core.models.reference import Nomenclature
from core.workflow import NotAllowed
from lkip import consistency
from lkip.consistency.found import rules
from lkip.enums import Aggregation, Direction, Formula, Level, Severity, TargetDocument
from lkip.figures import compute
from lkip.models import (
    AcceptedWarning,
    Band,
    BandScale,
    BudgetLine,
    ExternalStatistic,
    Indicator,
    IndicatorTarget,
    IndicatorVersion,
    QuarterNote,
    QuarterTarget,
    Section,
)
from lkip.services import budget, narrative, plan
from lkip.services import consistency as reasons
from tests.pictures import photo

pytestmark = pytest.mark.django_db


def found(year, *codes):
    """The findings of some rules."""
    return [each for each in consistency.check(compute(year)) if each.rule in codes]


def write(year, body, key="bab4.simpulan"):
    Section.objects.update_or_create(year=year, key=key, defaults={"body": body})


def indicator(code):
    return Indicator.objects.get(code=code)


@pytest.fixture
def sound(small_year, planner):
    """The small year with everything explained that the rules ask for."""
    IndicatorTarget.objects.filter(document=TargetDocument.PK, indicator__code="rate").update(
        reason="Perubahan APBD"
    )
    plan.record_statistic(
        planner, indicator=indicator("score"), year=small_year, value=Decimal(61), source="Inspektorat"
    )
    for code in ("rate", "score"):
        QuarterNote.objects.create(indicator=indicator(code), year=small_year, quarter=4, cause="Sebab.")
    return small_year


def test_a_sound_year_has_nothing_to_mend(sound):
    assert consistency.check(compute(sound)) == []
    assert consistency.obstacles(sound) == []


def test_the_rules_of_the_catalogue_are_there():
    assert set(rules()) >= {
        f"R{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22)
    }


# --- plan ---


def test_r4_a_capaian_that_is_not_its_rule(sound, monkeypatch):
    figures = compute(sound)
    figures.figures["rate"] = replace(figures.figures["rate"], capaian=Fraction(111))
    (only,) = [each for each in consistency.check(figures) if each.rule == "R4"]
    assert (only.severity, only.codes) == (Severity.ERROR, ("rate",))
    assert "111,00" in only.detail
    assert "150,00" in only.detail


def test_r6_targets_that_differ_without_a_reason(sound, planner):
    IndicatorTarget.objects.filter(indicator__code="rate").update(reason="")
    (only,) = found(sound, "R6")
    assert "60,00" in only.detail
    assert "50,00" in only.detail


def test_r8_a_main_indicator_without_value_or_cause(sound):
    QuarterNote.objects.filter(indicator__code="score").delete()
    (bare,) = found(sound, "R8")
    assert bare.codes == ("score",)
    assert bare.url == reverse("lkip:quarter_note", args=[sound, 4, "score"])
    indicator("score").statistics.all().delete()
    assert any("nilai" in each.title for each in found(sound, "R8"))


def test_r10_every_target_equals_its_result(sound, planner):
    objective = indicator("rate").objective
    for n in range(3):
        made = plan.save_indicator(
            planner, code=f"keluaran-{n}", name=f"Keluaran {n}", level=Level.OUTPUT, unit="orang",
            direction=Direction.UP, formula=Formula.STATISTIC, objective=objective,
        )  # fmt: skip
        plan.record_statistic(planner, indicator=made, year=sound, value=Decimal(10 + n), source="Bidang")
        plan.set_target(
            planner, indicator=made, year=sound, document=TargetDocument.PK, value=Decimal(10 + n)
        )
    (only,) = found(sound, "R10")
    assert len(only.codes) == 3
    made.statistics.update(value=99)
    assert found(sound, "R10") == []


def test_r11_a_changed_definition_needs_its_cause(sound):
    version = IndicatorVersion.objects.create(
        indicator=indicator("rate"), from_year=sound, definition="Lain", denominator=indicator("base")
    )
    assert [each.codes for each in found(sound, "R11")] == [("rate",)]
    version.note = "Penyebut diganti"
    version.save()
    assert found(sound, "R11") == []


@pytest.mark.parametrize(
    ("aggregation", "values", "wrong"),
    [
        (Aggregation.SUM, (10, 10, 15, 15), False),
        (Aggregation.SUM, (10, 10, 15, 16), True),
        (Aggregation.LAST, (12.5, 12.5, 12.5, 12.5), True),
        (Aggregation.LAST, (20, 30, 40, 50), False),
    ],
)
def test_r19_quarters_fit_the_year(sound, aggregation, values, wrong):
    Indicator.objects.filter(code="rate").update(aggregation=aggregation)
    for quarter, value in enumerate(values, start=1):
        QuarterTarget.objects.create(indicator=indicator("rate"), year=sound, quarter=quarter, value=value)
    assert bool(found(sound, "R19")) is wrong


def test_r22_a_target_entered_after_the_year(sound):
    IndicatorTarget.objects.filter(indicator__code="rate", document=TargetDocument.PK).update(
        entered_on=date(sound + 1, 1, 15)
    )
    (only,) = found(sound, "R22")
    assert f"15 Januari {sound + 1}" in only.detail


# --- money ---


def test_r2_both_breakdowns_have_one_total(sound, planner):
    budget.save_spending_type(planner, year=sound, key="b", name="Belanja", ceiling=1500, realised=1199)
    (only,) = found(sound, "R2")
    assert "Realisasi" in only.title
    assert only.severity == Severity.ERROR


def test_r2_r3_r17_what_the_source_prints(sound, planner):
    first = Nomenclature.objects.get(key="p.k.1")
    budget.keep_printed(planner, nomenclature=first, realised=800, percent=Decimal("60.00"))
    assert {each.rule for each in found(sound, "R2", "R3", "R17")} == {"R2", "R3", "R17"}
    assert all(each.severity == Severity.INFO for each in found(sound, "R2", "R3", "R17"))
    assert consistency.obstacles(sound) == []


def test_r2_says_what_a_printed_amount_is_held_against(sound, planner):
    """A sub kegiatan has no rows below it: its amount was entered. A kegiatan has, and is their sum."""
    budget.keep_printed(planner, nomenclature=Nomenclature.objects.get(key="p.k.1"), realised=800)
    (leaf,) = found(sound, "R2")
    assert "Realisasi tercetak Rp\u00a0800, realisasi yang dipakai Rp" in leaf.detail
    assert "rincian" not in leaf.detail
    budget.keep_printed(planner, nomenclature=Nomenclature.objects.get(key="p.k"), ceiling=7)
    assert any("Pagu tercetak Rp\u00a07, jumlah rinciannya Rp" in each.detail for each in found(sound, "R2"))


def test_r5_an_efficiency_that_is_no_difference(sound):
    figures = compute(sound)
    first = figures.efficiencies[0]
    figures.efficiencies[0] = replace(first, figure=replace(first.figure, value=Fraction(1)))
    assert [each.rule for each in consistency.check(figures)] == ["R5"]


def test_r20_money_without_ceiling(sound):
    BudgetLine.objects.filter(nomenclature__key="p.k.2").update(ceiling=0, realised=5)
    assert any("tanpa pagu" in each.title for each in found(sound, "R20"))


def test_r2_more_spent_than_budgeted(sound):
    BudgetLine.objects.filter(nomenclature__key="p.k.2").update(ceiling=500, realised=600)
    (only,) = found(sound, "R2")
    assert (only.severity, only.codes) == (Severity.WARNING, ("budget_p.k.2",))
    assert "Rp\u00a0600 – Rp\u00a0500 = Rp\u00a0100" in only.detail
    assert only.url == reverse("lkip:budget", args=[sound])
    assert any("melebihi pagu" in each for each in consistency.obstacles(sound))


def test_r20_money_spent_and_nobody_says_what_came_out(sound, planner):
    node = Nomenclature.objects.get(key="p.k.1")
    row = plan.save_indicator(
        planner, code="dokumen", name="Jumlah dokumen", level="OUTPUT", unit="dokumen", formula="INTERIM",
        waits_for="Register dokumen", nomenclature=node, direction="UP",
    )  # fmt: skip
    (told,) = found(sound, "R20")
    assert told.severity == "INFO"
    assert "Jumlah dokumen (Rp" in told.detail
    plan.record_statistic(
        planner, indicator=row, year=sound, value=Decimal(3), source="Bidang", waits_for="Register dokumen"
    )
    assert found(sound, "R20") == []
    BudgetLine.objects.filter(nomenclature=node).update(realised=0)
    ExternalStatistic.objects.filter(indicator=row).delete()
    assert found(sound, "R20") == []


def test_r21_a_physical_column_that_is_a_copy(sound, planner):
    activity = Nomenclature.objects.get(key="p.k")
    for n in range(3, 8):
        node = Nomenclature.objects.create(
            year=sound, key=f"p.k.{n}", name=f"Sub {n}", level="SUB_ACTIVITY", parent=activity, order=n + 2
        )
        budget.save_line(planner, nomenclature=node, ceiling=100, realised=50)
    for line in BudgetLine.objects.all():
        BudgetLine.objects.filter(pk=line.pk).update(
            physical=round(Decimal(line.realised) * 100 / line.ceiling, 2)
        )
    assert len(found(sound, "R21")) == 1
    BudgetLine.objects.filter(nomenclature__key="p.k.3").update(physical=51)
    assert found(sound, "R21") == []


# --- records ---


def test_r7_a_scale_without_a_lowest_band(sound):
    scale = BandScale.objects.create(code="uji", name="Uji")
    Band.objects.create(scale=scale, label="Tinggi", lower=75)
    Indicator.objects.filter(code="rate").update(scale=scale)
    assert len(found(sound, "R7")) == 1
    Band.objects.create(scale=scale, label="Rendah")
    assert found(sound, "R7") == []


# --- words ---


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("Realisasi [[angka:rate]] melampaui target.", ""),
        ("Realisasi [[angka:tidak-ada]].", "R1"),
        ("Realisasi [[angka:]].", "R1"),
        ("Realisasi 75,00 persen.", "R14"),
        ("TPT [[luar:12.61 persen|BPS]].", "R16"),
        ("TPT [[luar:12,61 persen|BPS]], upah [[luar:Rp3.514.093|UMK]].", ""),
        ("Menurut data [[tanggal:31 Desember 1998]].", "R13"),
        ("Laporan ini memuat tiga sasaran.", "R12"),
        ("Laporan ini memuat satu sasaran.", ""),
        ("Laporan ini memuat tiga belas sasaran.", "R12"),
        ("Laporan ini memuat dua puluh satu program.", "R12"),
        ("Laporan ini memuat seratus dua sasaran.", "R12"),
        ("Indikator kinerja utama diukur, dan di antaranya dua belas tercapai.", "R12"),
        ("Capaian naik ½ kali.", "R14"),
        ("Luas ruang pelatihan diukur dalam m².", "R14"),
        ("Langkah ① sudah selesai.", "R14"),
        ("Banyaknya menurun sebesar [[angka:growth]].", "R15"),
        ("Banyaknya naik sebesar [[angka:growth]].", ""),
        ("Banyaknya turun [[angka:made:selisih]] dari tahun lalu.", "R15"),
        ("Peraturan [[rujukan:PermenPAN-RB 53/2014]].", ""),
    ],
)
def test_what_is_written(sound, body, rule):
    write(sound, body)
    assert {each.rule for each in consistency.check(compute(sound))} == ({rule} if rule else set())


@pytest.mark.parametrize("field", ["supporting", "cause", "follow_up"])
@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("Naik 25 persen.", "R14"),
        ("Karena [[angka:nope]].", "R1"),
        ("Karena [[angka:rate]] pada [[tanggal:2025]].", ""),
        ("Naik pada tahun 2025, sejak 12 Mei 2025.", ""),
    ],
)
def test_the_notes_that_are_printed_are_held_to_the_same(sound, field, body, rule):
    QuarterNote.objects.update_or_create(
        indicator=indicator("rate"), year=sound, quarter=4, defaults={field: body, "cause": body}
    )
    told = consistency.check(compute(sound))
    assert {each.rule for each in told} == ({rule} if rule else set())
    assert all(each.url.endswith("/triwulan/4/rate/") for each in told)
    assert bool(consistency.obstacles(sound)) == bool(rule)


@pytest.mark.parametrize(
    ("caption", "loose"), [("Bursa kerja, 17 Agustus 2025", False), ("Sebanyak 242 orang, 2025", True)]
)
def test_a_caption_holds_no_loose_number_either(sound, planner, caption, loose):
    narrative.add_photo(planner, year=sound, key="bab1.gambaran", upload=photo(), caption=caption)
    assert [each.rule for each in consistency.check(compute(sound))] == (["R14"] if loose else [])


def test_what_only_the_print_shows_is_found_there(sound):
    """A side that the figure does not have is known when the report is built."""
    write(sound, "Target akhir [[angka:made:pembanding]].")
    (only,) = consistency.check(compute(sound))
    assert (only.rule, only.severity) == ("R14", Severity.ERROR)
    assert "[[angka:made:pembanding]]" in only.detail


def test_r12_counts_the_indicators_that_were_reached(sound):
    reached = sum(each.status == "REACHED" for each in compute(sound).of_level(Level.IKU))
    write(sound, f"Indikator kinerja utama diukur: {terbilang(reached)} mencapai atau melampaui target.")
    assert consistency.check(compute(sound)) == []
    write(sound, f"Indikator kinerja utama diukur: {terbilang(reached + 11)} mencapai atau melampaui target.")
    (only,) = found(sound, "R12")
    assert only.detail == f"Yang tercapai menurut laporan ini: {reached}."


def test_r12_all_means_all(sound, planner):
    write(sound, "Seluruh capaian IKU melampaui target.")
    assert consistency.check(compute(sound)) == []
    indicator("score").statistics.update(value=10)
    assert [each.rule for each in consistency.check(compute(sound))] == ["R12"]


# --- reasons and declarations ---


def test_a_reason_lets_a_warning_stand_until_its_facts_change(sound, planner, user_with):
    IndicatorTarget.objects.filter(indicator__code="rate").update(reason="")
    (only,) = found(sound, "R6")
    assert consistency.obstacles(sound)
    with pytest.raises(NotAllowed):
        reasons.accept(user_with("SECTION_HEAD"), year=sound, rule="R6", subject=only.subject, reason="x")
    with pytest.raises(Refused, match="alasan"):
        reasons.accept(planner, year=sound, rule="R6", subject=only.subject, reason="  ")
    with pytest.raises(Refused, match="tidak ada lagi"):
        reasons.accept(planner, year=sound, rule="R6", subject="0" * 64, reason="x")
    assert not AcceptedWarning.objects.exists()
    reasons.accept(planner, year=sound, rule="R6", subject=only.subject, reason="Renstra belum diubah.")
    assert consistency.obstacles(sound) == []
    IndicatorTarget.objects.filter(document=TargetDocument.RENSTRA).update(value=61)
    assert consistency.obstacles(sound)


def test_an_error_takes_no_reason(sound, planner):
    write(sound, "Realisasi 75 persen.")
    (only,) = found(sound, "R14")
    with pytest.raises(Refused, match="diperbaiki"):
        reasons.accept(planner, year=sound, rule="R14", subject=only.subject, reason="Biar saja.")


def test_a_declared_contradiction_does_not_block(sound, planner):
    IndicatorTarget.objects.filter(indicator__code="rate").update(reason="")
    plan.add_finding(
        planner, year=sound, rule="TARGET", severity=Severity.ERROR, title="Target 60 atau 50", detail="…",
        assumption="Dipakai PK.", indicators=["rate"],
    )  # fmt: skip
    assert consistency.obstacles(sound) == []
    (judged,) = consistency.judge(compute(sound))
    assert judged.declared.title == "Target 60 atau 50"


def test_the_page_takes_a_reason(sound, client_as):
    IndicatorTarget.objects.filter(indicator__code="rate").update(reason="")
    (only,) = found(sound, "R6")
    url = reverse("lkip:consistency", args=[sound])
    sent = {"rule": "R6", "subject": only.subject, "reason": "Renstra belum diubah."}
    assert client_as("SECTION_HEAD").post(url, sent).status_code == 403
    assert not AcceptedWarning.objects.exists()
    client = client_as("PLANNER")
    assert only.title in client.get(url).content.decode()
    assert client.post(url, {**sent, "reason": ""}).status_code == 422
    assert client.post(url, sent).status_code == 302
    assert AcceptedWarning.objects.get().reason == "Renstra belum diubah."


def test_a_mark_that_leads_nowhere_is_told_by_name(sound):
    Indicator.objects.filter(code="gap").update(name="Selisih angkatan kerja", to_year=sound - 1)
    write(sound, "Selisihnya [[angka:gap]]. Lainnya [[angka:tidak-ada]].")
    details = [each.detail for each in found(sound, "R1")]
    assert (
        f"“Selisih angkatan kerja” tidak dipakai pada {sound}, jadi tidak punya angka tahun itu." in details
    )
    assert "Tanda [[angka:tidak-ada]] tidak menunjuk angka mana pun. Pilih angkanya sekali lagi." in details
