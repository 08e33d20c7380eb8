"""The parts of the pages: Indonesian, no inline style or script, no sideways scroll, axe clean."""

import gzip
import hashlib
import io
import json
import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client, override_settings
from PIL import Image

from core.files import store
from core.form_words import field_errors
from core.images import Content
from core.models.agency import DEFAULT_COLOURS
from core.views.style import fingerprint
from core.widgets import DateParts
from tests.browser import WIDTHS, window
from tests.markup import faults

STATIC = Path(__file__).resolve().parents[2] / "core" / "static" / "core"
PAGES = [
    "/guide/list/",
    "/guide/empty/",
    "/guide/detail/",
    "/guide/form/",
    "/guide/form/?name=&born_day=31&born_month=2&born_year=2004",
    "/guide/form-public/",
    "/guide/form-public/?name=&born_day=x",
    "/guide/parts/",
    *(f"/guide/error/{code}/" for code in (400, 403, 404, 409, 413, 429, 500, 503)),
]
guide = pytest.mark.urls("tests.core.look")


@guide
@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_markup_is_sound(path):
    response = Client(raise_request_exception=False).get(path)
    html = response.content.decode()
    assert faults(html) == []


@guide
@pytest.mark.django_db
def test_an_error_page_keeps_its_status_and_says_what_to_do():
    client = Client(raise_request_exception=False)
    for code in (400, 403, 404, 409, 413, 429, 500, 503):
        assert client.get(f"/guide/error/{code}/").status_code == code
    missing = client.get("/guide/tidak-ada/")
    assert missing.status_code == 404
    assert "Halaman tidak ditemukan" in missing.content.decode()
    with override_settings(DEBUG=False):
        broken = client.get("/guide/broken/")
    assert broken.status_code == 500
    assert "Ada kerusakan di sistem kami" in broken.content.decode()


@guide
@pytest.mark.django_db
def test_a_request_over_the_limit_is_413(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32
    response = client.post("/guide/list/", {"q": "x" * 500})
    assert response.status_code == 413
    assert "Tidak ada yang disimpan" in response.content.decode()


@guide
@pytest.mark.django_db
def test_a_stale_form_is_told_to_reload(settings):
    settings.CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"
    response = Client(enforce_csrf_checks=True).post("/guide/list/", {"q": "x"})
    assert response.status_code == 403
    assert "Muat ulang halaman" in response.content.decode()


@guide
@pytest.mark.django_db
def test_errors_stand_in_the_title_in_the_box_and_at_the_field():
    html = Client().get("/guide/form/?born_day=31&born_month=2&born_year=2004").content.decode()
    assert "<title>Galat: Catat pencari kerja" in html
    assert '<a href="#id_name">Isi nama lengkap.</a>' in html
    assert html.count("Isi nama lengkap.") == 2
    assert '<a href="#id_born_day">' in html
    assert html.count("Tanggal lahir bukan tanggal yang ada.") == 2
    assert 'value="31"' in html, "what was typed is kept"
    assert "Pilih jenis kelamin." in html
    assert '<a href="#id_sex">' in html


def test_a_message_that_the_form_wrote_is_kept():
    class Own(forms.Form):
        nik = forms.CharField(label="NIK", error_messages={"required": "Tulis 16 angka NIK."})
        age = forms.IntegerField(label="Umur", max_value=99)

    form = Own({"age": "150"})
    assert field_errors(form, "nik") == ["Tulis 16 angka NIK."]
    assert field_errors(form, "age") == ["Umur paling besar 99."]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (("14", "5", "2004"), "2004-05-14"),
        (("", "", ""), None),
        (("14", "", "2004"), "2004-?-14"),
        (("14", "5", "04"), "04-5-14"),
        (("a", "5", "2004"), "2004-5-a"),
    ],
)
def test_date_parts_read_three_boxes(typed, value):
    data = dict(zip(("lahir_day", "lahir_month", "lahir_year"), typed, strict=True))
    assert DateParts().value_from_datadict(data, {}, "lahir") == value


def test_date_parts_refuse_a_day_that_is_not_there():
    field = forms.DateField(widget=DateParts)
    with pytest.raises(forms.ValidationError):
        field.clean("2004-02-31")
    assert str(field.clean("2004-02-29")) == "2004-02-29"


def test_bars_start_at_zero_and_print_their_numbers():
    html = Template('{% load components %}{% bars rows "Kanal" %}').render(
        Context(
            {
                "rows": [
                    {"label": "Pelatihan", "value": 720},
                    {"label": "BKK", "value": 371},
                    {"label": "-", "value": 0},
                ]
            }
        )
    )
    assert re.findall(r'width="([\d.]+)%" height="20" rx="3" class="f1"', html) == ["100.00", "51.53", "0.00"]
    assert "720" in html
    assert "66,0\u00a0%" in html


def test_meter_stops_at_140_per_cent():
    draw = Template("{% load components %}{% meter value %}")
    assert 'width="82.09%"' in draw.render(Context({"value": "114.93"}))
    over = draw.render(Context({"value": 269}))
    assert 'width="100.00%"' in over
    assert "chev" in over
    assert "belum ada" in draw.render(Context({"value": None}))


@pytest.mark.django_db
def test_the_agencys_colours_are_a_style_sheet_of_their_own(agency):
    assert "/gaya/" not in Client().get("/kartu-ak1/").content.decode(), (
        "the common colours need no second request"
    )
    own = DEFAULT_COLOURS | {"accent": "#7a1f3d", "accent-d": "#4a1025"}
    agency.colours = own
    agency.save()
    html = Client().get("/kartu-ak1/").content.decode()
    assert f'<link rel="stylesheet" href="/gaya/{fingerprint(own)}.css">' in html
    assert '<meta name="theme-color" content="#4a1025">' in html
    good = Client().get(f"/gaya/{fingerprint(own)}.css")
    assert good.status_code == 200
    assert good.headers["Content-Type"].startswith("text/css")
    assert "--accent:#7a1f3d;" in good.content.decode()
    assert "immutable" in good.headers["Cache-Control"]
    assert Client().get(f"/gaya/{fingerprint(DEFAULT_COLOURS)}.css").status_code == 404


