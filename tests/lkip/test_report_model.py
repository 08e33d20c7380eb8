"""The document model: every number has its tag and its entry, ids run in reading order, nothing is left out."""

import json
import re
from decimal import Decimal
from fractions import Fraction

import pytest

from core.models.reference import Nomenclature, Region
from core.workflow import revise
from lkip import report
from lkip.enums import StatementKind
from lkip.figures import compute
from lkip.models import Indicator, QuarterNote, ReportYear, Section, Statement
from lkip.report import options, working
from lkip.report.model import FIGURE, Entry, Facet, inside, number_of, plain
from lkip.report.outline import ANALYSES, arranged
from lkip.report.pdf.blocks import note_words
from lkip.report.walk import every_run, loose_digits
from lkip.services import budget, plan, statistics
from tests.lkip.conftest import YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(small_year):
    return report.build(compute(small_year))


def test_no_digit_stands_outside_a_tagged_run(document):
    assert loose_digits(document) == []
    assert document.faults == ()


def test_ids_run_in_reading_order_and_a_figure_has_one(document):
    seen = list(dict.fromkeys(run.figure for _, run in every_run(document) if run.figure))
    ids = [document.figures[key].id for key in seen]
    assert [number_of(each) for each in ids] == list(range(1, len(ids) + 1))
    assert len(document.figures) == len(ids)


def test_every_figure_run_prints_its_entry(document):
    for _, run in every_run(document):
        if run.tag != FIGURE:
            continue
        side = document.figures[run.figure].facets[run.facet]
        if side.value is None:
            assert not re.search(r"\d", run.text), run
        else:
            digits = re.sub(r"[^\d]", "", run.text)
            assert digits in re.sub(r"[^\d]", "", side.text) + "|" + re.sub(
                r"[^\d]", "", report.annex.unrounded(side.value)
            ), run


def test_the_list_of_figures_holds_them_all(document):
    chapter = next(each for each in document.chapters if each.key == "lampiran.b")
    table = next(block for block in chapter.blocks if block.kind == "table")
    assert [row.figure for row in table.rows] == [entry.key for entry in document.ordered_figures()]
    words = {row.figure: " ".join(cell.text for cell in row.cells) for row in table.rows}
    assert "30 ÷ 40 = 75 persen" in words[f"rate@{YEAR}"]


def test_seven_analyses_for_each_objective_none_left_out(document):
    chapter = next(each for each in document.chapters if each.key == "bab3")
    analyses = [block for block in chapter.blocks if block.kind == "analysis"]
    assert [block.label for block in analyses] == [title for _, title in ANALYSES]
    assert all(list(inside(block.blocks)) for block in analyses)
    causes = next(block for block in analyses if block.key == "bab3.s1.sebab")
    assert causes.missing


def test_causes_are_what_the_section_head_wrote(small_year):
    indicator = compute(small_year).figures["rate"].indicator
    QuarterNote.objects.create(
        indicator=indicator,
        year=small_year,
        quarter=4,
        cause="Ada [[angka:made]] orang.",
        follow_up="Menambah 5 kelas.",
    )
    document = report.build(compute(small_year))
    causes = next(block for block in document.blocks() if getattr(block, "key", "") == "bab3.s1.sebab")
    text = " ".join(run.text for block in causes.blocks for run in block.runs)
    assert "Yang menghambat. " in text
    assert "30" in text
    assert [fault.text for fault in document.faults] == ["5", "5"]


def test_a_narrative_takes_the_place_of_the_default_words_and_keeps_the_tables(small_year):
    Section.objects.create(
        year=small_year, key="bab2.pk", body="Naskah sendiri: [[angka:rate:target]] dan [[angka:lain]] <b>."
    )
    document = report.build(compute(small_year))
    chapter = next(each for each in document.chapters if each.key == "bab2")
    place = next(n for n, block in enumerate(chapter.blocks) if getattr(block, "key", "") == "bab2.pk")
    written, table = chapter.blocks[place + 1], chapter.blocks[place + 2]
    assert [run.text for run in written.runs] == [
        "Naskah sendiri: ",
        "50,00",
        " dan ",
        "[[angka:lain]]",
        " <b>.",
    ]
    assert table.kind == "table"
    assert "tidak ada" in document.faults[0].message


def test_the_model_is_read_back_from_its_json(document):
    text = json.dumps(report.to_json(document), sort_keys=True)
    again = report.from_json(json.loads(text))
    assert again == document
    assert json.dumps(report.to_json(again), sort_keys=True) == text


