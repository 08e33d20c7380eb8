"""A job seeker from the first look at the site to the second report day, on a phone, with scripts and without.

The office is the smallest that issues a card. The officer works in a second window of the same browser, the clock is
moved by naming the day, the mail is read where the demo keeps it. Every page met is measured, and looked at by axe.
"""

import io
import subprocess
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import pytest
from PIL import Image

from core.formats import date_long
from core.personal import make_nik
from tests.browser import Window, window
from tests.e2e.conftest import newest_mail, served, sign_in
from tests.pictures import encoded, face
from tests.small_office import make_agency, make_levels, make_places

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.poppler,
    pytest.mark.zbar,
    pytest.mark.slow,
    pytest.mark.xdist_group("e2e"),
]
PASSWORD = "kebun-teh-lembang-27"
ISSUED, REPORTED, NEXT = date(2023, 8, 21), date(2024, 2, 21), date(2024, 8, 21)
ORIENTATION, GPS = 0x0112, 0x8825
ON = "Simpan dan lanjut"
BLURRED = "Tulisan di KTP tidak terbaca. Foto ulang di tempat terang."


class Calendar:
    """The day that the whole site believes it is."""

    today = ISSUED

    def __call__(self) -> date:
        """Today."""
        return self.today


@dataclass
class Site:
    """The running office: its address, its officer's session, its calendar."""

    url: str
    officer: str
    calendar: Calendar


@pytest.fixture
def site(transactional_db, tmp_path):
    """The office without people, in demo mode so that the mail can be read."""
    with served(tmp_path, build) as found:
        yield found


def build(url: str) -> Site:
    """Make the office and its officer; the calendar replaces the demo's day."""
    from accounts.enums import Role
    from accounts.models import Membership, User

    make_places(), make_levels(), make_agency()
    officer = User.objects.create_user(
        email="petugas@contoh.example", full_name="Ratna Dewi Contohwati", is_demo=True
    )
    Membership.objects.create(user=officer, role=Role.PLACEMENT_OFFICER, started_on=date(2023, 1, 2))
    return Site(url, sign_in(Role.PLACEMENT_OFFICER), Calendar())


def phone_photo() -> bytes:
    """What a phone's camera sends: twelve million dots lying on their side, the place in the EXIF data."""
    picture = face((3000, 4000)).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS).update({1: "S", 2: (6.0, 53.0, 4.0), 3: "E", 4: (107.0, 32.0, 24.0)})
    return encoded(picture, quality=92, exif=exif)


