"""Rules on what is written (`written`): R1, R12, R13, R14, R15, R16, and sections that are still empty.

Numbers in a narrative are marks (`lkip.text`), so most contradictions cannot be written at all; what remains is words:
counts in letters, verbs of direction, years, and numbers declared in a wrong notation.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from django.urls import reverse

from lkip import report, text
from lkip.checker.words import NUMERAL_WORDS, numeral
from lkip.consistency.found import Found, Sight, rule
from lkip.consistency.written import Written
from lkip.enums import Level, Severity
from lkip.figures import Figure, YearFigures
from lkip.models import Indicator, Objective
from lkip.report.walk import loose_digits
from lkip.text import Piece

_NUMERAL = rf"(?:(?:{'|'.join(NUMERAL_WORDS)})\s+)+"
_COUNTED = re.compile(
    rf"\b({_NUMERAL})"
    r"(tujuan|sasaran|indikator kinerja utama|iku|program|kegiatan|sub kegiatan|subkegiatan)\b",
    re.IGNORECASE,
)
_REACHED = re.compile(
    rf"\b(?:iku|indikator kinerja utama)\b[^.!?\n]*?\b({_NUMERAL})(?:di antaranya\s+|sudah\s+|telah\s+)*"
    r"(?:tercapai|mencapai|melampaui)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(seluruh|semua)\s+(?:capaian\s+)?(iku|indikator kinerja utama)\b.{0,40}?\b(melampaui|mencapai|tercapai)",
    re.IGNORECASE,
)
_UP = re.compile(r"\b(naik|meningkat|bertambah|lebih tinggi)\b", re.IGNORECASE)
_DOWN = re.compile(r"\b(turun|menurun|berkurang|lebih rendah)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_INDONESIAN = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d{1,3}|\d{4,})(?:,\d+)?")
_SENTENCE = re.compile(r"[.!?]\s|\n")


def _found(section: Written, code: str, severity: str, title: str, detail: str, *facts: str) -> Found:
    return Found(
        code,
        severity,
        title,
        detail,
        (section.key,),
        section.url,
        section.link,
        (section.key, *facts) if facts else (),
    )


def _pieces(section: Written) -> list[Piece]:
    return list(text.every_piece(text.parse(section.body)))


@rule("R1")
def marks_lead_somewhere(sight: Sight) -> Iterator[Found]:
    """Every mark is whole and names a figure of the year: one number, one value, wherever it is printed."""
    known = {figure.code for figure in sight.figures.all()}
    for section in sight.texts:
        for fault in text.faults(section.body):
            yield _found(
                section,
                "R1",
                Severity.ERROR,
                "Tanda yang rusak pada naskah",
                f"{fault.text}: {fault.note}",
            )
        for piece in _pieces(section):
            if piece.kind == "figure" and piece.code not in known:
                yield _found(
                    section,
                    "R1",
                    Severity.ERROR,
                    "Naskah menyebut angka yang tidak ada",
                    _nothing_there(piece, sight.year),
                )


def _nothing_there(piece: Piece, year: int) -> str:
    """Which figure a mark asks for in vain: by the name of its indicator, or the mark itself where nobody bears it."""
    name = Indicator.objects.filter(code=piece.code).values_list("name", flat=True).first()
    if name is None:
        return f"Tanda {text.mark(piece)} tidak menunjuk angka mana pun. Pilih angkanya sekali lagi."
    return f"“{name}” tidak dipakai pada {year}, jadi tidak punya angka tahun itu."


@rule("R14")
def numbers_are_bound(sight: Sight) -> Iterator[Found]:
    """A typed number is bound to a figure, or declared external, a reference or a date."""
    for section in sight.texts:
        loose = text.loose_numbers(section.body)
        if loose:
            yield _found(
                section,
                "R14",
                Severity.ERROR,
                "Angka diketik tanpa ikatan",
                f"{len(loose)} angka tidak tertelusur: {', '.join(loose[:8])}{' …' if len(loose) > 8 else ''}.",
            )


@rule("R14")
def nothing_loose_in_print(sight: Sight) -> Iterator[Found]:
    """The report as printed has no faulty mark and no digit that nothing tags, whatever text it came from."""
    told = {number for each in sight.texts for number in text.loose_numbers(each.body)}
    told |= {
        text.mark(piece)
        for each in sight.texts
        for piece in _pieces(each)
        if piece.kind == "fault" or (piece.kind == "figure" and sight.figures.find(piece.code) is None)
    }
    left = dict.fromkeys(loose_digits(sight.document), "Angka ini belum ditautkan.")
    left |= {(fault.place, fault.text): fault.message for fault in sight.document.faults}
    for (place, words), message in left.items():
        if words in told:
            continue
        yield Found(
            "R14",
            Severity.ERROR,
            "Angka atau tanda yang tidak tercetak benar",
            f"“{words[:80]}”: {message}",
            (place,),
            reverse("lkip:paper", args=[sight.year]),
            "Buka laporan",
        )


@rule("R16")
def notation(sight: Sight) -> Iterator[Found]:
    """Declared numbers are written the Indonesian way: dot for thousands, comma for decimals."""
    for section in sight.texts:
        for piece in _pieces(section):
            if piece.kind != "external":
                continue
            for number in _NUMBER.findall(piece.text):
                if not _INDONESIAN.fullmatch(number):
                    yield _found(
                        section,
                        "R16",
                        Severity.WARNING,
                        "Penulisan angka tidak baku",
                        f"“{number}”: titik untuk ribuan, koma untuk desimal.",
                    )


@rule("R13")
def years_fit(sight: Sight) -> Iterator[Found]:
    """A date or declared number that names a year far from the report's is often left over from an old text."""
    first = sight.year - 5
    for section in sight.texts:
        for piece in _pieces(section):
            if piece.kind not in ("date", "external"):
                continue
            for year in map(int, _YEAR.findall(piece.text)):
                if not first <= year <= sight.year + 5:
                    yield _found(
                        section,
                        "R13",
                        Severity.WARNING,
                        f"Tahun {year} pada laporan {sight.year}",
                        f"“{piece.text}” menyebut tahun {year}. Periksa apakah tersisa dari naskah lama.",
                    )


