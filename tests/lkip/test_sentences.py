"""Default sentences: the verb says what the printed numbers say; nothing missing is compared."""

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import formats
from lkip import formulas
from lkip.enums import Direction, EfficiencyLabel
from lkip.figures import Efficiency, Figure
from lkip.models import ReportYear
from lkip.report import sentences
from lkip.report.book import Book, Earlier
from lkip.report.model import plain
from lkip.report.walk import DIGIT

values = st.fractions(min_value=0, max_value=2000, max_denominator=400)
directions = st.sampled_from([Direction.UP, Direction.DOWN])
DECIMALS = 2


@dataclass
class Plan:
    """Stands for the indicator of a figure: what a sentence asks of it."""

    formula: str = "STATISTIC"
    formula_text: str = ""
    definition: str = ""
    comparator_id: int | None = None
    pk: int = 1
    measure: str = ""
    as_of_month: int | None = None
    filters: dict = field(default_factory=dict)
    numerator: None = None
    denominator: None = None


@dataclass
class Year:
    """Stands for a computed year."""

    figures: dict
    efficiencies: list = field(default_factory=list)
    year: int = 2031
    tree: tuple = ()
    by_type: tuple = ()
    income: tuple = ()
    settings: ReportYear = field(default_factory=ReportYear)
    office: None = None
    total: None = None

    def all(self):
        return list(self.figures.values())


def book_of(value, target, direction, *, before=None, final=None, other=None, unit="persen"):
    reached = formulas.achievement(value, target, direction)
    figure = Figure(
        "rate", "Tingkat uji", unit, DECIMALS, "IKU", value, target=target, capaian=reached,
        capaian_clamped=reached, direction=direction, indicator=Plan(comparator_id=None if other is None else 2),
    )  # fmt: skip
    figures = {"rate": figure}
    if other is not None:
        figures["nation"] = Figure(
            "nation", "Nasional", unit, DECIMALS, "SUPPORT", other, indicator=Plan(pk=2)
        )
    book = Book.__new__(Book)
    book.year, book.entries = Year(figures), {}
    book.earlier = {("rate", 2030): Earlier(before)}
    book.final_targets = {} if final is None else {"rate": (2034, final)}
    book.by_code, book.efficiency, book.rows, book.by_question = figures, {}, {}, {}
    return book, figure


def shown(x: Fraction) -> Fraction:
    """A value as it is printed."""
    return Fraction(formats.round_half_up(x, DECIMALS))


def no_double_sign(text: str) -> None:
    """No number carries a sign of its own: the verb says the direction."""
    assert not re.search(r"(naik|turun|kurang|lebih \w+|selisihnya) [–+-]\d", text), text
    assert "–" not in text.replace("capaiannya –", "").replace("Capaian tingkat uji –", "")
    assert "None" not in text
    assert "  " not in text
    assert text.endswith(".")


@given(values, values, directions)
@settings(max_examples=200, deadline=None)
def test_the_target_verb_agrees_with_the_numbers(value, target, direction):
    book, figure = book_of(value, target, direction)
    text = plain(sentences.against_target(book, figure))
    no_double_sign(text)
    if target == 0:
        assert "Capaian tidak dihitung" in text
        return
    gap = formats.round_half_up(value - target, DECIMALS)
    if gap == 0:
        assert "sama dengan target" in text
    elif direction == Direction.UP:
        assert ("melampaui target" in text) == (gap > 0)
        assert ("belum mencapai target" in text) == (gap < 0)
    else:
        assert ("jadi target tercapai" in text) == (gap < 0)
        assert ("jadi target belum tercapai" in text) == (gap > 0)
    if gap:
        assert formats.number(abs(value - target), DECIMALS) in text


