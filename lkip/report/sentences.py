"""Default sentences of the report, made from figures: the verb carries the sign, the unit follows the number.

Each function returns runs; where a value is missing the sentence says what is missing and why nothing is compared.
What is printed decides the verb: two values that print alike are called equal, never "naik nol".
"""

from fractions import Fraction

from core import formats
from lkip.enums import Direction, EfficiencyLabel, Status
from lkip.figures import Figure
from lkip.report.book import Book
from lkip.report.model import Run, Runs
from lkip.report.runs import joined, label, year
from lkip.text import VALUE

NBSP = formats.NBSP
STATES = {
    Status.REACHED: "mencapai atau melampaui target",
    Status.MISSED: "belum mencapai target",
    Status.WAITING: "belum memiliki nilai",
    Status.UNDEFINED: "tidak dapat dihitung",
    Status.NO_TARGET: "tidak dinilai terhadap target",
    Status.ZERO_TARGET: "bertarget nol, sehingga capaiannya tidak dihitung",
}
"""What the summary says of each state; the sentence of each indicator says the same."""


def lowered(name: str) -> Runs:
    """A name inside a sentence: its first letter small, unless it is a title or its first word an abbreviation.

    A title is written with capitals: "Tingkat Pengangguran Terbuka" stays, "Kartu AK-1 yang terbit" does not.
    """
    first, _, rest = name.partition(" ")
    second = rest.partition(" ")[0]
    abbreviated = len(first) < 2 or first[1:] != first[1:].lower() or not first[0].isalpha()
    titled = second[:1].isupper() and second[1:2].islower()
    return label(name if abbreviated or titled else name[0].lower() + name[1:])


def led(word: str, name: str) -> Runs:
    """How a sentence about a figure begins: "Nilai …"; a name that begins with the word says it once."""
    if name.partition(" ")[0].lower() == word.lower():
        return label(name[0].upper() + name[1:])
    return joined(f"{word} ", lowered(name))


def number(book: Book, code: str, facet: str = VALUE, of_year: int | None = None) -> Runs:
    """A number with its unit in words: "86,22 persen", "1.835 laporan", "Rp 900"."""
    run = book.run(code, facet, of_year)
    side = book.facet(code, facet, of_year)
    if side.value is None or side.unit in ("", "rupiah"):
        return (run,)
    return (run, Run(f"{NBSP}{side.unit}"))


def achieved(book: Book, code: str) -> Runs:
    """The achievement with its unit; where the city's bounds cut it, both are said."""
    raw, shown = book.facet(code, "capaian").value, book.facet(code, book.reached).value
    if raw == shown:
        return number(book, code, "capaian")
    bound, whole = number(book, code, book.reached), number(book, code, "capaian")
    return joined(*bound, " menurut batas, ", *whole, " apa adanya")


def is_cut(book: Book, code: str) -> bool:
    """Whether the city's bounds cut the achievement, so that it has two numbers."""
    return book.facet(code, "capaian").value != book.facet(code, "capaian_batas").value


def _whole(book: Book, code: str) -> Runs:
    """The achievement as it is, which efficiency is reckoned from; the one within bounds is said beside it."""
    whole = number(book, code, "capaian")
    if not is_cut(book, code):
        return whole
    return joined(*whole, " apa adanya (menurut batas ", *number(book, code, "capaian_batas"), ")")


def shown_sign(value: Fraction | None, decimals: int) -> int:
    """The sign of a difference as it is printed: 0 when it rounds to nothing."""
    if value is None:
        return 0
    rounded = formats.round_half_up(value, decimals)
    return (rounded > 0) - (rounded < 0)


def _decimals(figure: Figure) -> int:
    return 2 if figure.unit == "poin" else figure.decimals


