"""Writing the report: preview by the report's own model, loose numbers, drafts, versions, two writers, pictures."""

import re
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from accounts.enums import STAFF_ROLES, Role
from core.errors import Refused
from core.files import read_file
from core.models.files import StoredFile
from core.workflow import NotAllowed, StaleRecord
from lkip import narrative, text
from lkip.differences import compare
from lkip.enums import Formula
from lkip.figures import compute
from lkip.models import Draft, ExternalStatistic, Goal, Indicator, Photograph, Section
from lkip.narrative import Desk
from lkip.report import build
from lkip.report.model import plain
from lkip.services import narrative as service
from lkip.services import plan
from tests.lkip.conftest import YEAR

pytestmark = pytest.mark.django_db
KEY = "bab1.gambaran"
HTML = "<script>alert(1)</script> <b>tebal</b>"


@pytest.fixture
def client(small_year, client_as):
    return client_as("PLANNER")


def url(name="narrative", *more):
    return reverse(f"lkip:{name}", args=[YEAR, *(more or (KEY,))])


def save(client, body, version=0):
    return client.post(url(), {"langkah": "simpan", "body": body, "version": version})


def body_of(page) -> str:
    """What the text area holds."""
    found = re.search(r'<textarea[^>]*name="body"[^>]*>\n(.*?)</textarea>', page.content.decode(), re.DOTALL)
    return found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&#x27;", "'")


def words(blocks) -> list[str]:
    """The words of paragraphs and lists, spaces tidied."""
    runs = [item for block in blocks for item in (block.items if block.kind == "items" else (block.runs,))]
    return [" ".join(plain(each).split()) for each in runs]


