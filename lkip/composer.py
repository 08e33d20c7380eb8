"""What an indicator can be composed of, in words: measures with their definitions, values of their dimensions."""

from dataclasses import dataclass
from typing import Any

from core import measures
from core.measures import Dimension, Measure

FEW = 40
"""Up to so many names all are offered; of a longer list only what occurs in the records."""
MOST = 300


@dataclass(frozen=True)
class Choices:
    """The values of one dimension: what is stored, and how it is called; keyed as a form sends it."""

    name: str
    label: str
    values: dict[str, Any]
    labels: dict[str, str]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """For a form's field."""
        return list(self.labels.items())


def measure_choices() -> list[tuple[str, str]]:
    """Every measure as (code, words), in the order of its words."""
    found = [measures.get(code) for code in measures.codes()]
    return sorted(
        ((each.code, f"{each.label} ({each.unit})") for each in found), key=lambda pair: pair[1].lower()
    )


def described(text: str) -> list[Measure]:
    """The measures whose label, definition or register holds every word of the text."""
    words = text.casefold().split()
    found = (measures.get(code) for code, _ in measure_choices())

    def said(measure: Measure) -> str:
        return f"{measure.label} {measure.definition} {measure.register} {measure.unit}".casefold()

    return [measure for measure in found if all(word in said(measure) for word in words)]


def choices_of(measure: Measure) -> list[Choices]:
    """The dimensions of a measure with the values that can be chosen; a statement for each long or unnamed list."""
    return [_choices(measure, name, dimension) for name, dimension in measure.dimensions.items()]


def _choices(measure: Measure, name: str, dimension: Dimension) -> Choices:
    names = dimension.names()
    keys = list(names)
    if not names or len(names) > FEW:
        occurring = measure.rows().order_by().values_list(dimension.path, flat=True).distinct()[:MOST]
        keys = [key for key in occurring if key not in (None, "")]
        keys.sort(key=lambda key: str(names.get(key, key)).casefold())
    return Choices(
        name,
        dimension.label,
        {str(key): key for key in keys},
        {str(key): str(names.get(key, key)) for key in keys},
    )


def filter_words(code: str, filters: dict) -> list[tuple[str, str]]:
    """Say the filters of an indicator: (dimension, values), with the names of both."""
    try:
        measure = measures.get(code)
    except measures.UnknownMeasure:
        return [(name, str(value)) for name, value in filters.items()]
    said = []
    for name, value in filters.items():
        dimension = measure.dimensions.get(name)
        names = dimension.names() if dimension else {}
        held = value if isinstance(value, list) else [value]
        said.append((dimension.label if dimension else name, ", ".join(str(names.get(v, v)) for v in held)))
    return said
