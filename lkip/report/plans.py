"""BAB II: the tables of the planning documents. A row is one figure with a side for each of its numbers."""

from collections import defaultdict
from fractions import Fraction

from core.models.reference import Nomenclature
from lkip.enums import Level, TargetDocument
from lkip.models import Baseline, Indicator, IndicatorTarget, PlanDocument, PlannedBudget, QuarterTarget
from lkip.report.chapter2 import document, document_words, head, shown_indicators
from lkip.report.maker import Maker, Part, col, named, num, place, plain_cell, ref
from lkip.report.model import Cell, Column, Derive, Paragraph, Row, Run, Table
from lkip.report.outline import Place
from lkip.report.runs import joined, label, words, year

SET = "Ditetapkan dalam dokumen perencanaan"


def targets_of(kind: str) -> dict[tuple[int, int], IndicatorTarget]:
    """{(indicator, year): target} of one kind of document."""
    rows = IndicatorTarget.objects.filter(document=kind).select_related("indicator", "indicator__objective")
    return {(row.indicator_id, row.year): row for row in rows}


def number_of(row: IndicatorTarget | Baseline | QuarterTarget | None) -> Fraction | None:
    """The exact number of a stored target; None where there is none or a predicate."""
    return None if row is None or getattr(row, "category", "") else Fraction(row.value)


def total_row(
    maker: Maker, code: str, rows: list[Row], source: str, columns: dict[str, int], title: str = "Jumlah"
) -> Row:
    """The sum of the rows above for each column ({side: place}), derived."""
    places = {
        side: tuple((line, at) for line, row in enumerate(rows) if row.cells[at].value is not None)
        for side, at in columns.items()
    }
    sums = {
        side: sum((rows[line].cells[at].value for line, at in cells), Fraction(0))
        for side, cells in places.items()
    }
    sides = {side: (value, "rupiah", 0) for side, value in sums.items()}
    cells = maker.group(
        code, f"{title}: {source}", sides, source=source, formula="Jumlah baris di atasnya", derived=True
    )
    width = max(columns.values()) + 1
    found = [named(title), *[Cell()] * (width - 1)]
    for side, at in columns.items():
        found[at] = Cell(cells[side].runs, cells[side].value, Derive("sum", places[side]))
    return Row(tuple(found), "total")


@place("bab2.renstra")
def strategic_plan(maker: Maker, where: Place) -> Part:
    """Baseline, targets and money of every year of the Renstra, indicators and outputs alike."""
    plan = document(maker, TargetDocument.RENSTRA)
    targets = targets_of(TargetDocument.RENSTRA)
    years = sorted({when for _, when in targets})
    if plan is not None:
        years = [when for when in years if plan.year <= when <= plan.to_year] or years
    if not years:
        return Part()
    blocks = [_main_targets(maker, targets, years)]
    detail = _detail(maker, plan, targets, years)
    told = joined("Target jangka menengah ditetapkan dalam ", document_words(plan, "Renstra"), ".")
    return Part([Paragraph(told)], [block for block in (*blocks, *detail) if block is not None])


def _sides(baseline: Baseline | None, indicator: Indicator, targets: dict, years: list[int]) -> dict:
    unit = (indicator.unit, indicator.decimals)
    sides = {"awal": (number_of(baseline), *unit)}
    return sides | {str(when): (number_of(targets.get((indicator.pk, when))), *unit) for when in years}


def _main_targets(maker: Maker, targets: dict, years: list[int]) -> Table | None:
    baselines = {row.indicator_id: row for row in Baseline.objects.select_related("document")}
    rows = []
    for indicator in shown_indicators():
        if not any((indicator.pk, when) in targets for when in years):
            continue
        sides = _sides(baselines.get(indicator.pk), indicator, targets, years)
        cells = maker.group(
            f"renstra.{indicator.code}", f"Renstra: {indicator.name}", sides, source="Renstra", formula=SET
        )
        first = Cell((*label(indicator.name), Run(f" ({indicator.unit})")))
        rows.append(Row((first, *(cells[side] for side in sides))))
    if not rows:
        return None
    caption = joined("Target indikator menurut Renstra, ", year(years[0]), "–", year(years[-1]))
    known = sorted({row.year for row in baselines.values() if row.year})
    note = (
        joined(
            "Keadaan awal: nilai tahun ", *[part for each in known for part in (year(each), ", ")][:-1], "."
        )
        if known
        else ()
    )
    columns = head("Indikator dan satuan", "Keadaan awal", *(str(when) for when in years), first=4)
    return Table("renstra", caption, columns, tuple(rows), note)


