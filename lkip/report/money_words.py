"""Default sentences about money: what was spent of an amount, what came in against its target."""

from core import formats
from lkip.report.book import Book
from lkip.report.model import Run, Runs
from lkip.report.runs import joined
from lkip.report.sentences import number


def spending(book: Book, code: str, name: str) -> Runs:
    """How much of an amount was spent and what is left."""
    if not book.facet(code, "pagu").value:
        spent = book.facet(code, "realisasi").value
        told = "tanpa pagu, tetapi ada realisasi" if spent else "tidak dianggarkan"
        return joined(f"{name} {told}.")
    words = joined(
        f"{name} ",
        book.run(code, "pagu"),
        " terealisasi ",
        book.run(code, "realisasi"),
        " atau ",
        number(book, code, "serapan"),
    )
    rest = book.facet(code, "sisa").value
    if rest < 0:
        over = Run(formats.rupiah(-rest, 0), "figure", book.key(code), "sisa")
        return joined(words, ", melebihi pagu sebesar ", over, ".")
    return joined(words, "." if rest == 0 else joined("; sisanya ", book.run(code, "sisa"), "."))


def income(book: Book, code: str) -> Runs:
    """Income against its target."""
    target, realised = book.facet(code, "pagu").value, book.facet(code, "realisasi").value
    if not target:
        return joined("Pendapatan tidak dianggarkan; diterima ", book.run(code, "realisasi"), ".")
    words = joined(
        "Pendapatan ditargetkan ",
        book.run(code, "pagu"),
        " dan diterima ",
        book.run(code, "realisasi"),
        " atau ",
        number(book, code, "serapan"),
    )
    gap = Run(formats.rupiah(abs(target - realised), 0), "figure", book.key(code), "sisa")
    if realised == target:
        return joined(words, ", sama dengan targetnya.")
    return joined(
        words, ", ", "melampaui" if realised > target else "kurang dari", " target sebesar ", gap, "."
    )
