"""What indicators are called and made of in a year, whether that changed, and whether it can be computed at all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from lkip import chains
from lkip.enums import PART_TITLES, Formula
from lkip.models import Indicator, IndicatorVersion


@dataclass(frozen=True)
class Definition:
    """The words and parts of an indicator that hold in one year."""

    name: str
    text: str
    numerator_id: int | None
    denominator_id: int | None

    @property
    def parts(self) -> tuple[int, ...]:
        """The indicators that it is made of."""
        return tuple(pk for pk in (self.numerator_id, self.denominator_id) if pk is not None)


class Definitions:
    """All indicators with their versions; reads nothing by itself."""

    def __init__(self, indicators: Iterable[Indicator], versions: Iterable[IndicatorVersion]) -> None:
        """Take every indicator and every version of the office."""
        self.by_pk = {indicator.pk: indicator for indicator in indicators}
        self.versions: dict[int, list[IndicatorVersion]] = defaultdict(list)
        for version in versions:
            self.versions[version.indicator_id].append(version)
        self._known: dict[tuple[int, int], Definition] = {}
        self._broken: dict[tuple[int, int], str] = {}

    def of(self, pk: int, year: int) -> Definition:
        """Return the definition in force: the newest version that has begun and not ended, else the indicator's own."""
        key = (pk, year)
        if key not in self._known:
            self._known[key] = self._read(pk, year)
        return self._known[key]

    def _read(self, pk: int, year: int) -> Definition:
        indicator = self.by_pk[pk]
        held = None
        for version in self.versions.get(pk, ()):
            begun = version.from_year <= year and (version.to_year is None or version.to_year >= year)
            if begun and (held is None or version.from_year > held.from_year):
                held = version
        if held is None:
            return Definition(
                indicator.name, indicator.definition, indicator.numerator_id, indicator.denominator_id
            )
        return Definition(
            held.name or indicator.name,
            held.definition or indicator.definition,
            held.numerator_id or indicator.numerator_id,
            held.denominator_id or indicator.denominator_id,
        )

    def broken(self, pk: int, year: int) -> str:
        """Say why the indicator can't be computed in the year (a circle, too long a chain), or nothing."""
        key = (pk, year)
        if key not in self._broken:
            self._broken[key] = ""
            try:
                chains.check(pk, partial(self._parts, year))
            except chains.BrokenChain as error:
                self._broken[key] = error.words(lambda each: f"“{self.of(each, year).name}”")
        return self._broken[key]

    def _parts(self, year: int, pk: int) -> tuple[int, ...]:
        return self.of(pk, year).parts

    def changed(self, pk: int, year: int, before: int) -> str:
        """Say how the definition of `year` differs from that of `before`, parts included; empty when it does not."""
        if not self.versions or self.broken(pk, year) or self.broken(pk, before):
            return ""
        differences = list(dict.fromkeys(self._differences(pk, year, before)))
        if not differences:
            return ""
        said = "; ".join(differences)
        return f"Definisi {year} berbeda dari {before}: {said}. Kedua tahun tidak sebanding begitu saja."

    def _differences(self, pk: int, year: int, before: int) -> Iterable[str]:
        now, then = self.of(pk, year), self.of(pk, before)
        if now == then:
            for part in now.parts:
                yield from self._differences(part, year, before)
            return
        said = False
        first, second = PART_TITLES.get(self.by_pk[pk].formula, PART_TITLES[Formula.RATIO])
        for word, new, old in (
            (first, now.numerator_id, then.numerator_id),
            (second, now.denominator_id, then.denominator_id),
        ):
            if new == old:
                if new is not None:
                    yield from self._differences(new, year, before)
            else:
                said = True
                yield f"{word.lower()} dulu “{self._name(old, before)}”, sekarang “{self._name(new, year)}”"
        if now.text != then.text and not said:
            yield f"rumusan “{now.name}” diganti"

    def _name(self, pk: int | None, year: int) -> str:
        return self.of(pk, year).name if pk is not None else "tidak ada"