@given(values, values, directions)
@settings(max_examples=200, deadline=None)
def test_up_and_down_agree_with_the_year_before(value, before, direction):
    book, figure = book_of(value, Fraction(1), direction, before=before)
    text = plain(sentences.against_last_year(book, figure))
    no_double_sign(text)
    gap = formats.round_half_up(value - before, DECIMALS)
    assert (" naik " in text) == (gap > 0)
    assert (" turun " in text) == (gap < 0)
    assert (" tetap " in text) == (gap == 0)
    if direction == Direction.DOWN and gap:
        assert ("membaik" in text) == (gap < 0)


@given(values, values, directions)
@settings(max_examples=150, deadline=None)
def test_plan_and_nation_agree(value, other, direction):
    book, figure = book_of(value, Fraction(1), direction, final=other or Fraction(1), other=other)
    plan, nation = (plain(each(book, figure)) for each in (sentences.against_plan, sentences.against_nation))
    for text in (plan, nation):
        no_double_sign(text)
    gap = formats.round_half_up(value - other, DECIMALS)
    assert ("lebih tinggi" in nation) == (gap > 0)
    assert ("lebih rendah" in nation) == (gap < 0)
    if gap:
        good = (gap > 0) == (direction == Direction.UP)
        assert ("jadi lebih baik" in nation) == good
        assert ("jadi kurang baik" in nation) != good
    if other and gap:
        assert ("sudah tercapai" in plan) == ((gap > 0) == (direction == Direction.UP))


@given(values, st.integers(0, 1000), st.integers(0, 1000))
@settings(max_examples=200, deadline=None)
def test_efficiency_is_called_by_the_rule(capaian, ceiling, realised):
    book, figure = book_of(capaian, Fraction(100), Direction.UP)
    label = formulas.efficiency_label(figure.capaian, ceiling, realised, Fraction(5))
    absorbed = formulas.absorption(ceiling, realised)
    own = Figure(
        "efficiency_rate", "E", "poin", 2, "EFFICIENCY", formulas.efficiency(figure.capaian, absorbed)
    )
    book.efficiency = {"rate": Efficiency(own, figure, ceiling, realised, absorbed, (), label)}
    text = plain(sentences.efficiency(book, figure))
    no_double_sign(text)
    assert ("anggaran efisien" in text) == (label == EfficiencyLabel.EFFICIENT)
    assert ("cukup efisien" in text) == (label == EfficiencyLabel.FAIR)
    assert ("belum efisien" in text) == (label == EfficiencyLabel.INEFFICIENT)
    if not ceiling:
        assert not DIGIT.search(text)
    if label in sentences.EFFICIENCY_WORDS:
        gap = formats.round_half_up(own.value, 2)
        assert ("capaian lebih tinggi" in text) == (gap > 0)
        assert ("capaian lebih rendah" in text) == (gap < 0)


@pytest.mark.parametrize("direction", Direction.values)
@pytest.mark.parametrize("value", [None, Fraction(0), Fraction(5)])
@pytest.mark.parametrize("target", [None, Fraction(0), Fraction(5)])
def test_what_is_missing_is_said_in_words(value, target, direction):
    book, figure = book_of(value, target, direction)
    for each in (
        sentences.against_target, sentences.against_last_year, sentences.against_plan, sentences.against_nation,
        sentences.efficiency,
    ):  # fmt: skip
        text = plain(each(book, figure))
        no_double_sign(text)
        if value is None and each is not sentences.against_target:
            assert not re.search(r"\d,\d", text)
        assert "100" not in text or value == target


