"""The pages: who sees what, what a form does, how many questions a page asks the database."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.enums import InstitutionKind, Role
from accounts.models import Institution
from core.files import read_file
from core.models.audit import AuditEvent
from core.models.files import StoredFile
from core.nik import make_nik
from jobseekers.models import JobSeeker
from placements.enums import ContractType, ReportState
from placements.models import ChannelReport, MigrantAgency, Placement, SchoolJobExchange
from placements.permissions import OFFICER_CHANNELS, READERS
from placements.services import decide
from tests.placements.conftest import BORN

pytestmark = pytest.mark.django_db
REPORTERS = {Role.BKK_OPERATOR, Role.LPK_OPERATOR, Role.P3MI_OPERATOR}


def _url(name, *args):
    return reverse(f"placements:{name}", args=args)


def _text(response) -> str:
    return response.content.decode()


def _picture(text: bytes = b"") -> io.BytesIO:
    data = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(data, "JPEG", comment=text)
    data.seek(0)
    data.name = "kontrak.jpg"
    return data


def _answers(garment, **changes) -> dict:
    values = {
        "nik": make_nik("327701", BORN, "M", 9700),
        "full_name": "Agus Setiawan",
        "birth_date_day": "17",
        "birth_date_month": "5",
        "birth_date_year": "2001",
        "sex": "M",
        "started_on": "2023-08-01",
        "employer": "COMPANY",
        "company": garment.name,
        "position": "operator jahit",
        "contract_type": "FIXED_TERM",
        "wage_band": "UNKNOWN",
        "reach": "AKL",
        "channel": "BKK",
        "evidence_kind": "CONTRACT",
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


@pytest.mark.parametrize("role", [*Role, None])
def test_who_opens_which_page(role, client_as, reported, bkk):
    """Every role × page; a stranger's record does not exist."""
    report = reported("BKK", institution=bkk)
    exchange = SchoolJobExchange.objects.create(institution=bkk)
    client = client_as(role)
    reads, reports = role in READERS, role in OFFICER_CHANNELS or role in REPORTERS
    listed = 200 if reads or role in REPORTERS else 403
    single = 200 if reads else 404 if role in REPORTERS else 403
    wanted = {
        _url("report_list"): listed,
        _url("placement_list"): listed,
        _url("exchange_list"): listed,
        _url("agency_list"): listed,
        _url("report_detail", report.uid): single,
        _url("placement_detail", report.placement.uid): single,
        _url("exchange_detail", exchange.uid): single,
        _url("report_new"): 200 if reports else 403,
        _url("report_edit", report.uid): (200 if reads else 404) if reports else 403,
        _url("report_add", report.placement.uid): 200 if role in OFFICER_CHANNELS else 403,
    }
    assert {url: client.get(url).status_code for url in wanted} == wanted


def test_without_an_account_every_page_leads_to_the_entrance(client, reported):
    report = reported()
    for url in (_url("report_list"), _url("report_detail", report.uid), _url("report_new")):
        response = client.get(url)
        assert response.status_code == 302
        assert "/akun/" in response["Location"]


def test_getting_a_page_writes_nothing(client_as, reported, officer):
    report = reported("BKK", actor=officer)
    client = client_as(user=officer)
    before = (report.version, ChannelReport.history.count(), Placement.history.count())
    for name, args in (("report_detail", [report.uid]), ("report_edit", [report.uid]), ("report_list", [])):
        client.get(_url(name, *args))
    fresh = ChannelReport.objects.get()
    assert (fresh.version, ChannelReport.history.count(), Placement.history.count()) == before