def against_target(book: Book, figure: Figure) -> Runs:
    """Whether the year's target was reached, and by how much it was passed or missed."""
    code = figure.code
    if getattr(figure, "target_category", "") or getattr(figure, "category", ""):
        return _category(book, figure)
    if figure.value is None and figure.status == Status.UNDEFINED:
        return _undefined(book, figure)
    if figure.value is None and figure.target is None:
        return joined(
            *led("Realisasi", figure.label),
            " dan targetnya tahun ",
            year(book.year.year),
            " belum memiliki nilai.",
        )
    if figure.value is None:
        return joined(
            *led("Realisasi", figure.label),
            " tahun ",
            year(book.year.year),
            " belum memiliki nilai, sehingga belum dapat dibandingkan dengan target ",
            number(book, code, "target"),
            ".",
        )
    if figure.target is None:
        return joined(
            *led("Realisasi", figure.label),
            " ",
            number(book, code),
            ". Dokumen perencanaan tidak menetapkan targetnya, jadi capaian tidak dihitung.",
        )
    if figure.target == 0:
        return joined(
            *led("Realisasi", figure.label),
            " ",
            number(book, code),
            " dan targetnya nol. Capaian tidak dihitung karena tidak ada pembaginya.",
        )
    return _measured(book, figure)


def _waiting(figure: Figure) -> str:
    """What is said of an indicator without a value: one word for one state, as the summary counts it."""
    return STATES[Status.UNDEFINED if figure.status == Status.UNDEFINED else Status.WAITING]


def _absent(figure: Figure) -> str:
    """The same of its value."""
    return STATES[Status.UNDEFINED] if figure.status == Status.UNDEFINED else "belum tersedia"


MOST_REASON = 160
"""A longer reason stands in Lampiran B only."""


def _undefined(book: Book, figure: Figure) -> Runs:
    """A value that waiting won't bring, with its reason where that is short."""
    told = joined(*led("Realisasi", figure.label), " tahun ", year(book.year.year), " tidak dapat dihitung")
    if figure.target is not None:
        told = joined(
            told, ", sehingga tidak dibandingkan dengan target ", number(book, figure.code, "target")
        )
    # every reason may end with what the sentence has said already
    why = figure.why.rstrip(".").removesuffix(", jadi tidak dapat dihitung")
    if not why or len(why) > MOST_REASON:
        return joined(told, ".")
    return joined(told, ". Sebabnya: ", *label(f"{why}."))


def _category(book: Book, figure: Figure) -> Runs:
    """Predicates are compared in ranks."""
    name = led("Predikat", figure.label)
    if not figure.category:
        return joined(name, f" {_waiting(figure)}; targetnya ", label(figure.target_category), ".")
    start = joined(name, ": ", label(figure.category))
    if not figure.target_category:
        return joined(start, ". Predikat target tidak ditetapkan.")
    steps = figure.steps
    if steps is None:
        return joined(
            start,
            "; targetnya ",
            label(figure.target_category),
            ". Keduanya tidak sebanding, jadi capaiannya tidak dapat dihitung.",
        )
    if steps == 0:
        return joined(start, ", sama dengan target.")
    far = formats.terbilang(abs(steps))
    side = "di atas" if steps > 0 else "di bawah"
    return joined(start, f", {far} tingkat {side} target ", label(figure.target_category), ".")


def _measured(book: Book, figure: Figure) -> Runs:
    code = figure.code
    sign = shown_sign(figure.value - figure.target, _decimals(figure))
    value, target = number(book, code), number(book, code, "target")
    gap = number(book, code, "selisih_target")
    start = joined(*led("Realisasi", figure.label), " ", value)
    if figure.direction == Direction.NONE:
        if sign == 0:
            return joined(start, ", sama dengan yang direncanakan.")
        word = "di atas" if sign > 0 else "di bawah"
        return joined(start, f", {word} rencana ", target, " dengan selisih ", gap, ".")
    end = joined("; capaiannya ", achieved(book, code), ".")
    if sign == 0:
        rounded = "" if figure.value == figure.target else "setelah dibulatkan "
        return joined(start, f", {rounded}sama dengan target", end)
    if figure.direction == Direction.DOWN:
        if sign < 0:
            return joined(
                start,
                ", lebih rendah ",
                gap,
                " daripada batas target ",
                target,
                ", jadi target tercapai",
                end,
            )
        return joined(
            start,
            ", lebih tinggi ",
            gap,
            " daripada batas target ",
            target,
            ", jadi target belum tercapai",
            end,
        )
    if sign > 0:
        return joined(start, " melampaui target ", target, ", selisihnya ", gap, end)
    return joined(start, " belum mencapai target ", target, ", kurang ", gap, end)


