"""A guide to the look: every part of the pages with invented content; exists in tests only (as ROOT_URLCONF)."""
# ruff: noqa: E501

import datetime as dt
from types import SimpleNamespace as Thing

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import RequestContext, Template
from django.urls import include, path

from core.formfields import DayField
from core.listing import Cell, HeadCell, Link, Row
from core.pages import Action, Detail, Fact, FormPage, Section, error_summary
from core.tables import Column
from core.views import errors
from core.widgets import DateParts

MENU = [
    {"label": "", "items": [{"label": "Beranda", "url": "/guide/list/", "count": 0, "current": False}]},
    {
        "label": "Pencari kerja",
        "items": [
            {"label": "Antrean AK-1", "url": "#", "count": 23, "current": True},
            {"label": "Pencari kerja", "url": "#", "count": None, "current": False},
        ],
    },
    {"label": "Data", "items": [{"label": "Unduhan", "url": "#", "count": 2, "current": False}]},
]
SHELL = {
    "shell_template": "core/staff.html",
    "menu": MENU,
    "search_url": "/guide/list/",
    "bell": {"url": "#", "count": 3},
    "role_label": "Pengantar kerja",
    "account_url": "#",
    "account_label": "Rina Marlina",
    "logout_url": "/guide/list/",
    "demo": True,
    "today": dt.date(2023, 12, 29),
}
PUBLIC = {
    "public_menu": [
        {"label": "Beranda", "url": "#", "current": True},
        {"label": "Lowongan", "url": "#", "current": False},
        {"label": "Kartu AK-1", "url": "#", "current": False},
    ],
    "login_url": "#",
    "signup_url": "#",
    "footer_menu": [{"label": "Bantuan", "items": [{"label": "Kemudahan akses", "url": "#"}]}],
}


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Nama lengkap", max_length=80, help_text="Sama seperti di KTP.")
    born = forms.DateField(label="Tanggal lahir", widget=DateParts, help_text="Contoh: 14 5 2004")
    sex = forms.ChoiceField(
        label="Jenis kelamin", choices=[("F", "Perempuan"), ("M", "Laki-laki")], widget=forms.RadioSelect
    )
    education = forms.ChoiceField(
        label="Pendidikan terakhir", choices=[("", "Pilih"), ("SMK", "SMK"), ("S1", "D4/S1")]
    )
    wage = forms.IntegerField(
        label="Upah yang diharapkan", required=False, widget=forms.NumberInput(attrs={"prefix": "Rp"})
    )
    started = DayField("Mulai bekerja", required=False)
    skills = forms.MultipleChoiceField(
        label="Keterampilan",
        required=False,
        choices=[("a", "Menjahit"), ("b", "Las"), ("c", "Komputer")],
        widget=forms.CheckboxSelectMultiple,
    )
    password = forms.CharField(label="Kata sandi", required=False, widget=forms.PasswordInput)
    photo = forms.FileField(label="Pas foto", required=False, help_text="JPG, PNG, atau WEBP.")
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="Data yang saya isi benar")
    fieldsets = (("Tentang Anda", ["name", "born", "sex"]),)


def _columns() -> list[Column]:
    return [
        Column("name", "Pemohon"),
        Column("district", "Kecamatan"),
        Column("at", "Masuk", kind="date"),
        Column("fee", "Upah", kind="money"),
        Column("state", "Keadaan", kind="tag"),
    ]


