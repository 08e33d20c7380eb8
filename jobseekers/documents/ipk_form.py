"""The forms IPK III on A4 landscape: the register of the month, the vacancies, the rules, the signature.

Whatever doesn't come out at zero in a check row stands in a box, with the words TIDAK SEIMBANG.
"""

import hashlib
import io
from typing import BinaryIO

from reportlab.lib.units import mm

from core import clock, formats
from core.documents import fonts, style
from core.documents.canvas import OfficeCanvas
from core.documents.fit import wrap
from core.models.agency import AgencyProfile
from core.tables_out import Stamp
from jobseekers.ipk import Form, Line

PAGE = style.FORM_WIDE
SIZE, SMALL, HEAD = 8.6, 7.6, 7.8
MARK = 8 * mm
LABEL = {"III/1": 92 * mm, "III/2": 60 * mm, "III/3": 82 * mm, "III/7": 78 * mm, "III/8": 78 * mm}
ROW = {"III/1": 5.7 * mm, "III/2": 6.0 * mm, "III/3": 6.0 * mm, "III/7": 5.6 * mm, "III/8": 4.8 * mm}
ROWS_ARE = {"III/3": "Golongan pokok jabatan (KBJI)", "III/8": "I. Jenjang pendidikan"}
ANNEX = {"III/1": (160 * mm, 172 * mm), "III/8": (190 * mm, 198 * mm)}
"""How wide the second table is, and where the text beside it begins."""
OFF_BALANCE = "TIDAK SEIMBANG"


def draw_form(form: Form, target: BinaryIO, stamp: Stamp) -> None:
    """Write the form as a PDF of one page; every number is one that the page shows."""
    agency = AgencyProfile.current()
    canvas = OfficeCanvas(
        io.BytesIO(),
        title=f"Formulir IPK {form.code}, {form.month_words}",
        author=agency.full_name,
        subject=form.title,
        pagesize=PAGE.size,
    )
    _Sheet(canvas, form, agency, stamp).draw()
    canvas.showPage()
    target.write(canvas.getpdfdata())