def test_an_operator_sees_the_own_institutions_reports_only(client_as, reported, bkk, bkk_operator):
    other = Institution.objects.create(kind=InstitutionKind.BKK, name="BKK SMK Contoh 2")
    own = reported("BKK", institution=bkk)
    foreign = reported("BKK", institution=other)
    online = reported("SIDAKEP_ONLINE", person=own.placement.jobseeker)
    client = client_as(user=bkk_operator)
    page = client.get(_url("report_list"))
    assert own.placement.jobseeker.full_name in _text(page)
    assert foreign.placement.jobseeker.full_name not in _text(page)
    assert client.get(_url("report_detail", own.uid)).status_code == 200
    for report in (foreign, online):
        assert client.get(_url("report_detail", report.uid)).status_code == 404
        assert client.post(_url("report_detail", report.uid), {"langkah": "verify"}).status_code == 404
    detail = _text(client.get(_url("placement_detail", own.placement.uid)))
    assert "Bursa Kerja Khusus" in detail
    assert _url("report_detail", online.uid) not in detail


def test_an_operator_of_a_closed_institution_sees_nothing(client_as, reported, bkk, bkk_operator):
    reported("BKK", institution=bkk)
    Institution.objects.filter(pk=bkk.pk).update(state="CLOSED")
    client = client_as(user=bkk_operator)
    assert client.get(_url("report_list")).status_code == 403
    assert client.get(_url("report_new")).status_code == 403


def test_chips_filters_search_and_export_show_the_same_rows(client_as, reported, officer, people):
    waiting = reported("BKK", person=people("Agus Setiawan"))
    verified = decide(reported("LPK", person=people("Siti Nuraini")), "verify", actor=officer, version=1)
    client = client_as(user=officer)
    for query, shown, hidden in (
        ("?lihat=menunggu", "Agus Setiawan", "Siti Nuraini"),
        ("?lihat=terverifikasi", "Siti Nuraini", "Agus Setiawan"),
        ("?jalur=BKK", "Agus Setiawan", "Siti Nuraini"),
        ("?q=nuraini", "Siti Nuraini", "Agus Setiawan"),
    ):
        page = _text(client.get(_url("report_list") + query))
        assert shown in page, query
        assert hidden not in page, query
        exported = b"".join(client.get(_url("report_list") + query + "&format=csv").streaming_content).decode(
            "utf-8-sig"
        )
        assert shown in exported
        assert hidden not in exported
    for name in ("report_list", "placement_list", "exchange_list", "agency_list"):
        for form in ("xlsx", "csv", "pdf"):
            assert client.get(f"{_url(name)}?format={form}").status_code == 200, (name, form)
    placements = _text(client.get(_url("placement_list") + "?lihat=belum"))
    assert "Agus Setiawan" in placements
    assert "Siti Nuraini" not in placements
    assert waiting.state != verified.state


def test_an_operator_reports_a_person_who_is_not_on_file(client_as, bkk, bkk_operator, company):
    client = client_as(user=bkk_operator)
    page = _text(client.get(_url("report_new")))
    assert 'type="hidden" name="channel" value="BKK"' in page
    response = client.post(_url("report_new"), _answers(company, evidence=_picture(), institution=bkk.pk))
    report = ChannelReport.objects.get()
    assert response["Location"] == _url("report_detail", report.uid)
    assert (report.channel, report.institution, report.reported_by) == ("BKK", bkk, bkk_operator)
    assert report.placement.company == company
    assert report.placement.jobseeker.birth_date == BORN
    assert report.placement.jobseeker.nik_verified_at is None
    assert client.get(_url("report_detail", report.uid)).status_code == 200