def _list_page(empty: bool = False) -> Thing:
    columns = _columns()
    rows = []
    for number in range(0 if empty else 12):
        cells = [
            Cell(columns[0], f"Asep Hidayatullah {number}", url="#", sub="AK-1 baru"),
            Cell(columns[1], "Cimahi Selatan"),
            Cell(columns[2], "12 Desember 2023", sub="3 hari kerja"),
            Cell(columns[3], "Rp\u00a03.514.093"),
            Cell(columns[4], "Kemungkinan ganda", colour="yellow" if number % 4 == 0 else ""),
        ]
        rows.append(Row(Thing(uid=f"u{number}"), cells, "#"))
    state = Thing(
        filter=Thing(kind="choice", title="Jenis", key="jenis", all_label="Semua jenis"),
        options=[("a", "AK-1 baru"), ("b", "Perpanjangan")],
        value="a",
        values={"jenis": "a"},
    )
    dates = Thing(
        filter=Thing(kind="date", title="Masuk", key="masuk"),
        values={"masuk-dari": "2023-12-01", "masuk-sampai": ""},
    )
    return Thing(
        title="Antrean AK-1",
        count=len(rows),
        count_words=f"{len(rows)} berkas",
        rows=rows,
        head=[
            HeadCell(column, column.title, column.numeric, "?urut=x", "descending" * (column.key == "at"))
            for column in columns
        ],
        chips=[
            Link("Semua", "?", True, 23),
            Link("Lewat waktu", "?lihat=a", False, 4),
            Link("Sudah diperbaiki", "?b", False, 5),
        ],
        active=[Link("Jenis: AK-1 baru", "?"), Link("Masuk: sejak 1 Desember 2023", "?")],
        pages=[Link("1", "?", True), Link("2", "?hal=2"), None, Link("82", "?hal=82")],
        exports=[
            Link("Excel", "?format=xlsx", key="xlsx"),
            Link("CSV", "?format=csv"),
            Link("PDF", "?format=pdf"),
        ],
        export_method="get",
        form_method="get",
        filters=[state, dates],
        searchable=True,
        search_text="",
        kept=[],
        errors=[],
        first=1,
        last=len(rows),
        previous_url="",
        next_url="?hal=2",
        clear_url="?",
        selection=Thing(narrowed=empty, chip="", search=""),
    )


@login_not_required
def list_page(request: HttpRequest, empty: bool = False) -> HttpResponse:
    """The list, full or empty."""
    table = Thing(
        title="Antrean AK-1", noun="berkas", intro="", empty_text="Berkas muncul di sini setelah dikirim."
    )
    context = {
        "page": _list_page(empty),
        "table": table,
        "primary": Link("Periksa dari atas", "#"),
        "bulk": {"url": "#", "label": "Lihat dulu, lalu setujui"},
    }
    return render(request, "core/list.html", SHELL | context)


@login_not_required
def detail_page(request: HttpRequest) -> HttpResponse:
    """One file with facts, checks, history and steps."""
    day = dt.datetime(2023, 12, 14, 10, 44, tzinfo=dt.UTC)
    detail = Detail(
        record=Thing(version=3),
        title="Dewi Anggraeni Putri",
        subtitle="AK-1 baru · AK1-2023-004127",
        state="Menunggu diperiksa",
        state_colour="yellow",
        back_url="#",
        back_label="Antrean AK-1",
        sections=[
            Section(
                "Data pemohon",
                [
                    Fact(
                        "NIK",
                        "3277••••••••••06",
                        flag="ok",
                        note="Cocok dengan tanggal lahir dan jenis kelamin",
                    ),
                    Fact("Lahir", dt.date(2004, 5, 14), kind="date"),
                    Fact(
                        "Alamat",
                        "Jl. Pesantren",
                        flag="wa",
                        note="Wilayah NIK: Cimahi Tengah. Boleh dilanjutkan",
                    ),
                    Fact("Kartu aktif", "Tidak ada", flag="no", note="Kartu lama sudah habis"),
                ],
            ),
            Section("Kartu", head=["Nomor", "Terbit"], rows=[["3277 151223 001982", "15 Desember 2023"]]),
        ],
        side=[Section("Dokumen", [Fact("Ijazah", "Lihat berkas", url="#")])],
        history=[
            {"label": "Permohonan dikirim", "at": day, "by": "Dewi Anggraeni Putri"},
            {
                "label": "Dikembalikan",
                "at": day,
                "by": "Rina Marlina",
                "comment": "Ijazah tidak terbaca.",
                "kind": "now",
            },
        ],
        actions=[
            Action("approve", "Setujui dan terbitkan", main=True),
            Action("return", "Kembalikan", needs_comment=True),
            Action("reject", "Tolak", needs_comment=True, danger=True),
        ],
    )
    return render(request, "core/detail.html", SHELL | {"detail": detail, "errors": [], "keys": True})


