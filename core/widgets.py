"""Form widgets that the browser does not have."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from core import formats

_SHORT_YEAR = re.compile(r"\d{1,3}-\d{1,2}-\d{1,2}")
PARTS = (("day", "Tanggal", 2), ("month", "Bulan", 2), ("year", "Tahun", 4))


def typed_day(data: Mapping[str, Any], name: str) -> str:
    """ISO text of the three boxes of `name`; with "?" for an empty one; "" when all are empty.

    A month may be written by its name.
    """
    day, month, year = (str(data.get(f"{name}_{part}", "") or "").strip() for part, _, _ in PARTS)
    if not (day or month or year):
        return ""
    month = str(formats.month_number(month) or month)
    if day.isdigit() and month.isdigit() and year.isdigit() and len(year) == 4:
        return f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return f"{year or '?'}-{month or '?'}-{day or '?'}"


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
    """Year, month and day as they stand in the boxes."""
    if isinstance(value, dt.date):
        return [str(value.year), str(value.month), str(value.day)]
    parts = str(value or "").split("-")
    return ["" if part == "?" else part for part in parts] if len(parts) == 3 else ["", "", ""]
