"""Rules on targets, achievements and indicators: R4, R6, R8, R10, R11, R13 (the year itself), R19, R22."""

from collections.abc import Iterator
from fractions import Fraction

from django.urls import reverse

from core import clock, formats
from lkip import formulas
from lkip.consistency.found import Found, Sight, rule
from lkip.enums import Aggregation, Direction, Formula, Level, Severity
from lkip.figures import Figure, display
from lkip.models import Baseline, IndicatorVersion

MANY = 3
"""So many rows make "every target equals its result" more than chance."""


def figure_url(sight: Sight, code: str) -> str:
    """The page of a figure, where its definition, parts and targets are."""
    return reverse("lkip:figure", args=[sight.year, code])


def target_url(sight: Sight, code: str) -> str:
    """The page of an indicator's targets, document by document."""
    return reverse("lkip:lineage", args=[sight.year, code])


def _shown(figure: Figure, value: Fraction) -> str:
    return display(value, figure.unit, figure.decimals)


@rule("R4")
def achievement_as_declared(sight: Sight) -> Iterator[Found]:
    """Capaian is what direction and target give."""
    for figure in sight.figures.figures.values():
        expected = formulas.achievement(figure.value, figure.target, figure.direction)
        if figure.capaian != expected:
            yield Found(
                "R4",
                Severity.ERROR,
                f"Capaian {figure.label}",
                f"Tercatat {formats.percent(figure.capaian)}, menurut rumusnya {formats.percent(expected)}.",
                (figure.code,),
                figure_url(sight, figure.code),
                "Buka angka",
            )


@rule("R6")
def target_lineage(sight: Sight) -> Iterator[Found]:
    """Documents of the year promise different values, and none of them says why."""
    for key, targets in sight.targets.items():
        figure = sight.by_pk.get(key)
        values = {target.value for target in targets}
        if figure is None or len(values) < 2 or any(target.reason for target in targets):
            continue
        said = "; ".join(
            f"{target.get_document_display()} {_shown(figure, Fraction(target.value))}" for target in targets
        )
        yield Found(
            "R6",
            Severity.WARNING,
            f"Target {figure.label} berbeda antardokumen",
            f"{said}. Dipakai {figure.target_document or 'tidak satu pun'}.",
            (figure.code,),
            target_url(sight, figure.code),
            "Tulis alasan pada target",
            (figure.code, *sorted(str(value) for value in values)),
        )


@rule("R8")
def covered(sight: Sight) -> Iterator[Found]:
    """Every main or goal indicator has target, value and an analysis of its causes."""
    for figure in sight.figures.of_level(Level.GOAL, Level.IKU):
        if not figure.known:
            yield _uncovered(sight, figure, "belum punya nilai")
        if not figure.has_target and figure.direction != Direction.NONE:
            mended = target_url(sight, figure.code), "Catat target"
            yield _uncovered(sight, figure, "belum punya target tahun ini", mended)
        note = sight.notes.get((figure.indicator.pk, 4))
        if figure.level == Level.IKU and figure.known and not (note and (note.cause or note.supporting)):
            mended = reverse("lkip:quarter_note", args=[sight.year, 4, figure.code]), "Tulis uraian sebab"
            yield _uncovered(sight, figure, "belum punya uraian sebab setahun (catatan triwulan 4)", mended)


def _uncovered(sight: Sight, figure: Figure, what: str, mended: tuple[str, str] | None = None) -> Found:
    """What an indicator lacks; `mended` is the page where it is written, the figure's own unless told."""
    url, link = mended or (figure_url(sight, figure.code), "Buka angka")
    return Found(
        "R8",
        Severity.WARNING,
        f"{figure.label} {what}",
        f"Target: {figure.target_display}. Realisasi: {figure.value_display}.",
        (figure.code,),
        url,
        link,
        (figure.code, what),
    )


@rule("R10")
def targets_filled_back(sight: Sight) -> Iterator[Found]:
    """All outputs equal their targets to the last digit: the targets were probably filled in afterwards."""
    rows = [
        figure
        for figure in sight.figures.of_level(Level.OUTPUT, Level.PROGRAMME)
        if figure.target is not None and figure.value is not None
    ]
    if len(rows) >= MANY and all(figure.target == figure.value for figure in rows):
        yield Found(
            "R10",
            Severity.WARNING,
            "Semua keluaran sama persis dengan targetnya",
            f"{formats.number(len(rows))} dari {formats.number(len(rows))} keluaran: realisasi = target.",
            tuple(figure.code for figure in rows),
            reverse("lkip:year", args=[sight.year]),
            "Buka daftar angka",
        )