@pytest.mark.django_db
def test_the_offices_logo_stands_in_the_header_and_opens_for_everybody(agency, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    drawn = Client().get("/kartu-ak1/").content.decode()
    assert '<svg class="mark"' in drawn
    picture = io.BytesIO()
    Image.new("RGB", (84, 84), "#7a1f3d").save(picture, "PNG")
    agency.logo = store(Content(picture.getvalue(), "image/png"), actor=None, kind="core.logo")
    agency.save()
    html = Client().get("/kartu-ak1/").content.decode()
    address = re.search(r'<img class="mark" src="([^"]+)"', html)[1]
    assert '<svg class="mark"' not in html
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content == picture.getvalue()
    assert Client().get("/gaya/lambang/lama").status_code == 404


def test_built_files_are_what_the_manifest_says_and_small_enough():
    manifest = json.loads((STATIC / "manifest.json").read_text())
    assert set(manifest) == {path.name for path in STATIC.iterdir()} - {"manifest.json"}
    sizes = {}
    for name, entry in manifest.items():
        content = (STATIC / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], name
        sizes[name] = len(gzip.compress(content, 9))
    assert sizes["site.css"] <= 18 * 1024
    assert sizes["site.css"] + sizes["site.js"] + sizes["mark.svg"] <= 30 * 1024
    assert b"@import" not in (STATIC / "site.css").read_bytes()
    assert not re.search(rb"url\([\"']?(?!data:)", (STATIC / "site.css").read_bytes()), (
        "nothing else is fetched"
    )


@guide
@pytest.mark.axe
@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_has_an_axe_violation(live_server, width):
    with window(live_server.url, width=width) as seen:
        for path in PAGES:
            seen.goto(path)
            assert seen.violations() == [], path
            seen.shoot(f"{path.strip('/').replace('/', '_').split('?')[0]}-{width}")
        assert seen.problems == []


@guide
@pytest.mark.browser
@pytest.mark.slow
def test_no_page_scrolls_sideways(live_server):
    with window(live_server.url) as seen:
        for width in (320, *WIDTHS):
            seen.page.set_viewport_size({"width": width, "height": 800})
            for path in PAGES:
                seen.goto(path)
                assert seen.overflow() <= 0, (path, width)


@guide
@pytest.mark.browser
def test_menus_close_on_escape_and_rows_are_picked(live_server):
    with window(live_server.url, width=360) as seen:
        seen.goto("/guide/list/")
        seen.page.click("details.menu > summary")
        assert seen.page.is_visible("details.menu a >> text=Antrean AK-1")
        seen.page.keyboard.press("Escape")
        assert not seen.page.is_visible("details.menu a >> text=Antrean AK-1")
    with window(live_server.url, width=1280) as seen:
        seen.goto("/guide/list/")
        assert not seen.page.is_visible(".bulk")
        seen.page.check("input[name=pilih] >> nth=0")
        seen.page.check("input[name=pilih] >> nth=1")
        assert seen.page.inner_text("[data-jumlah]") == "2 dipilih"
        seen.page.click("[data-batal]")
        assert not seen.page.is_visible(".bulk")
        assert seen.problems == []


@guide
@pytest.mark.browser
def test_everything_is_reachable_without_scripts(live_server):
    with window(live_server.url, width=360, scripts=False) as seen:
        seen.goto("/guide/detail/")
        assert not seen.page.is_visible("summary >> text=Tolak"), "a phone's bar is one line"
        seen.page.click("summary >> text=Lainnya")
        seen.page.click("summary >> text=Tolak")
        assert seen.page.is_visible("#alasan-reject")
        seen.goto("/guide/form/")
        assert seen.page.is_visible("input[type=file]")
        seen.page.click("details.menu > summary")
        assert seen.page.is_visible("details.menu a >> text=Antrean AK-1")


@guide
@pytest.mark.browser
def test_keys_of_the_queue_choose_but_never_send(live_server):
    with window(live_server.url) as seen:
        page = seen.page
        seen.goto("/guide/detail/")
        page.keyboard.press("s")
        assert page.evaluate("document.activeElement.value") == "approve"
        assert page.url.endswith("/guide/detail/"), "a letter alone decides nothing"
        page.keyboard.press("b")
        assert page.is_visible("#alasan-return")
        page.keyboard.type("bs?")
        assert page.input_value("#alasan-return") == "bs?"
        assert not page.is_visible("dialog.keys")
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("?")
        assert page.is_visible("dialog.keys")
        page.click("[data-pintasan]")
        page.click("dialog.keys button >> text=Tutup")
        page.reload()
        page.keyboard.press("s")
        assert page.evaluate("document.activeElement.value") != "approve", "switched off"
        assert seen.problems == []


def test_hidden_fields_of_a_group_stand_once():
    class Sample(forms.Form):
        kind = forms.CharField(widget=forms.HiddenInput, initial="x")
        name = forms.CharField(label="Nama")
        fieldsets = (("Isian", ["kind", "name"]), ("Kosong", ["tidak_ada"]))

    html = Template("{% load components %}{% fields form %}").render(Context({"form": Sample()}))
    assert html.count('name="kind"') == 1
    assert html.count("<legend") == 1
