"""Quarters: only sums are split, and the parts give the year exactly; parents of a tree are sums of their children."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip.action_plan import disagreement, propose, until
from lkip.enums import Aggregation
from lkip.plan_tables import summed

LEVELS = (Aggregation.LAST, Aggregation.AVERAGE)
targets = st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False)


@given(targets, st.integers(0, 4))
def test_a_sum_is_cut_into_parts_that_give_the_year_exactly(target, decimals):
    parts = propose(target, Aggregation.SUM, decimals)
    assert sum(parts) == target
    assert disagreement(parts, target, Aggregation.SUM) == ""
    assert until(parts, Aggregation.SUM)[-1] == target


@given(st.integers(0, 10**9), st.integers(0, 4))
def test_parts_of_a_count_differ_by_one_at_most_and_are_whole(target, decimals):
    parts = propose(Decimal(target), Aggregation.SUM, 0)
    assert all(part == part.to_integral_value() for part in parts)
    assert max(parts) - min(parts) <= 1


@given(targets, st.sampled_from(LEVELS), st.integers(0, 4))
def test_a_level_is_never_split(target, aggregation, decimals):
    parts = propose(target, aggregation, decimals)
    assert parts == [target] * 4
    assert disagreement(parts, target, aggregation) == ""
    assert until(parts, aggregation) == parts


@pytest.mark.parametrize(
    ("parts", "target", "aggregation", "words"),
    [
        ((20, 20, 20, 20), 80, Aggregation.LAST, "dibagi empat"),
        ((22, 22, 22, 22), 89, Aggregation.LAST, "Triwulan IV|triwulan IV"),
        ((20, 20, 20, 20), 80, Aggregation.AVERAGE, "Rata-rata"),
        ((20, 20, 20, 19), 80, Aggregation.SUM, "Jumlah"),
        ((60, 70, 75, 80), 80, Aggregation.LAST, ""),
        ((60, 100, 80, 80), 80, Aggregation.AVERAGE, ""),
    ],
)
def test_quarters_that_contradict_the_year_are_named(parts, target, aggregation, words):
    found = disagreement([Decimal(part) for part in parts], Decimal(target), aggregation)
    assert (found == "") if not words else any(word in found for word in words.split("|"))


@dataclass(frozen=True)
class Row:
    """A node of a made-up tree."""

    pk: int
    parent_id: int | None

    @property
    def key(self) -> str:
        return str(self.pk)


@st.composite
def trees(draw):
    """A tree whose nodes come after their parents, with money for two years on some of its leaves."""
    count = draw(st.integers(1, 14))
    rows = [Row(0, None)]
    rows += [Row(n, draw(st.sampled_from([None, *range(n)]))) for n in range(1, count)]
    parents = {row.parent_id for row in rows}
    leaves = [row.pk for row in rows if row.pk not in parents]
    money = draw(
        st.dictionaries(
            st.sampled_from(leaves), st.dictionaries(st.sampled_from([1, 2]), st.integers(0, 10**12))
        )
    )
    return rows, money


@given(trees())
def test_every_parent_is_the_sum_of_its_children_and_the_roots_of_all_leaves(tree):
    rows, money = tree
    found = summed(rows, money, (1, 2))
    for place, year in enumerate((1, 2)):
        for row in rows:
            below = [found[child.key][place] for child in rows if child.parent_id == row.pk]
            known = [amount for amount in below if amount is not None]
            if below:
                assert found[row.key][place] == (sum(known) if known else None)
            else:
                assert found[row.key][place] == money.get(row.pk, {}).get(year)
        roots = [found[row.key][place] or 0 for row in rows if row.parent_id is None]
        assert sum(roots) == sum(amounts.get(year, 0) for amounts in money.values())
