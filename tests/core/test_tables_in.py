"""Uploads: read without trust, errors by cell, saved whole or in part, once, and no NIK at rest."""

import io
import json
import uuid
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from core import clock, jobs, personal
from core.cells import UnreadableSheet, read_sheet
from core.errors import Refused
from core.fields_in import Field
from core.models import SearchEntry, StagedRow, StagedUpload
from core.tables_in import GOOD, RowsRefused, Upload, commit, discard, preview, registry, stage
from core.tables_in_sheets import write_errors, write_template

NIK = personal.make_nik("327701", date(1990, 1, 1), "M", 9001)
NIK2 = personal.make_nik("327702", date(1992, 5, 4), "F", 9002)
HEAD = ["Nama *", "NIK *", "Jenis", "Mulai", "Upah", "Telepon"]


class PeopleUpload(Upload):
    slug = "uji-orang"
    title = "Orang"
    permitted = True
    fields = [
        Field(key="name", title="Nama", required=True, max_length=30, example="Siti"),
        Field(key="nik", title="NIK", kind="nik", required=True, unique=True),
        Field(key="kind", title="Jenis", kind="choice", choices=[("NEW", "Baru"), ("OLD", "Lama")]),
        Field(key="start", title="Mulai", kind="date"),
        Field(key="wage", title="Upah", kind="money"),
        Field(key="phone", title="Telepon", kind="phone", personal=True),
    ]

    def permission(self, user):
        return type(self).permitted

    def check_row(self, values, user):
        if values["start"] and values["start"] > date(2026, 11, 21):
            raise Refused("Mulai tidak boleh setelah hari ini.", field="start")

    def save_row(self, values, actor):
        if values["name"] == "Ditolak":
            raise Refused("Orang ini sudah ditempatkan.", field="name")
        SearchEntry.objects.create(kind="uji-orang", uid=uuid.uuid4(), words=values["name"])


def xlsx(rows, head=HEAD):
    book = openpyxl.Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    target.seek(0)
    return target


def text_csv(rows, head=HEAD, delimiter=";"):
    lines = [delimiter.join(str(cell) for cell in row) for row in [head, *rows]]
    return io.BytesIO("\r\n".join(lines).encode())


GOOD_ROW = ["Siti Nurhaliza", NIK, "Baru", date(2023, 8, 17), 4500000, "0812-3456-7890"]
ROW2 = ["Asep", NIK2, "lama", "17-08-2023", "Rp 4.500.000", "+62 812 3456 7890"]


@pytest.fixture
def user(user_with):
    return user_with()


def staged(user, rows, make=xlsx, **options):
    return stage(PeopleUpload(), make(rows, **options), actor=user)


def errors(upload):
    return {error["cell"]: error["message"] for row in upload.rows.all() for error in row.errors}


