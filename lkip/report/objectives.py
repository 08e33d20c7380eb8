"""BAB III A: the table of indicators, and for each objective the seven analyses of PermenPAN-RB 53/2014."""

from fractions import Fraction

from core import formats
from lkip import text
from lkip.enums import Level, Status
from lkip.figures import Efficiency, Figure
from lkip.report import achieved, sentences
from lkip.report.derivations import result
from lkip.report.maker import Maker, Part, col, missing, named, num, place, ref
from lkip.report.model import Cell, Column, Derive, Fact, Facts, Opening, Paragraph, Row, Run, Runs, Table
from lkip.report.outline import Place
from lkip.report.runs import joined, label, numbering, words, year
from lkip.text import VALUE


def mains(maker: Maker, code: str) -> list[Figure]:
    """The indicators by which an objective is judged: its IKU, or else its programme and outcome indicators."""
    own = [
        f
        for f in maker.figures.figures.values()
        if f.indicator.objective and f.indicator.objective.code == code
    ]
    for levels in ((Level.IKU,), (Level.PROGRAMME, Level.OUTCOME)):
        found = [figure for figure in own if figure.level in levels]
        if found:
            return found
    return []


@place("objective")
def objective(maker: Maker, where: Place) -> Part:
    """Title, indicators and the four numbers."""
    found = mains(maker, where.objective)
    kicker, _, title = where.title.partition(": ")
    under = (
        joined("Indikator: ", *[part for f in found for part in (*sentences.lowered(f.label), "; ")][:-1])
        if found
        else ()
    )
    blocks: list = [Opening(label(kicker), label(title or kicker), under, where.number, where.key)]
    if not found:
        blocks.append(missing("Sasaran ini belum punya indikator, jadi tidak ada yang dapat diukur."))
    for figure in found:
        if len(found) > 1:
            blocks.append(Paragraph(label(figure.label, strong=True), "small"))
        blocks.append(_numbers(maker, figure))
    return Part(blocks=blocks)


def _numbers(maker: Maker, figure: Figure) -> Facts:
    code, book = figure.code, maker.book
    short = "" if figure.unit == "persen" else figure.unit
    per_cent = "%" if figure.unit == "persen" else short
    facts = [
        Fact(maker.word("target"), book.run(code, "target", bare=True), per_cent),
        Fact(maker.word("realisasi"), book.run(code, bare=True), per_cent),
        Fact(maker.word("capaian"), book.run(code, book.reached, bare=True), "%"),
    ]
    if code in book.efficiency:
        facts.append(Fact(maker.word("serapan"), book.run(code, "serapan", bare=True), "%"))
    return Facts(tuple(facts))


@place("objective.target")
def this_year(maker: Maker, where: Place) -> Part:
    """Target against realisation, with the parts of a ratio."""
    told = []
    for figure in mains(maker, where.objective):
        runs = sentences.against_target(maker.book, figure)
        predicate = getattr(figure, "capaian_predicate", "")
        if figure.predicate and not figure.category:
            runs = joined(runs, " Predikat nilainya: ", *label(figure.predicate), ".")
        if predicate:
            runs = joined(runs, " Predikat capaiannya: ", *label(predicate), ".")
        told.append(Paragraph(joined(runs, _parts(maker, figure))))
    return Part(told)


def _parts(maker: Maker, figure: Figure) -> Runs:
    indicator, book = figure.indicator, maker.book
    if indicator.formula != "RATIO" or figure.numerator is None or figure.denominator is None:
        return ()
    first = getattr(figure, "numerator_of", None) or indicator.numerator
    second = getattr(figure, "denominator_of", None) or indicator.denominator
    return joined(
        " Hitungannya ",
        sentences.number(book, first.code),
        " (",
        sentences.lowered(first.name),
        ") dibagi ",
        sentences.number(book, second.code),
        " (",
        sentences.lowered(second.name),
        ").",
    )


@place("objective.sebelumnya")
def before(maker: Maker, where: Place) -> Part:
    """This year against the years before."""
    return years_before(maker, mains(maker, where.objective))


def years_before(maker: Maker, figures: list[Figure]) -> Part:
    """Indicators against the year before, each with the years that are known."""
    told, blocks = [], []
    for figure in figures:
        told.append(Paragraph(sentences.against_last_year(maker.book, figure)))
        changed = getattr(figure, "definition_changed", "")
        if changed:
            told.append(Paragraph(label(changed)))
        table = _series(maker, figure)
        if table is not None:
            blocks.append(table)
    return Part(told, blocks)