@login_not_required
def form_page(request: HttpRequest, shell: str = "core/staff.html") -> HttpResponse:
    """The form, empty or with every mistake in it."""
    form = SampleForm(request.GET or None)
    page = FormPage(title="Catat pencari kerja", back_url="#", back_label="Pencari kerja", version=3)
    extra = SHELL if shell == "core/staff.html" else PUBLIC
    context = {"form": form, "page": page, "errors": error_summary(form), "shell_template": shell}
    return render(request, "core/form.html", extra | context)


PARTS = """{% extends "core/public.html" %}{% load components formats %}{% block title %}Bagian{% endblock %}{% block content %}
<h1 class="govuk-heading-l">Bagian-bagian halaman</h1>
<div class="note notes"><p>Satu hal yang perlu diketahui.</p></div><div class="note warn notes"><p>Periksa ini.</p></div>
<ul class="stats"><li class="stat alert"><a class="k" href="#">Verifikasi AK-1</a><span class="v">23</span><span class="s late">4 lewat batas</span></li><li class="stat"><a class="k" href="#">Siap dicetak</a><span class="v">31</span><span class="s">sejak kemarin</span></li></ul>
<section class="box"><h2 class="govuk-heading-m">Menurut kanal</h2>{% bars rows "Menurut kanal" %}</section>
<p class="mt">{% tag "Tercapai" "green" %} {% tag "Galat" "red" %} {% tag "Peringatan" "yellow" %} {% tag "Opsional" "grey" %} {% tag "Baru" %}</p>
<div class="box"><h2 class="govuk-heading-m">Capaian</h2>{% meter 114.93 %}<p></p>{% meter 268.69 %}<p></p>{% meter 62 good=False %}<p></p>{% meter none %}</div>
{% summary_list answers %}{% facts answers %}
<h2 class="govuk-heading-m">Perjalanan</h2>{% timeline steps %}
<ol class="flow"><li class="dn">{% icon "check" %}Rancangan</li><li class="on" aria-current="step">Ditinjau</li><li>Terbit</li></ol>
{% endblock %}"""


@login_not_required
def parts_page(request: HttpRequest) -> HttpResponse:
    """The small parts."""
    context = PUBLIC | {
        "rows": [
            {"label": "Pelatihan", "value": 720, "url": "#"},
            {"label": "Sidakep Tri", "value": 392},
            {"label": "BKK (sekolah)", "value": 371, "series": 2},
            {"label": "LPK", "value": 0},
        ],
        "answers": [{"label": "Nama", "text": "Dewi", "url": "#"}, {"label": "Catatan", "text": ""}],
        "steps": [
            {"label": "Anda mengirim permohonan", "at": dt.date(2023, 12, 12)},
            {
                "label": "Menunggu perbaikan dari Anda",
                "when": "Sejak 14 Desember 2023",
                "kind": "now",
                "url": "#",
            },
            {"label": "Kartu terbit", "when": "Paling lama 1 hari kerja", "kind": "next"},
        ],
    }
    return HttpResponse(Template(PARTS).render(RequestContext(request, context)))


@login_not_required
def error_page(request: HttpRequest, code: int) -> HttpResponse:
    """The designed page of a status code."""
    if code == 500:
        return errors.server_error(request)
    if code == 409:
        return render(
            request, "409.html", {"message": "Rina Marlina sudah mengubah data ini.", "url": "#"}, status=409
        )
    return errors.page(request, code)


def broken(request: HttpRequest) -> HttpResponse:
    """Breaks."""
    raise RuntimeError("on purpose")


urlpatterns = [
    path("", include("core.urls")),
    path("guide/list/", list_page),
    path("guide/empty/", list_page, {"empty": True}),
    path("guide/detail/", detail_page),
    path("guide/form/", form_page),
    path("guide/form-public/", form_page, {"shell": "core/public.html"}),
    path("guide/parts/", parts_page),
    path("guide/error/<int:code>/", error_page),
    path("guide/broken/", login_not_required(broken)),
]
handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
handler500 = "core.views.errors.server_error"