def saved():
    return sorted(SearchEntry.objects.values_list("words", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("make", [xlsx, text_csv])
def test_good_rows_are_read_shown_masked_and_saved(user, make):
    upload = staged(user, [GOOD_ROW, ROW2], make)
    assert (upload.good_rows, upload.bad_rows, saved()) == (2, 0, [])
    first = next(preview(upload))
    assert first.cells[1] == personal.mask_nik(NIK)
    assert first.cells[5] == "0•••"
    assert commit(upload, actor=user).saved == 2
    assert saved() == ["Asep", "Siti Nurhaliza"]
    upload.refresh_from_db()
    assert (upload.state, upload.saved_rows, upload.rows.count()) == ("COMMITTED", 2, 0)


@pytest.mark.django_db
def test_every_error_names_its_cell_and_the_remedy(user):
    upload = staged(
        user,
        [
            ["", NIK, "Baru", None, None, None],
            ["Ani", "123", "Baru", None, None, None],
            ["Budi", NIK2, "Sewa", "31-02-2023", "1,5", "12"],
            ["Cici" * 20, NIK, "", date(2027, 1, 1), None, None],
            ["=1+1", 3277010101909001, "", None, None, None],
        ],
    )
    found = errors(upload)
    assert found["A2"] == "Nama wajib diisi."
    assert "16" in found["B3"]
    assert found["C4"] == "Jenis harus salah satu dari: Baru, Lama."
    assert "tidak ada di kalender" in found["D4"]
    assert found["E4"] == "Upah harus bilangan bulat, tanpa koma."
    assert found["F4"].startswith("Telepon bukan nomor telepon")
    assert found["A5"] == "Nama paling panjang 30 huruf; sel ini 80 huruf."
    assert found["B5"] == "NIK ini sudah ada di B2."
    assert "digit terakhirnya bisa hilang" in found["B6"]
    assert NIK not in json.dumps(list(upload.rows.values_list("errors", flat=True)))


@pytest.mark.django_db
def test_rules_across_cells_name_their_cell(user):
    assert errors(staged(user, [["Ani", NIK, "", date(2027, 1, 1)]], head=HEAD[:4])) == {
        "D2": "Mulai tidak boleh setelah hari ini."
    }


@pytest.mark.django_db
def test_formulas_are_refused_by_cell_in_both_formats(user):
    upload = staged(user, [["Siti", NIK, "Baru", None, "=4500*1000", None]])
    assert errors(upload)["E2"] == "Sel ini berisi rumus. Salin, lalu tempel sebagai nilai."
    found = errors(staged(user, [["@SUM(A1)", NIK], ["=cmd|' /C calc'!A0", NIK2]], text_csv, head=HEAD[:2]))
    assert set(found) == {"A2", "A3"}
    assert all("tampak seperti rumus" in message for message in found.values())


@pytest.mark.django_db
def test_all_or_nothing_saves_nothing_when_a_row_is_bad(user):
    upload = staged(user, [GOOD_ROW, ["", NIK2]])
    with pytest.raises(RowsRefused, match=r"1 baris belum benar\. Yang pertama di A3: Nama wajib diisi"):
        commit(upload, actor=user)
    assert saved() == []
    upload.refresh_from_db()
    assert upload.state == "STAGED"


@pytest.mark.django_db
def test_all_or_nothing_undoes_what_the_service_refuses_later(user):
    upload = staged(user, [GOOD_ROW, ["Ditolak", NIK2]])
    with pytest.raises(RowsRefused, match="A3: Orang ini sudah ditempatkan"):
        commit(upload, actor=user)
    assert saved() == []


@pytest.mark.django_db
def test_good_rows_may_be_accepted_and_the_others_are_named(user):
    upload = staged(
        user, [GOOD_ROW, ["", NIK2], ["Ditolak", personal.make_nik("327701", date(1980, 2, 2), "M", 9003)]]
    )
    outcome = commit(upload, actor=user, mode=GOOD)
    assert (outcome.saved, [number for number, _ in outcome.skipped]) == (1, [3, 4])
    assert saved() == ["Siti Nurhaliza"]


@pytest.mark.django_db
def test_the_same_content_is_saved_once_whatever_the_file(user, user_with):
    with clock.frozen(date(2026, 11, 20)):
        commit(staged(user, [GOOD_ROW, ROW2]), actor=user)
    for columns in (range(6), [1, 0, 2, 3, 4, 5]):
        rows = [[row[place] for place in columns] for row in (GOOD_ROW, ROW2)]
        with pytest.raises(Refused, match=r"sudah disimpan pada 20 November 2026 .*\(2 baris\)"):
            stage(PeopleUpload(), xlsx(rows, [HEAD[place] for place in columns]), actor=user_with())
    assert len(saved()) == 2


@pytest.mark.django_db
def test_two_staged_copies_are_committed_once(user):
    first, second = staged(user, [GOOD_ROW]), staged(user, [GOOD_ROW])
    commit(first, actor=user)
    for upload in (first, second):
        with pytest.raises(Refused, match="Tidak ada yang disimpan lagi"):
            commit(upload, actor=user)
    assert len(saved()) == 1


@pytest.mark.django_db
def test_no_nik_is_found_in_the_staged_rows(user):
    staged(user, [GOOD_ROW, ["", NIK2]])
    with connection.cursor() as cursor:
        for table in ("core_stagedrow", "core_stagedupload"):
            cursor.execute(f"SELECT * FROM {table}")
            content = repr(
                [[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in cursor]
            )
            for number in (NIK, NIK2):
                assert number not in content
                assert number.encode("utf-16-le").hex() not in content.encode().hex()


@pytest.mark.django_db
def test_discarded_and_forgotten_uploads_lose_their_rows(user):
    upload, old = staged(user, [GOOD_ROW]), staged(user, [ROW2])
    discard(upload)
    with pytest.raises(Refused, match="sudah dibatalkan"):
        commit(upload, actor=user)
    StagedUpload.objects.filter(pk=old.pk).update(expires_at=clock.now() - timedelta(days=1))
    jobs.enqueue("core.expire_uploads", key="uji")
    jobs.work_off()
    assert not StagedRow.objects.exists()


@pytest.mark.django_db
def test_permission_is_asked_when_read_and_when_saved(user, monkeypatch):
    upload = staged(user, [GOOD_ROW])
    monkeypatch.setattr(PeopleUpload, "permitted", False)
    with pytest.raises(Refused, match="tidak berwenang"):
        staged(user, [ROW2])
    with pytest.raises(Refused, match="tidak berwenang"):
        commit(upload, actor=user)
    assert Upload().permission(user) is False


@pytest.mark.django_db
def test_template_fits_its_own_upload_and_offers_the_choices(user):
    target = io.BytesIO()
    write_template(PeopleUpload(), user, target)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Data", "Petunjuk", "Pilihan"]
    assert [cell.value for cell in book["Data"][1]][:2] == ["Nama *", "NIK *"]
    rules = {rule.type: rule for rule in book["Data"].data_validations.dataValidation}
    assert rules["list"].formula1 == "Pilihan!$A$1:$A$2"
    assert [cell.value for cell in book["Pilihan"]["A"]] == ["Baru", "Lama"]
    with pytest.raises(UnreadableSheet, match="Belum ada baris data"):
        stage(PeopleUpload(), target, actor=user)


@pytest.mark.django_db
def test_bad_rows_come_back_with_their_errors_and_can_be_sent_again(user):
    upload = staged(user, [GOOD_ROW, ["<r><t>x</t></r>", "12", "Sewa", date(2023, 1, 2), 5, None]])
    target = io.BytesIO()
    assert write_errors(upload, target) == 1
    sheet = openpyxl.load_workbook(target).active
    row = [cell.value for cell in sheet[2]]
    assert row[0] == "<r><t>x</t></r>"
    assert row[3] == datetime(2023, 1, 2)
    assert "Jenis: Jenis harus salah satu dari" in row[6]


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (["Nama"], "Kolom wajib tidak ada: “NIK”"),
        ([*HEAD, "Hobi"], "Kolom tidak dikenal: “Hobi”"),
        ([*HEAD, "nik"], "Kolom ada dua kali: “nik”"),
    ],
)
def test_columns_must_be_those_of_the_template(head, message):
    with pytest.raises(UnreadableSheet, match=message):
        PeopleUpload().places(head)


def test_titles_are_read_whatever_their_case_order_and_star():
    assert PeopleUpload().places([" nik ", "NAMA*", "", "jenis"]) == {"nik": 0, "name": 1, "kind": 3}


# --- hostile files ---


def mangled(change):
    source, target = zipfile.ZipFile(xlsx([["a", "b"]], ["x", "y"])), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, change(name, source.read(name)))
    return target.getvalue()