@rule("R10")
def worse_than_baseline(sight: Sight) -> Iterator[Found]:
    """A target that is worse than the baseline it starts from."""
    baselines = {row.indicator_id: row for row in Baseline.objects.filter(indicator__in=list(sight.by_pk))}
    for key, baseline in baselines.items():
        figure, start = sight.by_pk[key], Fraction(baseline.value)
        if figure.target is None or figure.direction not in (Direction.UP, Direction.DOWN):
            continue
        worse = figure.target < start if figure.direction == Direction.UP else figure.target > start
        if worse:
            yield Found(
                "R10",
                Severity.INFO,
                f"Target {figure.label} lebih rendah mutunya daripada keadaan awal",
                f"Keadaan awal {_shown(figure, start)}, target {figure.target_display}.",
                (figure.code,),
                figure_url(sight, figure.code),
                "Buka angka",
            )


@rule("R11")
def definition_changed(sight: Sight) -> Iterator[Found]:
    """An indicator that means something else than the year before: its series is broken."""
    for version in IndicatorVersion.objects.filter(from_year=sight.year).select_related("indicator"):
        moved = version.numerator_id or version.denominator_id or version.definition
        if moved and version.indicator_id in sight.by_pk and not version.note:
            code = version.indicator.code
            yield Found(
                "R11",
                Severity.WARNING,
                f"Definisi {version.indicator.name} berubah mulai {sight.year}",
                "Tahun ini dan tahun sebelumnya tidak dihitung dengan cara yang sama, dan sebabnya belum ditulis.",
                (code,),
                reverse("lkip:indicator", args=[version.indicator.uid]),
                "Tulis sebab perubahan",
            )


@rule("R13")
def year_is_over(sight: Sight) -> Iterator[Found]:
    """A year that runs is counted as far as today and says so; one that has not begun is not published unexplained."""
    today = clock.today()
    if sight.year < today.year:
        return
    begun = sight.year == today.year
    yield Found(
        "R13",
        Severity.INFO if begun else Severity.WARNING,
        f"Tahun {sight.year} {'belum berakhir' if begun else 'belum berjalan'}",
        f"Hari ini {formats.date_long(today)}. Angka dari rekaman baru sampai hari ini dan masih akan berubah."
        if begun
        else f"Hari ini {formats.date_long(today)}. Belum ada yang dapat dihitung untuk tahun itu.",
        (),
        reverse("lkip:year", args=[sight.year]),
        "Buka angka",
        (str(sight.year), str(begun)),
    )


@rule("R19")
def quarters_fit(sight: Sight) -> Iterator[Found]:
    """Parts of a year add up only for what is counted; a rate or an index is no sum of four quarters."""
    for key, rows in sight.quarters.items():
        figure = sight.by_pk.get(key)
        if figure is None or figure.target is None or len(rows) != 4:
            continue
        total = sum((Fraction(row.value) for row in rows), Fraction(0))
        additive = figure.indicator.aggregation == Aggregation.SUM
        last = Fraction(max(rows, key=lambda row: row.quarter).value)
        if additive and total != figure.target:
            what = f"Jumlah keempat triwulan {_shown(figure, total)}, target setahun {figure.target_display}."
        elif not additive and total == figure.target and last != figure.target:
            what = (
                f"Target {figure.target_display} dibagi empat, padahal angka ini tidak dijumlahkan antartriwulan "
                f"({figure.indicator.get_aggregation_display().lower()})."
            )
        else:
            continue
        yield Found(
            "R19",
            Severity.WARNING,
            f"Target triwulan {figure.label} tidak cocok dengan target setahun",
            what,
            (figure.code,),
            figure_url(sight, figure.code),
            "Buka angka",
        )


@rule("R22")
def entered_after_the_result(sight: Sight) -> Iterator[Found]:
    """A target that was entered when the result was known."""
    known = {row.indicator_id: clock.local(row.created_at).date() for row in sight.statistics}
    for key, targets in sight.targets.items():
        figure = sight.by_pk.get(key)
        if figure is None or figure.value is None:
            continue
        for target in targets:
            entered = target.entered_on
            over = entered is not None and entered.year > sight.year
            after = (
                entered is not None
                and figure.indicator.formula in (Formula.STATISTIC, Formula.SCORE, Formula.INTERIM)
                and key in known
                and entered > known[key]
            )
            if over or after:
                yield Found(
                    "R22",
                    Severity.WARNING,
                    f"Target {figure.label} ditetapkan sesudah hasilnya diketahui",
                    f"{target.get_document_display()}: {_shown(figure, Fraction(target.value))}, ditetapkan "
                    f"{formats.date_long(entered)}.",
                    (figure.code,),
                    target_url(sight, figure.code),
                    "Buka target",
                )
