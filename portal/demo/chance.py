"""Chance that comes out the same each time: seeded by the city's code, never by the machine."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar
from uuid import UUID

from core import calendar

T = TypeVar("T")


class Chance:
    """The draws of one part of the demo. Each part has its own, so that a change in one leaves the others alone."""

    def __init__(self, city: str, part: str) -> None:
        self.random = random.Random(f"{city}/{part}")

    def uid(self) -> UUID:
        """Return a random UUID."""
        return UUID(int=self.random.getrandbits(128), version=4)

    def pick(self, items: Sequence[T]) -> T:
        """Return one of `items`."""
        return items[self.random.randrange(len(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Return `count` different ones of `items`."""
        return self.random.sample(list(items), count)

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Return a key of {key: weight}."""
        return self.random.choices(list(weights), list(weights.values()))[0]

    def happens(self, percent: float) -> bool:
        """Return True in `percent` of 100 cases."""
        return self.random.random() * 100 < percent

    def number(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return self.random.randint(low, high)

    def digits(self, count: int) -> str:
        """Return so many digits."""
        return "".join(self.random.choices("0123456789", k=count))

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in another order."""
        mixed = list(items)
        self.random.shuffle(mixed)
        return mixed

    def sizes(self, count: int, spread: float = 1.0) -> list[float]:
        """Return weights as company sizes are: many small ones, few large ones."""
        return [self.random.lognormvariate(0, spread) for _ in range(count)]


def deal(total: int, weights: Sequence[float], least: int = 0) -> list[int]:
    """Split `total` into whole parts by `weights`, each at least `least`; the parts add up to it exactly.

    Weights that are all 0 share evenly; largest remainders get what rounding leaves over. Raises ValueError when
    `total` is too small.
    """
    spare = total - least * len(weights)
    if spare < 0:
        raise ValueError(f"{total} can't be split into {len(weights)} parts of at least {least}")
    shares = [Fraction(weight) for weight in weights]
    if not any(shares):
        shares = [Fraction(1)] * len(weights)
    whole = sum(shares)
    exact = [spare * share / whole for share in shares]
    parts = [int(share) for share in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: spare - sum(parts)]:
        parts[i] += 1
    return [least + part for part in parts]


class Workdays:
    """The office's working days between two days, by month."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        span = (last - first).days + 1
        days = (first + dt.timedelta(days=n) for n in range(span))
        self.days = [day for day in days if calendar.is_working_day(day)]

    def between(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """Return the working days from `first` to `last`, both included."""
        return [day for day in self.days if first <= day <= last]

    def month(self, year: int, month: int) -> list[dt.date]:
        """Return the working days of a month."""
        return [day for day in self.days if (day.year, day.month) == (year, month)]

    def from_day(self, day: dt.date) -> dt.date:
        """Return the first working day on or after `day`; the last known one when there is none."""
        return next((found for found in self.days if found >= day), self.days[-1])

    def until_day(self, day: dt.date) -> dt.date:
        """Return the last working day on or before `day`."""
        return next(found for found in reversed(self.days) if found <= day)