def against_last_year(book: Book, figure: Figure) -> Runs:
    """Up, down or the same as the year before."""
    code, name, now = figure.code, lowered(figure.label), book.year.year
    if getattr(figure, "category", ""):
        return joined(
            *led("Predikat", figure.label),
            " tidak dibandingkan dalam angka dengan tahun ",
            year(now - 1),
            ".",
        )
    before = book.facet(code, VALUE, now - 1).value
    if figure.value is None:
        return joined(
            *led("Perubahan", figure.label),
            " tidak dihitung karena nilai tahun ",
            year(now),
            f" {_absent(figure)}.",
        )
    if before is None:
        return joined(
            *led("Perubahan", figure.label),
            " tidak dihitung karena nilai tahun ",
            year(now - 1),
            " tidak ada dalam sistem.",
        )
    sign = shown_sign(figure.value - before, _decimals(figure))
    start = joined("Dibandingkan tahun ", year(now - 1), ", ", name)
    if sign == 0:
        return joined(start, " tetap ", number(book, code), ".")
    verb = "naik" if sign > 0 else "turun"
    words = joined(start, f" {verb} ", number(book, code, "selisih"))
    relative = book.facet(code, "perubahan")
    if figure.unit not in ("persen", "poin", "nilai", "indeks") and before > 0 and relative.value is not None:
        words = joined(words, " atau ", number(book, code, "perubahan"))
    words = joined(words, " dari ", number(book, code, VALUE, now - 1), " menjadi ", number(book, code))
    return joined(words, _meaning(figure.direction, sign), ".")


def _meaning(direction: str, sign: int) -> str:
    """What a rise or a fall means; nothing where the way does not matter or is the usual one."""
    if direction == Direction.DOWN:
        return "; makin rendah makin baik, jadi keadaannya " + ("membaik" if sign < 0 else "memburuk")
    return ""


def against_plan(book: Book, figure: Figure) -> Runs:
    """How far the way to the end of the medium-term plan has been gone."""
    code, name = figure.code, lowered(figure.label)
    final = book.final_targets.get(code)
    if final is None:
        return joined("Renstra tidak menetapkan target ", name, ".")
    start = joined(
        "Target ",
        name,
        " pada akhir Renstra, tahun ",
        year(final[0]),
        ", adalah ",
        number(book, code, "akhir"),
    )
    if figure.value is None:
        return joined(start, ". Realisasi sampai tahun ", year(book.year.year), f" {_absent(figure)}.")
    sign = shown_sign(figure.value - final[1], _decimals(figure))
    value = joined(". Realisasi sampai tahun ", year(book.year.year), " ", number(book, code))
    if sign == 0:
        return joined(start, value, ", sudah sama dengan target akhir itu.")
    better = sign < 0 if figure.direction == Direction.DOWN else sign > 0
    gap = number(book, code, "selisih_akhir")
    side = "di atas" if sign > 0 else "di bawah"
    if figure.direction == Direction.NONE:
        return joined(start, value, ", ", gap, f" {side}nya.")
    told = "target akhir itu sudah tercapai" if better else "target akhir itu belum tercapai"
    return joined(start, value, ", ", gap, f" {side}nya; {told}.")


def against_nation(book: Book, figure: Figure) -> Runs:
    """Above or below the national value, and whether that is good."""
    code, name = figure.code, lowered(figure.label)
    indicator = figure.indicator
    if indicator is None or indicator.comparator_id is None:
        return joined("Tidak ada standar nasional yang dapat dibandingkan dengan ", name, ".")
    other = book.facet(code, "pembanding")
    if other.value is None:
        return joined("Angka nasional untuk ", name, " tahun ", year(book.year.year), " belum dicatat.")
    if figure.value is None:
        return joined(
            "Angka nasional untuk ",
            name,
            " ",
            number(book, code, "pembanding"),
            f"; nilai daerah {_absent(figure)}.",
        )
    start = joined(*led("Nilai", figure.label), " ", number(book, code), ", ")
    return joined(start, beside_nation(book, figure, " daripada angka nasional "), ".")