def _series(maker: Maker, figure: Figure) -> Table | None:
    """The known years of one indicator; none when only this year is known."""
    code, book = figure.code, maker.book
    known = [y for y in range(maker.year - 3, maker.year) if book.facet(code, VALUE, y).value is not None]
    if not known or figure.value is None:
        return None
    is_ratio = figure.indicator.formula == "RATIO"
    rows = []
    for when in [*known, maker.year]:
        cells = [Cell((year(when),))]
        if is_ratio:
            # what was published of a year before this system has a value and no parts
            sides = book.entries[book.key(code, when)].facets
            cells += [
                maker.cell(code, side, when) if side in sides else Cell((words(formats.DASH),))
                for side in ("pembilang", "penyebut")
            ]
        cells.append(_from_parts(maker.cell(code, VALUE, when), cells[1:]))
        rows.append(Row(tuple(cells), "group" if when == maker.year else "row"))
    names = ["Tahun"]
    if is_ratio:
        names += ["Pembilang", "Penyebut"]
    columns = [
        Column((words(name),), 1, "number" if name != "Tahun" else "text")
        for name in [*names, f"Realisasi ({figure.unit})"]
    ]
    columns.append(ref())
    caption = joined(*label(figure.label), " menurut tahun")
    return Table(f"deret-{code}", caption, tuple(columns), tuple(rows))


def _from_parts(cell: Cell, parts: list[Cell]) -> Cell:
    """The value of a year, with its formula where numerator and denominator stand beside it and give it."""
    derive = Derive("ratio", ((-1, 1), (-1, 2)))
    if len(parts) != 2 or cell.value is None or result(derive, [part.value for part in parts]) != cell.value:
        return cell
    return Cell(cell.runs, cell.value, derive)


@place("objective.renstra")
def medium_term(maker: Maker, where: Place) -> Part:
    """The way to the end of the Renstra."""
    found = mains(maker, where.objective)
    return to_the_end(maker, found, where.objective.lower(), _kicker(maker, where))


def _kicker(maker: Maker, where: Place) -> Runs:
    """ "sasaran 2", as the head of the objective's section counts it."""
    name, _, number = maker.title(where.parent).partition(":")[0].partition(" ")
    return joined(f"{name.lower()} ", numbering(number)) if number.isdigit() else joined("sasaran ini")


def to_the_end(maker: Maker, found: list[Figure], key: str, whose: Runs) -> Part:
    """Indicators against the last year of the Renstra."""
    told = [Paragraph(sentences.against_plan(maker.book, figure)) for figure in found]
    rows = []
    for figure in found:
        if figure.code in maker.book.final_targets:
            cells = [named(figure.label)]
            cells += [maker.cell(figure.code, side) for side in ("target", VALUE, "akhir")]
            final = maker.book.final_targets[figure.code][1]
            cells.append(
                maker.cell(figure.code, "capaian_akhir", derive=achieved.derived(figure, final, 2, 3))
            )
            rows.append(Row(tuple(cells)))
    if not rows:
        return Part(told)
    last = max(maker.book.final_targets[f.code][0] for f in found if f.code in maker.book.final_targets)
    columns = (
        col("Indikator", 2.4),
        Column(joined("Target ", year(maker.year)), 1, "number"),
        Column(joined("Realisasi ", year(maker.year)), 1, "number"),
        Column(joined("Target ", year(last)), 1, "number"),
        num("Terhadap target akhir (%)", 1.2),
        ref(),
    )
    caption = joined("Realisasi terhadap target akhir Renstra, ", whose)
    return Part(told, [Table(f"renstra-{key}", caption, columns, tuple(rows))])


@place("objective.standar")
def national(maker: Maker, where: Place) -> Part:
    """Against the national value, where there is one."""
    return Part(
        [Paragraph(sentences.against_nation(maker.book, figure)) for figure in mains(maker, where.objective)]
    )


@place("objective.sebab")
def causes(maker: Maker, where: Place) -> Part:
    """What the section head wrote for the last quarter."""
    found = mains(maker, where.objective)
    told: list = []
    for figure in found:
        note = maker.notes.get(figure.indicator.pk)
        if note is None or not (note.supporting or note.cause or note.follow_up):
            told.append(
                missing(
                    "Sebab dan tindak lanjut ",
                    sentences.lowered(figure.label),
                    " belum ditulis pada catatan triwulan IV.",
                )
            )
            continue
        if len(found) > 1:
            told.append(Paragraph(label(figure.label, strong=True), "small"))
        for title, body in (
            ("Yang mendorong.", note.supporting),
            ("Yang menghambat.", note.cause),
            ("Yang dilakukan.", note.follow_up),
        ):
            blocks = maker.read(text.with_dates(body), where.key) if body.strip() else []
            if blocks and blocks[0].kind == "paragraph":
                blocks[0] = Paragraph((words(f"{title} ", strong=True), *blocks[0].runs))
            told += blocks
    return Part(told)


