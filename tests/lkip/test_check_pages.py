"""The pages and the command that check a foreign report; files of the office's programs."""

import io
import json
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.enums import STAFF_ROLES, Role
from core import clock, jobs
from core.errors import Refused
from core.models.files import StoredFile
from core.models.job import Job
from lkip.checker.check import check
from lkip.checker.reading import read
from lkip.services import checking

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ROWS = [
    ["No", "Nama Jabatan", "Jumlah"],
    ["1", "Kepala Dinas", "1"],
    ["2", "Sekretaris", "2"],
    ["3", "Kepala Bidang", "4"],
    ["", "Jumlah", "8"],
]
TEXT = "LAPORAN KINERJA TAHUN 2031\n\nTabel 1.1 Susunan pegawai\n\n" + "\n".join("\t".join(r) for r in ROWS)


def docx(rows=ROWS, extra=""):
    """A small Word file with a heading and a table whose last row spans two columns."""

    def cell(text, properties=""):
        return f"<w:tc>{properties}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    span = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    body = "".join(f"<w:tr>{''.join(cell(c) for c in r)}</w:tr>" for r in rows[:-1])
    body += f"<w:tr>{cell(rows[-1][1], span)}{cell(rows[-1][2])}</w:tr>"
    heading = "<w:p><w:r><w:t>LAPORAN KINERJA</w:t></w:r><w:r><w:t> TAHUN 2031</w:t></w:r></w:p>"
    document = f"{extra}<w:document {W}><w:body>{heading}<w:tbl>{body}</w:tbl></w:body></w:document>"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return target.getvalue()


def xlsx(rows=ROWS):
    """The same table as a sheet, its numbers as numbers."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Pegawai")
        sheet.write(0, 0, "LAPORAN KINERJA TAHUN 2031")
        for place, row in enumerate(rows, start=2):
            for column, text in enumerate(row):
                sheet.write(place, column, int(text) if text.isdigit() else text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (TEXT.encode(), "baris 9"),
        (docx(), "tabel 1 baris 5"),
        (xlsx(), "lembar Pegawai baris 7"),
    ],
)
def test_text_word_and_excel_say_the_same(data, where):
    (finding,) = check(read(data, "laporan"))
    assert (finding.rule, finding.sum) == ("R2", "1 + 2 + 4 = 7 ≠ 8; selisih 1")
    assert finding.places[-1].where == where


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 no archive",
        b"\x00\x01\x02" * 50,
        docx(extra='<!DOCTYPE d [<!ENTITY a "b">]>'),
        docx()[:200],
    ],
)
def test_files_that_are_no_report_are_refused_with_a_word(data):
    with pytest.raises(Refused) as refused:
        read(data, "laporan")
    assert str(refused.value).endswith(".")


def test_two_reports_are_compared():
    table = "Kota Anyar\t8,20\t7,90\t7,60"
    head = "Tingkat Pengangguran Terbuka Menurut Kota\n\nWilayah\t2029\t2030\t2031\n"
    other = f"{head}{table}\nKota Lama\t5,1\t5,0\t4,9\n"
    head = "No\tSasaran\tIndikator Kinerja\tTarget 2031\tRealisasi 2031\tCapaian\n"
    mine = "LAPORAN KINERJA DINAS KOTA ANYAR TAHUN 2031\n\nKota Anyar.\n\n" + head
    row = "1\tTurunnya pengangguran\tTingkat Pengangguran Terbuka\t8,00\t{}\t{}\n"
    wrong, right = (mine + row.format(*v) for v in (("7,40", "107,50"), ("7,60", "105,00")))
    found = check(read(wrong.encode(), "a"), read(other.encode(), "laporan lain"))
    assert [(f.rule, f.sum) for f in found] == [("R18", "7,4 − 7,6 = –0,2 ≠ 0")]
    assert found[0].places[-1].where == "laporan lain, baris 4"
    assert check(read(right.encode(), "a"), read(other.encode(), "b")) == []


def upload(data=None, name="laporan.txt"):
    return SimpleUploadedFile(name, TEXT.encode() if data is None else data)


@pytest.mark.django_db
def test_a_planner_uploads_waits_and_reads(client_as):
    client = client_as("PLANNER")
    page = client.post(reverse("lkip:check"), {"laporan": upload()})
    assert page.status_code == 302
    assert "sedang dibaca" in client.get(page.url).content.decode()
    assert jobs.work_off() == 1
    assert not StoredFile.objects.filter(kind=checking.FOREIGN).exists()
    shown = client.get(page.url).content.decode()
    for words in ("1 temuan", "1 + 2 + 4 = 7 ≠ 8; selisih 1", "baris 9", "Jumlah sama dengan rinciannya"):
        assert words in shown


@pytest.mark.django_db
def test_markup_in_a_report_stays_text(client_as):
    client = client_as("PLANNER")
    text = TEXT.replace("Jumlah\t8", "Total\t8").replace("Sekretaris", "<script>alert(1)</script>")
    page = client.post(reverse("lkip:check"), {"laporan": upload(text.encode())})
    jobs.work_off()
    assert "<script>alert(1)" not in client.get(page.url).content.decode()


@pytest.mark.django_db
def test_nobody_else_reads_the_result(client_as):
    url = client_as("PLANNER").post(reverse("lkip:check"), {"laporan": upload()}).url
    jobs.work_off()
    assert client_as("PLANNER").get(url).status_code == 404
    assert client_as("AGENCY_HEAD").get(url).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("role", [r for r in STAFF_ROLES if r != Role.PLANNER])
def test_only_a_planner_may_upload_and_nothing_is_kept(client_as, role):
    client = client_as(role)
    assert client.get(reverse("lkip:check")).status_code == 403
    assert client.post(reverse("lkip:check"), {"laporan": upload()}).status_code == 403
    assert not StoredFile.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("files", [{}, {"laporan": upload(b"\x00\x01" * 9)}, {"laporan": upload(b"  \n ")}])
def test_what_cannot_be_read_gets_a_message(client_as, files):
    page = client_as("PLANNER").post(reverse("lkip:check"), files)
    assert page.status_code == 422
    assert "laporan-error" in page.content.decode()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_findings_are_thrown_away_after_a_week(client_as):
    client = client_as("PLANNER")
    url = client.post(reverse("lkip:check"), {"laporan": upload()}).url
    jobs.work_off()
    stored = StoredFile.objects.get(kind=checking.RESULT)
    StoredFile.objects.filter(pk=stored.pk).update(created_at=clock.now() - checking.KEEP_RESULT * 2)
    jobs.enqueue("lkip.forget_foreign", key="today")
    jobs.work_off()
    assert not StoredFile.objects.filter(kind=checking.RESULT).exists()
    assert "sudah dihapus" in client.get(url).content.decode()


def test_the_command_prints_places_and_arithmetic(tmp_path, capsys):
    (tmp_path / "laporan.txt").write_text(TEXT, encoding="utf-8")
    call_command("lkip", "check", str(tmp_path / "laporan.txt"))
    printed = capsys.readouterr().out
    assert "R2 Galat" in printed
    assert "1 + 2 + 4 = 7 ≠ 8" in printed
    assert "1 temuan." in printed
    with pytest.raises(CommandError):
        call_command("lkip", "check", str(tmp_path / "none.txt"))


def test_a_finding_is_kept_as_it_is_shown():
    (finding,) = check(read(TEXT.encode(), "laporan"))
    assert json.loads(json.dumps(checking.as_dict(finding)))["places"][-1] == "baris 9"
