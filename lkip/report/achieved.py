"""Which achievement tables print first: as it is, or within the city's bounds; the other always stands beside it."""

from fractions import Fraction

from lkip import formulas
from lkip.enums import Direction
from lkip.figures import Figure
from lkip.figures.year import bounds_of
from lkip.report.maker import Maker, num
from lkip.report.model import Cell, Column, Derive

BOUND_TITLE, RAW_TITLE = "Menurut batas (%)", "Apa adanya (%)"


def bounded(maker: Maker, figures: list[Figure]) -> bool:
    """Whether any achievement of these lies outside its bounds, so that both are printed."""
    return any(figure.capaian != figure.capaian_clamped for figure in figures)


def columns(maker: Maker, figures: list[Figure], width: float = 0.95) -> list[Column]:
    """One column, or two where bounds cut something off."""
    title = f"{maker.word('capaian')} (%)"
    if not bounded(maker, figures):
        return [num(title, width)]
    other = RAW_TITLE if maker.book.reached != "capaian" else BOUND_TITLE
    return [num(title, width), num(other, width)]


def derived(figure: Figure, target: Fraction | None, value_at: int, target_at: int) -> Derive | None:
    """How an achievement follows from realisation and target in its row; None where it has no number."""
    if formulas.achievement(figure.value, target, figure.direction) is None:
        return None
    op = "down" if figure.direction == Direction.DOWN else "up"
    # A target below zero is divided by its size (`lkip.formulas.achievement`).
    op = op if target > 0 else {"up": "rise", "down": "fall"}[op]
    return Derive(op, ((-1, value_at), (-1, target_at)))


def cells(maker: Maker, figure: Figure, *, both: bool, at: int) -> list[Cell]:
    """The achievement under these columns, which begin at column ``at``, behind target and realisation.

    The one as it is follows from these two, the one within bounds from the one as it is.
    """
    raw_first = maker.book.reached == "capaian"
    raw = maker.cell(figure.code, "capaian", derive=derived(figure, figure.target, at - 1, at - 2))
    if not both:
        return [raw]
    held = None
    if figure.capaian is not None:
        bounds = bounds_of(figure.indicator, maker.figures.settings)
        held = Derive("clamp", ((-1, at if raw_first else at + 1),), bounds)
    bound = maker.cell(figure.code, "capaian_batas", derive=held)
    return [raw, bound] if raw_first else [bound, raw]
