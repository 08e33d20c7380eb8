"""Rules on the budget: R2, R3, R5, R17, R20, R21."""

from collections.abc import Iterator
from fractions import Fraction

from django.urls import reverse

from core import formats
from lkip import formulas
from lkip.budget import Row
from lkip.consistency.found import Found, Sight, rule
from lkip.enums import Level, Severity
from lkip.models import BudgetLine

HALF_CENT = Fraction(1, 200)
"""Half a unit of the last printed digit of a percentage with two decimals."""
MANY = 5
NAMED = 3
"""So many outputs are named; the others are counted."""


def budget_url(sight: Sight) -> str:
    """The page of the year's budget."""
    return reverse("lkip:budget", args=[sight.year])


@rule("R2")
def breakdowns_agree(sight: Sight) -> Iterator[Found]:
    """Both breakdowns of the budget have the same total."""
    roots = [row for row in sight.figures.by_type if row.depth == 0]
    if not roots or not sight.figures.tree:
        return
    for name, words in (("ceiling", "Pagu"), ("realised", "Realisasi")):
        by_type, by_tree = sum(getattr(row, name) for row in roots), getattr(sight.figures.total, name)
        if by_type != by_tree:
            yield Found(
                "R2",
                Severity.ERROR,
                f"{words} menurut jenis belanja tidak sama dengan menurut program",
                f"{formats.rupiah(by_type)} – {formats.rupiah(by_tree)} = {formats.rupiah(by_type - by_tree)}.",
                ("budget_total",),
                budget_url(sight),
                "Buka anggaran",
            )


@rule("R2")
def printed_sums(sight: Sight) -> Iterator[Found]:
    """What a source document prints for a row is not the sum of its rows, or of a sub kegiatan not what is used."""
    for row in sight.figures.tree:
        for name, words in (("ceiling", "pagu"), ("realised", "realisasi")):
            said = getattr(row.printed, name, None)
            if said is not None and said != getattr(row, name):
                # a row without rows below has no sum: what counts for it was entered, by the planner or a repair
                against = f"{words} yang dipakai" if row.leaf else "jumlah rinciannya"
                yield _printed(
                    sight,
                    "R2",
                    row,
                    f"{words.capitalize()} tercetak {formats.rupiah(said)}, {against} "
                    f"{formats.rupiah(getattr(row, name))}; selisih {formats.rupiah(said - getattr(row, name))}.",
                )


@rule("R2")
def more_spent_than_budgeted(sight: Sight) -> Iterator[Found]:
    """A sub kegiatan spent more than its ceiling: the same contradiction that a file is told of when it is taken in."""
    for row in sight.figures.tree:
        if row.leaf and 0 < row.ceiling < row.realised:
            yield Found(
                "R2",
                Severity.WARNING,
                f"{row.name}: realisasi melebihi pagu",
                f"{formats.rupiah(row.realised)} – {formats.rupiah(row.ceiling)} = "
                f"{formats.rupiah(row.realised - row.ceiling)} di atas pagu ({formats.percent(row.absorption)}).",
                (f"budget_{row.key}",),
                budget_url(sight),
                "Buka anggaran",
            )


def _printed(sight: Sight, code: str, row: Row, detail: str) -> Found:
    return Found(
        code, Severity.INFO, f"{row.name}", detail, (f"budget_{row.key}",), budget_url(sight), "Buka anggaran"
    )


@rule("R3")
def printed_shares(sight: Sight) -> Iterator[Found]:
    """A printed absorption is not realisation ÷ ceiling within half a unit of its last digit."""
    for row in sight.figures.tree:
        said = getattr(row.printed, "percent", None)
        if said is None or row.absorption is None:
            continue
        if abs(Fraction(said) - row.absorption) > HALF_CENT:
            yield _printed(
                sight,
                "R3",
                row,
                f"Serapan tercetak {formats.percent(Fraction(said))}; {formats.number(row.realised)} ÷ "
                f"{formats.number(row.ceiling)} = {formats.percent(row.absorption)}.",
            )


@rule("R17")
def copied_share(sight: Sight) -> Iterator[Found]:
    """A printed absorption that is wrong for its row is exactly the right one of a neighbour."""
    rows = sight.figures.tree
    for place, row in enumerate(rows):
        said = getattr(row.printed, "percent", None)
        if said is None or row.absorption is None or abs(Fraction(said) - row.absorption) <= HALF_CENT:
            continue
        for other in rows[max(0, place - 2) : place + 3]:
            if other is row or other.absorption is None:
                continue
            if abs(Fraction(said) - other.absorption) <= HALF_CENT:
                yield _printed(
                    sight,
                    "R17",
                    row,
                    f"{formats.percent(Fraction(said))} adalah serapan baris “{other.name}”.",
                )
                break


