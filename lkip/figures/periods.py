"""The stretch of a year that figures are asked for: the whole year, or from 1 January to a quarter's or month's end."""

import calendar
from dataclasses import dataclass
from datetime import date

from core import formats
from core.errors import Refused
from core.measures import Period

QUARTERS = ("I", "II", "III", "IV")


class NoSuchPeriod(Refused):
    """A quarter or month that no year has."""


@dataclass(frozen=True, order=True)
class Span:
    """Months ``first`` to ``last`` of a year. Figures ask spans that begin in January; the others are single quarters,
    over which an average is taken."""

    year: int
    last: int = 12
    first: int = 1
    quarter: int | None = None

    @classmethod
    def of(cls, year: int, quarter: int | None = None, month: int | None = None) -> "Span":
        """Return the span until the end of a quarter or month, or the year; raises NoSuchPeriod."""
        if quarter is not None and month is not None:
            raise NoSuchPeriod("Pilih triwulan atau bulan, tidak keduanya.")
        if quarter is not None:
            if not 1 <= quarter <= 4:
                raise NoSuchPeriod("Triwulan ditulis 1 sampai 4.")
            return cls(year, 3 * quarter, quarter=quarter)
        if month is not None and not 1 <= month <= 12:
            raise NoSuchPeriod("Bulan ditulis 1 sampai 12.")
        return cls(year, month or 12)

    @property
    def is_year(self) -> bool:
        """Whether it is the whole year, so that the year's own documents speak of it."""
        return self.first == 1 and self.last == 12 and self.quarter is None

    @property
    def end(self) -> date:
        """Its last day."""
        return date(self.year, self.last, calendar.monthrange(self.year, self.last)[1])

    @property
    def words(self) -> str:
        """How a reader calls it."""
        if self.is_year:
            return f"tahun {self.year}"
        if self.quarter is not None:
            return f"sampai akhir triwulan {QUARTERS[self.quarter - 1]} {self.year}"
        if self.first != 1:
            return f"{formats.MONTHS[self.first - 1]} sampai {formats.MONTHS[self.last - 1]} {self.year}"
        return f"sampai akhir {formats.MONTHS[self.last - 1]} {self.year}"

    def before(self) -> "Span":
        """Return the same stretch of the year before."""
        return Span(self.year - 1, self.last, self.first, self.quarter)

    def period(self, as_of_month: int | None = None) -> Period:
        """Return the days that a measure is asked for; an indicator read inside the year ends at its own month."""
        last = min(self.last, as_of_month or 12)
        start = date(self.year, self.first if self.first <= last else 1, 1)
        return Period(start, date(self.year, last, calendar.monthrange(self.year, last)[1]))

    def quarters(self) -> "list[Span]":
        """Return the quarters inside it, each alone, the last one cut where the span ends."""
        if self.first != 1:
            return [self]
        return [Span(self.year, min(start + 2, self.last), start) for start in range(1, self.last + 1, 3)]
