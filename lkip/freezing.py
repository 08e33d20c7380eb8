"""What publishing keeps of a year's figures, and how a later state of the records is held against it.

A frozen figure is plain JSON with exact fractions ("1835/2047"), so that nothing is lost in keeping it. The records
behind it are kept as salted hashes: enough to tell that one is gone or new, not enough to tell who it is.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from core import measures
from core.formats import NBSP, number, rupiah
from lkip.enums import Formula
from lkip.figures import Figure, YearFigures, period_of
from lkip.figures.evaluate import unaskable
from lkip.text import FACETS, VALUE

HASH_BYTES = 16
SALT_BYTES = 32
EXACT = ("value", "numerator", "denominator", "target", "capaian", "capaian_clamped")


@dataclass(frozen=True)
class Difference:
    """A figure that is not what it was: how it was printed, how it would print, records gone and new since."""

    code: str
    label: str
    before: str
    after: str
    removed: int = 0
    added: int = 0
    what: str = ""

    @property
    def same_value(self) -> bool:
        """Whether only the records behind it, its target or its definition differ."""
        return self.before == self.after


def exact(value: Fraction | None) -> str | None:
    """Write a fraction so that it can be read back exactly; None stays None."""
    return None if value is None else f"{value.numerator}/{value.denominator}"


def read_exact(text: str | None) -> Fraction | None:
    """Read what `exact` wrote."""
    return None if text is None else Fraction(text)


def frozen_figure(figure: Figure) -> dict:
    """Return the figure as plain JSON: exact parts, how it prints, its definition and source."""
    indicator = figure.indicator
    row = {name: exact(getattr(figure, name)) for name in EXACT}
    row |= {
        "code": figure.code,
        "label": figure.label,
        "unit": figure.unit,
        "decimals": figure.decimals,
        "level": str(figure.level),
        "direction": str(figure.direction),
        "status": str(figure.status),
        "target_document": figure.target_document,
        "records_count": figure.records_count,
        "source": figure.source,
        "value_display": figure.value_display,
        "capaian_display": figure.capaian_display,
        "category": figure.category,
        "target_category": figure.target_category,
        "predicate": figure.predicate,
        "capaian_predicate": figure.capaian_predicate,
        "interim": figure.interim,
        "definition_changed": figure.definition_changed,
        "why": figure.why,
        "definition": figure.definition,
        "formula": str(indicator.formula) if indicator else "",
        "measure": indicator.measure if indicator else "",
        "filters": indicator.filters if indicator else {},
    }
    return row


def frozen_figures(year: YearFigures) -> list[dict]:
    """Return every figure of the year, in printed order."""
    return [frozen_figure(figure) for figure in year.all()]


def _hash(salt: bytes, model: str, key: int) -> bytes:
    return hmac.digest(salt, f"{model}:{key}".encode(), hashlib.sha256)[:HASH_BYTES]


def record_hashes(year: YearFigures, salt: bytes) -> dict[str, list[bytes]]:
    """Return the sorted salted hashes of the records behind each measured figure, by its code.

    Call it in the snapshot in which the figures were computed: else the two may tell of different moments.
    """
    found: dict[str, list[bytes]] = {}
    asked: dict[tuple, list[bytes]] = {}
    for figure in year.figures.values():
        indicator = figure.indicator
        if indicator is None or indicator.formula != Formula.MEASURE or unaskable(indicator):
            continue
        period = period_of(indicator, year.year)
        question = (indicator.measure, period, repr(sorted(indicator.filters.items())))
        if question not in asked:
            rows = measures.evidence(indicator.measure, period, indicator.filters)
            model = rows.model._meta.label_lower
            asked[question] = sorted(
                _hash(salt, model, key) for key in rows.values_list("pk", flat=True).iterator()
            )
        found[figure.code] = asked[question]
    return found


def packed(hashes: Iterable[bytes]) -> bytes:
    """Join hashes into one piece for the database."""
    return b"".join(hashes)


def unpacked(data: bytes) -> set[bytes]:
    """Read what `packed` joined."""
    data = bytes(data)
    return {data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)}


WORDS = {
    "value": "nilai",
    "numerator": "pembilang",
    "denominator": "penyebut",
    "target": "target",
    "capaian": "capaian",
    "definition": "definisi",
    "label": "nama",
    "source": "sumber",
    "unit": "satuan",
    "category": "predikat",
    "target_category": "target predikat",
    "interim": "masukan sementara",
}
NUMBERS = ("numerator", "denominator", "target", "capaian")
NAMES = ("label", "source", "unit", "category", "target_category")
NOTHING = "tidak ada"
DIGIT = re.compile(r"\d")
PARTS_OF_LEVEL = {
    "EFFICIENCY": {"numerator": "capaian", "denominator": "serapan"},
    "MEAN": {"numerator": "jumlah capaian", "denominator": "banyaknya indikator"},
    "BUDGET": {"numerator": "realisasi", "denominator": "pagu"},
    "INCOME": {"numerator": "realisasi", "denominator": "anggaran"},
}
"""What the two parts of a figure are called where it is no quotient of two counts."""
MONEY = ("realisasi", "pagu", "anggaran")
SHARES = ("capaian", "serapan", "jumlah capaian")
"""Parts that are per cent whatever the figure is."""


def moved(word: str, old: str, new: str, unit: str = "") -> str:
    """What a side was and is: "target dari 80 menjadi 82,50 persen"; the unit stands once, behind a number.

    In words, for the printed face has no arrow.
    """
    if unit and DIGIT.search(new):
        new = f"{new} {unit}"
    elif unit and DIGIT.search(old):
        old = f"{old} {unit}"
    return f"{word} dari {old} menjadi {new}"


def _changes(was: dict, now: dict) -> list[str]:
    """Say what of a figure differs, with the old and the new where the table has no column for it."""
    return [_change(name, was, now) for name in WORDS if was[name] != now[name]]


def _change(name: str, was: dict, now: dict) -> str:
    word = PARTS_OF_LEVEL.get(now.get("level"), {}).get(name, WORDS[name])
    if name in NUMBERS:
        share = word in SHARES
        old, new = (_number(row[name], share=share, money=word in MONEY) for row in (was, now))
        if old == new:
            return f"{word} sebelum pembulatan"
        return moved(word, old, new, "persen" if share else "")
    if name in NAMES:
        old, new = (f"“{row[name]}”" if row[name] else NOTHING for row in (was, now))
        return moved(word, old, new)
    if name == "value" and was["value_display"] == now["value_display"]:
        return f"{word} sebelum pembulatan"
    return word


def _number(text: str | None, *, share: bool = False, money: bool = False) -> str:
    """An exact number as printed: whole, or with two decimals; a share of a hundred always with two; money with Rp."""
    value = read_exact(text)
    if value is None:
        return NOTHING
    if money:
        return rupiah(value, 0)
    return number(value, 2 if share or value.denominator != 1 else 0)


def _counted(was: dict, now: dict) -> list[str]:
    """How many records stand behind each, where nothing else tells which of them left or joined."""
    before, after = was.get("records_count"), now.get("records_count")
    old, new = (NOTHING if count is None else number(count) for count in (before, after))
    return [moved("rekaman", old, new)] if before != after else []


def _shown(row: dict | None) -> str:
    return NOTHING if row is None else row["value_display"]


def differences(
    before: list[dict],
    after: list[dict],
    records_before: dict[str, set[bytes]] | None = None,
    records_after: dict[str, set[bytes]] | None = None,
) -> list[Difference]:
    """Return the figures that differ between two frozen states, in the order of the newer one, then those gone.

    A figure differs when its value, a part, the target, the capaian, or what it means differs, or when other records
    stand behind the same number.
    """
    old, new = ({row["code"]: row for row in rows} for rows in (before, after))
    found = []
    for code in [*new, *(code for code in old if code not in new)]:
        was, now = old.get(code), new.get(code)
        gone, come = _moved(code, records_before or {}, records_after or {})
        label = (now or was)["label"]
        if was is None or now is None:
            changed = ["angka baru" if was is None else "tidak dihitung lagi"]
        else:
            changed = _changes(was, now)
            if not (gone or come):
                changed += _counted(was, now)
        if changed or gone or come:
            found.append(Difference(code, label, _shown(was), _shown(now), gone, come, "; ".join(changed)))
    return found


def printed_differences(before: dict, after: dict, told: set[str]) -> list[Difference]:
    """Return what else two printed reports (as JSON) say differently: numbers of tables, of years before, of plans.

    ``told`` are the codes that `differences` has found already; their figures of the report's own year are left out.
    """
    old, new, year = before["figures"], after["figures"], after["year"]
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key), new.get(key)
        entry = now or was
        if entry["code"] in told and entry["year"] == year:
            continue
        label = entry["label"] if entry["year"] == year else f"{entry['label']}, {entry['year']}"
        if was is None or now is None:
            words = "angka baru" if was is None else "tidak dicetak lagi"
            found.append(Difference(key, label, _side(was), _side(now), what=words))
            continue
        sides = [name for name in now["facets"] | was["facets"] if _text(was, name) != _text(now, name)]
        if sides:
            # The columns show the figure itself; a side of it (its money, its target) is told in words.
            main = VALUE if VALUE in now["facets"] | was["facets"] else sides[0]
            words = "; ".join(_sides_told(was, now, sides, main))
            found.append(Difference(key, label, _printed(was, main), _printed(now, main), what=words))
    return found


def _sides_told(was: dict, now: dict, sides: list[str], main: str) -> list[str]:
    """Each side that changed, by its name; of the one in the columns only the name."""
    told = []
    shown = (_text(was, main), _text(now, main))
    for name in sides:
        texts = (_text(was, name), _text(now, name))
        if name == main:
            told.append("nilai" if main == VALUE else _side_name(main))
        elif name not in SAID_BEFORE and (name != "serapan" or texts != shown):
            # the value of an amount is its absorption: said once
            told.append(moved(_side_name(name), *texts, _unit(now, name) or _unit(was, name)))
    return told


SAID_BEFORE = ("selisih_serapan",)
"""Sides that repeat another without its sign: the efficiency."""
COUNTED = {"": "tahun", "tw": "triwulan"}
"""What a number alone, or behind these letters, is in the name of a side."""


def _side_name(name: str) -> str:
    """How a reader calls a side: "realisasi anggaran"; sides by year and by quarter have the number in their name."""
    if name[-1:].isdigit():
        start = name.rstrip("0123456789")
        return f"{COUNTED.get(start, start)} {name[len(start) :]}"
    if name == "status":
        return "keadaan"
    return FACETS.get(name, name).partition(" (")[0]


def _text(entry: dict, name: str) -> str:
    side = entry["facets"].get(name)
    return NOTHING if side is None else side["text"]


def _unit(entry: dict, name: str) -> str:
    """The unit that follows the text of a side; an amount of money has it in its text, words have none."""
    side = entry["facets"].get(name) or {}
    unit = side.get("unit", "")
    return "" if unit == "rupiah" or side.get("value") is None else unit


def _printed(entry: dict, name: str) -> str:
    """A side with its unit, for a column."""
    return f"{_text(entry, name)}{NBSP}{_unit(entry, name)}".rstrip(NBSP)


def _side(entry: dict | None) -> str:
    """How a figure is printed: its value, or the first side that it has."""
    if entry is None:
        return NOTHING
    return _printed(entry, VALUE if VALUE in entry["facets"] else next(iter(entry["facets"]), VALUE))


def _moved(code: str, before: dict[str, set[bytes]], after: dict[str, set[bytes]]) -> tuple[int, int]:
    """How many records left and joined the figure; none where one of the two states kept no records."""
    if code not in before or code not in after:
        return 0, 0
    return len(before[code] - after[code]), len(after[code] - before[code])