class TestLooseNumbers:
    """A typed digit is found where the report's model finds it, and mended at one click."""

    @given(
        st.lists(
            st.sampled_from(
                ["89,64 ", "kata ", "[[angka:a]]", "[[luar:5|x]] ", "1.835", "\n", "\n\n", "- ", "## ",
                 "| a | 3 |\n", "[[7", "]] ", "17 Agustus 2023 "]
            ),
            max_size=14,
        )
    )  # fmt: skip
    def test_found_as_the_model_finds_them(self, parts):
        body = "".join(parts)
        assert sorted(body[a:b] for a, b in narrative.spans(body)) == sorted(text.loose_numbers(body))

    def test_offers_are_figures_that_print_the_same(self, small_year):
        desk = Desk.open(YEAR, KEY)
        found = {
            each.number: {side.mark for side in each.offers} for each in desk.loose("Naik 75 dari 40, 999.")
        }
        assert "[[angka:base]]" in found["40"]
        assert "[[angka:rate:penyebut]]" in found["40"]
        assert found["75"] == set()  # the rate prints 75,00
        assert found["999"] == set()
        assert "[[angka:rate]]" in {side.mark for side in desk.loose("75.00")[0].offers}

    @pytest.mark.parametrize(
        ("sentence", "first", "never"),
        [
            ("Tingkatnya 75,00 persen.", "[[angka:rate]]", "[[angka:gap]]"),
            ("Tingkatnya 75 persen.", "[[angka:rate]]", "[[angka:gap]]"),
            ("Ada 75 (tujuh puluh lima) indeks.", "[[angka:score]]", "[[angka:rate]]"),
            ("Ada 40 orang.", "[[angka:base]]", ""),
            ("Pagunya Rp 1.500 murni.", "[[angka:budget_ceiling]]", "[[angka:made]]"),
        ],
    )
    def test_the_unit_beside_the_number_decides(self, small_year, sentence, first, never):
        score = Indicator.objects.get(code="score")
        ExternalStatistic.objects.create(indicator=score, year=YEAR, value=Decimal(75), source="Kemenpan")
        (loose,) = Desk.open(YEAR, KEY).loose(sentence)
        marks = [side.mark for side in loose.offers]
        assert marks[0] == first
        assert never not in marks
        assert len(marks) <= 6

    @pytest.mark.parametrize(
        "sentence",
        ["Ada 40 persen.", "Anggaran Rp 40.", "Ada 1.500 orang.", "Rp 1.500 miliar", "Ada 75 saja."],
    )
    def test_a_figure_of_another_unit_is_not_meant(self, small_year, sentence):
        assert Desk.open(YEAR, KEY).loose(sentence)[0].offers == ()

    def test_figures_of_the_place_come_before_others_of_the_same_value(self, small_year, planner):
        goal = Goal.objects.get()
        other = plan.save_objective(planner, code="s2", goal=goal, text="Sasaran dua", position=2)
        away = plan.save_indicator(
            planner, code="away", name="Jauh", level="IKU", unit="orang", objective=other,
            formula=Formula.STATISTIC,
        )  # fmt: skip
        plan.record_statistic(planner, indicator=away, year=YEAR, value=Decimal(40), source="BPS")
        for key, wanted, later in (("bab3.s1", "base", "away"), ("bab3.s2", "away", "base")):
            marks = [side.mark for side in Desk.open(YEAR, key).loose("Ada 40 orang.")[0].offers]
            assert marks[0] == f"[[angka:{wanted}]]"
            assert f"[[angka:{later}]]" in marks[1:]

    def test_words_of_the_sentence_decide_between_equals_and_chance_is_left_out(self, small_year, planner):
        for code, name in (("aa", "Peserta pelatihan"), ("zz", "Lowongan terisi")):
            row = plan.save_indicator(
                planner, code=code, name=name, level="SUPPORT", unit="", formula=Formula.STATISTIC
            )
            plan.record_statistic(planner, indicator=row, year=YEAR, value=Decimal(812), source="BPS")
        desk = Desk.open(YEAR, KEY)
        assert [side.mark for side in desk.loose("Sebanyak 812 lowongan dibuka.")[0].offers] == [
            "[[angka:zz]]"
        ]
        assert len(desk.loose("Sebanyak 812 saja.")[0].offers) == 2

    def test_what_is_counted_goes_by_many_names_where_the_sentence_speaks_of_it(self, small_year, planner):
        for code, name, unit in (("aa", "Laporan penempatan", "laporan"), ("zz", "Kartu baru", "kartu")):
            row = plan.save_indicator(
                planner, code=code, name=name, level="SUPPORT", unit=unit, formula=Formula.STATISTIC
            )
            plan.record_statistic(planner, indicator=row, year=YEAR, value=Decimal(812), source="BPS")
        (loose,) = Desk.open(YEAR, KEY).loose("Lewat penempatan 812 orang bekerja.")
        assert [side.mark for side in loose.offers] == ["[[angka:aa]]"]
        assert Desk.open(YEAR, KEY).loose("Ada 812 orang.")[0].offers == ()

    def test_a_single_digit_that_nothing_speaks_of_is_chance(self, small_year):
        ExternalStatistic.objects.filter(indicator__code="made", year=YEAR).update(value=Decimal(3))
        desk = Desk.open(YEAR, KEY)
        assert desk.loose("Ada 3 bab.")[0].offers == ()
        assert "[[angka:made]]" in {side.mark for side in desk.loose("Ada 3 orang.")[0].offers}

    def test_at_most_six(self, small_year, planner):
        for i in range(9):
            row = plan.save_indicator(
                planner, code=f"n{i}", name=f"Angka {i}", level="SUPPORT", unit="orang",
                formula=Formula.STATISTIC,
            )  # fmt: skip
            plan.record_statistic(planner, indicator=row, year=YEAR, value=Decimal(812), source="BPS")
        assert len(Desk.open(YEAR, KEY).loose("Ada 812 orang.")[0].offers) == 6

    def test_the_numbers_of_a_difference_are_no_numerator_and_denominator(self, small_year):
        (found,) = Desk.open(YEAR, KEY).find("gap")
        names = {side.facet: side.label for side in found.sides}
        assert (names["pembilang"], names["penyebut"]) == ("angka pertama", "dikurangi")
        (found,) = [each for each in Desk.open(YEAR, KEY).find("growth") if each.code == "growth"]
        names = {side.facet: side.label for side in found.sides}
        assert (names["pembilang"], names["penyebut"]) == ("angka tahun ini", "angka tahun sebelumnya")

    def test_a_number_is_bound(self):
        body = "Tercapai 75,00 persen."
        assert narrative.bound(body, 9, "75,00", "[[angka:rate]]") == "Tercapai [[angka:rate]] persen."

    def test_typed_money_goes_with_its_number(self):
        body = "Pagu Rp 1.500 murni"
        mark = "[[angka:budget_total:pagu]]"
        assert narrative.bound(body, 8, "1.500", mark, money=True) == f"Pagu {mark} murni"

    @pytest.mark.parametrize("start", [0, 8, 10])
    def test_a_number_that_moved_is_left_alone(self, start):
        assert narrative.bound("Tercapai 75,00", start, "75,00", "[[angka:rate]]") == "Tercapai 75,00"

    @pytest.mark.parametrize(
        "mark", ["[[luar:1|x]]", "teks", "[[angka:a]] dan [[angka:b]]", "", "[[angka:a:zz]]"]
    )
    def test_nothing_but_a_figure_is_bound(self, mark):
        assert narrative.bound("Ada 75 orang", 4, "75", mark) == "Ada 75 orang"

    @pytest.mark.parametrize(
        ("kind", "number", "expected"),
        [
            ("luar", "12,61", "TPT [[luar:12,61|BPS Jabar 2023]] pada 17 Agustus 2023 menurut 53/2014"),
            ("tanggal", "17", "TPT 12,61 pada [[tanggal:17 Agustus 2023]] menurut 53/2014"),
            ("tanggal", "2023", "TPT 12,61 pada [[tanggal:17 Agustus 2023]] menurut 53/2014"),
            ("rujukan", "53/2014", "TPT 12,61 pada 17 Agustus 2023 menurut [[rujukan:53/2014]]"),
            ("lain", "53/2014", "TPT 12,61 pada 17 Agustus 2023 menurut 53/2014"),
        ],
    )
    def test_declared(self, kind, number, expected):
        body = "TPT 12,61 pada 17 Agustus 2023 menurut 53/2014"
        found = narrative.declared(body, body.index(number), number, kind, "BPS | Jabar ]] 2023")
        assert found == expected

    def test_from_outside_needs_a_source(self):
        with pytest.raises(Refused, match="sumber angka 12,61"):
            narrative.declared("TPT 12,61", 4, "12,61", "luar", " | ")

    def test_at_one_click_with_and_without_scripts(self, client):
        body = "Pembilang 75,00 persen."
        step = {"langkah": "ikat|10|75,00||[[angka:rate]]", "body": body}
        assert body_of(client.post(url(), step)) == "Pembilang [[angka:rate]] persen."
        answer = client.post(url("narrative_preview"), step).json()
        assert answer["body"] == "Pembilang [[angka:rate]] persen."
        assert "<mark" not in answer["html"]
        assert not Section.objects.exists()
        page = client.post(url(), {"langkah": "luar|10|75,00", "body": body, "sumber-10": ""})
        assert page.status_code == 422
        assert body_of(page) == body

    @pytest.mark.parametrize(
        "step", ["ikat", "ikat|x|1|", "ikat|99999999|1||[[angka:a]]", "luar|", "zz|1|2", "ikat|1"]
    )
    def test_an_odd_step_changes_nothing(self, client, step):
        page = client.post(url(), {"langkah": step, "body": "Ada 5"})
        assert page.status_code == 200
        assert body_of(page) == "Ada 5"


