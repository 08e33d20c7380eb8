"""The printed card, read back from its bytes."""

import io
import random
import re
import subprocess
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image
from pypdf import PdfReader
from reportlab.lib.units import mm

from core.documents import fonts
from core.documents.canvas import OfficeCanvas
from core.documents.fit import TextOverflowError
from core.documents.fonts import MissingGlyphError
from core.documents.qr import symbol
from core.models import EducationLevel
from jobseekers import cardcode
from jobseekers.documents.ak1_card import render_cards, render_faces
from jobseekers.documents.face import Face, Office, education_rows
from jobseekers.models import JobSeeker
from jobseekers.validators import last_valid_day, report_days
from tests.pictures import photo

ISSUED = date(2026, 8, 21)
OFFICE = Office(
    government="PEMERINTAH KOTA CIMAHI",
    name="DINAS TENAGA KERJA",
    contact="Jalan Contoh Raya Nomor 1, Cimahi 40500 · Telepon (022) 0000000 · disnaker.contoh.go.id",
    city="Cimahi",
    site="disnaker.contoh.go.id",
    window_days=14,
    paper="white",
)


def jpeg() -> bytes:
    target = io.BytesIO()
    Image.effect_noise((480, 640), 40).convert("RGB").save(target, "JPEG")
    return target.getvalue()


def face(**changes) -> Face:
    number, name = "3277210826000123", changes.get("name", "Rina Lestari")
    until = last_valid_day(ISSUED, 24)
    standard = {
        "number": number,
        "grouped": "3277 210826 000123",
        "nik": "3277026508039001",
        "name": name,
        "born": "Cimahi, 25 Agustus 2003",
        "sex": ("2", "Wanita"),
        "marital": ("2", "Belum kawin"),
        "religion": ("1", "Islam"),
        "address": "Jalan Melati Nomor 12 RT 03 RW 08, Kelurahan Baros, Kecamatan Cimahi Tengah, Kota Cimahi",
        "contact": "0812 0000 0000 · r.lestari@contoh.id",
        "education": (("SMK", "SMKN Contoh 1 Cimahi, Teknik Komputer dan Jaringan", "2021"),),
        "skills": "Merakit komputer, jaringan dasar, pengolah angka.",
        "place_and_day": "Cimahi, 21 Agustus 2026",
        "officer_name": "Ratna Dewi Contohwati, S.Sos.",
        "officer_nip": "19850101 201001 2 001",
        "issued_on": ISSUED,
        "valid_until": until,
        "reports": report_days(ISSUED),
        "code": cardcode.sign(number, name, ISSUED, until),
        "photo": jpeg(),
    }
    return Face(**{**standard, **changes})


LONG = {
    "name": "Raden Ajeng Siti Rahmawati Kusumaningtyas Prameswari Hadiningrat Wiradiredja",
    "born": "Kabupaten Kepulauan Siau Tagulandang Biaro, 1 Desember 1999",
    "marital": ("3", "Cerai mati"),
    "religion": ("7", "Kepercayaan terhadap Tuhan YME"),
    "address": (
        "Perumahan Griya Contoh Asri Permai Blok C-12 Nomor 7A, Jalan Kolonel Haji Contoh Masturi Gang Haji "
        "Abdul Karim Dalam III RT 012 RW 018, Kelurahan Cipageran, Kecamatan Cimahi Utara, Kota Cimahi 40511"
    ),
    "contact": "0812 0000 0000 · rahmawati.kusumaningtyas.hadiningrat@surat-contoh.co.id",
    "education": (
        ("D4", "Politeknik Contoh Manufaktur Negeri Bandung, Teknologi Rekayasa Perancangan Mekanik", "2021"),
    ),
    "skills": (
        "Menjahit busana industri (sertifikat BNSP 2025), las SMAW 3G, gambar teknik 2D dan 3D, bahasa Inggris "
        "pasif; operator jahit PT Contoh Garmen dua tahun, kader posyandu, pengemudi SIM A."
    ),
    "officer_name": "Dra. Hj. Tuti Contohwati Sukmawijaya Natanegara, M.M.",
}


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def placed(page) -> list[tuple[str, float, float, float]]:
    """(text, x, y, size) of every text piece on the page, in points from the bottom left."""
    found = []

    def visit(text, cm, tm, font, size):
        if text.strip():
            found.append((text.strip(), tm[4], tm[5], size))

    page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize(
    ("code", "school", "row"),
    [
        ("SMK", "", ("", "SMK/MAK", "2021")),
        ("SMK", "SMKN Contoh 1", ("SMK", "SMKN Contoh 1", "2021")),
        ("PROFESI", "", ("", "Pendidikan Profesi", "2021")),
        ("TIDAK_TAMAT_SD", "SDN Contoh", ("", "Tidak/belum tamat SD, SDN Contoh", "2021")),
    ],
)
def test_a_level_of_education_is_said_once(code, school, row):
    labels = {"SMK": "SMK/MAK", "PROFESI": "Pendidikan Profesi", "TIDAK_TAMAT_SD": "Tidak/belum tamat SD"}
    level = EducationLevel(code=code, label=labels[code])
    person = JobSeeker(education=level, education_school=school, graduation_year=2021)
    assert education_rows(person) == (row,)


