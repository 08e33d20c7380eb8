"""A planner makes the report of a new year: from last year's plan to the published edition, in a real browser.

The city is the demo's, on the last day of January 2025. The planner works on a wide screen; the reviewer of APIP
and the head of the office sit in windows beside. Every page met is measured at the width of the screen and of a phone,
and looked at by axe.
"""

import csv
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import xlsxwriter

from accounts.enums import Role
from tests.browser import Window, window
from tests.e2e.conftest import CITY, Office, build_city, served

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.axe,
    pytest.mark.slow,
    pytest.mark.xdist_group("e2e"),
]
TODAY = date(2025, 1, 31)
WIDE, PHONE = 1280, 360
HEAD = ("Kode Sub Kegiatan", "Uraian", "Pagu Perubahan (Rp)", "Realisasi (Rp)", "Keu (%)")
MISTYPED = 900_000
SPENT, CEILING = "11.699.032.934", "12.465.852.836"
INDICATOR = "Peserta pelatihan DBHCHT dibanding kartu AK-1"
FIRST_DRAFT = f"Tiga sasaran dilaksanakan dengan belanja Rp {SPENT} dari pagu , dengan serapan  persen."
NO_RECORDS = "Rekaman 2024 belum dipindahkan ke sistem; nilainya menyusul pada edisi berikut."


@pytest.fixture
def site(transactional_db, tmp_path):
    """The demo city a year later: 2024 is over, and nobody has prepared it."""
    with served(tmp_path, build) as made:
        yield made


def build(url: str) -> Office:
    """Load the city and move its calendar."""
    made = build_city(url)
    made.calendar = lambda: TODAY
    return made


