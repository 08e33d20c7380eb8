"""The back of the card: terms, reports, the employer's part, the code; and the advice below a single card."""

from datetime import date
from functools import cache

from reportlab.lib.units import mm

from core.documents import fonts
from core.documents.fit import Fitted, fit
from core.documents.qr import QUIET, draw_qr, symbol
from core.formats import date_long
from jobseekers.documents.face import Face
from jobseekers.documents.panel import LEFT, RIGHT, TINT_RULE, Panel

QR_SIZE = 24.0
WORDS = ("Pertama", "Kedua", "Ketiga")
TERMS = (
    "Kartu ini tanda bukti terdaftar, bukan jaminan diterima bekerja.",
    "Bila data berubah atau Anda sudah bekerja, laporkan ke Dinas paling lambat satu minggu.",
    "Selama belum bekerja, lapor setiap enam bulan sesuai tanggal di tabel.",
    "Pemberi kerja yang menerima pemegang kartu mengembalikan kartu ini ke Dinas.",
    "Kartu hilang? Lapor, cetak ulang gratis.",
)


class Back(Panel):
    """Terms, reports, the employer's part, and the code that proves the card."""

    def draw(self, face: Face) -> None:
        """Draw the whole panel."""
        self.tint()
        with self.canvas.element("Sect"):
            self._validity(face)
            self._terms()
            self._code(face)
            self._reports(face)
            self._employer()

    def _validity(self, face: Face) -> None:
        with self.canvas.mark("P"):
            self.label(LEFT, 9.6, "Berlaku sampai", 6.9)
            self.text(LEFT, 14.6, date_long(face.valid_until), 12.4, face=fonts.BOLD)
            self.text(LEFT, 18.3, f"Terbit {date_long(face.issued_on)} · berlaku nasional", 6.9)
        self.rule(LEFT, 20.7, 58, 0.9)

    def _terms(self) -> None:
        with self.canvas.mark("H2"):
            self.text(LEFT, 25, "Ketentuan", 8.2, face=fonts.BOLD)
        y = 29.0
        for number, words in enumerate(TERMS, start=1):
            fitted = _fit_fixed(words, 54 * mm, 2, 6.9, 6.2)
            with self.canvas.mark("P"):
                self.text(LEFT, y, str(number), 6.9, face=fonts.BOLD)
                y = self.lines(11.5, y, fitted, 3.175) + 4.0

    def _code(self, face: Face) -> None:
        self._symbol(face)
        site = self.office.site or "situs Dinas"
        words = (
            f"Buka {site}, pilih Periksa kartu, lalu pindai kode atau ketik nomor. "
            "Tampil hanya nama tersamar, nomor, status, dan masa berlaku."
        )
        x, width = 37.7, 27.8 * mm
        with self.canvas.mark("P"):
            head = _fit_fixed("Periksa keaslian kartu", width, 1, 7.2, 6.6, bold=True)
            self.text(x, 75.5, head.lines[0], head.size, face=head.face)
            self.lines(x, 79.3, _fit_fixed(words, width, 6, 6.4, 6.0), 2.75)
            number = fit(face.grouped, width, 1, 7.2, 6.0, bold=True, field="nomor")
            self.text(x, 97.0, number.lines[0], number.size, face=number.face)

    def _symbol(self, face: Face) -> None:
        """The code, 24 mm wide, its white rim flush with the left margin and the bottom."""
        with self.canvas.mark("Figure", alt=f"Kode QR kartu {face.grouped}"):
            code = symbol(face.code)
            rim = QUIET * QR_SIZE / len(code.matrix)
            left, bottom = self.at(LEFT + rim, 98.5 - rim)
            draw_qr(self.canvas, code, left, bottom, QR_SIZE * mm)

    def _reports(self, face: Face) -> None:
        x, width = 73.5, 67.5
        with self.canvas.mark("H2"):
            self.text(x, 9.6, "Laporan enam bulanan", 9.4, face=fonts.BOLD)
        with self.canvas.mark("P"):
            self.label(x, 13, "Diisi petugas saat Anda melapor.")
        self.rule(x, 15.1, width, 0.9)
        with self.canvas.mark("P"):
            self.label(x, 18.3, "Jatuh tempo")
            self.label(99, 18.3, "Tanggal lapor")
            self.label(117, 18.3, "Paraf, NIP petugas")
        self.rule(x, 19.7, width, 0.35)
        for row, (word, day) in enumerate(zip(WORDS, face.reports, strict=True)):
            top = 19.7 + row * 14.4
            with self.canvas.mark("P"):
                self.text(x, top + 4.1, word, 7.6, face=fonts.BOLD)
                self.text(x, top + 7.6, _due(day, face.valid_until), 6.9)
            self.rule(x, top + 14.4, width, 0.35, TINT_RULE)
        days = self.office.window_days
        note = f"Boleh lapor {days} hari sebelum sampai {days} hari sesudah jatuh tempo."
        with self.canvas.mark("P"):
            self.label(x, 66.2, note, 6.6, face=fonts.CONDENSED)

    def _employer(self) -> None:
        x = 73.5
        self.rule(x, 73.2, 67.5, 0.9)
        with self.canvas.mark("H2"):
            self.text(x, 77.2, "Diisi pemberi kerja", 8.2, face=fonts.BOLD)
        for row, words in enumerate(("Diterima di", "Jabatan", "Mulai tanggal")):
            y = 82.7 + row * 6.3
            with self.canvas.mark("P"):
                self.label(x, y, words, 7.2)
            self.rule(92.5, y + 1.1, RIGHT - 92.5, 0.5)


class Advice(Panel):
    """The lower half of a sheet with one card: how to cut, fold and when to report."""

    def draw(self, face: Face) -> None:
        """Draw the whole panel."""
        days = ", ".join(date_long(day) for day in face.reports if day <= face.valid_until)
        steps = (
            "Gunting menurut garis putus-putus, lalu lipat di tengah: kartu Anda berukuran A6.",
            "Pas foto sudah ada di kartu, tidak perlu ditempel. Tanda tangani di sisi depan.",
            f"Lapor bila belum bekerja: {days}." if days else "Kartu ini tidak punya jadwal lapor lagi.",
            "Sudah bekerja? Laporkan ke Dinas paling lambat satu minggu.",
        )
        with self.canvas.element("Sect"):
            with self.canvas.mark("H2"):
                self.text(LEFT, 16, "Setelah mencetak", 12, face=fonts.BOLD)
            y = 24.0
            for number, words in enumerate(steps, start=1):
                with self.canvas.mark("P"):
                    self.text(LEFT, y, str(number), 9, face=fonts.BOLD)
                    y = self.lines(13, y, fit(words, 180 * mm, 2, 9, 8, field="petunjuk"), 4.6) + 6.2


@cache
def _fit_fixed(words: str, width: float, lines: int, size: float, floor: float, bold: bool = False) -> Fitted:
    """Fit a text that is the same on every card; measured once a process."""
    return fit(words, width, lines, size, floor, bold=bold, field="teks tetap")


def _due(day: date, valid_until: date) -> str:
    """A report day, or a dash when the card ends before it (a replacement keeps the old card's end)."""
    return date_long(day) if day <= valid_until else "–"