def beside_nation(book: Book, figure: Figure, nation: str = "") -> Runs:
    """The distance from the national value and what it means; ``nation`` are the words before that value, if told."""
    code, other = figure.code, book.facet(figure.code, "pembanding")
    sign = shown_sign(figure.value - other.value, _decimals(figure))
    if sign == 0:
        return joined("sama dengan angka nasional")
    told = joined("lebih tinggi " if sign > 0 else "lebih rendah ", number(book, code, "selisih_pembanding"))
    if nation:
        told = joined(told, nation, number(book, code, "pembanding"))
    if figure.direction not in (Direction.UP, Direction.DOWN):
        return told
    good = (sign > 0) == (figure.direction == Direction.UP)
    return joined(told, ", jadi " if nation else ", ", "lebih baik" if good else "kurang baik")


EFFICIENCY_WORDS = {
    EfficiencyLabel.EFFICIENT: "Penggunaan anggaran efisien",
    EfficiencyLabel.FAIR: "Penggunaan anggaran cukup efisien",
    EfficiencyLabel.INEFFICIENT: "Penggunaan anggaran belum efisien",
}


def efficiency(book: Book, figure: Figure) -> Runs:
    """Achievement against absorption, called by the rule of the year."""
    each = book.efficiency.get(figure.code)
    name = lowered(figure.label)
    if each is None:
        return joined(
            "Tidak ada program yang dipasangkan dengan ", name, ", jadi efisiensinya tidak dihitung."
        )
    code = figure.code
    if each.label == EfficiencyLabel.NOT_STARTED:
        return joined(
            "Program penunjang ",
            name,
            " tidak dianggarkan dan tidak dilaksanakan; efisiensinya tidak dihitung.",
        )
    if each.label == EfficiencyLabel.UNBUDGETED:
        return joined(
            "Ada realisasi tanpa pagu pada program penunjang ",
            name,
            "; serapan dan efisiensinya tidak dihitung.",
        )
    absorbed = joined("dengan serapan anggaran ", number(book, code, "serapan"))
    if each.label == EfficiencyLabel.UNKNOWN:
        return joined(
            *led("Capaian", figure.label),
            " tidak dapat dihitung, " if figure.status == Status.UNDEFINED else " belum dapat dihitung, ",
            absorbed,
            "; efisiensinya belum dinilai.",
        )
    gap = each.figure.value
    sign = shown_sign(gap, 2)
    pieces = joined(*led("Capaian", figure.label), " ", _whole(book, code), " ", absorbed)
    if each.label == EfficiencyLabel.TARGET_MISSED:
        return joined(pieces, ". Targetnya belum tercapai, jadi penggunaan anggaran tidak dinilai efisien.")
    told = EFFICIENCY_WORDS[EfficiencyLabel(each.label)]
    if sign == 0:
        return joined(pieces, f". {told}: capaian dan serapan sama besar.")
    word = "lebih tinggi" if sign > 0 else "lebih rendah"
    size = number(book, code, "selisih_serapan")
    return joined(pieces, f". {told}: capaian {word} ", size, " daripada serapan.")


def summary(book: Book, figures: list[Figure]) -> Runs:
    """How many of the main indicators stand in each state, in words and complete."""
    total = len(figures)
    if not total:
        return joined("Belum ada indikator kinerja utama.")
    states = [Status(figure.status) for figure in figures]
    parts = [(states.count(state), words) for state, words in STATES.items() if state in states]
    count = formats.terbilang(total).capitalize()
    start = joined(f"{count} indikator kinerja utama diukur pada tahun ", year(book.year.year))
    if len(parts) == 1:
        return joined(start, f"; {'semuanya' if total > 1 else 'indikator itu'} {parts[0][1]}.")
    said = [f"{formats.terbilang(number_of)} {words}" for number_of, words in parts]
    return joined(start, f": {', '.join(said[:-1])}{',' if len(said) > 2 else ''} dan {said[-1]}.")