@pytest.mark.parametrize(
    "changes", [{}, LONG, {"skills": "", "education": (), "officer_nip": "", "photo": None}]
)
def test_the_page_is_a4_with_embedded_subset_faces_and_says_what_was_put_in(changes):
    shown = face(**changes)
    reader = read(render_faces([shown], OFFICE))
    page = reader.pages[0]
    assert len(reader.pages) == 1
    assert abs(float(page.mediabox.width) / mm - 297) < 0.1
    assert abs(float(page.mediabox.height) / mm - 210) < 0.1
    for font in page["/Resources"]["/Font"].values():
        described = font.get_object()
        assert "Helvetica" not in described["/BaseFont"]
        assert re.match(r"/[A-Z]{6}\+NotoSans", described["/BaseFont"])
        assert "/FontFile2" in described["/FontDescriptor"]
    text = " ".join(page.extract_text().split())
    for field in ("name", "born", "address", "contact", "officer_name", "place_and_day", "grouped"):
        assert getattr(shown, field) in text, field
    assert "20 Agustus 2028" in text
    assert "21 Februari 2027" in text


def test_the_boxes_hold_sixteen_digits_each_from_left_to_right():
    shown = face(nik="0177026508039001")
    pieces = placed(read(render_faces([shown], OFFICE)).pages[0])
    for digits, top in ((shown.number, 27.1), (shown.nik, 33.1)):
        base = (210 - top - 3.6) * mm
        row = sorted((x, text) for text, x, y, _ in pieces if abs(y - base) < 0.3 and x > 60 * mm)
        letters = "".join(text for _, text in row)
        assert letters.replace(" ", "") == digits
        middles = [x for x, text in row]
        assert middles == sorted(middles)
        if len(row) == 16:
            assert middles[0] >= 63 * mm
            assert middles[-1] <= 141 * mm


def test_metadata_language_and_tags_are_there_and_two_renders_are_the_same_bytes():
    shown = face()
    data = render_faces([shown], OFFICE)
    assert data == render_faces([shown], OFFICE)
    root = read(data).trailer["/Root"]
    assert root["/Lang"] == "id-ID"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert "Pencari Kerja" in read(data).metadata.title
    assert shown.nik not in str(read(data).metadata)


def test_two_cards_share_a_sheet_and_a_third_takes_another():
    faces = [face(), face(**LONG), face(name="Budi Santoso")]
    reader = read(render_faces(faces, OFFICE))
    assert len(reader.pages) == 2
    first, second = (" ".join(page.extract_text().split()) for page in reader.pages)
    assert "Rina Lestari" in first
    assert LONG["name"] in first
    assert "Budi Santoso" in second
    assert "Gunting" in second
    assert "Gunting" not in first


def test_yellow_paper_leaves_the_tint_out():
    tint = b"1 .956863 .74902 rg"
    for paper, expected in (("white", True), ("yellow", False)):
        stream = read(render_faces([face()], replace(OFFICE, paper=paper))).pages[0].get_contents().get_data()
        assert (tint in stream) is expected


