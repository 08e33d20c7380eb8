"""Printed papers: fonts embedded, nothing printed blank, tables that break well, the same bytes every time."""

import io
import re
import subprocess
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from core import formats
from core.documents import fonts, style
from core.documents.canvas import OfficeCanvas
from core.documents.charts import Bar, BarChart, CapaianChart, DotChart, Pair, ShareBar
from core.documents.fit import TextOverflowError, fit, fit_together, wrap
from core.documents.fonts import MissingGlyphError, missing, printable
from core.documents.grid import Col, Grid, Line, Look, Ref, Titled
from core.documents.qr import draw_qr, symbol
from core.documents.report import Report, ReportInfo, typeset
from core.errors import Refused
from core.models import AgencyProfile, Region

NAMES = st.text(st.sampled_from("abcdefghij klmnopqrstuvw .,'-"), min_size=1, max_size=90).filter(str.strip)


@pytest.fixture
def agency():
    profile = AgencyProfile(
        code="cimahi",
        name="Dinas Tenaga Kerja",
        government="Pemerintah Kota Cimahi",
        address="Jalan Contoh Raya Nomor 1, Cimahi 40500",
        phone="(022) 0000000",
        website="https://disnaker.contoh.go.id/",
    )
    profile.region = Region(code="32.77", name="Kota Cimahi")
    return profile


def built(agency, *flowables, **options):
    report = Report(ReportInfo(title="Laporan <Uji> & 2023", agency=agency, **options))
    report.chapter("Akuntabilitas kinerja", number="BAB III", key="bab-3")
    report.heading("Capaian", number="3.1", key="capaian")
    report.add(*flowables)
    target = io.BytesIO()
    report.save(target)
    return target.getvalue()


def pages(data):
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def tree(programmes=6):
    """A spending tree of many pages: programme, kegiatan, sub kegiatan, and its total."""
    lines = [Line(["Menurut program"], kind="block")]
    for one in range(programmes):
        lines.append(Line([f"Program {one}", "1.000", "95,71", 95, Ref(f"F-{one}")], bold=True, rule=0.5))
        for two in range(4):
            lines.append(Line([f"Kegiatan {one}.{two}", "250", "9,5", 60, Ref("F-9", "capaian")], level=1))
            lines += [Line([f"Sub {one}.{two}.{n}", "50", "100,00", None, None], level=2) for n in range(5)]
    lines.append(Line(["Jumlah", "6.000", "95,71", 95, None], kind="total"))
    columns = [
        Col("Uraian", flex=1),
        Col("Pagu", width=80, align="right", group="Anggaran"),
        Col("Serapan (%)", width=60, align="comma", group="Anggaran"),
        Col("0 – 100", width=80, kind="bar"),
        Col("Angka", width=40, align="right"),
    ]
    return Grid(columns, lines, number="Tabel 3.13", caption="Pagu dan serapan", key="tabel")


# --- fonts and text ---


def test_every_face_has_the_same_letters_and_tabular_digits():
    for face in fonts.FILES:
        assert len({fonts.width(digit, face, 10) for digit in "0123456789"}) == 1
    assert missing("Rp 1.835 – 89,64 % ÷ × · … “kutip” ± ’ • § é ş ñ") == []


def test_a_letter_without_glyph_is_refused_not_printed_blank():
    assert missing("−70 ≤ ✓") == ["−", "≤", "✓"]
    canvas = OfficeCanvas(io.BytesIO())
    with pytest.raises(MissingGlyphError, match=r"“−” \(U\+2212\) tidak bisa dicetak"):
        canvas.text(10, 10, "−70")


@given(st.text(max_size=40))
def test_printable_leaves_nothing_that_would_be_blank(text):
    assert missing(printable(text).replace("\n", "")) == []


def test_printable_composes_and_keeps_what_can_be_kept():
    assert printable("−70") == "–70"
    assert printable("Jose\u0301") == "José"
    assert printable("A😀B") == "A\ufffdB"


def test_lines_do_not_end_inside_a_date_or_amount():
    text = typeset("Sampai 26 Februari 2024 dibayar Rp 5 untuk F-081 sampai F-084 di sini")
    assert "26\u00a0Februari\u00a02024" in text
    assert "Rp\u00a05" in text
    assert "F-081\u00a0sampai\u00a0F-084" in text
    assert text.endswith("di\u00a0sini")


# --- fitting ---