@rule("R5")
def efficiency_recomputed(sight: Sight) -> Iterator[Found]:
    """Efficiency is capaian less absorption, both unrounded."""
    for each in sight.figures.efficiencies:
        expected = formulas.efficiency(each.indicator.capaian, each.absorption)
        if each.figure.value != expected:
            yield Found(
                "R5",
                Severity.ERROR,
                each.figure.label,
                f"{formats.signed(each.figure.value)} tidak sama dengan {formats.percent(each.indicator.capaian)} – "
                f"{formats.percent(each.absorption)} = {formats.signed(expected)}.",
                (each.indicator.code,),
                budget_url(sight),
                "Buka anggaran",
            )


@rule("R20")
def money_and_output(sight: Sight) -> Iterator[Found]:
    """Money spent where nothing was budgeted; an output delivered by a line without money, or money without output."""
    rows = {row.nomenclature_id: row for row in sight.figures.tree}
    for row in rows.values():
        if row.leaf and row.ceiling == 0 and row.realised > 0:
            yield Found(
                "R20",
                Severity.ERROR,
                f"{row.name}: realisasi tanpa pagu",
                f"Pagu {formats.rupiah(0)}, realisasi {formats.rupiah(row.realised)}.",
                (f"budget_{row.key}",),
                budget_url(sight),
                "Buka anggaran",
            )
    for figure in sight.figures.figures.values():
        row = rows.get(figure.indicator.nomenclature_id)
        if row is None or not row.leaf or figure.value is None:
            continue
        if figure.value > 0 and row.realised == 0:
            yield _output(sight, figure, row, "ada hasil tanpa belanja")
        elif figure.value == 0 and row.realised > 0:
            yield _output(sight, figure, row, "ada belanja tanpa hasil")


def _output(sight: Sight, figure, row: Row, what: str) -> Found:
    return Found(
        "R20",
        Severity.WARNING,
        f"{figure.label}: {what}",
        f"Hasil {figure.value_display}; realisasi {row.name} {formats.rupiah(row.realised)}.",
        (figure.code,),
        budget_url(sight),
        "Buka anggaran",
    )


@rule("R20")
def money_without_known_output(sight: Sight) -> Iterator[Found]:
    """Money was spent and nobody has told yet what came out of it; one finding that names them all."""
    rows = {row.nomenclature_id: row for row in sight.figures.tree}
    silent = [
        (figure, rows[figure.indicator.nomenclature_id])
        for figure in sight.figures.of_level(Level.OUTPUT)
        if not figure.known and figure.indicator.nomenclature_id in rows
    ]
    spent = [(figure, row) for figure, row in silent if row.leaf and row.realised > 0]
    if spent:
        named = "; ".join(f"{figure.label} ({formats.rupiah(row.realised)})" for figure, row in spent[:NAMED])
        more = f"; dan {formats.number(len(spent) - NAMED)} lainnya" if len(spent) > NAMED else ""
        yield Found(
            "R20",
            Severity.INFO,
            f"{formats.number(len(spent))} keluaran belum punya realisasi, padahal anggarannya sudah dibelanjakan",
            f"{named}{more}.",
            tuple(figure.code for figure, _ in spent),
            reverse("lkip:statistics", args=[sight.year]),
            "Catat realisasinya",
        )


@rule("R21")
def physical_is_a_copy(sight: Sight) -> Iterator[Found]:
    """The physical column equals the financial one in every row: it was probably copied."""
    rows = [
        line
        for line in BudgetLine.objects.filter(nomenclature__year=sight.year, physical__isnull=False)
        if line.ceiling
    ]
    same = [
        line
        for line in rows
        if abs(Fraction(line.physical) - formulas.absorption(line.ceiling, line.realised)) <= HALF_CENT
    ]
    if len(rows) >= MANY and len(same) == len(rows):
        yield Found(
            "R21",
            Severity.WARNING,
            "Realisasi fisik sama dengan serapan pada semua baris",
            f"{formats.number(len(same))} dari {formats.number(len(rows))} baris: fisik = keuangan.",
            ("budget_total",),
            budget_url(sight),
            "Buka anggaran",
        )
