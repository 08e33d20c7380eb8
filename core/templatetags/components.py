"""The parts of a page: ``{% load components %}``.

{% icon "download" %}                 a drawn sign (core.icons); always beside its word
{% mark %}                            the office's logo, or its own-drawn shield
{% error_summary errors %}            the box on top; takes core.pages.error_summary's list, or a form
{% field form.name %}                 label, hint, error and input of one field
{% fields form %}                     all fields; grouped when the form has ``fieldsets`` = [(legend, [names])]
{% day_boxes "dari" day "Sejak" %}    three small boxes of a day, in a filter form
{% tag "Tercapai" "green" %}          exceptions and end states (green, yellow, red, grey)
{% chips links "Saringan cepat" %}    quick filters: label, url, count, current
{% pager page "laporan" %}            page numbers of a Django `Page`; keeps the other URL parameters
{% moment text %}                     "… pukul …" of a table cell in two lines
{% timeline rows %}                   WorkflowLog rows, or dicts with label, at, by, comment, kind (now, next)
{% facts facts %}                     label, text, url, note, flag (ok, wa, no): core.pages.Fact or dicts
{% summary_list rows %}               "Periksa jawaban": label, text, url (change link)
{% bars rows "Menurut kanal" %}       a table of bars: label, value, url, series (1, 2); share is computed
{% meter capaian %}                   capaian bar 0–140 % with its tick at 100 %
"""

import copy
import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core import formats
from core.form_words import field_errors
from core.icons import ICONS
from core.pages import error_summary as summary_of
from core.widgets import DateParts
from core.widgets import day_boxes as boxes_of

register = template.Library()

METER_TOP = Fraction(140)
HEADING_SIZES = {"l": "l", "m": "m", "": ""}


@register.simple_tag
def icon(name: str) -> SafeString:
    """The sign `name`; KeyError when there is none of that name."""
    return format_html(
        '<svg class="ic" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(ICONS[name]),  # noqa: S308 - our own constant
    )


@register.simple_tag(takes_context=True)
def mark(context: template.Context) -> SafeString:
    """The office's logo, or the drawn shield in the agency's colours when it has none."""
    if context.get("logo_url"):
        return format_html(
            '<img class="mark" src="{}" width="42" height="42" alt="">', str(context["logo_url"])
        )
    return mark_safe(
        '<svg class="mark" viewBox="0 0 42 42" aria-hidden="true" focusable="false">'
        '<path class="a" d="M21 1.5 39 8v14c0 9.5-7.5 16-18 18.5C10.5 38 3 31.5 3 22V8Z"/>'
        '<path class="l" d="M12 27V16l9 6 9-6v11"/><circle class="d" cx="21" cy="13" r="3"/></svg>'
    )


@register.inclusion_tag("core/components/error_summary.html")
def error_summary(errors: Any) -> dict[str, Any]:
    """The box on top: every error once, linked to its field."""
    return {"errors": summary_of(errors) if isinstance(errors, forms.BaseForm) else list(errors or [])}


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    for kind, cls in (
        ("hidden", forms.HiddenInput),
        ("hidden", forms.MultipleHiddenInput),
        ("parts", DateParts),
        ("checkboxes", forms.CheckboxSelectMultiple),
        ("radios", forms.RadioSelect),
        ("checkbox", forms.CheckboxInput),
        ("select", forms.Select),
        ("textarea", forms.Textarea),
        ("file", forms.FileInput),
        ("password", forms.PasswordInput),
    ):
        if isinstance(widget, cls):
            return kind
    return "input"


CLASSES = {
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "input": "govuk-input",
    "checkbox": "govuk-checkboxes__input",
    "parts": "",
}
WIDTHS = {"number": "govuk-input--width-10", "time": "govuk-input--width-5"}


def _control(bound: BoundField, kind: str, described: str) -> SafeString:
    """The input itself with the kit's classes; widget attributes ``prefix`` and ``suffix`` are drawn beside it."""
    widget = copy.copy(bound.field.widget)
    widget.attrs = {key: value for key, value in widget.attrs.items() if key not in ("prefix", "suffix")}
    classes = [CLASSES[kind], widget.attrs.get("class", "")]
    if kind == "input" and "width" not in classes[1]:
        classes.append(WIDTHS.get(widget.input_type, ""))
    if bound.errors and kind in ("input", "select", "textarea", "file", "password"):
        classes.append(f"{CLASSES[kind].split()[0]}--error")
    attrs = {"class": " ".join(part for part in classes if part)}
    if described:
        attrs["aria-describedby"] = described
    if kind == "textarea":
        attrs.setdefault("rows", widget.attrs.get("rows", 4) if widget.attrs.get("rows") != "10" else 4)
    return bound.as_widget(widget=widget, attrs=attrs)