def test_a_count_says_its_unit_and_its_relative_change():
    book, figure = book_of(
        Fraction(1835), Fraction(1000), Direction.UP, before=Fraction(1495), unit="laporan"
    )
    text = plain(sentences.against_last_year(book, figure)).replace(formats.NBSP, " ")
    assert "naik 340,00 laporan atau 22,74 persen dari 1.495,00 laporan menjadi 1.835,00 laporan" in text


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ("RRR", "semuanya mencapai atau melampaui target"),
        ("R", "indikator itu mencapai atau melampaui target"),
        ("RRRW", "tiga mencapai atau melampaui target dan satu belum memiliki nilai"),
        (
            "RMW",
            "satu mencapai atau melampaui target, satu belum mencapai target, dan satu belum memiliki nilai",
        ),
        ("RUU", "satu mencapai atau melampaui target dan dua tidak dapat dihitung"),
        ("NZ", "satu tidak dinilai terhadap target dan satu bertarget nol"),
        ("", "Belum ada indikator kinerja utama"),
    ],
)
def test_the_summary_counts_every_indicator(states, said):
    names = {"R": "REACHED", "M": "MISSED", "W": "WAITING", "U": "UNDEFINED"}
    names |= {"N": "NO_TARGET", "Z": "ZERO_TARGET"}
    book, _ = book_of(Fraction(1), Fraction(1), Direction.UP)
    figures = [type("F", (), {"status": names[each]}) for each in states]
    assert said in plain(sentences.summary(book, figures))


@pytest.mark.parametrize("status", ["WAITING", "UNDEFINED"])
def test_an_indicator_says_the_state_that_the_summary_counts(status):
    book, figure = book_of(None, Fraction(5), Direction.UP)
    why = "0 dari 0: tidak ada “Kasus” yang bisa menjadi pembagi, jadi tidak dapat dihitung."
    figure = replace(figure, status=status, why=why if status == "UNDEFINED" else "Belum dicatat.")
    state = sentences.STATES[status]
    assert state in plain(sentences.summary(book, [figure]))
    text = plain(sentences.against_target(book, figure))
    assert state in text
    told = "Sebabnya: 0 dari 0: tidak ada “Kasus” yang bisa menjadi pembagi."
    assert text.endswith(told) == (status == "UNDEFINED")
    for each in (sentences.against_last_year, sentences.against_plan, sentences.against_nation):
        assert "belum" not in plain(each(book, figure)) or status == "WAITING"
    ranked = replace(figure, category="", target_category="BB")
    assert state in plain(sentences.against_target(book, ranked))


def test_efficiency_says_that_its_achievement_is_the_one_as_it_is():
    book, figure = book_of(Fraction(108), Fraction(100), Direction.UP)
    own = Figure("efficiency_rate", "E", "poin", 2, "EFFICIENCY", Fraction(58))
    for held, said in (
        (Fraction(108), "108,00 persen dengan serapan"),
        (Fraction(100), "108,00 persen apa adanya (menurut batas 100,00 persen) dengan serapan"),
    ):
        cut = replace(figure, capaian_clamped=held)
        book.by_code, book.entries = {"rate": cut}, {}
        book.efficiency = {"rate": Efficiency(own, cut, 100, 50, Fraction(50), (), "EFFICIENT")}
        assert said in plain(sentences.efficiency(book, cut)).replace(formats.NBSP, " ")


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Tingkat Pengangguran Terbuka (TPT)", "Tingkat Pengangguran Terbuka (TPT)"),
        ("Persentase penanganan sengketa", "persentase penanganan sengketa"),
        ("Kartu AK-1 yang terbit", "kartu AK-1 yang terbit"),
        ("TPT nasional", "TPT nasional"),
        ("Tingkat", "tingkat"),
    ],
)
def test_a_title_keeps_its_capitals_inside_a_sentence(name, inside):
    assert plain(sentences.lowered(name)) == inside


def test_no_word_is_said_twice_at_the_start_of_a_sentence():
    for name in ("Nilai Akuntabilitas Kinerja", "Realisasi kerja", "Perubahan kasus", "Capaian mutu"):
        for value in (Fraction(5), None):
            book, figure = book_of(value, Fraction(4), Direction.UP, other=Fraction(3))
            figure = replace(figure, label=name)
            for each in (sentences.against_target, sentences.against_nation, sentences.against_last_year):
                text = plain(each(book, figure)).lower()
                assert name.lower() in text
                assert not re.search(r"\b(\w+) \1\b", text), text