def test_what_is_not_filled_in_is_said_and_listed(small_year):
    empty = report.empty_sections(compute(small_year))
    assert "Visi dan misi" in empty
    Statement.objects.create(kind=StatementKind.VISION, text="Visi 2045", from_year=small_year)
    assert "Visi dan misi" not in report.empty_sections(compute(small_year))


def test_a_city_orders_and_words_otherwise(small_year, planner):
    year = ReportYear.objects.get(year=small_year)
    chosen = {
        "title": "LKjIP",
        "hide": ["bab2.lintas"],
        "order": {"bab1": ["bab1.isu"]},
        "titles": {"bab1.isu": "Isu strategis"},
        "words": {"capaian": "Pencapaian"},
    }
    options.check(chosen, {place.key: place for place in arranged([])})
    revise(year, actor=planner, version=year.version, options=chosen, clamp_high=Decimal(100))
    document = report.build(compute(small_year))
    headings = [block for block in document.chapters[5].blocks if block.kind == "heading"]
    assert document.title == "LKjIP"
    assert (headings[0].runs[0].text, headings[0].number) == ("Isu strategis", "1.1")
    assert not any(getattr(block, "key", "") == "bab2.lintas" for block in document.blocks())
    iku = next(table for table in document.tables() if table.key == "iku")
    heads = ["".join(run.text for run in column.title) for column in iku.columns]
    assert "Pencapaian (%)" in heads
    assert "Menurut batas (%)" in heads


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {"warna": "merah"},
        {"hide": ["bab1.gambaran"]},
        {"hide": ["bab9"]},
        {"order": {"bab1": ["bab2.pk"]}},
        {"order": {"bab1": ["bab1.isu", "bab1.isu"]}},
        {"titles": {"bab1.isu": ""}},
        {"words": {"capaian": "Capaian 100"}},
        {"words": {"lain": "x"}},
        {"capaian": "besar"},
    ],
)
def test_a_wrong_option_is_refused(wrong):
    with pytest.raises(options.WrongOption):
        options.check(wrong, {place.key: place for place in arranged([("s1", "Satu")])})


def test_an_objective_called_like_a_section_keeps_its_own_key():
    keys = [place.key for place in arranged([("iku", "Satu"), ("penempatan", "Dua")])]
    assert len(set(keys)) == len(keys)


def test_building_asks_a_fixed_number_of_questions(small_year, django_assert_max_num_queries):
    figures = compute(small_year)
    with django_assert_max_num_queries(110):
        report.build(figures)


# --- the arithmetic that is printed ---


def evaluated(text):
    """(left, right) of "… = (83 – 110) ÷ 110 = –24,55 persen": what the printed sum gives, and what it says."""
    left, _, right = text.rpartition(" = ")
    left = re.split(r"(?: = |: )(?=[(\d–])", left)[-1]
    sums = left.replace(".", "").replace(",", ".").replace("–", "-").replace("÷", "/").replace("×", "*")
    value, _, unit = right.rstrip(".").partition(" ")
    return sums, value.replace(".", "").replace(",", ".").replace("–", "-"), unit


def true_sum(text):
    """Whether a printed sum is true to the decimals that it says; per cent carries its own hundred."""
    sums, value, unit = evaluated(text)
    assert re.fullmatch(r"[\d.()+\-*/ ]+", sums), text
    exact = eval(sums)
    if "/" in sums and "*" not in sums and unit == "persen":
        exact *= 100
    return abs(exact - float(value)) <= 0.5 * 10 ** -len(value.partition(".")[2]) + 1e-9


def test_every_printed_sum_is_true(small_year, planner):
    made, base = (Indicator.objects.get(code=code) for code in ("made", "base"))
    plan.save_indicator(
        planner, code="per", name="Per seribu", level="SUPPORT", unit="kasus", decimals=1, formula="RATIO",
        numerator=made, denominator=base, factor=1000,
    )  # fmt: skip
    body = "[[angka:rate]] [[angka:growth]] [[angka:gap]] [[angka:per]]"
    Section.objects.create(year=small_year, key="bab1.isu", body=body)
    document = report.build(compute(small_year))
    notes = {entry.code: note_words(entry).rsplit(". ", 1)[0] for entry in document.ordered_figures()}
    table = next(each for each in document.tables() if each.key == "daftar-angka")
    annexed = {document.figures[row.figure].code: row.cells[2].text for row in table.rows}
    for told in (notes, annexed):
        assert "(30 – 20) ÷ 20 = 50" in told["growth"]
        assert "40 – 30 = 10" in told["gap"]
        assert "30 ÷ 40 × 1.000 = 750" in told["per"]
        for code in ("rate", "growth", "gap", "per"):
            assert true_sum(told[code]), told[code]


