"""The mean achievement of the main indicators, of the whole office and of each objective, with its predicate (F13)."""

from collections.abc import Iterable
from fractions import Fraction

from lkip.bands import Scale
from lkip.enums import Level
from lkip.figures.model import Figure, Mean
from lkip.models import Objective

OFFICE = "mean_capaian"
"""The code of the mean over all main indicators; that of an objective has the objective's code behind it."""
RULE = (
    "Jumlah capaian indikator kinerja utama dalam batas yang berlaku, dibagi banyaknya indikator itu; setiap "
    "indikator bobotnya sama."
)


def means(figures: Iterable[Figure], scale: Scale | None) -> list[Mean]:
    """Return the mean of each objective, in the order of its first indicator, and that of the office last.

    Only an achievement in per cent counts, within the year's bounds; what has none is named as left out, never taken
    as zero. Empty where no main indicator has one. The office's mean is over its indicators, not over the objectives'
    means: an objective with three indicators weighs three times one with a single one.
    """
    mains = [figure for figure in figures if figure.level == Level.IKU]
    groups: dict[Objective, list[Figure]] = {}
    for figure in mains:
        if figure.indicator.objective is not None:
            groups.setdefault(figure.indicator.objective, []).append(figure)
    found = [_mean(objective, members, scale) for objective, members in groups.items()]
    return [*found, _mean(None, mains, scale)] if any(f.capaian_clamped is not None for f in mains) else []


def _mean(objective: Objective | None, members: list[Figure], scale: Scale | None) -> Mean:
    counted = tuple(figure for figure in members if figure.capaian_clamped is not None)
    total = sum((figure.capaian_clamped for figure in counted), Fraction(0))
    value = total / len(counted) if counted else None
    step = scale.at(value) if scale is not None and value is not None else None
    about = f"sasaran “{objective.text}”" if objective else "semua indikator kinerja utama"
    figure = Figure(
        code=f"{OFFICE}_{objective.code.lower()}" if objective else OFFICE,
        label=f"Rata-rata capaian {about}",
        unit="persen",
        decimals=2,
        level="MEAN",
        value=value,
        numerator=total if counted else None,
        denominator=Fraction(len(counted)) if counted else None,
        source="; ".join(dict.fromkeys(part for each in counted for part in each.source.split("; ") if part)),
        definition=RULE,
        predicate=step.name if step else "",
        interim="; ".join(dict.fromkeys(each.interim for each in counted if each.interim)),
        why="" if counted else "Belum ada indikator dengan capaian dalam persen.",
    )
    left = tuple(each for each in members if each not in counted)
    return Mean(figure, objective, counted, left)