def budget_file(folder: Path) -> Path:
    """The spending of 2024 as the treasurer sends it: last year's and a twentieth more, one sum mistyped."""
    source = Path(__file__).parents[2] / "portal" / "cities" / CITY / "budget.csv"
    with source.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    below: dict[str, list[str]] = {}
    for row in rows:
        below.setdefault(row["parent"], []).append(row["key"])
    own = {row["key"]: [int(row[name] or 0) * 21 // 20 for name in ("ceiling", "realised")] for row in rows}

    def total(key: str) -> list[int]:
        parts = [total(child) for child in below.get(key, ())]
        return [sum(column) for column in zip(*parts, strict=True)] if parts else own[key]

    path = folder / "anggaran-2024.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Realisasi")
    sheet.write_row(0, 0, HEAD)
    for number, row in enumerate(rows, start=1):
        ceiling, realised = total(row["key"])
        share = float(round(Fraction(realised, ceiling) * 100, 2)) if ceiling else ""
        realised += MISTYPED if number == 1 else 0
        sheet.write_row(number, 0, (row["code"], row["name"], ceiling, realised, share))
    book.close()
    return path


@dataclass
class Desk:
    """One person at a wide screen."""

    opened: Window

    @property
    def page(self):
        """The page that is open."""
        return self.opened.page

    @property
    def words(self) -> str:
        """What stands on it."""
        return self.page.locator("main").inner_text()

    def open(self, path: str) -> None:
        """Go to a path of the site."""
        assert self.opened.goto(path) == 200, path

    def look(self, name: str) -> None:
        """Measure the page as it stands, narrowed to a phone and on the wide screen, where axe sees all of it."""
        for width in (PHONE, WIDE):
            self.page.set_viewport_size({"width": width, "height": 800})
            assert self.opened.overflow() <= 0, f"{name}: too wide for {width}"
            self.opened.shoot(f"perencana-{name}-{width}")
        assert self.opened.violations() == [], name

    def press(self, button: str) -> None:
        """Press a button of the page and wait for what comes."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=button).first.click()

    def follow(self, link: str, within: str = "main") -> None:
        """Follow a link of the page and wait for what comes."""
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("link", name=link).first.click()

    def answered(self, part: str):
        """Wait for the answer that the page itself asks for at an address with `part`."""
        return self.page.expect_response(lambda answer: part in answer.url)

    @contextmanager
    def settled(self) -> Iterator[None]:
        """Wait until what happens inside has changed the page, not only been answered."""
        self.page.evaluate(
            "document.body.addEventListener('htmx:afterSettle', () => { document.body.id = 'tenang'; }, {once: true})"
        )
        yield
        self.page.locator("body#tenang").wait_for()
        self.page.evaluate("document.body.removeAttribute('id')")

    def finding(self, title: str):
        """A finding that is still open, by its title."""
        box = self.page.get_by_role("region", name="Masih terbuka")
        return box.locator("li").filter(has=self.page.get_by_text(title, exact=True).first)

    def open_findings(self) -> int:
        """How many findings are open, as the page counts them."""
        return int(self.page.locator(".stat .v").first.inner_text())


def prepare(planner: Desk) -> None:
    """2024 from 2023: the plan comes along, results do not."""
    planner.open("/lkip/2023/rencana/")
    planner.follow("Siapkan tahun baru")
    planner.look("siapkan")
    assert planner.page.get_by_label("Tahun baru").input_value() == "2024"
    planner.press("Siapkan")
    assert "Tahun 2024 sudah disiapkan" in planner.page.locator("main").inner_text()
    planner.look("rencana")
    planner.follow("Angka", "nav[aria-label='Bagian LKIP 2024']")
    assert "Nilai tahun 2024 belum dicatat." in planner.words
    planner.look("tahun")


def take_in_budget(planner: Desk, file: Path) -> None:
    """The treasurer's sheet: read, its contradiction named by its cell, mended by choice, saved."""
    page = planner.page
    planner.open("/lkip/2024/anggaran/")
    planner.look("anggaran-kosong")
    planner.follow("Unggah dari Excel")
    planner.look("unggah")
    page.set_input_files("input[name=file]", file)
    planner.press("Baca berkas")
    planner.look("pratinjau")
    assert "44 baris dapat disimpan" in planner.words
    assert "lebih 900.000" in page.locator("tr", has_text="D2").first.inner_text()
    page.get_by_label("Alasan memilih usulan 1").fill("Lembar DPA mencetak jumlah yang benar.")
    planner.press("Pilih usulan 1")
    assert "Pertentangan dalam berkas" in planner.words
    planner.look("perbaikan")
    planner.press("Simpan 44 baris")
    assert "44 baris disimpan." in planner.words
    assert CEILING in planner.words or "6.063.994.693" in planner.words
    planner.look("anggaran")


def compose(planner: Desk) -> None:
    """A ratio of two counts: its value and its parts are there before it is saved."""
    page = planner.page
    planner.open("/lkip/indikator/")
    planner.look("indikator")
    planner.follow("Susun indikator")
    chosen = (
        ("formula", "Perbandingan dua angka"),
        ("numerator", "Peserta pelatihan dari DBHCHT"),
        ("denominator", "Kartu AK-1 yang terbit"),
    )
    for name, label in chosen:
        with planner.settled():
            page.locator(f"select[name={name}]").select_option(label=label)
    with planner.settled():
        page.get_by_label("Tahun", exact=True).fill("2023")
        page.get_by_label("Tahun", exact=True).press("Tab")
    page.get_by_label("Nama indikator").fill(INDICATOR)
    page.get_by_label("Jenjang").select_option(label="Angka pendamping")
    page.get_by_label("Satuan").fill("persen")
    page.get_by_label("Banyak desimal").fill("2")
    page.get_by_label("Banyak desimal").press("Tab")
    page.locator("#pratinjau", has_text="25,89 %").wait_for()
    assert "530\u00a0orang" in page.locator("#pratinjau").inner_text()
    planner.look("susun")
    planner.press("Simpan indikator")
    assert "Indikator sudah disimpan." in planner.words
    planner.look("indikator-baru")
    planner.open("/lkip/2023/")
    planner.follow(INDICATOR)
    assert page.locator(".big").inner_text() == "25,89\u00a0%"


def put_figure(planner: Desk, after: str, mark: str) -> None:
    """Put a figure that was found into the text behind the words `after`, by pressing it."""
    page = planner.page
    page.evaluate(
        "words => { const area = document.querySelector('#naskah');"
        " const place = area.value.indexOf(words) + words.length;"
        " area.setSelectionRange(place, place); }",
        after,
    )
    with planner.answered("/pratinjau/"):
        page.locator(f"#palet button[data-sisip='{mark}']").click()


def write(planner: Desk) -> None:
    """A sentence with two figures put in, one number typed, and one word that is wrong."""
    page = planner.page
    planner.open("/lkip/2024/naskah/")
    planner.look("naskah")
    planner.follow("Ikhtisar eksekutif")
    page.locator("#naskah").fill(FIRST_DRAFT)
    with planner.answered("/naskah/ikhtisar/angka/"):
        page.get_by_label("Cari nama angka").fill("serapan")
    put_figure(planner, "dari pagu ", "[[angka:budget_total:pagu]]")
    put_figure(planner, "serapan ", "[[angka:budget_total]]")
    page.locator(
        "#pratinjau", has_text=f"dari pagu Rp\u00a0{CEILING}, dengan serapan 93,85 persen"
    ).wait_for()
    page.locator("#pratinjau mark", has_text=SPENT).first.wait_for()
    planner.look("tulis")
    planner.press("Simpan naskah")
    planner.look("tersimpan")


def mend(planner: Desk) -> None:
    """Three findings, each mended where its link leads: a loose number, a wrong count, a missing value."""
    page = planner.page
    planner.open("/lkip/2024/pemeriksaan/")
    planner.look("temuan")
    before = planner.open_findings()
    assert "11.699.032.934" in planner.finding("Angka diketik tanpa ikatan").inner_text()
    with page.expect_navigation():
        planner.finding("Angka diketik tanpa ikatan").get_by_role("link").click()
    with planner.answered("/pratinjau/"):
        page.locator("#pratinjau").get_by_role(
            "button", name="Tautkan ke: Realisasi anggaran, jumlah"
        ).click()
    page.wait_for_function(
        "number => !document.querySelector('#naskah').value.includes(number)", arg=SPENT, timeout=5000
    )
    text = page.locator("#naskah").input_value()
    page.locator("#naskah").fill(text.replace("Tiga sasaran", "Empat sasaran"))
    planner.press("Simpan naskah")
    planner.open("/lkip/2024/pemeriksaan/")
    assert planner.open_findings() == before - 2
    with page.expect_navigation():
        planner.finding("Tingkat Pengangguran Terbuka (TPT) belum punya nilai").get_by_role("link").click()
    planner.look("angka")
    planner.follow("Catat nilai")
    page.get_by_label("Nilai", exact=True).fill("9,25")
    page.get_by_label("Sumber").fill("BPS Provinsi Jawa Barat")
    planner.look("nilai")
    planner.press("Simpan")
    planner.open("/lkip/2024/pemeriksaan/")
    assert planner.open_findings() == before - 3


def give_reason(planner: Desk) -> str:
    """Write the reason for the first warning that is open on the page; return its title."""
    first = planner.page.get_by_role("region", name="Masih terbuka").locator("li").first
    title = first.locator("b").inner_text()
    first.get_by_label("Alasan bila dibiarkan").fill(NO_RECORDS)
    with planner.page.expect_navigation():
        first.get_by_role("button", name="Simpan alasan").click()
    return title


def start_edition(planner: Desk) -> str:
    """Begin the edition; return its path."""
    planner.open("/lkip/2024/edisi/")
    planner.look("edisi")
    planner.press("Mulai edisi pertama")
    assert "Edisi dimulai." in planner.words
    planner.look("rancangan")
    return re.search(r"/lkip/edisi/[0-9a-f-]+/", planner.page.url)[0]


def review(reviewer: Desk, path: str) -> None:
    """The reviewer can't call it reviewed with an empty checklist; answers it, then does."""
    reviewer.open(path)
    reviewer.look("reviu")
    reviewer.press("Nyatakan telah direviu")
    assert "Daftar periksa belum selesai." in reviewer.words
    reviewer.open(path)
    for answer in reviewer.page.get_by_label("Ya", exact=True).all():
        answer.check()
    reviewer.press("Simpan jawaban")
    reviewer.press("Nyatakan telah direviu")
    assert "Menunggu persetujuan kepala dinas." in reviewer.words or "Telah direviu" in reviewer.words
    reviewer.look("direviu")


def publish(planner: Desk, path: str) -> None:
    """Publish, and wait until the worker has made the files."""
    planner.open(path)
    planner.press("Terbitkan")
    for _ in range(30):
        time.sleep(1.5)
        planner.open(path)
        if "Yang akan berbeda bila diterbitkan hari ini" in planner.words:
            break
        assert "Penerbitan gagal" not in planner.words, planner.words
    assert "Tidak ada. Rekaman hari ini memberi angka yang sama" in planner.words
    planner.look("terbit")


def read_as_anybody(visitor: Window, planner: Desk) -> None:
    """The published report is open to people without an account, with its figures and files."""
    planner.follow("Buka")
    address = planner.page.url.removeprefix(visitor.base)
    for path in ("/lkip/terbit/", address):
        assert visitor.goto(path) == 200
        assert visitor.overflow() <= 0, path
        assert visitor.violations() == [], path
    words = visitor.page.locator("main").inner_text()
    assert "Edisi ini berlaku" in words
    assert "9,25\u00a0%" in words
    file = visitor.page.get_by_role("link", name="Laporan lengkap, PDF").get_attribute("href")
    answer = visitor.page.request.get(visitor.base + file)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def test_from_last_years_plan_to_a_published_edition(site, tmp_path):
    file = budget_file(tmp_path)
    key = site.sessions
    with (
        window(site.url, session=key[Role.PLANNER]) as wide,
        wide.beside(session=key[Role.APIP_REVIEWER]) as reviewing,
        wide.beside(session=key[Role.AGENCY_HEAD]) as approving,
        wide.beside(width=PHONE) as visitor,
    ):
        planner, reviewer, head = Desk(wide), Desk(reviewing), Desk(approving)
        prepare(planner)
        take_in_budget(planner, file)
        compose(planner)
        write(planner)
        mend(planner)
        for _ in range(planner.open_findings() - 1):
            give_reason(planner)
        path = start_edition(planner)
        review(reviewer, path)
        head.open(path)
        head.look("kepala")
        head.press("Setujui")
        assert "Belum bisa disetujui." in head.words
        planner.open("/lkip/2024/pemeriksaan/")
        left = give_reason(planner)
        assert left in head.words
        assert "Laporan ini siap direviu dan disetujui." in planner.words
        head.open(path)
        head.press("Setujui")
        head.look("disetujui")
        publish(planner, path)
        read_as_anybody(visitor, planner)
        for opened in (wide, reviewing, approving, visitor):
            assert opened.problems == []