@given(NAMES, st.integers(60, 240), st.integers(1, 4))
def test_fitted_text_is_whole_and_inside(text, width, lines):
    if len(wrap(text.strip(), width, fonts.CONDENSED, 7.1)) > lines:
        with pytest.raises(TextOverflowError, match="nama"):
            fit(text, width, lines, 9.6, 7.1, field="nama")
        return
    fitted = fit(text, width, lines, 9.6, 7.1, field="nama")
    assert "".join("".join(fitted.lines).split()) == "".join(text.split())
    assert len(fitted.lines) <= lines
    assert 7.1 <= fitted.size <= 9.6
    assert all(fonts.width(line, fitted.face, fitted.size) <= width + 1e-6 for line in fitted.lines)


@given(NAMES, st.integers(40, 120))
def test_cut_text_is_inside_and_says_so(text, width):
    fitted = fit(text, width, 1, 7.2, 6.2, may_cut=True, field="keterampilan")
    assert len(fitted.lines) == 1
    assert fonts.width(fitted.lines[0], fitted.face, fitted.size) <= width + 1e-6
    assert fitted.cut == fitted.lines[0].endswith("…")


def test_smaller_comes_before_condensed_and_condensed_before_refusal():
    assert fit("Siti", 100, 1, 9.6, 7).face == fonts.REGULAR
    name = "Raden Ajeng Kartikasari Kusumaningtyas"
    assert fit(name, 130, 1, 9.6, 7).face == fonts.CONDENSED
    with pytest.raises(TextOverflowError, match="Tulis dengan ejaan yang lebih pendek"):
        fit(name, 60, 1, 9.6, 7, field="nama")


def test_rows_of_one_list_share_face_and_size():
    rows = fit_together(["SMK", "Sekolah Menengah Kejuruan Negeri 1 Cimahi"], 130, 1, 7.6, 6.2)
    assert len({(row.face, row.size) for row in rows}) == 1


def test_a_word_longer_than_the_line_is_split():
    lines = wrap("a" * 100, 50, fonts.REGULAR, 10)
    assert "".join(lines) == "a" * 100
    assert all(fonts.width(line, fonts.REGULAR, 10) <= 50 for line in lines)


# --- papers ---


def test_metadata_language_outline_and_tags(agency):
    reader = PdfReader(io.BytesIO(built(agency, tree())))
    root = reader.trailer["/Root"]
    assert reader.metadata.title == "Laporan <Uji> & 2023"
    assert reader.metadata.author == "Dinas Tenaga Kerja Kota Cimahi"
    assert root["/Lang"] == "id-ID"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert root["/MarkInfo"]["/Marked"].value is True
    assert [item.title for item in _flat(reader.outline)] == [
        "BAB III Akuntabilitas kinerja",
        "3.1 Capaian",
        "Tabel 3.13 Pagu dan serapan",
    ]
    tags = _tags(root["/StructTreeRoot"]["/K"])
    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD", "/Caption"} <= set(tags)
    assert tags.count("/Table") == 1
    assert tags.count("/TR") == 2 + len(tree().lines), "the head has two rows"


def test_only_embedded_subsets_of_the_five_faces(agency):
    reader = PdfReader(io.BytesIO(built(agency, tree(), letterhead=True)))
    found = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            assert "/FontFile2" in font["/FontDescriptor"]
            found.add(font["/BaseFont"].partition("+")[2].removesuffix("-Regular"))
    assert found
    assert found <= set(fonts.FILES)


def test_the_same_content_gives_the_same_bytes(agency):
    assert built(agency, tree(2)) == built(agency, tree(2))


def test_every_page_has_its_number_and_the_number_of_pages(agency):
    texts = pages(built(agency, tree()))
    assert len(texts) > 2
    for number, text in enumerate(texts, start=1):
        assert f"Halaman {number} dari {len(texts)}" in text


def test_letterhead_stands_on_the_first_page_only(agency):
    texts = pages(built(agency, tree(), letterhead=True))
    assert "PEMERINTAH KOTA CIMAHI" in texts[0]
    assert "Telepon (022) 0000000 · disnaker.contoh.go.id" in texts[0]
    assert all("PEMERINTAH" not in text for text in texts[1:])


def test_draft_says_so_in_the_head(agency):
    assert "DRAF" in pages(built(agency, draft=True))[0]
    assert "DRAF" not in pages(built(agency))[0]


