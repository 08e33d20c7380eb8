"""Which achievement tables print first: as it is, or within the city's bounds; the other always stands beside it."""

from lkip.figures import Figure
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


def cells(maker: Maker, figure: Figure, *, both: bool, derive: Derive | None = None) -> list[Cell]:
    """The achievement under these columns; only the one as it is follows from target and realisation."""
    raw = maker.cell(figure.code, "capaian", derive=derive)
    if not both:
        return [raw]
    bound = maker.cell(figure.code, "capaian_batas")
    return [raw, bound] if maker.book.reached == "capaian" else [bound, raw]