def _detail(maker: Maker, plan: PlanDocument | None, targets: dict, years: list[int]) -> list[Table]:
    """The whole Renstra by programme, kegiatan and sub kegiatan: outputs with targets, and money."""
    if plan is None:
        return []
    money: dict = defaultdict(dict)
    for row in PlannedBudget.objects.filter(document=plan, year__in=years):
        money[row.nomenclature_id][row.year] = row.amount
    _add_parents(maker.year, money)
    outputs: dict = defaultdict(list)
    for indicator in Indicator.objects.exclude(nomenclature=None).exclude(level=Level.SUPPORT):
        if any((indicator.pk, when) in targets for when in years):
            outputs[indicator.nomenclature_id].append(indicator)
    rows: list[Row] = []
    tops: list[int] = []
    for node, depth in tree_of(maker.year, {*money, *outputs}):
        if depth == 0:
            tops.append(len(rows))
        rows += _node_rows(
            maker, node, depth, money.get(node.pk, {}), outputs.get(node.pk, []), targets, years
        )
    if not rows:
        return []
    rows.append(_detail_total(maker, rows, tops, years, plan))
    columns = [col("Program, kegiatan, sub kegiatan", 3.4), col("Indikator", 2.4), num("Awal", 0.75)]
    columns += [Column((year(when),), 0.75, "number", (words("Target"),)) for when in years]
    columns += [Column((year(when),), 1.25, "number", (words("Pagu (Rp)"),)) for when in years]
    columns.append(ref(width=0.6))
    caption = joined(
        "Renstra menurut program, kegiatan, dan sub kegiatan, ", year(years[0]), "–", year(years[-1])
    )
    return [Table("renstra-rincian", caption, tuple(columns), tuple(rows), wide=True)]


def _add_parents(of_year: int, money: dict) -> None:
    """Give each parent without an amount of its own the sum of its children, year by year."""
    children: dict = defaultdict(list)
    for node in Nomenclature.objects.filter(year=of_year):
        children[node.parent_id].append(node.pk)

    def amounts(pk: int) -> dict[int, int]:
        if pk not in money or not money[pk]:
            below = [amounts(child) for child in children[pk]]
            sums: dict[int, int] = {}
            for each in below:
                for when, amount in each.items():
                    sums[when] = sums.get(when, 0) + amount
            if sums:
                money[pk] = sums
            return sums
        return money[pk]

    for top in children[None]:
        amounts(top)


def tree_of(of_year: int, wanted: set[int]) -> list[tuple[Nomenclature, int]]:
    """The nodes of the year that are wanted, with their ancestors, in printed order."""
    nodes = list(Nomenclature.objects.filter(year=of_year))
    by_pk, needed = {node.pk: node for node in nodes}, set()
    for pk in wanted:
        while pk in by_pk and pk not in needed:
            needed.add(pk)
            pk = by_pk[pk].parent_id
    children: dict = defaultdict(list)
    for node in sorted(nodes, key=lambda each: (each.order, each.pk)):
        if node.pk in needed:
            children[node.parent_id].append(node)
    found: list[tuple[Nomenclature, int]] = []

    def walk(parent, depth: int) -> None:
        for node in children[parent]:
            found.append((node, depth))
            walk(node.pk, depth + 1)

    walk(None, 0)
    return found


def _node_rows(
    maker: Maker, node, depth: int, money: dict, outputs: list, targets: dict, years: list[int]
) -> list[Row]:
    kind = "group" if depth == 0 else "row"
    amounts = {
        f"pagu{when}": (None if when not in money else Fraction(money[when]), "rupiah", 0) for when in years
    }
    rows = []
    for number, indicator in enumerate(outputs or [None]):
        sides: dict = dict(amounts) if number == 0 else dict.fromkeys(amounts, (None, "rupiah", 0))
        own = _sides(_baseline_of(maker, indicator), indicator, targets, years) if indicator else {}
        code = f"renstra.{node.key}.{indicator.code}" if indicator else f"renstra.{node.key}"
        cells = maker.group(
            code,
            f"Renstra: {_own_name(maker, indicator) if indicator else node.name}",
            {**own, **sides},
            source="Renstra",
            formula=SET,
        )
        blank = plain_cell("")
        told = (
            [cells.get(side, blank) for side in ("awal", *map(str, years))]
            if indicator
            else [blank] * (len(years) + 1)
        )
        paid = [cells[side] for side in amounts] if number == 0 else [blank] * len(years)
        name = Cell((*label(indicator.name), Run(f" ({indicator.unit})"))) if indicator else blank
        rows.append(
            Row(
                (named(node.name) if number == 0 else blank, name, *told, *paid),
                kind if number == 0 else "row",
                depth,
            )
        )
    return rows


