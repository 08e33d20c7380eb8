"""Form widgets that the browser does not have."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from core import formats

_SHORT_YEAR = re.compile(r"\d{1,3}-\d{1,2}-\d{1,2}")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2}|[^\W\d_]+)[-/. ]+(\d{4})")
PARTS = (("day", "Tanggal", 2), ("month", "Bulan", 2), ("year", "Tahun", 4))


class TypedDay(str):
    """ISO text of three boxes that remembers what stands in them: ``parts`` are day, month and year as typed.

    The text is for reading the day; whoever typed it sees the parts again, in their order and spelling.
    """

    parts: tuple[str, str, str]

    def __new__(cls, iso: str, parts: tuple[str, str, str] = ("", "", "")) -> "TypedDay":
        """Keep the parts beside the text."""
        found = super().__new__(cls, iso)
        found.parts = parts
        return found


def typed_day(data: Mapping[str, Any], name: str) -> str:
    """ISO text of the three boxes of `name`; with "?" for an empty one; "" when all are empty.

    A month may be written by its name.
    """
    typed = tuple(str(data.get(f"{name}_{part}", "") or "").strip() for part, _, _ in PARTS)
    if not any(typed):
        return ""
    day, month, year = typed
    month = str(formats.month_number(month) or month)
    if day.isdigit() and month.isdigit() and year.isdigit() and len(year) == 4:
        return TypedDay(f"{year}-{month.zfill(2)}-{day.zfill(2)}", typed)
    return TypedDay(f"{year or '?'}-{month or '?'}-{day or '?'}", typed)


def as_typed(text: str) -> str:
    """A day in the order in which it was typed: day first where it came from three boxes, else the text itself."""
    if not isinstance(text, TypedDay):
        return text
    return ("-" if all(part.isdigit() for part in text.parts) else " ").join(
        part or "?" for part in text.parts
    )


def missing_in(text: str) -> str:
    """What a text of `typed_day` lacks to be a date, in words; "" when every part is there."""
    if "?" in text:
        return "belum lengkap. Isi tanggal, bulan, dan tahun"
    return "belum lengkap. Tulis tahun dengan empat angka" if _SHORT_YEAR.fullmatch(text) else ""


def day_boxes(name: str, value: Any, base: str) -> list[dict[str, Any]]:
    """The three boxes with their names, ids, labels and values; `base` begins their ids."""
    year, month, day = _split(value)
    typed = {"day": day, "month": month, "year": year}
    return [
        {"name": f"{name}_{part}", "id": f"{base}_{part}", "label": label, "size": size, "value": typed[part]}
        for part, label, size in PARTS
    ]


class DateParts(forms.Widget):
    """A date typed as day, month and year in three boxes: the browser's own picker follows the browser's language.

    Use with `forms.DateField`. What was typed comes back unchanged when it is no date.
    """

    template_name = "core/components/date_parts.html"
    use_fieldset = True

    def id_for_label(self, id_: str) -> str:
        """The first box, where the error summary leads."""
        return f"{id_}_day" if id_ else ""

    def value_from_datadict(self, data: dict, files: MultiValueDict, name: str) -> str | None:
        """ISO text of the three boxes; text that is no date when one is missing or wrong; None when all are empty."""
        return typed_day(data, name) or data.get(name) or None

    def value_omitted_from_data(self, data: dict, files: MultiValueDict, name: str) -> bool:
        """Whether none of the boxes was sent."""
        return all(f"{name}_{part}" not in data for part, _, _ in PARTS) and name not in data

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        """The three boxes with their labels and values."""
        context = super().get_context(name, value, attrs)
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        context["boxes"] = day_boxes(name, value, base)
        context["describedby"] = context["widget"]["attrs"].get("aria-describedby", "")
        context["invalid"] = context["widget"]["attrs"].get("aria-invalid", "")
        return context


def _split(value: Any) -> list[str]:
    """Year, month and day as they stand in the boxes; a text that is no day stays whole in the first one."""
    if isinstance(value, dt.date):
        return [str(value.year), str(value.month), str(value.day)]
    if isinstance(value, TypedDay):
        return list(reversed(value.parts))
    text = str(value or "").strip()
    day_first = _DAY_FIRST.fullmatch(text)
    if day_first:
        return list(reversed(day_first.groups()))
    parts = text.split("-")
    if len(parts) == 3:
        return ["" if part == "?" else part for part in parts]
    return ["", "", text]