class _Sheet:
    """Draws one form from the top down; y runs up from the bottom, as in the file."""

    def __init__(self, canvas: OfficeCanvas, form: Form, agency: AgencyProfile, stamp: Stamp) -> None:
        self.canvas, self.form, self.agency, self.stamp = canvas, form, agency, stamp
        self.left, self.top = PAGE.left, PAGE.size[1] - PAGE.top

    def draw(self) -> None:
        """The whole page."""
        y = self._head()
        with self.canvas.element("Table"):
            y = self._register(y)
        if self.form.annex is not None:
            with self.canvas.element("Table"):
                self._annex(y - 7 * mm)
            aside = ANNEX[self.form.code][1]
            self._aside(self.left + aside, y - 7 * mm, PAGE.width - aside)
        else:
            self._aside(self.left, y - 6 * mm, PAGE.width * 0.62)
        self._foot()

    def _text(self, x: float, y: float, words: str, *, tag: str = "P", **options) -> None:
        with self.canvas.mark(tag):
            self.canvas.text(x, y, fonts.printable(words), **options)

    def _head(self) -> float:
        right, y = self.left + PAGE.width, self.top
        self._text(self.left, y - 8, self.agency.government, size=8.6, colour=style.GREY)
        self._text(self.left, y - 21, self.agency.name, size=10, face=fonts.BOLD)
        self._text(right, y - 9, f"Formulir IPK {self.form.code}", size=11, face=fonts.BOLD, align="right")
        told = f"Bulan {self.form.month_words} · dihitung {formats.datetime_long(self.stamp.at)}"
        self._text(right, y - 21, told, size=8.6, colour=style.GREY, align="right")
        self._text(self.left, y - 47, self.form.title, tag="H1", size=18, face=fonts.BOLD)
        return y - 56

    def _register(self, y: float) -> float:
        """The first table: group heads over columns, then the lines."""
        form, label = self.form, LABEL[self.form.code]
        width = (PAGE.width - label) / len(form.heads)
        rights = [self.left + label + width * (at + 1) for at in range(len(form.heads))]
        self.canvas.rule(self.left, y, PAGE.width, 0.9)
        at = 0
        for head, span in form.groups:
            first, last = rights[at] - width, rights[at + span - 1]
            self._text(
                (first + 6 + last) / 2, y - 11, head, tag="TH", size=HEAD, colour=style.GREY, align="centre"
            )
            self.canvas.rule(first + 8, y - 14.5, last - first - 8, 0.3, style.GREY)
            at += span
        title = ROWS_ARE.get(form.code, "I. Pencari kerja" if form.annex else "Jenjang pendidikan")
        return self._lines(y - 16, title, form.heads, form.lines, rights, PAGE.width)

    def _annex(self, y: float) -> None:
        annex, (whole, _) = self.form.annex, ANNEX[self.form.code]
        self.canvas.rule(self.left, y, whole, 0.9)
        first = self.left + LABEL[self.form.code]
        width = (whole - LABEL[self.form.code]) / len(annex.heads)
        rights = [first + width * (at + 1) for at in range(len(annex.heads))]
        self._lines(y, annex.title, annex.heads, annex.lines, rights, whole)

    def _lines(
        self, y: float, title: str, heads: list[str], lines: list[Line], rights: list[float], width: float
    ) -> float:
        """A head line and the lines under it; return where the table ends."""
        self._text(self.left, y - 12, title, tag="TH", size=9, face=fonts.BOLD)
        for right, head in zip(rights, heads, strict=True):
            self._text(right, y - 12, head, tag="TH", size=HEAD, colour=style.GREY, align="right")
        y -= 16.5
        self.canvas.rule(self.left, y, width, 0.35)
        for number, line in enumerate(lines):
            y = self._line(y, line, rights, width)
            following = lines[number + 1].kind if number + 1 < len(lines) else "end"
            weight = {"plain": 0.3, "sum": 0.6, "check": 0.6, "end": 0.9}[following]
            if line.kind == "sum" and following == "plain":
                weight = 0.6
            self.canvas.rule(self.left, y, width, weight, style.RULE if weight == 0.3 else style.INK)
        return y

    def _line(self, y: float, line: Line, rights: list[float], width: float) -> float:
        height = ROW[self.form.code]
        base = y - height / 2 - SIZE * 0.36
        if line.kind == "check":
            with self.canvas.artifact():
                self.canvas.setFillColor(style.WASH)
                self.canvas.rect(self.left, y - height + 0.5, width, height - 1, stroke=0, fill=1)
        face = fonts.REGULAR if line.kind == "plain" else fonts.BOLD
        with self.canvas.element("TR"):
            if line.mark:
                self._text(self.left, base, line.mark, tag="TH", face=face, size=SIZE)
            label_face, size = (fonts.REGULAR, 8) if line.kind == "check" else (face, SIZE)
            self._text(self.left + MARK, base, line.label, tag="TH", face=label_face, size=size)
            for right, number in zip(rights, line.numbers, strict=True):
                words = formats.number(number)
                self._text(right, base, words, tag="TD", face=face, size=SIZE, align="right")
                if line.kind == "check" and number:
                    self._box(right, y, height, fonts.width(words, face, SIZE))
        return y - height

    def _box(self, right: float, y: float, height: float, width: float) -> None:
        """Around a check that is not zero."""
        with self.canvas.artifact():
            self.canvas.setStrokeColor(style.INK)
            self.canvas.setLineWidth(0.9)
            self.canvas.rect(right - width - 2, y - height + 2, width + 4, height - 4)

    def _aside(self, x: float, y: float, width: float) -> None:
        """The rules in force, what to do when a check fails, place, day and signature."""
        if not self.form.balanced:
            self._text(x, y - 6, OFF_BALANCE, tag="H2", size=11, face=fonts.BOLD)
            self._text(
                x, y - 18, "Ada baris Uji yang tidak nol. Formulir ini tidak boleh dikirim.", size=SMALL
            )
            y -= 28
        self._text(x, y - 4, "Aturan hitung", tag="H2", size=SIZE, face=fonts.BOLD)
        y -= 15
        for note in self.form.notes:
            for words in wrap(fonts.printable(note), width, fonts.REGULAR, SMALL):
                self._text(x, y, words, size=SMALL)
                y -= 9.4
            y -= 2.4
        if not self.form.balanced:
            return  # a form that must not be sent is not signed
        if self.form.annex is None:
            x, y = self.left + PAGE.width * 0.68, PAGE.bottom + 42 * mm
        self._signature(x, y - 8)

    def _signature(self, x: float, y: float) -> None:
        agency = self.agency
        place = agency.region.name.removeprefix("Kota ").removeprefix("Kabupaten ")
        self._text(x, y, f"{place}, {formats.date_long(clock.local(self.stamp.at).date())}", size=SIZE)
        self._text(x, y - 11.5, agency.head_title or f"Kepala {agency.name}", size=SIZE)
        y -= 46
        if agency.head_name:
            self._text(x, y, agency.head_name, size=SIZE, face=fonts.BOLD)
        if agency.head_nip:
            self._text(x, y - 11, f"NIP {agency.head_nip}", size=8)

    def _foot(self) -> None:
        """What the form is, and a fingerprint of its numbers: two printings that differ are seen to differ."""
        y = PAGE.size[1] - PAGE.foot
        self.canvas.rule(self.left, y + 10, PAGE.width, 0.3, style.RULE)
        lines = [*self.form.lines, *(self.form.annex.lines if self.form.annex else ())]
        told = "\n".join(f"{line.mark} {line.label} {line.numbers}" for line in lines)
        mark = hashlib.sha256(told.encode()).hexdigest()[:8]
        region = self.agency.region
        words = f"IPK {self.form.code} · {region.name} ({region.code}) · {self.form.month_words} · "
        with self.canvas.artifact():
            self.canvas.text(
                self.left, y, f"{words}sidik angka {mark[:4]} {mark[4:]}", size=7, colour=style.GREY
            )
            self.canvas.text(self.left + PAGE.width, y, "1 dari 1", size=9, face=fonts.BOLD, align="right")