def test_the_symbol_on_paper_is_the_signed_code_at_a_readable_size():
    shown = face()
    page = read(render_faces([shown], OFFICE)).pages[0]
    stream = page.get_contents().get_data().decode("latin-1")
    runs = re.findall(r"(?<![\d.])(\d+) (\d+) (\d+) 1 re", stream)
    expected = symbol(shown.code)
    size = len(expected.matrix)
    drawn = [[0] * size for _ in range(size)]
    for x, y, width in ((int(a), int(b), int(c)) for a, b, c in runs):
        for column in range(x, x + width):
            drawn[size - 1 - y][column] = 1
    assert drawn == [list(row) for row in expected.matrix]
    assert 24 / size >= 0.33
    assert cardcode.verify(shown.code).number == shown.number
    assert shown.nik.encode() not in cardcode.b45decode(shown.code[4:])


@pytest.mark.poppler
@pytest.mark.zbar
@pytest.mark.parametrize("changes", [{}, LONG])
def test_a_scanner_reads_the_code_from_a_grey_print_of_150_dots(tmp_path, changes):
    shown = face(**changes)
    (tmp_path / "card.pdf").write_bytes(render_faces([shown], OFFICE))
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "card.pdf", "card"], cwd=tmp_path, check=True)
    image = next(tmp_path.glob("card*.pgm"))
    read_back = subprocess.run(
        ["zbarimg", "--raw", "-q", "-Sdisable", "-Sqrcode.enable", str(image)],
        capture_output=True,
        check=True,
    )
    assert read_back.stdout.decode().removesuffix("\n") == shown.code


class Recorder:
    """Keeps every text that is drawn, with its box in millimetres from the top left of the sheet."""

    def __init__(self, monkeypatch):
        self.boxes = []
        original = OfficeCanvas.text

        def text(canvas, x, y, words, *, face=fonts.REGULAR, size=10, colour=None, align="left", spacing=0):
            width = fonts.width(words, face, size) + spacing * (len(words) - 1)
            left = {"left": x, "right": x - width, "centre": x - width / 2}[align]
            top = 210 * mm - y
            self.boxes.append(
                (words, left / mm, (top - 0.72 * size) / mm, width / mm, 0.94 * size / mm, size)
            )
            options = {"face": face, "size": size, "align": align, "spacing": spacing} | (
                {"colour": colour} if colour else {}
            )
            return original(canvas, x, y, words, **options)

        monkeypatch.setattr(OfficeCanvas, "text", text)

    def check(self):
        ink = [
            (words, x, y + 0.28 * h, w, h * 0.5, size)
            for words, x, y, w, h, size in self.boxes
            if words.strip()
        ]
        for words, x, y, w, h, size in ink:
            panel = 0 if x < 148.5 else 148.5
            assert panel + 5 <= x, words
            assert x + w <= panel + 148.5 - 5 + 0.01, words
            assert (y % 105) >= 5 - 0.01, words
            assert ((y + h) % 105) <= 100.01, words
            assert size >= 6.0, words
        for index, (words, x, y, w, h, _) in enumerate(ink):
            for other, x2, y2, w2, h2, _ in ink[index + 1 :]:
                across = min(x + w, x2 + w2) - max(x, x2)
                down = min(y + h, y2 + h2) - max(y, y2)
                assert not (across > 0.2 and down > 0.2), (words, other)


SYLLABLES = (
    "wi",
    "ra",
    "su",
    "kar",
    "no",
    "di",
    "ni",
    "ngrat",
    "ma",
    "ha",
    "mad",
    "nur",
    "a",
    "ti",
    "ku",
    "mo",
    "yo",
)


def made_up(dice: random.Random, length: int) -> str:
    words, total = [], 0
    while total < length:
        word = "".join(dice.choice(SYLLABLES) for _ in range(dice.randint(1, 5))).capitalize()
        words.append(word)
        total += len(word) + 1
    return " ".join(words)[:length].strip()


