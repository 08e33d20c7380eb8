"""Composing an indicator in the browser: its figure before it is saved, what is refused, who may."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.enums import STAFF_ROLES, Role
from core.models.reference import Nomenclature
from core.workflow import NotAllowed
from lkip import bands
from lkip.enums import Formula
from lkip.figures import Span, compute
from lkip.figures.preview import preview
from lkip.models import BandScale, ExternalStatistic, Indicator, IndicatorVersion
from lkip.services import indicators, plan, scales
from lkip.services.plan import InvalidPlan
from tests.lkip.conftest import YEAR

pytestmark = pytest.mark.django_db
NEW = "lkip:indicator_new"
FIELDS = {
    "name": "Pemegang kartu perempuan", "level": "IKU", "formula": "MEASURE", "measure": "jobseekers.ak1_cards",
    "saringan-sex": ["F"], "unit": "kartu", "decimals": "0", "direction": "UP", "aggregation": "SUM",
    "definition": "Kartu yang terbit bagi perempuan.",
}  # fmt: skip
PARTED = {
    "RATIO": ["Pembilang", "Penyebut"],
    "DIFFERENCE": ["Angka pertama", "Dikurangi"],
    "CHANGE": ["Angka yang dibandingkan"],
}
"""How each kind calls the numbers that it is made of."""


@pytest.fixture
def client(small_year, client_as):
    return client_as("PLANNER")


def shown(page) -> str:
    """What the preview says, without its markup."""
    found = re.search(r'<section[^>]*id="pratinjau".*?</section>', page.content.decode(), re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<select.*?</select>|<[^>]+>", " ", found, flags=re.DOTALL))


def ask(client, **typed):
    return client.post(reverse(NEW), {"langkah": "lihat", "lihat_tahun": str(YEAR), **typed})


class TestPreview:
    """The figure at once, for any year, quarter and month, and nothing is written."""

    def test_a_ratio_with_its_parts(self, client):
        parts = {code: Indicator.objects.get(code=code) for code in ("made", "base")}
        page = ask(
            client, formula="RATIO", numerator=parts["made"].pk, denominator=parts["base"].pk,
            unit="persen", decimals="1", factor="100",
        )  # fmt: skip
        assert page.status_code == 200
        for said in ("75,0\u00a0%", "Pembilang", "30\u00a0orang", "Penyebut", "40\u00a0orang", "Sumber: BPS"):
            assert said.replace("\u00a0", " ") in shown(page).replace("\u00a0", " ")
        assert not Indicator.objects.filter(formula=Formula.RATIO).exclude(code="rate").exists()

    def test_the_multiplier_starts_at_a_hundred_and_stays_as_it_was_typed(self, client):
        field = re.compile(r'<input[^>]*name="factor"[^>]*>')
        assert 'value="100"' in field.search(ask(client, formula="RATIO").content.decode())[0]
        assert 'value="1"' in field.search(ask(client, formula="RATIO", factor="1").content.decode())[0]
        assert "value=" not in field.search(ask(client, formula="RATIO", factor="").content.decode())[0]

    def test_another_year(self, client):
        made = Indicator.objects.get(code="made")
        page = ask(
            client, formula="CHANGE", numerator=made.pk, unit="persen", decimals="0", lihat_tahun=YEAR - 1
        )
        assert f"Tahun {YEAR - 1}" in shown(page)
        assert "tidak dapat dihitung" in shown(page) or "belum tersedia" in shown(page)
        page = ask(client, formula="CHANGE", numerator=made.pk, unit="persen", decimals="0")
        assert "+50 %" in shown(page).replace("\u00a0", " ")

    def test_records_are_one_link_away_with_the_filter_and_the_quarter(self, client):
        page = ask(
            client,
            formula="MEASURE",
            measure="jobseekers.ak1_cards",
            lihat_sampai="t2",
            **{"saringan-sex": "F"},
        )
        text = page.content.decode()
        assert f"{YEAR}-01-01_{YEAR}-06-30%3Bsex%3DF" in text
        assert "0\u00a0kartu" in text
        assert f"Sampai akhir triwulan II {YEAR}" in text
        assert "Buku kartu AK-1" in text

    @pytest.mark.parametrize(
        "typed",
        [{}, {"formula": "RATIO"}, {"formula": "RATIO", "factor": "100"}, {"formula": "MEASURE"}],
    )
    def test_half_a_form_is_no_error(self, client, typed):
        page = ask(client, **typed)
        assert page.status_code == 200
        assert "angkanya muncul di sini" in shown(page)
        assert "govuk-error-message" not in page.content.decode()

    def test_what_was_typed_stays(self, client):
        page = ask(client, **(FIELDS | {"name": "Nama <b>saya</b>"}))
        text = page.content.decode()
        assert "Nama &lt;b&gt;saya&lt;/b&gt;" in text
        assert re.search(r'value="F"[^>]*checked', text)

    @pytest.mark.parametrize(
        ("typed", "word"),
        [
            ({"lihat_tahun": "20x4"}, "“20x4” bukan tahun"),
            ({"lihat_tahun": "²"}, "“²” bukan tahun"),
            ({"lihat_tahun": "1999"}, "antara 2000 dan 2100"),
            ({"lihat_tahun": ""}, "Tahun: belum diisi"),
            ({"lihat_sampai": "b13"}, "“b13” tidak ada dalam daftar"),
            ({"measure": "no.such"}, "Ukuran: Pilihan ini tidak ada dalam daftar"),
            ({"as_of_month": "13"}, "Dibaca pada akhir bulan: Pilihan ini tidak ada"),
            ({"decimals": "dua"}, "Banyak desimal: “dua” bukan angka"),
            ({"saringan-sex": "X"}, "tidak ada dalam daftar"),
        ],
    )
    def test_what_cannot_be_read_is_said_and_not_replaced(self, client, typed, word):
        page = ask(client, **(FIELDS | typed))
        assert word in shown(page)
        assert "0\u00a0kartu" not in page.content.decode()
        assert "0\u00a0kartu" in ask(client, **FIELDS).content.decode()
        if typed.get("lihat_tahun"):
            assert f'value="{typed["lihat_tahun"]}"' in page.content.decode()

    @pytest.mark.parametrize(
        ("factor", "word"), [("seratus", "bukan angka"), ("0", "dari 1 sampai"), ("", "Isi pengali")]
    )
    def test_a_multiplier_that_cannot_be_read_is_not_a_hundred(self, client, factor, word):
        made, base = (Indicator.objects.get(code=code) for code in ("made", "base"))
        typed = {"formula": "RATIO", "numerator": made.pk, "denominator": base.pk, "unit": "persen"}
        page = ask(client, **typed, factor=factor)
        assert word in shown(page)
        assert "75" not in shown(page)

    @pytest.mark.parametrize("formula", ["RATIO", "DIFFERENCE"])
    def test_a_number_against_itself_has_no_value_here_either(self, client, formula):
        made = Indicator.objects.get(code="made")
        typed = {"formula": formula, "numerator": made.pk, "denominator": made.pk, "unit": "orang"}
        page = ask(client, **typed)
        assert "Kedua angkanya sama" in shown(page)
        assert "govuk-heading-l" not in page.content.decode().split('id="pratinjau"')[1]

    def test_the_numbers_of_a_difference_have_their_own_names(self, client):
        labels = re.compile(r'<label[^>]*for="id_(?:numerator|denominator)"[^>]*>\s*([^<]+?)\s*<')
        seen = {formula: labels.findall(ask(client, formula=formula).content.decode()) for formula in PARTED}
        assert seen == PARTED
        gap = Indicator.objects.get(code="gap")
        text = client.get(reverse("lkip:indicator", args=[gap.uid])).content.decode()
        assert "Angka pertama" in text
        assert "Dikurangi" in text
        assert "Pembilang" not in text
        refused = client.post(reverse(NEW), FIELDS | {"formula": "DIFFERENCE"}).content.decode()
        assert "Pilih angka pertama" in refused
        version = client.get(reverse("lkip:indicator_version", args=[gap.uid])).content.decode()
        assert "Angka pertama (baru)" in version

    def test_an_interim_number_says_where_it_is_typed_and_what_it_waits_for(self, client):
        page = ask(client, formula="INTERIM", waits_for="Survei kepuasan", unit="nilai")
        said = "Nilainya diketik tiap tahun di Statistik dan nilai dari luar , sampai Survei kepuasan memberi"
        assert said in shown(page)
        assert reverse("lkip:statistics", args=[YEAR]) in page.content.decode()
        assert "Statistik dan nilai dari luar" in shown(ask(client, formula="INTERIM"))
        assert "diketik tiap tahun" not in shown(ask(client, **FIELDS))

    def test_a_circle_is_named_before_it_is_saved(self, client):
        made, rate = Indicator.objects.get(code="made"), Indicator.objects.get(code="rate")
        Indicator.objects.filter(pk=rate.pk).update(name="Tingkat jadi")
        url = reverse("lkip:indicator_edit", args=[made.uid])
        typed = {"formula": "CHANGE", "numerator": rate.pk, "unit": "persen", "decimals": "2"}
        page = client.post(url, {"langkah": "lihat", "lihat_tahun": YEAR, **typed})
        assert "Definisi berputar: “made” memakai “Tingkat jadi” memakai “made”" in shown(page)
        made.refresh_from_db()
        assert made.formula == Formula.STATISTIC

    def test_the_preview_equals_the_saved_figure(self, small_year):
        figures = compute(YEAR).figures
        for indicator in Indicator.objects.all():
            found = preview(indicator, Span(YEAR))
            held = figures[indicator.code]
            assert (found.value, found.capaian, found.status) == (held.value, held.capaian, held.status)

    def test_only_what_it_is_made_of_is_asked(self, small_year, django_assert_max_num_queries):
        with django_assert_max_num_queries(7):
            preview(Indicator.objects.get(code="rate"), Span(YEAR))


class TestSaving:
    """A composed indicator is a figure like all others."""

    def test_a_number_over_itself_says_nothing_and_is_refused(self, client):
        made = Indicator.objects.get(code="made")
        typed = FIELDS | {"formula": "RATIO", "numerator": made.pk, "denominator": made.pk, "factor": "100"}
        page = client.post(reverse(NEW), typed)
        assert page.status_code == 422
        assert "Pilih angka lain" in page.content.decode()
        assert not Indicator.objects.filter(name=FIELDS["name"]).exists()

    def test_a_double_is_refused_and_the_first_one_named(self, client):
        client.post(reverse(NEW), FIELDS)
        page = client.post(reverse(NEW), FIELDS | {"name": FIELDS["name"].upper()})
        assert page.status_code == 422
        assert f"“{FIELDS['name']}” (indikator kinerja utama) sudah ada" in page.content.decode()
        assert "(pemegang_kartu_perempuan)" not in page.content.decode()
        other = FIELDS | {"saringan-sex": ["M"]}
        page = client.post(reverse(NEW), other | {"name": f" {FIELDS['name'].upper().replace(' ', '  ')}"})
        assert page.status_code == 422
        assert "tidak bisa dibedakan" in page.content.decode()
        assert 'href="#id_name"' in page.content.decode()
        assert "tidak bisa dibedakan" in shown(ask(client, **other))
        assert client.post(reverse(NEW), other | {"level": "PROGRAMME"}).status_code == 302
        codes = Indicator.objects.filter(name=FIELDS["name"]).values_list("code", flat=True)
        assert set(codes) == {"pemegang_kartu_perempuan", "pemegang_kartu_perempuan_2"}

    def test_the_same_name_may_stand_for_two_sub_kegiatan_and_two_periods(self, small_year, planner):
        nodes = list(Nomenclature.objects.filter(level="SUB_ACTIVITY"))
        values = {"name": "Jumlah laporan", "level": "OUTCOME", "unit": "laporan", "formula": "STATISTIC"}
        first, second = (
            plan.save_indicator(planner, code=f"l{i}", nomenclature=node, **values)
            for i, node in enumerate(nodes)
        )
        again = indicators.recompose(
            planner, indicator=first, version=first.version, programmes=(), definition="Lain"
        )
        assert again.definition == "Lain"
        with pytest.raises(InvalidPlan, match="Jumlah laporan"):
            indicators.compose(planner, programmes=(), **values)
        Indicator.objects.filter(pk__in=[first.pk, second.pk]).update(to_year=YEAR)
        assert indicators.compose(planner, programmes=(), **values, from_year=YEAR + 1).pk

    def test_the_same_count_under_another_name_is_told_and_saved(self, client):
        client.post(reverse(NEW), FIELDS)
        twin = FIELDS | {"name": "Kartu bagi perempuan", "level": "PROGRAMME"}
        assert f"{FIELDS['name']} (indikator kinerja utama)" in shown(ask(client, **twin))
        assert "nama lain" not in shown(ask(client, **(twin | {"saringan-sex": ["M"]})))
        assert client.post(reverse(NEW), twin).status_code == 302

    def test_made_in_the_browser_and_counted(self, client):
        page = client.post(reverse(NEW), FIELDS)
        made = Indicator.objects.get(name=FIELDS["name"])
        assert page.url == reverse("lkip:indicator", args=[made.uid])
        assert (made.code, made.filters) == ("pemegang_kartu_perempuan", {"sex": "F"})
        assert made.position > Indicator.objects.get(code="score").position
        assert compute(YEAR).figures[made.code].value == 0
        text = client.get(page.url).content.decode()
        for said in ("Kartu AK-1 terbit", "Perempuan", "Kartu yang terbit bagi perempuan."):
            assert said in text

    def test_several_values_of_a_dimension(self, client):
        client.post(reverse(NEW), FIELDS | {"saringan-sex": ["F", "M"]})
        assert Indicator.objects.get(name=FIELDS["name"]).filters == {"sex": ["F", "M"]}

    @pytest.mark.parametrize(
        ("typed", "word"),
        [
            ({"name": ""}, "Isi nama indikator"),
            ({"direction": "CATEGORY"}, "perlu skala"),
            ({"clamp_low": "100", "clamp_high": "50"}, "lebih besar daripada batas bawah"),
            ({"clamp_low": "seratus"}, "bukan angka"),
            ({"saringan-sex": "X"}, "tidak ada dalam daftar"),
            ({"from_year": "2030", "to_year": "2029"}, "sebelum tahun mulai"),
            ({"measure": "no.such"}, "tidak ada dalam daftar"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_written(self, client, typed, word):
        before = Indicator.objects.count()
        page = client.post(reverse(NEW), FIELDS | typed)
        assert page.status_code == 422
        assert word in page.content.decode()
        assert Indicator.objects.count() == before

    def test_too_long_a_chain_is_named(self, client, planner):
        rate = Indicator.objects.get(code="rate")
        growth = plan.save_indicator(
            planner,
            code="speed",
            name="Laju",
            level="SUPPORT",
            unit="persen",
            formula=Formula.CHANGE,
            numerator=rate,
        )
        typed = {"formula": "CHANGE", "numerator": growth.pk, "unit": "persen", "name": "Percepatan"}
        page = client.post(reverse(NEW), FIELDS | typed)
        assert page.status_code == 422
        assert "“Percepatan” memakai “Laju” memakai “rate” memakai “made”" in page.content.decode()

    def test_changed_by_two_the_second_is_told(self, client):
        row = Indicator.objects.get(code="made")
        url = reverse("lkip:indicator_edit", args=[row.uid])
        typed = FIELDS | {"name": "Satu", "formula": "STATISTIC", "version": row.version}
        assert client.post(url, typed).status_code == 302
        assert client.post(url, typed | {"name": "Dua"}).status_code == 409
        row.refresh_from_db()
        assert (row.name, row.code) == ("Satu", "made")

    def test_a_form_of_another_kind_empties_what_it_does_not_use(self, client):
        client.post(reverse(NEW), FIELDS)
        row = Indicator.objects.get(name=FIELDS["name"])
        typed = FIELDS | {"formula": "STATISTIC", "version": row.version}
        assert client.post(reverse("lkip:indicator_edit", args=[row.uid]), typed).status_code == 302
        row.refresh_from_db()
        assert (row.formula, row.measure, row.filters) == (Formula.STATISTIC, "", {})

    def test_the_form_starts_with_what_is_stored(self, client):
        client.post(reverse(NEW), FIELDS)
        row = Indicator.objects.get(name=FIELDS["name"])
        text = client.get(reverse("lkip:indicator_edit", args=[row.uid])).content.decode()
        assert re.search(r'value="F"[^>]*checked', text)
        assert "Kartu yang terbit bagi perempuan." in text


class TestVersions:
    """A new name or part from a year on."""

    def test_from_a_year_on(self, client):
        rate = Indicator.objects.get(code="rate")
        score = Indicator.objects.get(code="score")
        ExternalStatistic.objects.create(indicator=score, year=YEAR, value=Decimal(60), source="x")
        url = reverse("lkip:indicator_version", args=[rate.uid])
        typed = {"from_year": YEAR, "name": "Nama lain", "denominator": score.pk, "note": "Aturan baru"}
        assert client.post(url, typed).status_code == 302
        figure = compute(YEAR).figures["rate"]
        assert (figure.label, figure.value) == ("Nama lain", 50)
        page = client.get(reverse("lkip:indicator", args=[rate.uid])).content.decode()
        assert "Aturan baru" in page
        figure_page = client.get(reverse("lkip:figure", args=[YEAR, "rate"])).content.decode()
        assert "penyebut dulu “base”" in figure_page

    @pytest.mark.parametrize(
        ("typed", "word"),
        [
            ({"note": "x"}, "Isi yang berubah"),
            ({"name": "Baru", "to_year": YEAR - 3, "note": "x"}, "sebelum tahun mulai"),
            ({"name": "Baru"}, "Isi sebab perubahan"),
        ],
    )
    def test_a_version_that_says_nothing(self, client, typed, word):
        rate = Indicator.objects.get(code="rate")
        page = client.post(reverse("lkip:indicator_version", args=[rate.uid]), {"from_year": YEAR, **typed})
        assert page.status_code == 422
        assert word in page.content.decode()
        assert not IndicatorVersion.objects.exists()


class TestScales:
    """The office's own scale beside those of regulations."""

    STEPS = "90 | Hebat | H\n75,5 | Baik\n- | Kurang"

    def test_made_read_and_changed(self, client):
        typed = {"name": "Skala kami", "steps": self.STEPS}
        assert client.post(reverse("lkip:scale_new"), typed).status_code == 302
        row = BandScale.objects.get(code="skala-kami")
        assert [text for _, text in bands.read(row).rules()] == [
            "lebih dari 90",
            "lebih dari 75,5 sampai 90",
            "sampai 75,5",
        ]
        assert "lebih dari 75,5 sampai 90" in client.get(reverse("lkip:scale_list")).content.decode()
        url = reverse("lkip:scale_edit", args=[row.uid])
        assert "90 | Hebat | H\n75,5 | Baik\n- | Kurang" in client.get(url).content.decode()
        changed = typed | {"steps": "80 | Baik\n- | Kurang", "version": row.version}
        assert client.post(url, changed).status_code == 302
        assert client.post(url, changed).status_code == 409
        assert [step.label for step in bands.read(row).steps] == ["Kurang", "Baik"]

    @pytest.mark.parametrize(
        "steps", ["90 | Baik", "90 | Baik\n75 | Kurang", "x | Baik\n- | Kurang", "90\n-"]
    )
    def test_a_gap_is_refused(self, client, steps):
        page = client.post(reverse("lkip:scale_new"), {"name": "Skala kami", "steps": steps})
        assert page.status_code == 422
        assert not BandScale.objects.exists()


