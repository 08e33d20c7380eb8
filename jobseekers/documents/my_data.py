"""A person's own data as JSON and as PDF: made on demand, sent at once, kept nowhere."""

import io
import json

from core import clock
from core.documents.grid import Col, Grid, Line
from core.documents.report import Report, ReportInfo
from core.formats import datetime_long
from core.models.agency import AgencyProfile
from jobseekers.models import JobSeeker
from jobseekers.my_data import collect_all

FORMAT = "sidakep-data-saya/1"


def as_json(person: JobSeeker) -> bytes:
    """Return everything as JSON: parts by key, each a list of rows of name and value, with the labels beside."""
    parts = {
        part.key: {
            "judul": part.title,
            "nama_isian": {entry.name: entry.label for row in part.rows for entry in row},
            "isi": [{entry.name: entry.value for entry in row} for row in part.rows],
        }
        for part in collect_all(person)
    }
    content = {
        "format": FORMAT,
        "dibuat_pada": clock.now().isoformat(timespec="seconds"),
        "pengendali_data": AgencyProfile.current().full_name,
        "data": parts,
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def as_pdf(person: JobSeeker) -> bytes:
    """Return everything as a PDF: one section a part, one table a row."""
    agency = AgencyProfile.current()
    report = Report(ReportInfo(title="Data pribadi Anda", agency=agency, letterhead=True))
    report.heading("Data pribadi Anda", level=0)
    report.text(
        f"Dibuat {datetime_long(clock.now())} atas permintaan {person.full_name}. Memuat semua yang disimpan sistem "
        "tentang Anda (Undang-Undang Nomor 27 Tahun 2022 Pasal 7). Simpan baik-baik: NIK tertulis lengkap."
    )
    columns = [Col("Isian", flex=1), Col("Nilai", flex=2)]
    for part in collect_all(person):
        report.heading(part.title)
        if not part.rows:
            report.text("Tidak ada yang disimpan.")
        for row in part.rows:
            report.add(Grid(columns, [Line((entry.label, entry.text)) for entry in row]))
    target = io.BytesIO()
    report.save(target)
    return target.getvalue()