def _choices(bound: BoundField) -> list[dict[str, Any]]:
    """The choices of radios or boxes; the first has the field's own id, so that the error summary leads there."""
    found = []
    for sub in bound.subwidgets:
        data = sub.data
        if data["value"] in ("", None):
            continue
        number = len(found) + 1
        found.append(
            {
                "id": bound.auto_id if number == 1 else f"{bound.auto_id}-{number}",
                "name": data["name"],
                "value": data["value"],
                "label": data["label"],
                "checked": bool(data["selected"]),
            }
        )
    return found


def _is_optional(asked: forms.Field) -> bool:
    """Whether the label says so: not where the form itself asks for it together with another field (`needed`)."""
    return not asked.required and not getattr(asked, "needed", False)


@register.inclusion_tag("core/components/field.html")
def field(bound: BoundField, heading: str = "") -> dict[str, Any]:
    """One field of a form; ``heading`` = "l" makes its label the page's h1 (one question a page)."""
    kind = _kind(bound)
    hint, fail = f"{bound.auto_id}_hint", f"{bound.auto_id}_error"
    described = " ".join(part for part, on in ((hint, bound.help_text), (fail, bound.errors)) if on)
    context = {
        "bound": bound,
        "error": next(iter(field_errors(bound.form, bound.name)), ""),
        "kind": kind,
        "heading": HEADING_SIZES[heading],
        "label": bound.label,
        "optional": _is_optional(bound.field) and kind != "checkbox",
        "hint_id": hint,
        "error_id": fail,
        "described": described,
        "prefix": bound.field.widget.attrs.get("prefix", ""),
        "suffix": bound.field.widget.attrs.get("suffix", ""),
    }
    if kind in ("radios", "checkboxes"):
        context["choices"] = _choices(bound)
        context["inline"] = kind == "radios" and len(context["choices"]) <= 2
    else:
        context["control"] = bound if kind == "hidden" else _control(bound, kind, described)
    return context


@register.inclusion_tag("core/components/day_boxes.html")
def day_boxes(name: str, value: Any, label: str, error: str = "") -> dict[str, Any]:
    """A day of a filter in three small boxes; `value` is a day, ISO text or ""; `error` stands above them."""
    found = boxes_of(name, value, f"f-{name}")
    return {"label": label, "boxes": found, "error": error, "error_id": f"f-{name}_error"}


