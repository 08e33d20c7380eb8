"""The front of the card: who the holder is."""

from reportlab.lib.colors import white
from reportlab.lib.units import mm

from core.documents import fonts, style
from core.documents.fit import Fitted, fit, fit_together
from jobseekers.documents.face import Face
from jobseekers.documents.panel import LEFT, RIGHT, TINT_RULE, Panel, draw_shield

VALUE, VALUE_WIDTH = 63.0, 78.0
LABELS = 42.0
BOX, BOX_HEIGHT, GAP = 4.68, 5.0, 1.585

ANSWERS = {
    "name": (2, 9.6, 7.0, "nama lengkap"),
    "born": (1, 7.6, 6.2, "tempat, tanggal lahir"),
    "address": (3, 7.6, 6.2, "alamat"),
    "contact": (1, 7.6, 6.2, "telepon dan e-mail"),
}
"""The answers that are never cut: lines, size, floor, and what the officer calls them."""


def fit_answer(key: str, text: str) -> Fitted:
    """Fit one of ANSWERS into its place; raises TextOverflowError that names it."""
    lines, size, floor, field = ANSWERS[key]
    return fit(text or "–", VALUE_WIDTH * mm, lines, size, floor, bold=key == "name", field=field)


class Front(Panel):
    """Who the holder is."""

    def draw(self, face: Face) -> None:
        """Draw the whole side."""
        self.tint()
        with self.canvas.element("Sect"):
            self._head()
            self._numbers(face)
            self._photo(face)
            y, used = self._person(face)
            y = self._education(face, y, used)
            self._foot(face, y)

    def _head(self) -> None:
        draw_shield(self)
        with self.canvas.mark("P"):
            self.text(20, 9.5, self.office.government, 7.6, face=fonts.BOLD)
            self.text(20, 13.5, self.office.name, 10.2, face=fonts.BOLD)
            contact = fit(self.office.contact, 116 * mm, 1, 6.6, 6.0, may_cut=True, field="alamat dinas")
            self.text(20, 17.1, contact.lines[0], contact.size, face=fonts.CONDENSED, colour=style.GREY)
        with self.canvas.mark("P"):
            self.text(RIGHT, 9.5, "Formulir AK/I", 7.6, face=fonts.BOLD, align="right")
            self.label(RIGHT, 13.1, "Tidak dipungut biaya", align="right")
        self.rule(LEFT, 19.5, RIGHT - LEFT, 0.9)
        with self.canvas.mark("H1"):
            self.text(LEFT, 24.4, "KARTU TANDA BUKTI PENDAFTARAN PENCARI KERJA", 10.2, face=fonts.BOLD)

    def _numbers(self, face: Face) -> None:
        self._boxes("Nomor pendaftaran", face.number, 27.1, (4, 6, 6))
        self._boxes("Nomor Induk Kependudukan", face.nik, 33.1, (6, 6, 4))

    def _boxes(self, label: str, digits: str, top: float, groups: tuple[int, ...]) -> None:
        """One character a box; a number of another length is printed in one line instead."""
        with self.canvas.mark("P"):
            self.label(LEFT, top + 3.4, label)
            if len(digits) != sum(groups):
                fitted = fit(digits or "–", VALUE_WIDTH * mm, 1, 9.6, 6.2, bold=True, field=label.lower())
                self.text(RIGHT, top + 3.6, fitted.lines[0], fitted.size, face=fitted.face, align="right")
                return
            self._digits(digits, top, groups)

    def _digits(self, digits: str, top: float, groups: tuple[int, ...]) -> None:
        """All boxes as one path, the digits of a group as one spaced text: digits are all of one width."""
        path, x, start = self.canvas.beginPath(), VALUE, 0
        digit = fonts.width("0", fonts.BOLD, 9)
        texts = []
        for group in groups:
            for number in range(group):
                path.rect(*self.at(x + number * BOX, top + BOX_HEIGHT), BOX * mm, BOX_HEIGHT * mm)
            texts.append((x + (BOX - digit / mm) / 2, digits[start : start + group]))
            x, start = x + group * BOX + GAP, start + group
        self.canvas.setFillColor(white)
        self.canvas.setStrokeColor(style.INK)
        self.canvas.setLineWidth(0.5)
        self.canvas.drawPath(path, stroke=1, fill=1)
        for x, text in texts:
            self.text(x, top + 3.6, text, 9, face=fonts.BOLD, spacing=BOX * mm - digit)

    def _photo(self, face: Face) -> None:
        left, bottom = self.at(LEFT, 80.6)
        if face.photo:
            with self.canvas.mark("Figure", alt=f"Pas foto {face.name}"):
                self.canvas.picture(face.photo, left, bottom, 30 * mm, 40 * mm)
            self.framed(LEFT, 40.6, 30, 40, fill=0)
            return
        self.framed(LEFT, 40.6, 30, 40)
        with self.canvas.mark("P"):
            self.label(LEFT + 15, 59, "Pas foto", align="centre")
            self.label(LEFT + 15, 62.6, "3 × 4 cm", align="centre")

    def _person(self, face: Face) -> tuple[float, int]:
        """Name to contact; returns the base line of the contact and how many lines name and address took."""
        name, born, address, contact = (fit_answer(key, getattr(face, key)) for key in ANSWERS)
        with self.canvas.mark("P"):
            self.label(LABELS, 42.7, "Nama lengkap")
            y = self.lines(VALUE, 42.8, name, 4.1)
        y += 3.5
        with self.canvas.mark("P"):
            self.label(LABELS, y, "Tempat, tgl lahir")
            self.lines(VALUE, y, born, 3.5)
        y += 3.5
        self._coded(face, y)
        y += 4.0
        with self.canvas.mark("P"):
            self.label(LABELS, y, "Alamat")
            y = self.lines(VALUE, y, address, 3.45)
        y += 3.45
        with self.canvas.mark("P"):
            self.label(LABELS, y, "Telepon, e-mail")
            self.lines(VALUE, y, contact, 3.45)
        return y, len(name.lines) + len(address.lines)

    def _coded(self, face: Face, y: float) -> None:
        """Sex, status and religion in one row: a code box and its word each, one size for the three."""
        box, gap = 3.1, 1.0
        answers = (("", face.sex), ("Status", face.marital), ("Agama", face.religion))
        words = [word for _, (_, word) in answers]
        fixed = 3 * (box + gap) + sum(_label_width(label) for label, _ in answers)
        room = VALUE_WIDTH - fixed - 2 * 2.4
        fitted = _one_row(words, room)
        between = min(4.2, (VALUE_WIDTH - fixed - sum(fonts.width(w, *fitted) / mm for w in words)) / 2)
        with self.canvas.mark("P"):
            self.label(LABELS, y, "Jenis kelamin")
            x = VALUE
            for label, (code, word) in answers:
                if label:
                    self.label(x, y, label)
                    x += _label_width(label)
                self.canvas.setFillColor(white)
                self.canvas.setStrokeColor(style.INK)
                self.canvas.setLineWidth(0.5)
                left, bottom = self.at(x, y + 0.75)
                self.canvas.rect(left, bottom, box * mm, 3.45 * mm, stroke=1, fill=1)
                self.text(x + box / 2, y - 0.1, code or "–", 6.6, face=fonts.BOLD, align="centre")
                self.text(x + box + gap, y, word or "–", fitted[1], face=fitted[0])
                x += box + gap + fonts.width(word, *fitted) / mm + between

    def _education(self, face: Face, y: float, used: int) -> float:
        """Up to three rows, highest first; returns the base line of the last."""
        self.rule(LABELS, y + 1.75, RIGHT - LABELS, 0.35, TINT_RULE)
        y += 4.5
        room = max(1, min(3, 7 - used))
        rows = list(face.education[:room])
        level_width = 10.0 if any(row[0] for row in rows) else 0.0
        width = (VALUE_WIDTH - level_width - 9) * mm
        first_lines = 2 if len(rows) < room else 1
        fitted: list[Fitted] = []
        if rows:
            fitted = [fit(rows[0][1], width, first_lines, 7.2, 6.4, may_cut=True, field="pendidikan")]
        if len(rows) > 1:
            fitted += fit_together(
                [row[1] for row in rows[1:]], width, 1, 7.2, 6.4, may_cut=True, field="pendidikan"
            )
        with self.canvas.mark("P"):
            self.label(LABELS, y, "Pendidikan")
            for (level, _, year), text in zip(rows, fitted, strict=True):
                if level:
                    self.text(VALUE, y, level, 6.8, face=fonts.BOLD)
                self.text(RIGHT, y, year, 6.8, align="right")
                y = self.lines(VALUE + level_width, y, text, 3.25) + 3.25
            if not rows:
                self.text(VALUE, y, "–", 7.2)
                y += 3.25
        return y - 3.25

    def _foot(self, face: Face, y: float) -> None:
        self.rule(LABELS, y + 1.6, RIGHT - LABELS, 0.35, TINT_RULE)
        y += 4.4
        first, pitch, last = y + 3.1, 2.95, 98.0
        room = max(1, min(5, int((last - first) / pitch) + 1))
        skills = fit(face.skills or "–", 47 * mm, room, 7.2, 6.2, may_cut=True, field="keterampilan")
        with self.canvas.mark("P"):
            self.label(LABELS, y, "Keterampilan dan pengalaman")
            self.lines(LABELS, first, skills, pitch)
        self.rule(LEFT, 94.9, 30, 0.6)
        with self.canvas.mark("P"):
            self.label(LEFT, 97.8, "Tanda tangan pencari kerja")
        self._signature(face, y)

    def _signature(self, face: Face, y: float) -> None:
        name = _officer(face.officer_name)
        nip_at = 98.0
        name_at = (94.9 if face.officer_nip else nip_at) - (len(name.lines) - 1) * 3.1
        with self.canvas.mark("P"):
            self.text(91, y, face.place_and_day, 6.8)
            self.text(91, y + 2.9, "Pengantar Kerja", 6.8)
        self.rule(91, name_at - 2.9, RIGHT - 91, 0.6)
        with self.canvas.mark("P"):
            self.lines(91, name_at, name, 3.1)
            if face.officer_nip:
                self.text(91, nip_at, f"NIP {face.officer_nip}", 6.6)


def _label_width(label: str) -> float:
    """The room of a label in the row of codes, in millimetres."""
    return fonts.width(label, fonts.REGULAR, 6.6) / mm + 1.2 if label else 0.0


def _one_row(words: list[str], room: float) -> tuple[str, float]:
    """One face and size (7.6 down to 6.0) in which all words fit `room` millimetres together."""
    for face in (fonts.REGULAR, fonts.CONDENSED):
        size = 7.6
        while size >= 6.0 - 1e-6:
            if sum(fonts.width(word, face, size) for word in words) <= room * mm:
                return face, size
            size -= 0.25
    return fonts.CONDENSED, 6.0


def _officer(name: str) -> Fitted:
    """The officer's name: one line if it can be, else two."""
    width = (RIGHT - 91) * mm
    for size in (7.2, 6.95, 6.7):
        if fonts.width(name, fonts.BOLD, size) <= width:
            return Fitted((name,), fonts.BOLD, size)
    return fit(name, width, 2, 7.2, 6.6, bold=True, field="nama petugas")
