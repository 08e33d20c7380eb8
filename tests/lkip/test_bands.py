"""Scales of predicates: every number in exactly one band, the bound where the scale says, rules in words."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip import bands
from lkip.bands import Scale, Step
from lkip.models import Band, BandScale
from lkip.services import scales
from lkip.services.scales import InvalidScale

bounds = st.lists(
    st.fractions(min_value=-100, max_value=300, max_denominator=400), min_size=1, max_size=8, unique=True
).map(sorted)


def build(lowers, *, lower_belongs):
    steps = [Step("dasar", "", None, 0)]
    steps += [Step(f"p{i}", "", lower, i) for i, lower in enumerate(lowers, start=1)]
    return Scale("x", "X", "", lower_belongs, tuple(steps))


def holds(scale, step, value):
    """The band as two inequalities, written apart from the look-up."""
    above = scale.steps[step.rank + 1].lower if step.rank + 1 < len(scale.steps) else None
    if scale.lower_belongs:
        return (step.lower is None or value >= step.lower) and (above is None or value < above)
    return (step.lower is None or value > step.lower) and (above is None or value <= above)


@given(bounds, st.booleans(), st.fractions(min_value=-200, max_value=400), st.integers(0, 7))
def test_no_gap_and_no_overlap(lowers, lower_belongs, value, at):
    scale = build(lowers, lower_belongs=lower_belongs)
    for asked in (value, lowers[at % len(lowers)]):
        within = [step for step in scale.steps if holds(scale, step, asked)]
        assert within == [scale.at(asked)]


@given(bounds, st.booleans(), st.fractions(), st.fractions())
def test_a_higher_value_never_has_a_lower_rank(lowers, lower_belongs, one, other):
    scale = build(lowers, lower_belongs=lower_belongs)
    low, high = sorted((one, other))
    assert scale.at(low).rank <= scale.at(high).rank


@pytest.fixture
def loaded(db):
    scales.load_scales()
    return {row.code: bands.read(row) for row in BandScale.objects.all()}


@pytest.mark.parametrize(
    ("code", "value", "name"),
    [
        ("akip", "90", "A (Memuaskan)"),
        ("akip", "90.000001", "AA (Sangat Memuaskan)"),
        ("akip", "64.17", "B (Baik)"),
        ("akip", "0", "D (Sangat Kurang)"),
        ("permendagri-86-2017", "90.5", "Sangat Tinggi"),
        ("permendagri-86-2017", "65.36", "Sedang"),
        ("permendagri-86-2017", "75", "Sedang"),
        ("permendagri-86-2017", "268.69", "Sangat Tinggi"),
        ("permendagri-86-2017", "-412", "Sangat Rendah"),
        ("skm", "80", "B (Baik)"),
        ("skm", "88.31", "A (Sangat Baik)"),
        ("skm", "76.605", "C (Kurang Baik)"),
    ],
)
def test_values_that_printed_scales_leave_in_a_gap(loaded, code, value, name):
    assert loaded[code].at(Fraction(value)).name == name


def test_rules_are_printed_in_words(loaded):
    said = [text for _, text in loaded["permendagri-86-2017"].rules()]
    assert said == [
        "lebih dari 90",
        "lebih dari 75 sampai 90",
        "lebih dari 65 sampai 75",
        "lebih dari 50 sampai 65",
        "sampai 50",
    ]
    said = [text for _, text in loaded["skm"].rules()]
    assert said == [
        "88,31 ke atas",
        "76,61 sampai kurang dari 88,31",
        "65 sampai kurang dari 76,61",
        "kurang dari 65",
    ]


def test_a_step_answers_to_its_letter_and_its_label(loaded):
    scale = loaded["opini-bpk"]
    assert scale.called("wtp") == scale.called("Wajar Tanpa Pengecualian") == scale.at(Fraction(4))
    assert scale.called("Bagus") is None
    assert scale.called("") is None


def test_loading_again_changes_nothing(loaded):
    def state():
        return list(Band.objects.order_by("pk").values_list("pk", "version")) + list(
            BandScale.objects.order_by("pk").values_list("pk", "version")
        )

    before = state()
    assert scales.load_scales() == len(loaded)
    assert state() == before


def test_a_scale_reads_in_two_statements(loaded, django_assert_num_queries):
    keys = list(BandScale.objects.values_list("pk", flat=True))
    with django_assert_num_queries(2):
        found = bands.load(keys)
    with django_assert_num_queries(0):
        assert found[keys[0]].rules()
        assert bands.load([]) == {}


@pytest.mark.parametrize(
    ("steps", "word"),
    [
        ([("", "Satu", None)], "paling sedikit dua"),
        ([("", "Satu", Decimal(1)), ("", "Dua", Decimal(2))], "tanpa batas bawah"),
        ([("", "Satu", None), ("", "Dua", None)], "tanpa batas bawah"),
        ([("", "Satu", None), ("", "Dua", Decimal(1)), ("", "Tiga", Decimal("1.0"))], "batas yang sama"),
        ([("", "Satu", None), ("", "satu", Decimal(1))], "berbeda"),
    ],
)
def test_a_scale_with_a_gap_is_refused(db, planner, steps, word):
    with pytest.raises(InvalidScale, match=word):
        scales.save_scale(planner, code="kita", name="Skala kita", steps=steps)
    assert not BandScale.objects.filter(code="kita").exists()


def test_an_own_scale_can_be_changed(db, planner):
    first = [("", "Rendah", None), ("", "Tinggi", Decimal(75))]
    scales.save_scale(planner, code="kita", name="Skala kita", steps=first)
    second = [("", "Rendah", None), ("", "Sedang", Decimal(60)), ("", "Tinggi", Decimal(75))]
    row = scales.save_scale(planner, code="kita", name="Skala kita", steps=second)
    assert [step.label for step in bands.read(row).steps] == ["Rendah", "Sedang", "Tinggi"]