def sums_of(document):
    """(printed efficiency sums, labels, whether a line about rounding stands below) of each objective."""
    found = []
    for block in document.blocks():
        for place, each in enumerate(inner := getattr(block, "blocks", ())):
            if each.kind == "facts" and each.signs:
                below = inner[place + 1] if place + 1 < len(inner) else None
                told = below is not None and "belum dibulatkan" in plain(getattr(below, "runs", ()))
                numbers = [fact.run.text.replace("–", "-").replace(",", ".") for fact in each.facts]
                found.append(([Decimal(each) for each in numbers], each.facts[0].label, told))
    return found


@pytest.mark.parametrize(("spent", "true"), [(900, True), (904, False)])
def test_an_efficiency_is_printed_so_that_its_sum_is_true(small_year, planner, spent, true):
    """150 – 80 = +70; but 143,4034… – 80,2666… = 63,1367… is printed as 143,40 – 80,27 = +63,14."""
    rate = Indicator.objects.get(code="rate")
    if not true:
        plan.set_target(planner, indicator=rate, year=YEAR, document="PK", value=Decimal("52.3"))
    line = Nomenclature.objects.get(key="p.k.1")
    budget.save_line(planner, nomenclature=line, ceiling=1000, realised=spent)
    ((numbers, caption, told),) = sums_of(report.build(compute(small_year)))
    assert caption == "capaian (%)"
    assert (numbers[0] - numbers[1] == numbers[2]) == true
    assert told != true


def test_a_cut_achievement_is_named_as_it_is_where_efficiency_takes_it(small_year, planner):
    year = ReportYear.objects.get(year=small_year)
    revise(year, actor=planner, version=year.version, clamp_high=Decimal(100))
    document = report.build(compute(small_year))
    ((_, caption, _),) = sums_of(document)
    assert caption == "capaian apa adanya (%)"
    table = next(each for each in document.tables() if each.key == "efisiensi")
    assert "Capaian di sini apa adanya, tidak menurut batas kota ini." in plain(table.note)


def test_a_sum_that_is_not_true_is_not_printed():
    sides = {
        "pembilang": Facet(Fraction(83), "83"),
        "penyebut": Facet(Fraction(110), "110"),
        "nilai": Facet(Fraction(7, 3), "2,33", "persen"),
    }
    entry = Entry("x@2031", "x", 2031, "X", sides, parts="A – B", formula="Jumlah")
    assert working.pattern(entry) == ""
    assert "=" not in note_words(entry)


# --- lists agree with the sentences before them ---


def test_the_summary_lists_as_many_indicators_as_it_counts(small_year, planner):
    goal = plan.save_indicator(
        planner,
        code="aim",
        name="Angka tujuan",
        level="GOAL",
        unit="persen",
        formula="STATISTIC",
        direction="DOWN",
    )
    plan.set_target(planner, indicator=goal, year=YEAR, document="PK", value=Decimal(9))
    document = report.build(compute(small_year))
    iku = [figure for figure in compute(small_year).figures.values() if figure.level == "IKU"]
    for key in ("ikhtisar", "bab3"):
        chapter = next(each for each in document.chapters if each.key == key)
        items = next(block for block in chapter.blocks if block.kind == "items")
        assert len(items.items) == len(iku) == 2, key
        listed = " ".join(plain(item) for item in items.items)
        assert "ngka tujuan" not in listed
        place = chapter.blocks.index(items)
        assert plain(chapter.blocks[place + 1].runs) == "Indikator tujuan"
        assert "ngka tujuan" in plain(chapter.blocks[place + 2].runs)


# --- regions ---


@pytest.fixture
def regions(small_year, planner, agency):
    """One statistic of three cities and their province; the office's city is the second of three."""
    rate = plan.save_indicator(
        planner, code="tpt", name="Tingkat uji", level="GOAL", unit="persen", decimals=2, formula="STATISTIC"
    )
    cities = [
        Region.objects.create(code=f"32.7{n}", name=f"Kota {n}", level="REGENCY", parent=agency.region.parent)
        for n in (1, 2)
    ]
    for region, value in ((cities[0], 12), (agency.region, 9), (cities[1], 5), (agency.region.parent, 10)):
        statistics.set_regional(
            planner, indicator=rate, region=region, year=small_year, value=Decimal(value), source="BPS"
        )
    return small_year