class Walk:
    """One person's way through the site on a phone of 360 px."""

    def __init__(self, phone: Window, desk: Window, *, scripts: bool, number: int, folder) -> None:
        self.phone, self.desk, self.page, self.scripts = phone, desk, phone.page, scripts
        self.born, self.folder = date(2003, 4, 5), folder
        self.nik = make_nik("327702", self.born, "F", number)
        self.email = f"rini{number}@contoh.example"
        self.seen: set[str] = set()

    def look(self, name: str, opened: Window | None = None) -> None:
        """The page that is open: as wide as its window, nothing for axe to find, no words left in English."""
        opened = opened or self.phone
        assert opened.overflow() <= 0, f"{name}: too wide"
        if name not in self.seen:
            self.seen.add(name)
            opened.shoot(f"{name}-{'js' if self.scripts else 'tanpa'}")
            if self.scripts or opened is self.desk:
                assert opened.violations() == [], name

    def send(self, button: str) -> None:
        """Press a button of the page and wait for what comes."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=button).click()

    def follow(self, link: str) -> None:
        """Follow a link of the page."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=link).first.click()

    def day(self, name: str, day: date) -> None:
        """Fill in the three boxes of a day."""
        for part in ("day", "month", "year"):
            self.page.fill(f"input[name={name}_{part}]", str(getattr(day, part)))

    def sign_up(self) -> None:
        """From the front page to an account, by the mailed link."""
        page = self.page
        self.phone.goto("/")
        self.look("beranda")
        page.locator("main a.tile.main").click()
        self.look("tentang-ak1")
        self.follow("Daftar akun dulu")
        self.look("daftar")
        page.fill("input[name=nik]", self.nik)
        page.fill("input[name=email]", self.email)
        self.send("Kirim tautan")
        self.look("daftar-terkirim")
        newest_mail(self.phone, self.email)
        self.look("surat")
        with page.expect_navigation():
            page.locator("main a[href*='/akun/daftar/']").first.click()
        self.look("sandi")
        page.fill("input[name=full_name]", "Rini Contoh Rekaan")
        for field in page.locator("input[type=password]").all():
            field.fill(PASSWORD)
        self.send("Buat akun")
        self.look("beranda-pencari")

    def apply(self) -> None:
        """Start, answer page after page as the site leads, send."""
        self.phone.goto("/ak1/")
        self.look("ak1")
        self.follow("Ajukan kartu AK-1")
        self.look("mulai")
        self.send("Mulai")
        self.look("daftar-isian")
        self.follow("Lanjut:")
        self.answer()
        self.look("periksa-jawaban")
        assert "Perbaiki dulu" not in self.page.locator("main").inner_text()
        self.send("Kirim permohonan")
        assert "Berkas Anda sedang diperiksa" in self.page.locator("h1").inner_text()
        self.look("diperiksa")

    def answer(self) -> None:
        """Fill the parts in the order in which the site asks for them."""
        for _ in range(30):
            place = urlsplit(self.page.url).path.split("/")
            if place[4] == "periksa":
                return
            name = place[5]
            self.look(f"isi-{name}")
            getattr(self, f"fill_{name.replace('-', '_')}")()
        raise AssertionError("the task list has no end")

    def fill_identitas(self) -> None:
        """As on the KTP; first with the year forgotten, which loses nothing that was typed."""
        self.page.fill("input[name=birth_place]", "Cimahi")
        self.day("birth_date", self.born)
        self.page.fill("input[name=birth_date_year]", "")
        self.page.get_by_label("Perempuan").check()
        self.send(ON)
        assert self.page.title().startswith("Galat:")
        assert self.page.input_value("input[name=birth_date_day]") == "5"
        self.look("isi-identitas-galat")
        self.page.fill("input[name=birth_date_year]", "2003")
        self.send(ON)

    def fill_status(self) -> None:
        """As on KTP and family card."""
        self.page.get_by_label("Status perkawinan").select_option(label="Belum kawin")
        self.page.get_by_label("Agama").select_option(label="Islam")
        self.page.get_by_label("Nomor KK").fill("3277020101209000")
        self.send(ON)

    def fill_alamat(self) -> None:
        """The address on the KTP."""
        self.page.get_by_label("Kelurahan").select_option(label="Baros")
        self.page.get_by_label("Alamat", exact=True).fill("Jalan Melati Nomor 12")
        self.send(ON)

    def fill_kontak(self) -> None:
        """How to be reached."""
        self.page.fill("input[name=phone]", "0812 0000 0000")
        self.send(ON)

    def fill_sekolah(self) -> None:
        """The last school, then back to the list and on."""
        self.page.get_by_label("Jenjang").select_option(label="SMK")
        self.page.get_by_label("Sekolah atau kampus").fill("SMKN Contoh 1 Cimahi")
        self.page.get_by_label("Tahun lulus").fill("2021")
        self.send("Simpan")
        self.look("pendidikan")
        self.follow("Lanjut")

    def fill_foto(self) -> None:
        """A photo as the phone takes it."""
        self.upload("foto.jpg", phone_photo())
        self.send("Unggah dan periksa")
        assert "Periksa pas foto Anda" in self.page.locator("h1").inner_text()
        self.look("foto-diperiksa")
        self.follow("Pakai foto ini")
        self.follow("Lanjut:")

    def fill_ktp(self) -> None:
        """A photo of the KTP."""
        self.upload("ktp.jpg", encoded(face((1600, 1000), number=2)))
        self.send(ON)

    def fill_diploma(self) -> None:
        """A photo of the diploma, with the name that is printed on it."""
        self.page.get_by_label("Nama Anda yang tertulis").fill("Rini Contoh Rekaan")
        self.fill_ktp()

    def upload(self, name: str, data: bytes) -> None:
        """Choose a file."""
        (self.folder / name).write_bytes(data)
        self.page.locator("main input[type=file]").first.set_input_files(self.folder / name)

    def returned(self) -> None:
        """The officer finds the KTP unreadable; the applicant is told, and mends just that."""
        desk = self.desk.page
        self.desk.goto("/beranda/")
        desk.get_by_role("link", name="Mulai memeriksa").first.click()
        assert desk.locator("h1").inner_text() == "Rini Contoh Rekaan"
        self.look("petugas-berkas", self.desk)
        desk.get_by_role("link", name="Kembalikan").first.click()
        desk.get_by_label("KTP").first.fill(BLURRED)
        desk.get_by_role("button", name="Kembalikan ke pemohon").click()
        assert "dikembalikan, pemohon sudah dikabari" in desk.locator("main").inner_text()
        newest_mail(self.phone, self.email, "perbaik")
        self.look("surat-dikembalikan")
        self.phone.goto("/ak1/")
        self.look("ak1-dikembalikan")
        self.follow("Perbaiki")
        assert BLURRED in self.page.locator("main").inner_text()
        self.look("dikembalikan")
        self.follow("KTP")
        self.look("isi-ktp-perbaiki")
        self.fill_ktp()
        assert urlsplit(self.page.url).path.endswith("/periksa/")
        self.send("Kirim permohonan")

    def approved(self) -> None:
        """The officer approves the mended file; the holder hears of it."""
        desk = self.desk.page
        self.desk.goto("/beranda/")
        desk.get_by_role("link", name="Mulai memeriksa").first.click()
        assert "Belum dibuka: KTP" in desk.locator("main").inner_text()
        desk.get_by_label("Saya tahu, dan tetap menyetujui").check()
        desk.get_by_role("button", name="Setujui dan terbitkan kartu").click()
        assert "kartu sudah terbit" in desk.locator("main").inner_text()
        newest_mail(self.phone, self.email, "terbit")
        self.look("surat-terbit")

    def card(self) -> str:
        """Both sides of the card, its picture without the phone's traces, its PDF; return its number."""
        page = self.page
        self.phone.goto("/ak1/")
        self.look("ak1-kartu")
        self.follow("Buka kartu")
        self.look("kartu")
        number = page.locator(".ak1 dd").first.inner_text()
        assert page.get_by_label("Kartu, sisi belakang").inner_text().count("2024") == 2
        with Image.open(
            io.BytesIO(page.request.get(page.locator(".ph img").evaluate("image => image.src")).body())
        ) as kept:
            assert kept.size == (480, 640)
            assert not kept.getexif()
        return number

    def check(self, number: str) -> None:
        """The code on the printed card says on the public page that the card is genuine, and little else."""
        address = self.page.locator("main").get_by_role("link", name="Unduh PDF").get_attribute("href")
        answer = self.page.request.get(self.phone.base + address)
        assert answer.headers["content-type"] == "application/pdf"
        printed = self.folder / "kartu.pdf"
        printed.write_bytes(answer.body())
        subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", printed, self.folder / "kartu"], check=True)
        code = scanned(next(self.folder.glob("kartu*.png")))
        screen = self.folder / "layar.png"
        self.page.locator(".qr").screenshot(path=screen)
        assert scanned(screen) == code
        self.follow("Periksa keaslian kartu")
        self.look("periksa-kartu")
        self.page.locator("main input[name=code], main textarea[name=code]").fill(code)
        self.send("Periksa")
        words = self.page.locator("main").inner_text()
        assert "Kartu ini asli dan berlaku" in words
        assert number in words
        assert "Rini C••••• R•••••" in words
        assert not {"Rekaan", self.nik, "Melati", "SMK"} & set(words.split())
        self.look("kartu-asli")

    def report(self) -> None:
        """Six months later: still looking; the next day is named."""
        self.phone.goto("/ak1/")
        self.follow("Buka kartu")
        self.look("kartu-lapor")
        self.follow("Lapor sekarang")
        self.look("lapor")
        self.page.get_by_label("Masih mencari kerja").check()
        self.send("Kirim laporan")
        self.look("sudah-lapor")
        words = self.page.locator("main").inner_text()
        assert "sudah kami terima" in words
        assert date_long(NEXT) in words
        self.phone.goto("/ak1/")
        self.look("ak1-sesudah-lapor")


def scanned(picture) -> str:
    """What zbar reads in a picture."""
    asked = ["zbarimg", "--raw", "-q", "-Sdisable", "-Sqrcode.enable", str(picture)]
    return subprocess.run(asked, capture_output=True, check=True, text=True).stdout.removesuffix("\n")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_sign_up_to_the_second_report_day(site, tmp_path, scripts):
    site.calendar.today = ISSUED
    with (
        window(site.url, width=360, scripts=scripts) as phone,
        phone.beside(session=site.officer) as desk,
    ):
        walk = Walk(phone, desk, scripts=scripts, number=9001 + scripts, folder=tmp_path)
        walk.sign_up()
        walk.apply()
        walk.returned()
        walk.approved()
        walk.check(walk.card())
        site.calendar.today = REPORTED
        walk.report()
        assert phone.problems == []
        assert desk.problems == []
