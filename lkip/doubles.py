"""Indicators that can't be told apart: by their name in a list, or by what they count."""

from lkip.models import Indicator

COUNTED_BY = ("formula", "measure", "filters", "as_of_month", "numerator_id", "denominator_id", "factor")
COMPUTED = ("MEASURE", "RATIO", "DIFFERENCE", "CHANGE")
LAST_YEAR = 9999


def folded(name: str) -> str:
    """A name as a reader compares it: neither case nor spaces tell two apart."""
    return " ".join(name.split()).casefold()


def namesake(draft: Indicator) -> Indicator | None:
    """Return the indicator that a list would show as the same one as `draft`, which may not be stored yet.

    It has the same name and stands on the same level, or counts the same on another. Those of two different sub
    kegiatan are told apart by these, and those of two periods by their years.
    """
    for other in _others(draft):
        if folded(other.name) != folded(draft.name) or not _together(draft, other):
            continue
        nodes = (draft.nomenclature_id, other.nomenclature_id)
        if None not in nodes and nodes[0] != nodes[1]:
            continue
        if draft.level == other.level or _counts_same(draft, other):
            return other
    return None


def twins(draft: Indicator) -> list[Indicator]:
    """Return the indicators that count the same as `draft` from the records under another name.

    That is allowed: one number can stand for a sasaran and for a programme.
    """
    if draft.formula not in COMPUTED:
        return []
    return [
        other
        for other in _others(draft)
        if _counts_same(draft, other) and folded(other.name) != folded(draft.name) and _together(draft, other)
    ]


def _others(draft: Indicator) -> list[Indicator]:
    return list(Indicator.objects.exclude(pk=draft.pk)) if draft.pk else list(Indicator.objects.all())


def _counts_same(one: Indicator, other: Indicator) -> bool:
    return all(_part(one, name) == _part(other, name) for name in COUNTED_BY)


def _part(indicator: Indicator, name: str) -> object:
    """A part of the definition; the values of a filter count in any order."""
    value = getattr(indicator, name)
    if name != "filters":
        return value
    return {key: sorted(map(str, each if isinstance(each, list) else [each])) for key, each in value.items()}


def _together(one: Indicator, other: Indicator) -> bool:
    """Whether both are used in some year."""
    return (one.from_year or 0) <= (other.to_year or LAST_YEAR) and (other.from_year or 0) <= (
        one.to_year or LAST_YEAR
    )