@register.inclusion_tag("core/components/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """All fields of a form, hidden ones first; ``fieldsets`` of the form group them, the rest follows."""
    groups, named = [], set()
    for legend, names in getattr(form, "fieldsets", ()):
        shown = [form[name] for name in names if name in form.fields and not form[name].is_hidden]
        if shown:
            groups.append({"legend": legend, "fields": shown})
        named.update(names)
    rest = [bound for bound in form.visible_fields() if bound.name not in named]
    if rest:
        groups.append({"legend": "", "fields": rest})
    return {"hidden": form.hidden_fields(), "groups": groups}


@register.simple_tag
def tag(text: Any, colour: str = "") -> SafeString:
    """A round tag; without a colour it has the accent's tint."""
    if text in (None, ""):
        return SafeString("")
    return format_html(
        '<strong class="govuk-tag{}">{}</strong>', f" govuk-tag--{colour}" if colour else "", text
    )


@register.simple_tag
def moment(text: str) -> SafeString:
    """A moment in a table: the day, and below it the time; on a phone both in one line."""
    day, _, time = str(text).partition(" pukul ")
    if not time:
        return format_html("{}", text)
    return format_html('<span class="two-l nowrap">{}<span class="sub tm">{}</span></span>', day, time)


@register.inclusion_tag("core/components/chips.html")
def chips(links: Iterable[Any], label: str = "Saringan cepat") -> dict[str, Any]:
    """Quick filters with counts: plain links, the state is in the URL."""
    return {"links": links, "label": label}


@register.inclusion_tag("core/components/pager.html", takes_context=True)
def pager(context: template.Context, page: Any, noun: str = "baris", param: str = "hal") -> dict[str, Any]:
    """Page numbers of a Django `Page`; every other parameter of the address stays."""
    query = context["request"].GET.copy()

    def url(number: int) -> str:
        query[param] = str(number)
        return "?" + query.urlencode()

    shown = sorted({1, page.paginator.num_pages, *range(page.number - 2, page.number + 3)})
    shown = [number for number in shown if 1 <= number <= page.paginator.num_pages]
    links: list[dict[str, Any] | None] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            links.append(None)
        links.append({"label": formats.number(number), "url": url(number), "current": number == page.number})
    return {
        "first": page.start_index(),
        "last": page.end_index(),
        "count": page.paginator.count,
        "noun": noun,
        "links": links if page.paginator.num_pages > 1 else [],
        "next_url": url(page.number + 1) if page.has_next() else "",
        "previous_url": url(page.number - 1) if page.has_previous() else "",
    }


def _get(row: Any, *names: str) -> Any:
    """The first of the named keys or attributes that is there."""
    for name in names:
        value = row.get(name) if isinstance(row, dict) else getattr(row, name, None)
        if value not in (None, ""):
            return value
    return ""


def _moment(at: Any) -> str:
    """A moment or a day in words."""
    if isinstance(at, dt.datetime):
        return formats.datetime_long(at)
    return formats.date_long(at) if at else ""


@register.inclusion_tag("core/components/timeline.html")
def timeline(rows: Iterable[Any], level: int = 3) -> dict[str, Any]:
    """Steps in their order; a row is a WorkflowLog or a dict (label, at, when, by, comment, kind, url, url_label)."""
    steps = [
        {
            "label": _get(row, "label", "title"),
            "at": _get(row, "at"),
            "when": _get(row, "when") or _moment(_get(row, "at")),
            "by": _get(row, "by", "actor_name"),
            "comment": _get(row, "comment"),
            "kind": _get(row, "kind"),
            "url": _get(row, "url"),
            "url_label": _get(row, "url_label"),
        }
        for row in rows
    ]
    return {"steps": steps, "level": level}


@register.inclusion_tag("core/components/facts.html")
def facts(rows: Iterable[Any], narrow: bool = False) -> dict[str, Any]:
    """A list of facts; the result of a check stands directly under its value."""
    found = [
        {
            "label": _get(row, "title", "label"),
            "text": _get(row, "text", "value") or formats.DASH,
            "url": _get(row, "url"),
            "note": _get(row, "note"),
            "flag": _get(row, "flag"),
            "html": _get(row, "html"),
        }
        for row in rows
    ]
    return {"rows": found, "narrow": narrow}


@register.inclusion_tag("core/components/summary_list.html")
def summary_list(rows: Iterable[Any]) -> dict[str, Any]:
    """Answers with their change links, for "Periksa jawaban" pages."""
    return {
        "rows": [
            {
                "label": _get(row, "label", "title"),
                "text": _get(row, "text", "value"),
                "url": _get(row, "url"),
            }
            for row in rows
        ]
    }


def _places(value: Fraction, places: int = 2) -> str:
    """A plain decimal with a point, for SVG attributes."""
    unit = Decimal(1).scaleb(-places)
    return str((Decimal(value.numerator) / Decimal(value.denominator)).quantize(unit, ROUND_HALF_UP))


@register.inclusion_tag("core/components/bars.html")
def bars(rows: Iterable[Any], caption: str, total: Any = None, shares: bool = True) -> dict[str, Any]:
    """A table of bars in the order given: zero-based, the longest fills the cell; values and shares are text."""
    found = [
        {
            "label": _get(row, "label", "title"),
            "number": Fraction(_get(row, "value") or 0),
            "value": _get(row, "display") or formats.number(_get(row, "value") or 0),
            "url": _get(row, "url"),
            "series": _get(row, "series") or 1,
        }
        for row in rows
    ]
    top = max((row["number"] for row in found), default=Fraction(0))
    whole = Fraction(total) if total is not None else sum((row["number"] for row in found), Fraction(0))
    for row in found:
        row["width"] = _places(row["number"] / top * 100) if top else "0"
        row["share"] = formats.percent(row["number"] / whole * 100, 1) if shares and whole else ""
    return {"rows": found, "caption": caption, "shares": shares}


@register.inclusion_tag("core/components/meter.html")
def meter(capaian: Any, good: bool = True) -> dict[str, Any]:
    """The capaian bar: 0 to 140 %, a tick at 100 %, chevrons where it runs over; nothing for a missing value."""
    if capaian in (None, ""):
        return {"width": ""}
    value = Fraction(capaian)
    return {
        "width": _places(min(max(value, Fraction(0)), METER_TOP) / METER_TOP * 100),
        "over": value > METER_TOP,
        "good": good,
    }
