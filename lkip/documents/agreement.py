"""The printable sheet of a performance agreement (Perjanjian Kinerja, PermenPAN-RB 53/2014, annex I)."""

import io

from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether

from core import formats
from core.documents.grid import Col, Grid, Line, Look
from core.documents.report import Report, ReportInfo
from core.documents.signatures import Party, SignatureRow
from core.models.agency import AgencyProfile
from lkip.enums import TargetDocument
from lkip.plan_tables import Agreement, whole

PLACE_LATER = "–"


class AgreementSheet:
    """Statement of both parties, table of aims, table of money, signatures; the same agreement gives the same bytes."""

    def __init__(self, agreement: Agreement) -> None:
        """Take the agreement."""
        self.agreement, self.document = agreement, agreement.document
        self.agency = AgencyProfile.current()

    def render(self) -> bytes:
        """Return the PDF."""
        document = self.document
        report = Report(
            ReportInfo(
                title=document.title,
                agency=self.agency,
                subject=f"{document.get_kind_display()} tahun {document.year}",
                foot=document.decree or "nomor belum dicatat",
                letterhead=True,
                draft=document.signed_on is None,
            )
        )
        report.heading(document.title, level=0)
        for words in self._statement():
            report.text(words)
        report.add(self._aims(report))
        report.text(self._aims_note(), style_name="note")
        place = self.agency.region.name.removeprefix("Kota ").removeprefix("Kabupaten ")
        day = formats.date_long(document.signed_on) if document.signed_on else "(belum ditandatangani)"
        second = Party("Pihak kedua", document.second_post, document.second_name)
        first = Party("Pihak pertama", document.first_post, document.first_name)
        closing = [SignatureRow(f"{place}, {day}", (second, first))]
        if self.agreement.money:
            closing.insert(0, self._money(report))
        report.add(KeepTogether(closing))
        target = io.BytesIO()
        report.save(target)
        return target.getvalue()

    def _statement(self) -> list[str]:
        document = self.document
        first = self._party(document.first_name, document.first_post)
        second = self._party(document.second_name, document.second_post)
        words = [
            f"{first} sebagai pihak pertama berjanji kepada {second} sebagai pihak kedua untuk mencapai target "
            f"tahun {document.year} pada tabel di bawah ini. Pihak pertama bertanggung jawab atas hasilnya.",
            "Pihak kedua menilai hasilnya dan membantu dengan pengarahan serta tindakan yang diperlukan.",
        ]
        if document.kind == TargetDocument.PK_REVISED:
            words.append(
                f"Perjanjian ini menggantikan perjanjian sebelumnya. Alasan perubahan: {document.reason}"
            )
        return words

    @staticmethod
    def _party(name: str, post: str) -> str:
        return f"{name}, {post}," if name and post else (name or post or "Yang bertanda tangan")

    def _aims(self, report: Report) -> Grid:
        columns = [
            Col("No.", width=9 * mm, align="right"),
            Col("Sasaran", flex=2.4),
            Col("Indikator", flex=3),
            Col("Target", width=24 * mm, align="right"),
            Col("Satuan", width=24 * mm),
        ]
        lines, before = [], None
        for number, aim in enumerate(self.agreement.aims, 1):
            row = aim.indicator
            over = (
                row.objective.text if row.objective else (row.nomenclature.name if row.nomenclature else "")
            )
            if self.document.unit_id is not None and row.nomenclature is not None:
                over = row.nomenclature.name
            shown = over if over != before else ""
            before = over
            value = aim.target.category or formats.number(
                aim.target.value, whole(aim.target.value, row.decimals)
            )
            mark = "" if aim.own else " *"
            lines.append(Line((str(number), shown, row.name + mark, value, row.unit)))
        if not lines:
            lines = [Line(("", "Belum ada target yang dicatat.", "", PLACE_LATER, ""))]
        return Grid(
            columns,
            lines,
            number="Tabel 1",
            caption="Sasaran, indikator, dan target",
            look=Look(accent=report.accent),
        )

    def _aims_note(self) -> str:
        late = "Target adalah nilai yang diharapkan pada akhir tahun."
        if all(aim.own for aim in self.agreement.aims):
            return late
        return f"{late} * Target dari dokumen tahunan lain yang berlaku, bukan dari perjanjian ini."

    def _money(self, report: Report) -> Grid:
        columns = [
            Col("No.", width=9 * mm, align="right"),
            Col("Program, kegiatan, atau sub kegiatan", flex=3),
            Col("Kode", width=34 * mm),
            Col("Anggaran (Rp)", width=36 * mm, align="right"),
        ]
        lines = [
            Line((str(number), line.name, line.code, formats.number(line.amount)))
            for number, line in enumerate(self.agreement.money, 1)
        ]
        lines.append(Line(("", "Jumlah", "", formats.number(self.agreement.total)), kind="total"))
        return Grid(columns, lines, number="Tabel 2", caption="Anggaran", look=Look(accent=report.accent))