def test_the_evidence_is_sealed_and_opened_by_whoever_sees_the_report(
    client_as, bkk, bkk_operator, company, officer
):
    nik = make_nik("327701", BORN, "M", 9700)
    client = client_as(user=bkk_operator)
    client.post(_url("report_new"), _answers(company, evidence=_picture(nik.encode()), institution=bkk.pk))
    stored = StoredFile.objects.get()
    assert stored.sealed
    assert read_file(stored)[:2] == b"\xff\xd8"
    url = reverse("core:file", args=[stored.uid])
    assert client.get(url).status_code == 200
    assert client_as(user=officer).get(url).status_code == 200
    assert AuditEvent.objects.filter(kind="file.opened", object_uid=stored.uid).count() == 2
    for role in (Role.BKK_OPERATOR, Role.JOBSEEKER, Role.MEDIATOR):
        assert client_as(role).get(url).status_code == 404


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"nik": "3277010"}, "yang diisi 7 angka"),
        ({"nik": make_nik("327701", date(2001, 5, 18), "M", 9700)}, "berbeda dengan tanggal lahir"),
        ({"birth_date_day": "31", "birth_date_month": "2"}, "tidak ada di kalender"),
        ({"started_on": "2023-12-01"}, "belum tiba"),
        ({"started_on": ""}, "Isi mulai bekerja"),
        ({"employer": None}, "Pilih jenis pemberi kerja"),
        ({"company": "PT Tidak Ada"}, "tidak ditemukan"),
        ({"employer": "OTHER", "employer_name": ""}, "Isi nama pemberi kerja"),
        ({"employer": "OTHER", "employer_name": "Toko Maju"}, "Pilih golongan pemberi kerja"),
        ({"employer": "OWN"}, "Untuk usaha sendiri pilih Usaha sendiri"),
        (
            {"reach": "AKAN", "destination": "Jepang", "contract_type": "MIGRANT"},
            "BKK tidak menempatkan ke luar",
        ),
        ({"channel": "JOB_FAIR"}, "tidak ada dalam daftar"),
        ({"evidence": "broken"}, "Berkas"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written_or_lost(
    client_as, bkk, bkk_operator, company, changes, message
):
    if changes.get("evidence") == "broken":
        changes = {"evidence": io.BytesIO(b"MZ this is a program")}
        changes["evidence"].name = "kontrak.pdf"
    response = client_as(user=bkk_operator).post(
        _url("report_new"), _answers(company, institution=bkk.pk, **changes)
    )
    page = _text(response)
    assert response.status_code == 422
    assert message in page
    assert "operator jahit" in page
    assert not JobSeeker.objects.exists()
    assert not Placement.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_second_report_through_the_form_is_refused_and_its_file_dropped(
    client_as, bkk, bkk_operator, company
):
    client = client_as(user=bkk_operator)
    client.post(_url("report_new"), _answers(company, evidence=_picture(), institution=bkk.pk))
    response = client.post(_url("report_new"), _answers(company, evidence=_picture(), institution=bkk.pk))
    assert response.status_code == 422
    assert "sudah dilaporkan lewat Bursa Kerja Khusus" in _text(response)
    assert (ChannelReport.objects.count(), StoredFile.objects.count(), JobSeeker.objects.count()) == (1, 1, 1)


def test_an_officer_reports_a_person_on_file_without_asking_who(client_as, officer, people, company):
    person = people("Agus Setiawan")
    client = client_as(user=officer)
    url = f"{_url('report_new')}?orang={person.uid}"
    page = _text(client.get(url))
    assert "Agus Setiawan" in page
    assert 'name="nik"' not in page
    answers = {
        k: v for k, v in _answers(company).items() if not k.startswith(("nik", "full", "birth", "sex"))
    }
    client.post(url, {**answers, "channel": "SIDAKEP_ONLINE"})
    assert ChannelReport.objects.get().placement.jobseeker == person
    for wrong in ("?orang=x", "?orang=0190a6c5-0000-7000-8000-000000000001"):
        assert client.get(_url("report_new") + wrong).status_code == 404


def test_an_operator_cannot_name_a_person_by_address(client_as, bkk_operator, people):
    url = f"{_url('report_new')}?orang={people().uid}"
    assert client_as(user=bkk_operator).get(url).status_code == 404


def test_verifying_and_rejecting_by_the_buttons(client_as, reported, officer, second_officer):
    report = reported("BKK", actor=second_officer)
    client = client_as(user=officer)
    url = _url("report_detail", report.uid)
    missing = client.post(url, {"langkah": "reject", "version": 1, "comment": ""})
    assert missing.status_code == 422
    assert client.post(url, {"langkah": "verify", "version": 1}).status_code == 302
    assert ChannelReport.objects.get().state == ReportState.VERIFIED
    stale = client.post(url, {"langkah": "reject", "version": 1, "comment": "Bukti kurang"})
    assert stale.status_code == 409
    assert "Ratna Dewi Contohwati" in _text(stale)
    assert client.post(url, {"langkah": "explode", "version": 2}).status_code == 404
    assert client.post(url, {"langkah": "resubmit", "version": 2}).status_code == 404
    assert ChannelReport.objects.get().version == 2


def test_the_own_report_says_why_it_cannot_be_verified(client_as, reported, officer):
    report = reported("BKK", actor=officer)
    client = client_as(user=officer)
    assert "Perbaiki" in _text(client.get(_url("report_detail", report.uid)))
    response = client.post(_url("report_detail", report.uid), {"langkah": "verify", "version": 1})
    assert response.status_code == 422
    assert "tidak berwenang" in _text(response)
    assert ChannelReport.objects.get().state == ReportState.REPORTED


def test_correcting_by_the_form(client_as, reported, bkk, bkk_operator, officer):
    report = reported("BKK", actor=bkk_operator, institution=bkk)
    decide(report, "reject", actor=officer, version=1, comment="Kontrak tidak terbaca")
    client = client_as(user=bkk_operator)
    url = _url("report_edit", report.uid)
    assert "operator jahit" in _text(client.get(url))
    answers = {
        "version": 2,
        "placement_version": report.placement.version + 1,
        "started_on": "2023-08-01",
        "position": "kepala regu",
        "contract_type": ContractType.PERMANENT,
        "wage_band": "MINIMUM",
        "reach": "AKL",
        "evidence_kind": "CONTRACT",
        "evidence": _picture(),
    }
    stale = client.post(url, {**answers, "version": 1, "evidence": _picture()})
    assert stale.status_code == 409
    assert not StoredFile.objects.exists()
    assert client.post(url, answers).status_code == 302
    fresh = ChannelReport.objects.get()
    assert (fresh.state, fresh.placement.position) == (ReportState.REPORTED, "kepala regu")
    assert fresh.evidence is not None


def test_a_further_channel_by_the_form(client_as, reported, user_with):
    report = reported("PELATIHAN", service_on=date(2023, 6, 1))
    client = client_as(Role.FAIR_OFFICER)
    url = _url("report_add", report.placement.uid)
    assert url in _text(client.get(_url("placement_detail", report.placement.uid)))
    answers = {"channel": "JOB_FAIR", "service_on": "2023-07-20", "evidence_kind": "EMPLOYER_CONFIRMATION"}
    assert client.post(url, answers).status_code == 302
    assert {r.channel for r in report.placement.reports.all()} == {"PELATIHAN", "JOB_FAIR"}
    assert Placement.objects.get().primary_channel == "JOB_FAIR"
    again = client.post(url, answers)
    assert again.status_code == 422


def _queries(client, url) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_lists_ask_the_same_for_one_row_and_for_three(client_as, officer, reported, agency):
    client = client_as(user=officer)
    urls = [_url(name) for name in ("report_list", "placement_list", "exchange_list", "agency_list")]

    def grow(number):
        reported("BKK", actor=officer, institution=None)
        for kind, model in ((InstitutionKind.BKK, SchoolJobExchange), (InstitutionKind.P3MI, MigrantAgency)):
            model.objects.create(institution=Institution.objects.create(kind=kind, name=f"{kind} {number}"))

    grow(1)
    for url in urls:
        client.get(url)
    one = [_queries(client, url) for url in urls]
    grow(2)
    grow(3)
    assert [_queries(client, url) for url in urls] == one


def test_pages_of_one_record_ask_the_same_for_one_channel_and_for_three(client_as, officer, reported, people):
    client = client_as(user=officer)
    person = people()
    report = reported("BKK", person=person)
    urls = [_url("report_detail", report.uid), _url("placement_detail", report.placement.uid)]
    for url in urls:
        client.get(url)
    one = [_queries(client, url) for url in urls]
    reported("LPK", person=person)
    reported("JOB_FAIR", person=person)
    assert [_queries(client, url) for url in urls] == one