@place("objective.efisiensi")
def efficiency(maker: Maker, where: Place) -> Part:
    """Achievement less absorption."""
    book = maker.book
    told, blocks = [], []
    for figure in mains(maker, where.objective):
        told.append(Paragraph(sentences.efficiency(book, figure)))
        each = book.efficiency.get(figure.code)
        if each is not None and each.figure.value is not None:
            blocks += _sum(maker, each)
    return Part(told, blocks)


def _sum(maker: Maker, each: Efficiency) -> list:
    """Achievement less absorption as a sum; where the printed digits don't give the result, why they don't."""
    book, code = maker.book, each.indicator.code
    reached = "capaian apa adanya (%)" if sentences.is_cut(book, code) else "capaian (%)"
    facts = (
        Fact(reached, book.run(code, "capaian")),
        Fact("serapan (%)", book.run(code, "serapan")),
        Fact("efisiensi (poin)", book.run(code, "efisiensi")),
    )
    blocks: list = [Facts(facts, ("–", "="))]
    first, second, gap = (
        formats.round_half_up(book.facet(code, side).value, 2) for side in ("capaian", "serapan", "efisiensi")
    )
    if first - second != gap:
        blocks.append(Paragraph(joined("Efisiensi dihitung dari nilai yang belum dibulatkan."), "note"))
    return blocks


@place("objective.program")
def programmes(maker: Maker, where: Place) -> Part:
    """The programmes and kegiatan that serve the objective, with their money."""
    chosen = _programmes(maker, where.objective)
    if not chosen:
        return Part([missing("Belum ada program yang dipasangkan dengan sasaran ini.")])
    rows: list[Row] = []
    for row in maker.figures.tree:
        if row.depth == 0:
            inside = row.key in chosen
            share = chosen.get(row.key)
        if not inside or row.depth > 1:
            continue
        code = f"budget_{row.key}"
        name = named(row.name)
        if row.depth == 0 and share not in (None, Fraction(100)):
            name = Cell(
                (
                    *label(row.name),
                    Run(" (bagian "),
                    numbering(formats.number(share, 0 if share.denominator == 1 else 2)),
                    Run(" %)"),
                )
            )
        derive = Derive("ratio", ((-1, 2), (-1, 1)))
        cells = (
            name,
            maker.cell(code, "pagu"),
            maker.cell(code, "realisasi"),
            maker.cell(code, "serapan", derive=derive),
        )
        rows.append(Row(cells, "group" if row.depth == 0 else "row", row.depth))
    columns = (
        col("Program dan kegiatan", 3),
        num("Pagu (Rp)", 1.35),
        num("Realisasi (Rp)", 1.35),
        num("Serapan (%)", 0.9),
        ref(),
    )
    return Part(
        blocks=[
            Table(
                f"program-{where.objective.lower()}",
                joined("Program yang menunjang ", _kicker(maker, where)),
                columns,
                tuple(rows),
            )
        ]
    )


def _programmes(maker: Maker, code: str) -> dict[str, Fraction]:
    """{programme key: share} of an objective: by its shares, or by what its indicators name."""
    found = {
        part.row.key: part.share
        for each in maker.figures.shares.by_objective()
        if each.objective.code == code
        for part in each.money.parts
    }
    for figure in mains(maker, code):
        money = maker.figures.shares.of(figure.indicator)
        for part in money.parts if money is not None else ():
            found.setdefault(part.row.key, part.share)
    return found


@place("objective.simpulan")
def conclusion(maker: Maker, where: Place) -> Part:
    """One sentence that closes the objective."""
    found = mains(maker, where.objective)
    if not found:
        return Part()
    reached = [f for f in found if f.status == Status.REACHED]
    if len(reached) == len(found):
        told = "Sasaran ini tercapai." if len(found) == 1 else "Semua indikator sasaran ini tercapai."
    elif not reached and not any(f.status == Status.MISSED for f in found):
        told = _unjudged({f.status for f in found})
    elif not reached:
        told = "Sasaran ini belum tercapai."
    else:
        told = (
            f"Dari {formats.terbilang(len(found))} indikator sasaran ini, {formats.terbilang(len(reached))} "
            f"tercapai."
        )
    return Part([Paragraph((words(told),))])


def _unjudged(states: set[str]) -> str:
    """Why an objective can't be judged of which no indicator was reached or missed."""
    if states == {Status.WAITING}:
        return "Sasaran ini belum dapat dinilai karena indikatornya belum memiliki nilai."
    if states == {Status.UNDEFINED}:
        return "Sasaran ini tidak dapat dinilai karena nilai indikatornya tidak dapat dihitung."
    return "Sasaran ini tidak dapat dinilai karena tidak ada capaian yang dapat dihitung."