def _actual(sight: Sight) -> dict[str, int]:
    """How many there are of what a text counts in letters."""
    iku = len(sight.figures.of_level(Level.IKU))
    levels = [row.level for row in sight.figures.tree]
    return {
        "tujuan": len({o.goal_id for o in Objective.objects.all()}),
        "sasaran": Objective.objects.count(),
        "iku": iku,
        "indikator kinerja utama": iku,
        "program": levels.count("PROGRAMME"),
        "kegiatan": levels.count("ACTIVITY"),
        "sub kegiatan": levels.count("SUB_ACTIVITY"),
        "subkegiatan": levels.count("SUB_ACTIVITY"),
    }


@rule("R12")
def counts_in_words(sight: Sight) -> Iterator[Found]:
    """A count in letters equals what the report lists; "all indicators" means all, those without a value too."""
    if not sight.texts:
        return
    actual, iku = _actual(sight), sight.figures.of_level(Level.IKU)
    for section in sight.texts:
        words = "".join(piece.text for piece in _pieces(section) if piece.kind == "text")
        for said, thing in _COUNTED.findall(words):
            there, said = actual[thing.lower()], " ".join(said.lower().split())
            if numeral(said) not in (there, None):
                yield _found(
                    section,
                    "R12",
                    Severity.WARNING,
                    f"Naskah menyebut {said} {thing.lower()}",
                    f"Laporan ini memuat {there} {thing.lower()}.",
                )
        yield from _reached_in_words(sight, section, words)
        if _ALL.search(words) and any(figure.status != "REACHED" for figure in iku):
            missed = [figure.label for figure in iku if figure.status != "REACHED"]
            yield _found(
                section,
                "R12",
                Severity.WARNING,
                "Naskah menyebut semua indikator tercapai",
                f"Belum tercapai atau belum bernilai: {', '.join(missed)}.",
            )


def _reached_in_words(sight: Sight, section: Written, words: str) -> Iterator[Found]:
    """How many main indicators a sentence says were reached, against how many were."""
    reached = sum(figure.status == "REACHED" for figure in sight.figures.of_level(Level.IKU))
    for found in _REACHED.finditer(words):
        said = " ".join(found[1].lower().split())
        if numeral(said) not in (reached, None):
            yield _found(
                section,
                "R12",
                Severity.WARNING,
                f"Naskah menyebut {said} indikator kinerja utama tercapai",
                f"Yang tercapai menurut laporan ini: {reached}.",
            )


@rule("R15")
def verbs_carry_the_sign(sight: Sight) -> Iterator[Found]:
    """A verb of direction agrees with the change that stands in its sentence."""
    for section in sight.texts:
        for words, pieces in _sentences(section):
            up, down = bool(_UP.search(words)), bool(_DOWN.search(words))
            if up == down:
                continue
            for piece in pieces:
                moved = _change(sight, piece)
                if moved and (moved > 0) != up:
                    verb = (_UP if up else _DOWN).search(words)[0].lower()
                    yield _found(
                        section,
                        "R15",
                        Severity.WARNING,
                        f"Kata “{verb}” berlawanan dengan angkanya",
                        f"{sight.figures.find(piece.code).label} {'naik' if moved > 0 else 'turun'} dari tahun lalu.",
                    )


def _sentences(section: Written) -> Iterator[tuple[str, list[Piece]]]:
    """The sentences of a section: their words, and the figures in them."""
    words, pieces = "", []
    for piece in _pieces(section):
        if piece.kind != "text":
            pieces.append(piece)
            continue
        first, *rest = _SENTENCE.split(piece.text)
        words += first
        for each in rest:
            yield words, pieces
            words, pieces = each, []
    yield words, pieces


def _change(sight: Sight, piece: Piece) -> Fraction | None:
    """The change that a mark names: of an indicator of change, or against the year before."""
    if piece.kind != "figure" or piece.facet not in ("nilai", "selisih", "perubahan"):
        return None
    figure = sight.figures.find(piece.code)
    if figure is None:
        return None
    if figure.indicator is not None and figure.indicator.formula == "CHANGE":
        return figure.value
    return _against_last_year(sight, figure) if piece.facet != "nilai" else None


def _against_last_year(sight: Sight, figure: Figure) -> Fraction | None:
    before = sight.before.get(figure.code)
    return None if before is None or figure.value is None else figure.value - before


def empty_sections(figures: YearFigures) -> list[str]:
    """Return the titles of the sections that would print nothing but "belum diisi"."""
    return report.empty_sections(figures)