def in_sheet(old, new):
    return mangled(lambda name, data: data.replace(old, new) if name.endswith("sheet1.xml") else data)


HOSTILE = {
    "far cell": (in_sheet(b'r="A2"', b'r="XFD1048576"'), "lebih dari 50 baris"),
    "wide": (in_sheet(b'r="B2"', b'r="ZZZ2"'), "lebih dari 200 kolom"),
    "entities": (
        in_sheet(b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet'),
        "tidak wajar|rusak",
    ),
    "no sheet": (mangled(lambda name, data: b"" if name.endswith("sheet1.xml") else data), "rusak"),
    "truncated": (xlsx([["a"]], ["x"]).getvalue()[:-200], "rusak"),
    "not excel": (
        mangled(lambda name, data: data).replace(b"xl/workbook.xml", b"xl/workbonk.xml"),
        "bukan Excel",
    ),
    "pdf": (b"%PDF-1.7 xxxx", "Isi berkas ini PDF"),
    "program": (b"MZ\x90\x00" + b"\0" * 50, "program Windows"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "dokumen Office lama"),
    "binary": (b"a;b\n\x00\x01\x02", "bukan tabel"),
    "empty": (b"\n\n", "kosong"),
    "quotes": (b'a;b\n"x;y\n', "tidak bisa dibaca"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_the_cause(name):
    data, message = HOSTILE[name]
    with pytest.raises(UnreadableSheet, match=message):
        read_sheet(data, max_rows=50)


def test_a_bomb_is_refused_before_it_is_laid_out(monkeypatch):
    monkeypatch.setattr("core.cells.UNPACKED_LIMIT", 200_000)
    data = mangled(lambda name, data: data + b" " * 300_000 if name.endswith("sheet1.xml") else data)
    with pytest.raises(UnreadableSheet, match="terlalu besar setelah dibuka"):
        read_sheet(data, max_rows=50)


def test_macros_are_refused():
    target = io.BytesIO(xlsx([["a"]], ["x"]).getvalue())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(UnreadableSheet, match="memuat makro"):
        read_sheet(target.getvalue(), max_rows=50)


def test_too_many_rows_say_the_limit():
    for make in (xlsx, text_csv):
        with pytest.raises(UnreadableSheet, match="lebih dari 5 baris, batas sekali unggah"):
            read_sheet(make([["a", "b"]] * 6, ["x", "y"]).getvalue(), max_rows=5)


@given(st.binary(max_size=400))
def test_no_bytes_bring_anything_but_a_table_or_a_refusal(data):
    for content in (data, b"PK\x03\x04" + data):
        try:
            sheet = read_sheet(content, max_rows=50)
        except UnreadableSheet:
            continue
        assert sheet.head


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_of_any_delimiter_keeps_row_numbers(delimiter):
    data = text_csv([["a", "b"], ["", ""], ["c", "d"]], ["x", "y"], delimiter).getvalue()
    assert read_sheet(data, max_rows=50).rows == [(2, ["a", "b"]), (4, ["c", "d"])]


def test_csv_of_old_excel_and_our_own_export_are_read():
    assert read_sheet("x;y\ncafé;b\n".encode("cp1252"), max_rows=9).rows == [(2, ["café", "b"])]
    data = "\ufeffx;y\r\n'=1+1;b\r\n\r\nKeterangan\r\nTabel;Uji\r\n".encode()
    assert read_sheet(data, max_rows=9).rows == [(2, ["=1+1", "b"])]


# --- cells ---


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("int", 12.0, 12),
        ("int", "1.234", 1234),
        ("decimal", "89,64", Decimal("89.64")),
        ("decimal", 0.1, Decimal("0.1")),
        ("money", "Rp 4.500.000", 4_500_000),
        ("date", datetime(2023, 8, 17, 5), date(2023, 8, 17)),
        ("date", "17 Agustus 2023", date(2023, 8, 17)),
        ("bool", "YA", True),
        ("bool", False, False),
        ("phone", 81234567890.0, "081234567890"),
        ("phone", "+62 812-3456-7890", "081234567890"),
        ("email", " Nama@Contoh.ID ", "nama@contoh.id"),
        ("text", 3.0, "3"),
        ("nik", f"{NIK[:6]} {NIK[6:12]} {NIK[12:]}", NIK),
        ("text", "", None),
    ],
)
def test_cells_become_typed_values(kind, cell, value):
    assert Field(key="x", title="Isian", kind=kind).read(cell, []) == value


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("int", "dua"),
        ("int", 1.5),
        ("int", True),
        ("decimal", float("inf")),
        ("money", 10**16),
        ("date", 45000.0),
        ("date", "2023-13-01"),
        ("bool", "mungkin"),
        ("email", "nama@"),
        ("nik", "3277"),
        ("text", "a\x00b"),
    ],
)
def test_unfit_cells_are_refused_in_words(kind, cell):
    with pytest.raises(Refused) as refusal:
        Field(key="x", title="Isian", kind=kind).read(cell, [])
    assert str(refusal.value).endswith(".")


@given(st.one_of(st.text(max_size=20), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes()))
def test_no_cell_breaks_a_field(cell):
    for kind in ("text", "int", "decimal", "money", "date", "bool", "choice", "nik", "phone", "email"):
        try:
            Field(key="x", title="Isian", kind=kind).read(cell, [("A", "Ada")])
        except Refused:
            continue


def test_registry_knows_the_upload():
    assert registry["uji-orang"] is PeopleUpload