@pytest.mark.slow
def test_two_hundred_people_fit_without_overlap_or_running_out(monkeypatch, caplog):
    dice, recorder = random.Random(11), Recorder(monkeypatch)
    religions = [("1", "Islam"), ("3", "Kristen Protestan"), ("7", "Kepercayaan terhadap Tuhan YME")]
    for number in range(200):
        rows = tuple(
            (dice.choice(("SMK", "SMA", "S1", "D3", "")), made_up(dice, dice.randint(8, 90)), "2021")
            for _ in range(dice.randint(0, 3))
        )
        shown = face(
            name=made_up(dice, dice.randint(2, 85)),
            born=f"{made_up(dice, dice.randint(4, 42))}, 25 September 2003",
            religion=dice.choice(religions),
            marital=dice.choice([("1", "Kawin"), ("2", "Belum kawin"), ("3", "Cerai hidup")]),
            address=made_up(dice, dice.randint(20, 205)),
            contact=f"0812 0000 0000 · {'x' * dice.randint(1, 40)}@contoh.id",
            education=rows,
            skills=made_up(dice, dice.randint(0, 400)),
            officer_name=made_up(dice, dice.randint(5, 53)),
            officer_nip=dice.choice(("", "19850101 201001 2 001")),
            photo=None,
        )
        recorder.boxes.clear()
        render_faces([shown], OFFICE)
        recorder.check()
        drawn = " ".join(words for words, *_ in recorder.boxes)
        for field in ("born", "contact"):
            assert getattr(shown, field) in drawn, (number, field)
        for field in ("name", "address", "officer_name"):
            assert getattr(shown, field).replace(" ", "") in drawn.replace(" ", ""), (number, field)
    cut = {record.getMessage() for record in caplog.records if "cut in print" in record.getMessage()}
    assert all("pendidikan" in text or "keterampilan" in text for text in cut)


def test_the_worst_case_leaves_room_for_the_signature(monkeypatch):
    recorder = Recorder(monkeypatch)
    render_faces([face(**LONG, photo=None)], OFFICE)
    recorder.check()
    at = {words: y for words, _, y, *_ in recorder.boxes}
    name_top = at["Dra. Hj. Tuti Contohwati Sukmawijaya"]
    assert name_top - at["Pengantar Kerja"] >= 6


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "W" * 85}, "nama"),
        ({"address": "Jalan Wwwwwwwwww " * 24}, "alamat"),
        ({"contact": "w" * 120}, "telepon"),
        ({"officer_name": "W" * 120}, "petugas"),
    ],
)
def test_what_must_not_be_cut_is_refused_by_name(changes, words):
    with pytest.raises(TextOverflowError, match=words):
        render_faces([face(**changes)], OFFICE)


def test_a_letter_without_a_glyph_is_refused_and_not_blank():
    with pytest.raises(MissingGlyphError):
        render_faces([face(name="李小龙")], OFFICE)


@pytest.mark.django_db
def test_the_card_of_a_record_prints_its_person(sent, officer, places, agency):
    from jobseekers.models import AK1Card
    from jobseekers.services import applications, photos

    application = sent(religion="OTHER", marital_status="WIDOWED")
    with photos.kept_photo(photo(), actor=application.jobseeker.user) as stored:
        type(application.jobseeker).objects.filter(pk=application.jobseeker_id).update(photo=stored)
    applications.approve(application, actor=officer, version=application.version)
    card = AK1Card.objects.select_related(
        "jobseeker__education", "jobseeker__village__parent__parent", "jobseeker__photo"
    ).get()
    text = " ".join(read(render_cards([card])).pages[0].extract_text().split())
    for words in (
        "Rina Lestari",
        "Cimahi, 25 Agustus 2003",
        "Jalan Melati Nomor 12 RT 003 RW 008, Kelurahan Baros, Kecamatan Cimahi Tengah, Kota Cimahi",
        "0812 0000 0000",
        "Cerai mati",
        "Kepercayaan terhadap Tuhan YME",
        "SMKN Contoh 1 Cimahi, Teknik Komputer dan Jaringan",
        officer.full_name,
        "PEMERINTAH KOTA CIMAHI",
    ):
        assert words in text, words