def test_long_table_repeats_head_and_ancestors_and_loses_no_row(agency):
    texts = pages(built(agency, tree()))
    body = "\n".join(texts)
    for line in tree().lines[1:]:
        assert line.cells[0] in body
    for number, text in enumerate(texts):
        assert ("(lanjutan)" in text) == (number > 0)
        assert ("bersambung" in text) == (number < len(texts) - 1)
        assert "Uraian" in text
    for text in texts[1:]:
        first = next(row for row in text.splitlines() if re.match(r"(Program|Kegiatan|Sub|Jumlah)", row))
        assert first.startswith("Program"), "a page opens with a programme or repeats the one it belongs to"


@pytest.mark.parametrize("height", range(168, 420, 7))
def test_no_page_ends_on_a_parent_and_no_total_stands_alone(height):
    rest, parts = [tree(2)], []
    while rest:
        grid = rest.pop()
        grid.wrap(400, height)
        pieces = grid.split(400, height) if grid.height > height else [grid]
        assert pieces
        parts.append(pieces[0])
        rest += pieces[1:]
        assert parts[-1].wrap(400, height)[1] <= height + 0.01
    names = [item.line.cells[0] for part in parts for item in part.measured]
    assert names == [line.cells[0] for line in tree(2).lines]
    for part in parts[:-1]:
        assert part.measured[-1].line.level == 2
    assert len(parts[-1].measured) > 1


@pytest.mark.parametrize("word", ["Menunggu", "Tercapai", "Keadaan", "Belum", "Akuntabilitas", "indikator"])
@pytest.mark.parametrize("align", ["left", "right"])
@pytest.mark.parametrize("flex", [0.4, 1.35])
def test_no_word_is_broken_where_the_columns_have_room(word, align, flex):
    columns = [Col("Nama", flex=9), Col("Nilai", flex=1, align=align), Col("K", flex=flex)]
    grid = Grid(columns, [Line(["Nama yang panjang sekali", "12,34", f"{word} nilai"])])
    grid.wrap(300, 700)
    assert grid.measured[0].texts[2][0].split()[0] == word


def test_no_row_or_two_begin_a_page_alone():
    lines = [Line([f"Baris {n}", str(n)]) for n in range(20)]
    grid = Grid([Col("Nama", flex=3), Col("Nilai", flex=1, align="right")], lines)
    _, whole = grid.wrap(300, 900)
    for room in range(200, int(whole)):
        parts = grid.split(300, room)
        if len(parts) == 2:
            assert len(parts[1].measured) >= 3, room
            assert parts[0].wrap(300, room)[1] <= room


def test_the_first_row_does_not_end_a_page_alone_under_its_head():
    lines = [Line(["Kepala"], kind="block"), *(Line([f"Baris {n}", str(n)]) for n in range(9))]
    grid = Grid([Col("Nama", flex=3), Col("Nilai", flex=1, align="right")], lines)
    _, whole = grid.wrap(300, 900)
    for room in range(20, int(whole)):
        parts = grid.split(300, room)
        assert not parts or len(parts[0].measured) >= 3, room


def test_numbers_are_written_by_the_formatter_first():
    with pytest.raises(TypeError):
        Grid([Col("a", flex=1)], [Line([Fraction(1, 3)])]).wrap(100, 100)


def test_charts_are_figures_with_their_sentence(agency):
    bars = [Bar("Pelatihan", 720, "720", hero=True), Bar("LPK", 49, "49"), Bar("Kosong", None, "")]
    charts = [
        BarChart(bars, "Pelatihan 720, LPK 49."),
        ShareBar(Bar("APBD", 295, "295"), Bar("DBHCHT", 530, "530"), "APBD 295, DBHCHT 530."),
        CapaianChart([Bar("IKU", Fraction(26869, 100), "268,69")], "IKU 268,69 persen."),
        DotChart(
            [Pair("Program", Fraction(904, 10), 111, "90,40", "111,11")],
            ("serapan", "capaian"),
            "90,40; 111,11.",
        ),
    ]
    data = built(agency, *charts)
    text = "\n".join(pages(data))
    for words in ("720", "belum ada nilai", "DBHCHT 530", "268,69", "90,40", "serapan"):
        assert words in text
    alts = re.findall(r"/Alt", data.decode("latin-1"))
    assert len(alts) == len(charts)