def test_only_regions_of_the_own_kind_have_a_rank(regions, agency):
    document = report.build(compute(regions))
    table = next(each for each in document.tables() if each.key == "wilayah")
    own, above = agency.region.name, f"Provinsi {agency.region.parent.name}"
    shown = [(row.cells[0].text, row.cells[1].text) for row in table.rows if row.kind != "block"]
    assert shown == [("1", "Kota 1"), ("2", own), ("3", "Kota 2"), ("", above)]
    chart = next(block for block in document.blocks() if getattr(block, "key", "") == "gambar-wilayah")
    assert [(plain(point.label), point.aside) for point in chart.points][-1] == (above, True)
    assert sum(point.aside for point in chart.points) == 1
    words = [plain(block.runs) for block in document.blocks() if block.kind == "paragraph"]
    told = "urutan ke-dua dari yang tertinggi dari tiga kabupaten dan kota yang dibandingkan"
    assert any(told in each for each in words), [each for each in words if "urutan" in each]
    assert loose_digits(document) == []


def test_the_national_value_is_a_reference_below_the_ranks(regions, planner):
    nation = plan.save_indicator(
        planner, code="nation", name="Angka nasional uji", level="SUPPORT", unit="persen", formula="STATISTIC"
    )
    plan.record_statistic(planner, indicator=nation, year=regions, value=Decimal(6), source="BPS")
    rate = Indicator.objects.get(code="tpt")
    revise(rate, actor=planner, version=rate.version, comparator=nation)
    document = report.build(compute(regions))
    table = next(each for each in document.tables() if each.key == "wilayah")
    assert [cell.text for cell in table.rows[-1].cells][:2] == ["", "Angka nasional uji"]
    assert table.rows[-1].cells[-1].value == 6
    chart = next(block for block in document.blocks() if getattr(block, "key", "") == "gambar-wilayah")
    assert [plain(point.label) for point in chart.points if point.aside][-1] == "Angka nasional uji"


def test_a_programme_without_money_stays_in_the_chart_with_its_word(small_year, planner):
    other = Nomenclature.objects.create(
        year=small_year, key="q", code="2.07.05", name="Program Q", level="PROGRAMME", order=9
    )
    deep = Nomenclature.objects.create(
        year=small_year, key="q.k", name="Kegiatan Q", level="ACTIVITY", parent=other, order=10
    )
    line = Nomenclature.objects.create(
        year=small_year, key="q.k.1", name="Sub Q", level="SUB_ACTIVITY", parent=deep, order=11
    )
    budget.save_line(planner, nomenclature=line, ceiling=0, realised=0)
    document = report.build(compute(small_year))
    chart = next(block for block in document.blocks() if getattr(block, "key", "") == "gambar-serapan")
    assert [(plain(p.label), p.value is None, p.run.text) for p in chart.points][-1] == (
        "Program Q",
        True,
        "tanpa anggaran",
    )
    assert "Program Q tanpa anggaran" in plain(chart.alt)


def test_indicators_of_one_name_say_to_which_sub_kegiatan_they_belong(small_year, planner):
    nodes = list(Nomenclature.objects.filter(level="SUB_ACTIVITY"))
    for number, node in enumerate(nodes):
        plan.save_indicator(
            planner, code=f"out{number}", name="Barang terpelihara", level="OUTPUT", unit="persen",
            formula="STATISTIC", nomenclature=node,
        )  # fmt: skip
    plan.save_indicator(
        planner,
        code="alone",
        name="Kursi",
        level="OUTPUT",
        unit="persen",
        formula="STATISTIC",
        nomenclature=nodes[0],
    )
    document = report.build(compute(small_year))
    table = next(each for each in document.tables() if each.key == "program-keluaran")
    rows = [row for row in table.rows if row.kind == "row"]
    shown = [(plain(row.cells[0].over), row.cells[0].text) for row in rows]
    assert len(set(shown)) == len(shown)
    assert {over for over, name in shown if name == "Barang terpelihara"} == {node.name for node in nodes}
    assert ("", "Kursi") in shown
    labels = [entry.label for entry in document.figures.values() if entry.code.startswith("out")]
    assert len(set(labels)) == len(nodes)


def test_a_formula_that_ends_with_a_stop_has_one(small_year):
    rate = Indicator.objects.get(code="rate")
    revise(rate, actor=None, version=rate.version, formula_text="Dibagi, dikali seratus.")
    table = next(each for each in report.build(compute(small_year)).tables() if each.key == "daftar-angka")
    told = [row.cells[2].text for row in table.rows if "dikali seratus" in row.cells[2].text]
    assert told
    assert not any(".." in each for each in told)
