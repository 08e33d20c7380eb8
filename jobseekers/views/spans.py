"""The days that a report is asked for: read from its address, with what is wrong said at the box."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from core import clock
from core.formfields import DayField
from core.widgets import typed_day
from jobseekers.recap import CARDS, SENT

FIRST_YEAR = 2000
LABELS = {"dari": "Dari tanggal", "sampai": "Sampai tanggal"}


@dataclass(frozen=True)
class Asked:
    """The days (None: all of them); or what is wrong, by box, and then no other days are counted instead.

    `typed` is what stands in the boxes: the days that count, or what was typed.
    """

    span: tuple[date, date] | None
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, date | str] = field(default_factory=dict)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """The errors for the box on top, each leading to its first box."""
        return [(f"f-{name}_day", text) for name, text in self.errors.items()]


def _typed(params: QueryDict, name: str) -> str:
    return typed_day(params, name) or params.get(name, "")[:20].replace("\0", "")


def _read(name: str, text: str) -> date | None:
    """The day, None for nothing. Raises ValidationError."""
    found = DayField(LABELS[name], required=False).clean(text)
    if found is not None and found.year < FIRST_YEAR:
        raise ValidationError(f"{LABELS[name]} paling awal 1 Januari {FIRST_YEAR}.")
    return found


def asked_span(request: HttpRequest, measure: str) -> Asked:
    """The days that are asked for: `dari` and `sampai`, or `tahun`.

    Cards and sent applications are always those of some days, this year's when nothing is said.
    """
    params, today, year = request.GET, clock.today(), request.GET.get("tahun", "")
    typed = {name: _typed(params, name) for name in LABELS}
    found, errors = {}, {}
    for name, text in typed.items():
        try:
            found[name] = _read(name, text)
        except ValidationError as problem:
            errors[name] = problem.messages[0]
    if errors:
        return Asked(None, errors, typed)
    start, end = found["dari"], found["sampai"]
    if start and end and end < start:
        return Asked(None, {"sampai": "Sampai tanggal lebih awal daripada dari tanggal."}, typed)
    if start is None and end is None and len(year) == 4 and year.isdecimal() and int(year) >= FIRST_YEAR:
        start, end = date(int(year), 1, 1), date(int(year), 12, 31)
    if start is None and end is None:
        if measure not in (SENT, CARDS):
            return Asked(None)
        start, end = date(today.year, 1, 1), date(today.year, 12, 31)
    span = start or date(FIRST_YEAR, 1, 1), end or max(today, start)
    return Asked(span, typed={"dari": span[0], "sampai": span[1]})