def test_bar_chart_is_sorted_unless_the_order_has_a_meaning():
    bars = [Bar("SD", 1, "1"), Bar("SMA", 3, "3"), Bar("S1", 2, "2")]
    assert [bar.label for bar in BarChart(bars, "x").bars] == ["SMA", "S1", "SD"]
    assert [bar.label for bar in BarChart(bars, "x", keep_order=True).bars] == ["SD", "SMA", "S1"]


LONG = "Program Penunjang Urusan Pemerintahan Daerah Kabupaten atau Kota dan Kegiatan Lain yang Sangat Panjang Namanya"


class Pen:
    """A canvas that remembers what it writes."""

    def __init__(self):
        self.texts = []

    def text(self, x, y, words, **look):
        self.texts.append((words, look))

    def __getattr__(self, name):
        return lambda *arguments, **options: None


def drawn(chart):
    chart.wrap(340, 500)
    pen = Pen()
    chart.paint(pen)
    return pen.texts


@pytest.mark.parametrize("kind", [BarChart, CapaianChart, DotChart])
def test_all_labels_of_a_chart_have_one_size(kind):
    names = ["Program pendek", LONG, "Program Hubungan Industrial"]
    if kind is DotChart:
        chart = DotChart([Pair(name, 50, 60, "50", "60") for name in names], ("a", "b"), "x")
    else:
        chart = kind([Bar(name, 50, "50") for name in names], "x")
    looks = {
        (look.get("face"), look["size"])
        for words, look in drawn(chart)
        if look.get("align") == "right" and not words.isdigit()
    }
    assert len(looks) == 1
    assert next(iter(looks))[1] < 8.8


def test_a_bar_without_value_says_why_and_a_reference_stands_last():
    bars = [Bar("Acuan", 99, "99", aside=True), Bar("Nol", None, "tanpa anggaran"), Bar("Ada", 3, "3")]
    chart = CapaianChart([*bars, Bar("Kosong", None, "–")], "x")
    assert [bar.label for bar in chart.bars] == ["Ada", "Nol", "Kosong", "Acuan"]
    told = [words for words, _ in drawn(chart)]
    assert "tanpa anggaran" in told
    assert "belum ada nilai" in told


def test_two_line_cells_and_empty_capaian(agency):
    lines = [Line(["1", Titled("Sasaran", "Indikator utama"), None])]
    grid = Grid([Col("No.", width=20), Col("Indikator", flex=1), Col("", width=90, kind="capaian")], lines)
    text = pages(built(agency, grid))[0]
    assert "Sasaran" in text
    assert "Indikator utama" in text
    assert "belum ada nilai" in text


def test_texts_of_users_are_escaped(agency):
    report = Report(ReportInfo(title="x", agency=agency))
    report.text("<b>tebal</b> & <para>")
    target = io.BytesIO()
    report.save(target)
    assert "<b>tebal</b> & <para>" in pages(target.getvalue())[0]


def test_inline_figure_is_a_link_to_its_note(agency):
    report = Report(ReportInfo(title="x", agency=agency))
    key = report.heading("Catatan")
    report.text(f"Mencapai {report.figure('86,22', 'F-012', key)} persen.", markup=True)
    target = io.BytesIO()
    report.save(target)
    page = PdfReader(target).pages[0]
    assert "86,22" in page.extract_text()
    assert [note.get_object()["/Subtype"] for note in page["/Annots"]] == ["/Link"]


# --- QR ---


@pytest.mark.parametrize(("size", "modules"), [(213, 57), (214, 65), (287, 65), (288, 69), (300, 69)])
def test_qr_version_follows_the_length(size, modules):
    assert len(symbol("x" * size).matrix) == modules


def test_longer_payloads_are_refused():
    with pytest.raises(Refused, match="Isi kode QR 301 bita, batasnya 300"):
        symbol("x" * 301)


def test_qr_is_one_path_with_the_promised_module():
    canvas = OfficeCanvas(io.BytesIO())
    before = len(canvas._code)
    module = draw_qr(canvas, symbol("x" * 300), 0, 0, 24 * style.mm)
    fills = [code for piece in canvas._code[before:] for code in piece.split() if code in ("f", "f*", "B")]
    assert len(fills) == 2
    assert module / style.mm >= 0.33