class TestPreview:
    """What the page shows is what the report prints."""

    def test_the_same_words_as_the_report(self, client):
        body = (
            "Tercapai [[angka:rate]] persen dari target [[angka:rate:target]].\n\n- satu\n- dua\n\n## Judul"
        )
        desk = Desk.open(YEAR, KEY)
        shown = words(desk.preview(body).blocks)
        assert save(client, body).status_code == 302
        chapter = next(chapter for chapter in build(compute(YEAR)).chapters if chapter.key == "bab1")
        printed = words(block for block in chapter.blocks if block.kind in ("paragraph", "items", "heading"))
        assert shown == ["Tercapai 75,00 persen dari target 50,00.", "satu", "dua", "Judul"]
        assert all(line in printed for line in shown)

    def test_a_figure_follows_its_records(self, client):
        desk = Desk.open(YEAR, KEY)
        assert words(desk.preview("Ada [[angka:made]] orang.").blocks) == ["Ada 30 orang."]
        ExternalStatistic.objects.filter(indicator__code="made", year=YEAR).update(value=Decimal(31))
        assert words(Desk.open(YEAR, KEY).preview("Ada [[angka:made]] orang.").blocks) == ["Ada 31 orang."]

    def test_default_sentences_until_somebody_writes(self, client):
        page = client.get(url("narrative", "ikhtisar")).content.decode()
        assert "tercetak dengan kalimat bawaan" in page
        assert "Salin kalimat bawaan" in page

    def test_default_sentences_copied_print_the_same(self, small_year):
        figures, copied = compute(YEAR), 0
        for place in narrative.places(YEAR):
            desk = Desk(place, figures)
            body = desk.default_text() if place.written else ""
            if body:
                own = [b for b in desk.default_words if getattr(b, "style", "") != "missing"]
                seen = desk.preview(body)
                assert words(seen.blocks) == words(own), place.key
                assert (seen.faults, seen.loose) == ([], []), place.key
                assert "tabel laporan ini" not in body, place.key
                copied += 1
        assert copied > 5

    def test_copying_adds_to_what_was_typed(self, client):
        page = client.post(url("narrative", "ikhtisar"), {"langkah": "salin", "body": "Kata saya."})
        assert body_of(page).startswith("Kata saya.\n\n")
        assert "[[angka:rate]]" in body_of(page)
        assert not Section.objects.exists()

    def test_html_is_text(self, client):
        page = client.post(url(), {"langkah": "lihat", "body": HTML})
        assert "<script>alert" not in page.content.decode()
        assert "&lt;b&gt;tebal" in client.post(url("narrative_preview"), {"body": HTML}).json()["html"]
        save(client, HTML)
        for name in ("narrative", "narrative_history"):
            assert "<script>alert" not in client.get(url(name)).content.decode()

    def test_thirty_thousand_letters_with_tables(self, client):
        part = "Uraian panjang [[angka:rate]] persen.\n\n| Kolom | Isi |\n| a | [[angka:made]] |\n\n"
        body = (part * (30_000 // len(part) + 1)).strip()
        assert save(client, body).status_code == 302
        page = client.get(url())
        assert page.status_code == 200
        assert body_of(page) == body
        assert page.content.decode().count("<table") > 300

    @pytest.mark.parametrize(
        "mark",
        ["[[angka:tidak_ada]]", "[[angka:rate:apa]]", "[[angka:rate@1]]", "[[foto:00000000-0000]]", "[[x]]"],
    )
    def test_a_broken_mark_is_named(self, client, mark):
        html = client.post(url("narrative_preview"), {"body": f"Kata {mark} akhir.\n\n{mark}"}).json()["html"]
        assert "Yang tercetak sebagai kesalahan" in html

    def test_the_palette_finds_by_name_and_shows_what_prints(self, client):
        page = client.get(url("narrative_palette"), {"cari": "rate"}).content.decode()
        for said in ("[[angka:rate]]", "75,00", "[[angka:rate:target]]", "[[angka:rate:capaian]]", "150,00"):
            assert said in page
        assert "Tidak ada angka" in client.get(url("narrative_palette"), {"cari": "zzz"}).content.decode()


class TestSaving:
    """Saved texts have versions; nobody overwrites another unseen."""

    def test_saved_changed_and_compared(self, client, planner):
        assert save(client, "Satu dua tiga.\nBaris kedua.").status_code == 302
        assert save(client, "Satu lima tiga.\nBaris kedua.", 1).status_code == 302
        page = client.get(url("narrative_history")).content.decode()
        assert "<del>dua</del>" in page
        assert "<ins>lima</ins>" in page
        first = client.get(url("narrative_history"), {"dari": 0, "ke": 1}).content.decode()
        assert "<ins>Satu dua tiga.</ins>" in first
        assert client.get(url("narrative_history"), {"dari": 9}).status_code == 404

    def test_an_old_version_is_put_back_as_a_new_one(self, client):
        save(client, "Lama")
        save(client, "Baru", 1)
        page = client.post(url(), {"langkah": "versi|1"})
        assert body_of(page) == "Lama"
        assert Section.objects.get().body == "Baru"
        assert client.post(url(), {"langkah": "versi|7"}).status_code == 404

    def test_two_writers_and_nothing_is_lost(self, client, client_as):
        save(client, "Awal")
        other = client_as("PLANNER")
        assert save(other, "Naskah pertama", 1).status_code == 302
        page = save(client, "Naskah kedua", 1)
        text_ = page.content.decode()
        assert page.status_code == 409
        assert "Naskah pertama" in text_
        assert body_of(page) == "Naskah kedua"
        assert 'name="version" value="2"' in text_
        assert Section.objects.get().body == "Naskah pertama"
        assert Draft.objects.get().body == "Naskah kedua"
        assert save(client, "Naskah pertama dan kedua", 2).status_code == 302
        assert Section.objects.get().body == "Naskah pertama dan kedua"
        assert not Draft.objects.exists()

    def test_both_begin_an_empty_place(self, client, client_as):
        save(client_as("PLANNER"), "Pertama")
        page = save(client, "Kedua")
        assert page.status_code == 409
        assert Section.objects.get().body == "Pertama"

    def test_saving_the_same_is_no_new_version(self, client):
        save(client, "Sama")
        save(client, "Sama", 1)
        assert Section.objects.get().version == 1

    @pytest.mark.parametrize(
        ("body", "word"), [("x" * 100_001, "seratus ribu"), ("NIK 3277010101900001.", "NIK")]
    )
    def test_what_cannot_be_kept_stays_on_the_page(self, client, body, word):
        page = save(client, body)
        assert page.status_code == 422
        assert word in page.content.decode()
        assert body_of(page) == body
        assert not Section.objects.exists()

    def test_emptied_it_prints_the_default_sentences_again(self, client):
        client.post(url("narrative", "ikhtisar"), {"langkah": "simpan", "body": "Kata", "version": 0})
        assert (
            "tercetak dengan kalimat bawaan" not in client.get(url("narrative", "ikhtisar")).content.decode()
        )
        client.post(url("narrative", "ikhtisar"), {"langkah": "simpan", "body": "", "version": 1})
        assert "tercetak dengan kalimat bawaan" in client.get(url("narrative", "ikhtisar")).content.decode()

    def test_line_ends_of_browsers_are_one(self, client):
        save(client, "satu\r\ndua\rtiga")
        assert Section.objects.get().body == "satu\ndua\ntiga"


class TestDrafts:
    """What is typed is kept by itself, for its writer only, and offered."""

    def test_kept_offered_put_back_and_gone_when_saved(self, client):
        save(client, "Tersimpan")
        answer = client.post(url("narrative_draft"), {"body": "Sedang ditulis", "version": 1})
        assert "Konsep disimpan pukul" in answer.json()["said"]
        page = client.get(url())
        assert "Ada konsep Anda" in page.content.decode()
        assert body_of(page) == "Tersimpan"
        assert body_of(client.post(url(), {"langkah": "pulihkan"})) == "Sedang ditulis"
        assert "Konsep Anda" in client.get(reverse("lkip:narrative_outline", args=[YEAR])).content.decode()
        save(client, "Sedang ditulis", 1)
        assert not Draft.objects.exists()

    def test_a_draft_of_an_old_version_meets_the_newer_text(self, client, client_as):
        save(client, "Awal")
        client.post(url("narrative_draft"), {"body": "Konsep", "version": 1})
        save(client_as("PLANNER"), "Lebih baru", 1)
        page = client.post(url(), {"langkah": "pulihkan"})
        version = re.search(r'name="version" value="(\d+)"', page.content.decode())[1]
        assert save(client, body_of(page), version).status_code == 409

    def test_thrown_away(self, client):
        client.post(url("narrative_draft"), {"body": "Konsep", "version": 0})
        assert client.post(url(), {"langkah": "buang"}).status_code == 302
        assert not Draft.objects.exists()

    def test_only_its_writer_sees_it(self, client, client_as):
        client.post(url("narrative_draft"), {"body": "Konsep rahasia", "version": 0})
        other = client_as("PLANNER")
        assert "Konsep rahasia" not in other.get(url()).content.decode()
        assert body_of(other.post(url(), {"langkah": "pulihkan"})) == ""
        assert Draft.objects.count() == 1

    def test_one_draft_a_writer_and_none_when_nothing_differs(self, client):
        for body in ("a", "ab"):
            client.post(url("narrative_draft"), {"body": body, "version": 0})
        assert Draft.objects.get().body == "ab"
        assert "Sama" in client.post(url("narrative_draft"), {"body": "", "version": 0}).json()["said"]
        assert not Draft.objects.exists()

    def test_a_nik_is_in_no_draft(self, client):
        answer = client.post(url("narrative_draft"), {"body": "NIK 3277010101900001", "version": 0})
        assert answer.status_code == 422
        assert "NIK" in answer.json()["problem"]
        assert not Draft.objects.exists()


def picture(size=(640, 480)) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", size, "navy").save(out, "JPEG", comment=b"rahasia")
    return SimpleUploadedFile("foto.jpg", out.getvalue(), content_type="image/jpeg")


class TestPhotographs:
    """Pictures are made anew, their words are text."""

    def test_added_shown_printed_changed_and_removed(self, client):
        typed = {"file": picture(), "caption": f"Pelatihan {HTML}", "taken_on": f"{YEAR}-05-01"}
        assert client.post(url("narrative_photo_new"), typed).status_code == 302
        photo = Photograph.objects.get()
        assert b"rahasia" not in read_file(photo.file)
        page = client.get(url()).content.decode()
        assert f"[[foto:{photo.uid}]]" in page
        assert "<script>alert" not in page
        html = client.post(url("narrative_preview"), {"body": f"[[foto:{photo.uid}]]"}).json()["html"]
        assert "&lt;b&gt;tebal" in html
        edit = url("narrative_photo", photo.uid)
        assert client.post(edit, {"caption": "Lain", "version": photo.version}).status_code == 302
        assert client.post(edit, {"caption": "Lagi", "version": photo.version}).status_code == 409
        assert client.post(edit, {"langkah": "hapus"}).status_code == 302
        assert not Photograph.objects.exists()
        assert not StoredFile.objects.filter(kind=service.PHOTO).exists()

    @pytest.mark.parametrize("content", [b"", b"bukan foto", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
    def test_what_is_no_picture_is_refused(self, client, content):
        file = SimpleUploadedFile("foto.jpg", content, content_type="image/jpeg")
        page = client.post(url("narrative_photo_new"), {"file": file, "caption": "x"})
        assert page.status_code == 422
        assert not StoredFile.objects.filter(kind=service.PHOTO).exists()

    def test_only_staff_open_the_file(self, client, client_as):
        client.post(url("narrative_photo_new"), {"file": picture(), "caption": "x"})
        address = reverse("core:file", args=[Photograph.objects.get().file.uid])
        assert client_as("SECTION_HEAD").get(address).status_code == 200
        assert client_as("JOBSEEKER").get(address).status_code in (403, 404)


class TestRights:
    """The planner writes; staff read how it prints; others nothing."""

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.PLANNER])
    def test_nobody_else_writes(self, client, client_as, role):
        save(client, "Tersimpan")
        client.post(url("narrative_photo_new"), {"file": picture(), "caption": "Foto"})
        photo, other = Photograph.objects.get(), client_as(role)
        for name, args, typed in (
            ("narrative", [KEY], {"langkah": "simpan", "body": "Diubah", "version": 1}),
            ("narrative", [KEY], {"langkah": "lihat", "body": "x"}),
            ("narrative_preview", [KEY], {"body": "x"}),
            ("narrative_draft", [KEY], {"body": "x", "version": 1}),
            ("narrative_photo_new", [KEY], {"file": picture(), "caption": "x"}),
            ("narrative_photo", [photo.uid], {"langkah": "hapus"}),
        ):
            assert other.post(url(name, *args), typed).status_code == 403, name
        read = 200 if role in STAFF_ROLES else 403
        for name in ("narrative", "narrative_history"):
            assert other.get(url(name)).status_code == read
        assert other.get(reverse("lkip:narrative_outline", args=[YEAR])).status_code == read
        if read == 200:
            page = other.get(url()).content.decode()
            assert "Tersimpan" in page
            assert "<textarea" not in page
        assert (Section.objects.get().body, Photograph.objects.count(), Draft.objects.count()) == (
            "Tersimpan",
            1,
            0,
        )

    def test_the_services_ask_too(self, small_year, user_with):
        head = user_with("SECTION_HEAD")
        with pytest.raises(NotAllowed):
            service.save_text(head, year=YEAR, key=KEY, body="x", version=0)
        with pytest.raises(NotAllowed):
            service.keep_draft(head, year=YEAR, key=KEY, body="x", base_version=0)
        with pytest.raises(NotAllowed):
            service.add_photo(head, year=YEAR, key=KEY, upload=picture(), caption="x")

    @pytest.mark.parametrize(("year", "key"), [(YEAR, "isi"), (YEAR, "zz"), (1999, KEY)])
    def test_a_place_that_is_not_there(self, client, year, key):
        for name in ("narrative", "narrative_preview", "narrative_draft", "narrative_photo_new"):
            address = reverse(f"lkip:{name}", args=[year, key])
            assert (
                client.post(
                    address, {"body": "x", "version": 0, "caption": "x", "file": picture()}
                ).status_code
                == 404
            )
        assert not Section.objects.exists()
        assert not Draft.objects.exists()
        assert not StoredFile.objects.filter(kind=service.PHOTO).exists()


def test_a_stale_version_is_told_by_the_service(small_year, planner):
    service.save_text(planner, year=YEAR, key=KEY, body="a", version=0)
    with pytest.raises(StaleRecord):
        service.save_text(planner, year=YEAR, key=KEY, body="b", version=0)


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_the_comparison_holds_both_texts(old, new):
    lines = compare(old, new)

    def side(kinds):
        return "\n".join(
            "".join(said for kind, said in line.parts if kind in kinds) for line in lines
        ).split()

    assert side({"same", "out"}) == old.split()
    assert side({"same", "in"}) == new.split()


def test_the_outline_asks_a_fixed_number_of_statements(client, django_assert_max_num_queries):
    for key in ("ikhtisar", KEY, "bab4.simpulan"):
        Section.objects.create(year=YEAR, key=key, body="Kata 5 [[x]]")
    with django_assert_max_num_queries(14):
        page = client.get(reverse("lkip:narrative_outline", args=[YEAR])).content.decode()
    assert "1 angka belum ditautkan, 1 tanda rusak" in page
