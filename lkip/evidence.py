"""The records behind a number as a list: one table a measure, and the address that opens exactly what was counted.

An address carries the question itself (period and filters), so the list asks the measure the same question again
and its count is the number.
"""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from core import formats, measures
from core.measures import Measure, Period
from core.tables import Column, Filter, Table
from lkip.permissions import can_see_evidence

PARAM = "angka"


def token(period: Period, filters: dict | None = None) -> str:
    """Return the question as one URL value: ``start_end``, then ``;name=value`` for each filter (``|`` in between)."""
    parts = [f"{period.start:%Y-%m-%d}_{period.end:%Y-%m-%d}"]
    for name, value in sorted((filters or {}).items()):
        values = value if isinstance(value, list | tuple) else [value]
        parts.append(f"{name}={'|'.join(str(v) for v in values)}")
    return ";".join(parts)


def read_token(measure: Measure, text: str) -> tuple[Period, dict]:
    """Return (period, filters) of a token; raises ValueError when it is none of this measure's questions."""
    span, *rest = text.split(";")
    start, _, end = span.partition("_")
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    filters: dict = {}
    for part in rest:
        name, equals, value = part.partition("=")
        if not equals or name not in measure.dimensions:
            raise ValueError(f"unknown filter {name!r}")
        values = value.split("|")
        filters[name] = values if len(values) > 1 else values[0]
    return period, filters


def words(measure: Measure, text: str) -> str:
    """Say the question in words: period, then each filter by its name and label."""
    period, filters = read_token(measure, text)
    said = [f"{formats.date_long(period.start)} sampai {formats.date_long(period.end)}"]
    for name, value in filters.items():
        dimension = measure.dimensions[name]
        names = {str(k): v for k, v in dimension.names().items()}
        values = value if isinstance(value, list) else [value]
        said.append(f"{dimension.label}: {', '.join(str(names.get(v, v)) for v in values)}")
    return "; ".join(said)


def url(code: str, period: Period, filters: dict | None = None) -> str:
    """Return the address of the records that the number counts."""
    return reverse("lkip:evidence", args=[code]) + "?" + urlencode({PARAM: token(period, filters)})


def _columns(measure: Measure) -> list[Column]:
    columns = [
        Column(f"c{i}", column.title, kind=column.kind, value=column.value, width=24)
        for i, column in enumerate(measure.columns)
    ]
    if isinstance(measure.value, measures.Sum):
        columns.append(
            Column("weight", "Andil", kind="int", value="weight", explain="Bagian baris ini pada jumlahnya.")
        )
    return columns


def _table(measure: Measure) -> type[Table]:
    def queryset(self, user) -> QuerySet:
        return measures.evidence(measure.code, Period(date.min, date.min))

    def asked(rows: QuerySet, value: str) -> QuerySet:
        return measures.evidence(measure.code, *read_token(measure, value))

    link: Callable | None = measure.url

    def row_url(self, row) -> str | None:
        """The record's own page, for a reader who may open it; a masked row is all that others get."""
        return link(row) if link and self.opens(row) else None

    def opens(self, row) -> bool:
        """Whether `reader` may open such records: asked once a page, staff see all of a kind or none."""
        if self.may_open is None:
            mine = type(row)._default_manager.visible_to(self.reader) if self.reader else None
            self.may_open = mine is not None and mine.filter(pk=row.pk).exists()
        return self.may_open

    return type(
        "Evidence" + measure.code.title().replace(".", "").replace("_", ""),
        (Table,),
        {
            "__module__": __name__,
            "slug": "rekaman-" + measure.code.replace(".", "-").replace("_", "-"),
            "title": f"Rekaman: {measure.label}",
            "noun": "rekaman",
            "intro": measure.definition,
            "permission": can_see_evidence,
            "columns": _columns(measure),
            "filters": [
                Filter(
                    PARAM,
                    "Angka",
                    kind="hidden",
                    fixed=True,
                    apply=asked,
                    describe=lambda value: words(measure, value),
                )
            ],
            "empty_text": "Tidak ada rekaman di balik angka ini.",
            "queryset": queryset,
            "row_url": row_url,
            "opens": opens,
            "reader": None,
            "may_open": None,
            "measure": measure,
        },
    )


tables: dict[str, type[Table]] = {}


def build_tables() -> None:
    """Make the evidence table of every registered measure; called once, when all apps are ready."""
    for code in measures.codes():
        tables[code] = _table(measures.get(code))
