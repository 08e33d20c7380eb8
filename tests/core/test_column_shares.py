"""Columns share a width: by weight, none narrower than its least, and never more than there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.shares import MOST_OF_ROOM, share


def test_without_a_least_the_weights_decide():
    assert share(100, [1, 3], [0, 0]) == [25, 75]


def test_a_column_gets_its_least_and_the_others_share_the_rest():
    assert share(100, [1, 1, 2], [40, 0, 0]) == [40, 20, 40]


@given(st.lists(st.tuples(st.floats(0.1, 5), st.floats(0, 200)), min_size=1, max_size=12), st.floats(50, 800))
def test_the_widths_fill_the_room_and_hold_what_fits(columns, room):
    weights, least = zip(*columns, strict=True)
    widths = share(room, weights, least)
    assert sum(widths) == pytest.approx(room)
    held = [min(each, room * MOST_OF_ROOM) for each in least]
    if sum(held) < room:
        assert all(width >= each - 1e-6 for width, each in zip(widths, held, strict=True))