class TestRights:
    """The planner composes, staff read, others neither."""

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.PLANNER])
    def test_nobody_else_changes_anything(self, small_year, client_as, role):
        client, row = client_as(role), Indicator.objects.get(code="made")
        scales.load_scales()
        scale = BandScale.objects.first()
        before = (Indicator.objects.count(), row.version, BandScale.objects.count(), scale.version)
        for name, args in (
            (NEW, []), ("lkip:indicator_edit", [row.uid]), ("lkip:indicator_version", [row.uid]),
            ("lkip:scale_new", []), ("lkip:scale_edit", [scale.uid]),
        ):  # fmt: skip
            for typed in (FIELDS, FIELDS | {"langkah": "lihat"}):
                assert client.post(reverse(name, args=args), typed).status_code == 403, name
        read = 200 if role in STAFF_ROLES else 403
        for name, args in (
            ("lkip:indicator_list", []),
            ("lkip:indicator", [row.uid]),
            ("lkip:measure_list", []),
        ):
            assert client.get(reverse(name, args=args)).status_code == read, name
        row.refresh_from_db()
        scale.refresh_from_db()
        assert (Indicator.objects.count(), row.version, BandScale.objects.count(), scale.version) == before

    def test_the_service_asks_too(self, small_year, user_with):
        head = user_with("SECTION_HEAD")
        with pytest.raises(NotAllowed):
            indicators.compose(head, programmes=[], name="x", formula=Formula.STATISTIC)
        with pytest.raises(NotAllowed):
            indicators.save_version(
                head, indicator=Indicator.objects.get(code="made"), from_year=YEAR, name="x"
            )

    def test_measures_are_found_by_words_of_their_definition(self, small_year, client_as):
        text = (
            client_as("SECTION_HEAD")
            .get(reverse("lkip:measure_list"), {"q": "kartu terbit"})
            .content.decode()
        )
        assert "Kartu AK-1 terbit" in text
        assert "Perselisihan yang dicatat" not in text
        assert reverse(NEW) not in text