@pytest.mark.poppler
def test_qr_and_table_as_they_are_printed(agency, tmp_path):
    payload = "https://contoh.test/v#AK1|0001|Siti N•••|2025-01-01|1|" + "A" * 86
    canvas = OfficeCanvas(str(tmp_path / "qr.pdf"), pagesize=(100 * style.mm, 100 * style.mm))
    side = 57 * 8
    draw_qr(canvas, symbol(payload), 4 * style.mm, 4 * style.mm, 57 * style.mm)
    canvas.save()
    _poppler("pdftoppm", "-r", "203.2", "-gray", tmp_path / "qr.pdf", tmp_path / "qr")
    from PIL import Image

    with Image.open(next(tmp_path.glob("qr*.pgm"))) as image:
        image.load()
        for y, row in enumerate(symbol(payload).matrix):
            for x, dark in enumerate(row):
                spot = ((4 + x) * 8 + 4, image.height - 4 * 8 - side + y * 8 + 4)
                assert (image.getpixel(spot) < 128) == bool(dark)


@pytest.mark.poppler
def test_numbers_of_a_column_end_at_one_x(agency, tmp_path):
    (tmp_path / "t.pdf").write_bytes(built(agency, tree()))
    _poppler("pdftotext", "-bbox", tmp_path / "t.pdf", tmp_path / "t.html")
    words = re.findall(r'xMax="([\d.]+)"[^>]*>([^<]+)</word>', (tmp_path / "t.html").read_text())
    ends = {
        text: {round(float(right), 1) for right, word in words if word == text}
        for text in ("1.000", "250", "50")
    }
    assert len(set().union(*ends.values())) == 1
    commas = {
        round(float(right) - fonts.width(word[word.index(",") :], fonts.REGULAR, 8.6), 0)
        for right, word in words
        if word in ("9,5", "100,00")
    }
    assert len(commas) == 1
    numbers = [
        word
        for _, word in words
        if re.search(r"\d", word) and "." in word and not re.match(r"F-|3\.|\d\.\d", word)
    ]
    assert all(re.fullmatch(r"[–+]?\d{1,3}(\.\d{3})*(,\d+)?", word) for word in numbers)


@pytest.mark.poppler
def test_reader_says_tagged_and_reads_the_table_in_order(agency, tmp_path):
    (tmp_path / "t.pdf").write_bytes(built(agency, tree(1)))
    info = _poppler("pdfinfo", tmp_path / "t.pdf")
    assert re.search(r"Tagged:\s+yes", info)
    words = re.findall(r'"([^"]*)"', _poppler("pdfinfo", "-struct-text", tmp_path / "t.pdf"))
    assert (
        words.index("Program 0")
        < words.index("Kegiatan 0.0")
        < words.index("Sub 0.0.0")
        < words.index("Jumlah")
    )


def test_sizes_stay_above_the_floor():
    assert Look().head_size >= 6.6
    assert formats.number(-70) == "–70"


def _poppler(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def _flat(items):
    for item in items:
        yield from _flat(item) if isinstance(item, list) else [item]


def _tags(node):
    node = node.get_object()
    kids = node.get("/K")
    kids = kids if isinstance(kids, list) else [kids]
    found = [node["/S"]]
    for kid in kids:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, dict) and "/S" in kid:
            found += _tags(kid)
    return found


def test_a_jpeg_goes_into_the_file_as_it_is_and_once():
    from PIL import Image

    raw = io.BytesIO()
    Image.new("RGB", (30, 40), (120, 40, 30)).save(raw, "JPEG")
    target = io.BytesIO()
    canvas = OfficeCanvas(target)
    for x in (0, 100):
        canvas.picture(raw.getvalue(), x, 0, 30, 40)
    canvas.save()
    page = PdfReader(target).pages[0]
    pictures = page["/Resources"]["/XObject"]
    assert len(pictures) == 1
    assert next(iter(pictures.values())).get_object()._data == raw.getvalue()
    with pytest.raises(ValueError, match="not a readable JPEG"):
        canvas.picture(b"\xff\xd8broken", 0, 0, 1, 1)


def test_spaced_letters_stand_where_they_were_put():
    target = io.BytesIO()
    canvas = OfficeCanvas(target)
    canvas.text(10, 10, "123", size=9, spacing=5)
    canvas.text(10, 30, "kanan", size=9, align="right")
    canvas.save()
    page = PdfReader(target).pages[0]
    assert "5.000 Tc" in page.get_contents().get_data().decode()
    assert {"123", "kanan"} <= set(page.extract_text().split())