def _own_name(maker: Maker, indicator: Indicator) -> str:
    """The name of an indicator, with its sub kegiatan where others are called the same."""
    figure = maker.book.by_code.get(indicator.code)
    owner = maker.book.owner(figure) if figure is not None else ""
    return f"{indicator.name} ({owner})" if owner else indicator.name


def _baseline_of(maker: Maker, indicator: Indicator | None) -> Baseline | None:
    if indicator is None:
        return None
    if maker.baselines is None:
        maker.baselines = {row.indicator_id: row for row in Baseline.objects.all()}
    return maker.baselines.get(indicator.pk)


def _detail_total(
    maker: Maker, rows: list[Row], tops: list[int], years: list[int], plan: PlanDocument
) -> Row:
    start = 3 + len(years)
    sums, places = {}, {}
    for offset, when in enumerate(years):
        places[when] = tuple(
            (line, start + offset) for line in tops if rows[line].cells[start + offset].value is not None
        )
        sums[f"pagu{when}"] = (
            sum((rows[line].cells[at].value for line, at in places[when]), Fraction(0)),
            "rupiah",
            0,
        )
    cells = maker.group(
        "renstra.jumlah",
        "Renstra: jumlah pagu semua program",
        sums,
        source=plan.title,
        formula="Jumlah pagu semua program",
        derived=True,
    )
    paid = [
        Cell(cells[f"pagu{when}"].runs, cells[f"pagu{when}"].value, Derive("sum", places[when]))
        for when in years
    ]
    return Row((named("Jumlah"), *[Cell()] * (2 + len(years)), *paid), "total")


@place("bab2.rkt")
def annual_plan(maker: Maker, where: Place) -> Part:
    """The annual plan: input, output and outcome of each programme, kegiatan and sub kegiatan."""
    targets = {pk: row for (pk, when), row in targets_of(TargetDocument.RKT).items() if when == maker.year}
    plan = document(maker, TargetDocument.RKT)
    planned = PlannedBudget.objects.filter(document=plan, year=maker.year) if plan else []
    money = {row.nomenclature_id: row.amount for row in planned}
    if not targets and not money:
        return Part()
    by_node: dict = defaultdict(list)
    for row in targets.values():
        by_node[row.indicator.nomenclature_id].append(row.indicator)
    rows: list[Row] = []
    for indicator in by_node.get(None, []):
        rows.append(
            _plan_row(
                maker,
                indicator.objective.text if indicator.objective else "",
                f"rkt.{indicator.code}",
                None,
                indicator,
                targets,
                0,
            )
        )
    for node, depth in tree_of(maker.year, {*money, *(pk for pk in by_node if pk)}):
        for number, indicator in enumerate(by_node.get(node.pk) or [None]):
            amount = money.get(node.pk) if number == 0 else None
            code = f"rkt.{node.key}.{indicator.code}" if indicator else f"rkt.{node.key}"
            rows.append(
                _plan_row(maker, node.name if number == 0 else "", code, amount, indicator, targets, depth)
            )
    columns = (
        col("Program, kegiatan, sub kegiatan", 3.4),
        num("Masukan (Rp)", 1.3),
        col("Indikator keluaran atau hasil", 2.8),
        num("Target", 0.8),
        col("Satuan", 0.9),
        ref(width=0.6),
    )
    caption = joined("Rencana kinerja tahunan ", year(maker.year), ": masukan, keluaran, dan hasil")
    note = joined("Tanda – berarti dokumen rencana tidak menyebut nilainya.")
    told = joined("Rencana tahun ini ditetapkan dalam ", document_words(plan, "Rencana Kinerja Tahunan"), ".")
    return Part([Paragraph(told)], [Table("rkt", caption, columns, tuple(rows), note, wide=True)])


def _plan_row(
    maker: Maker,
    name: str,
    code: str,
    amount: int | None,
    indicator: Indicator | None,
    targets: dict,
    depth: int,
) -> Row:
    target = targets.get(indicator.pk) if indicator else None
    sides = {"masukan": (None if amount is None else Fraction(amount), "rupiah", 0)}
    if indicator:
        sides["target"] = (number_of(target), indicator.unit, indicator.decimals)
    cells = maker.group(
        code,
        f"RKT: {_own_name(maker, indicator) if indicator else name}",
        sides,
        source="Rencana Kinerja Tahunan",
        formula=SET,
    )
    aim = (
        named(target.category)
        if target is not None and target.category
        else cells.get("target", plain_cell(""))
    )
    told = (named(indicator.name), aim, plain_cell(indicator.unit)) if indicator else (Cell(), Cell(), Cell())
    return Row((named(name), cells["masukan"] if name else Cell(), *told), level=depth)
