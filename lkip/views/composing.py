"""What the composer shows beside its form: the figure of what is typed so far, or why there is none yet."""

import re
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse

from core import clock
from lkip import doubles, selectors
from lkip.enums import Formula
from lkip.figures import Span
from lkip.figures.evaluate import TYPED
from lkip.figures.preview import preview
from lkip.forms.indicator import MONTHS, IndicatorForm
from lkip.models import Indicator
from lkip.services.indicators import refused_as_double

QUARTERS = [(f"t{q}", f"Akhir triwulan {word}") for q, word in enumerate(("I", "II", "III", "IV"), start=1)]
UNTIL = [("", "Akhir tahun"), *QUARTERS, *((f"b{m}", f"Akhir {name}") for m, name in MONTHS)]
"""The ends of a preview's period as the page offers them."""
YEAR = re.compile(r"20[0-9]{2}|2100")


@dataclass(frozen=True)
class Asked:
    """The period that a preview is asked for: as it was typed, and read; ``span`` is None where it can't be read."""

    year: str
    until: str
    span: Span | None
    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, sent: QueryDict) -> "Asked":
        """Read what was sent; a page that asks for nothing yet gets the usual year."""
        year, until = sent.get("lihat_tahun", str(usual_year())).strip(), sent.get("lihat_sampai", "")
        problems = []
        if not YEAR.fullmatch(year):
            said = f"“{year[:20]}” bukan tahun yang dapat dihitung" if year else "belum diisi"
            problems.append(f"Tahun: {said}. Tulis tahun antara 2000 dan 2100.")
        if until not in dict(UNTIL):
            problems.append(f"Dihitung sampai: “{until[:20]}” tidak ada dalam daftar. Pilih salah satu.")
        if problems:
            return cls(year, until, None, tuple(problems))
        if until.startswith("t"):
            return cls(year, until, Span.of(int(year), quarter=int(until[1:])))
        return cls(year, until, Span.of(int(year), month=int(until[1:]) if until else None))


def usual_year() -> int:
    """The prepared year at hand, else this one."""
    return selectors.year_at_hand() or clock.today().year


def shown(
    asked: Asked, *, form: IndicatorForm | None, record: Indicator | None, may_open: bool
) -> dict[str, object]:
    """Return what the preview shows: the figure with its parts, or what is wrong; `form` is None for a stored one.

    Indicators that count the same under another name are told: saving is allowed, but it should be meant.

    What saving would refuse has no figure here either.
    """
    draft = form.draft() if form is not None else record
    formula = (form.cleaned_data.get("formula") or "") if form is not None else record.formula
    problems = [*asked.problems, *(form.problems() if form is not None else ())]
    if draft is not None:
        problems += _refused(draft)
    twins = doubles.twins(draft) if form is not None and draft is not None else []
    found = {"problems": problems, "typed": _typed_where(formula, draft, asked), "twins": twins}
    if problems or draft is None:
        return found
    figure = preview(draft, asked.span)
    parts = selectors.part_links(figure, asked.span.year, may_open=may_open, span=asked.span)
    if form is not None:  # the page of a figure shows what is saved, not what is being composed
        parts = [
            part if part.is_evidence or part.name != draft.name else replace(part, url="") for part in parts
        ]
    return found | {"figure": figure, "parts": parts, "span": asked.span}


def _refused(draft: Indicator) -> list[str]:
    """Why it could not be saved: an unknown measure, a number over itself, a circle, a long chain, a double."""
    double = refused_as_double(draft)
    try:
        draft.clean()
    except ValidationError as refusal:
        return [*refusal.messages, *([double] if double else [])]
    return [double] if double else []


def _typed_where(formula: str, draft: Indicator | None, asked: Asked) -> dict[str, str]:
    """Where the value is typed when nothing computes it, and the register that an interim one waits for."""
    if formula not in TYPED:
        return {}
    prepared = set(selectors.report_years())
    year = (
        asked.span.year
        if asked.span is not None and asked.span.year in prepared
        else max(prepared, default=None)
    )
    waits = ""
    if formula == Formula.INTERIM:
        waits = draft.waits_for if draft is not None else "register yang belum Anda sebut"
    return {"url": reverse("lkip:statistics", args=[year]) if year else "", "waits": waits}
