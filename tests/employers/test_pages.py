"""The pages of the employers app: who sees them, what forms refuse, how many queries they ask."""

from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from accounts.enums import Role
from employers.models import Company, CompanyReport
from tests.employers import builders
from tests.employers.pages import errors_of, queries

pytestmark = pytest.mark.django_db

STAFF = {
    Role.PLACEMENT_OFFICER,
    Role.TRAINING_OFFICER,
    Role.FAIR_OFFICER,
    Role.MEDIATOR,
    Role.SECTION_HEAD,
    Role.PLANNER,
    Role.APIP_REVIEWER,
    Role.AGENCY_HEAD,
}
KEEPERS = {Role.PLACEMENT_OFFICER, Role.MEDIATOR, Role.SECTION_HEAD}
OWN = {Role.COMPANY_OPERATOR}


@pytest.fixture
def rows(company):
    """One record of each kind, all of one company."""
    return {
        "company": company,
        "report": builders.report(company),
        "worker": builders.foreign_worker(company),
        "vacancy": builders.vacancy(company),
    }


PAGES = [
    ("company_list", None, STAFF | OWN),
    ("company_detail", "company", STAFF | OWN),
    ("company_new", None, KEEPERS),
    ("company_edit", "company", KEEPERS),
    ("company_end", "company", KEEPERS),
    ("report_new", "company", KEEPERS | OWN),
    ("report_list", None, STAFF | OWN),
    ("report_detail", "report", STAFF | OWN),
    ("report_edit", "report", KEEPERS | OWN),
    ("foreign_worker_list", None, KEEPERS | OWN),
    ("foreign_worker_detail", "worker", KEEPERS | OWN),
    ("vacancy_list", None, STAFF | OWN),
    ("vacancy_detail", "vacancy", STAFF | OWN),
]


@pytest.mark.parametrize(("name", "kind", "allowed"), PAGES)
def test_who_sees_a_page(rows, client_as, client, name, kind, allowed):
    url = reverse(f"employers:{name}", args=[rows[kind].uid] if kind else [])
    institution = rows["company"].institution
    for role in [*Role.values, None]:
        asked = client_as(role, institution if role == Role.COMPANY_OPERATOR else None)
        assert asked.get(url).status_code == (200 if role in allowed else 403), role
    stranger = client_as(Role.COMPANY_OPERATOR)
    if kind and Role.COMPANY_OPERATOR in allowed:
        assert stranger.get(url).status_code == 404
    anonymous = client.get(url)
    assert anonymous.status_code == 302
    assert "/akun/masuk" in anonymous["Location"] or "login" in anonymous["Location"]


def test_an_operator_is_led_to_the_own_company(client_as, company):
    own = client_as(Role.COMPANY_OPERATOR, company.institution)
    assert own.get("/perusahaan/saya/")["Location"] == reverse("employers:company_detail", args=[company.uid])
    assert client_as(Role.PLANNER).get("/perusahaan/saya/").status_code == 404
    assert client_as(Role.COMPANY_OPERATOR).get("/perusahaan/saya/")["Location"] == "/perusahaan/"


COMPANY_FORM = {
    "name": "PT Baru Contoh",
    "nib": "1234 5678 90123",
    "ownership": "DOMESTIC",
    "employer_class": "4",
    "region": "32.77.01.1001",
    "address": "Jalan Contoh 1",
    "operating_from": "2020-05-06",
}


def test_a_company_is_registered_by_form(client_as, agency):
    response = client_as(Role.PLACEMENT_OFFICER).post("/perusahaan/baru/", COMPANY_FORM)
    made = Company.objects.get(institution__name="PT Baru Contoh")
    assert response["Location"] == reverse("employers:company_detail", args=[made.uid])
    assert (made.nib, made.operating_from, made.employer_class) == ("1234567890123", date(2020, 5, 6), 4)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Isi nama perusahaan."),
        ({"name": "x" * 201}, "paling panjang 200 huruf"),
        ({"name": "PT\x00"}, "karakter yang tidak dikenal"),
        ({"nib": "123"}, "13 angka"),
        ({"operating_from": "2020-02-30"}, "tidak ada di kalender"),
        ({"operating_from": "kemarin"}, "bukan tanggal"),
        ({"operating_from": "0001-01-01"}, "tidak mungkin"),
        ({"operating_from": "2023-08-22"}, "belum tiba"),
        ({"operating_from": ""}, "Isi beroperasi sejak."),
        ({"employer_class": "9"}, "Pilihan ini tidak ada dalam daftar"),
        ({"region": "32.99"}, "Pilihan ini tidak ada dalam daftar"),
        ({"industry": "tidak ada industri begini"}, "tidak ditemukan"),
        ({"email": "bukan surel"}, "Alamat e-mail tidak lengkap"),
    ],
)
def test_a_bad_company_form_says_why_and_keeps_what_was_typed(client_as, agency, changes, words):
    response = client_as(Role.PLACEMENT_OFFICER).post("/perusahaan/baru/", COMPANY_FORM | changes)
    page = errors_of(response)
    assert words in page
    assert "Jalan Contoh 1" in page
    assert not Company.objects.exists()


def test_a_stale_company_form_meets_a_409_page(client_as, company, user_with):
    from employers.services.companies import update_company

    first = client_as(Role.PLACEMENT_OFFICER)
    url = reverse("employers:company_edit", args=[company.uid])
    assert 'name="version" value="1"' in first.get(url).content.decode()
    faster = user_with(Role.SECTION_HEAD, full_name="Kepala Contoh")
    update_company(company, actor=faster, version=1, institution_version=1, ownership="STATE")
    response = first.post(url, COMPANY_FORM | {"version": "1", "institution_version": "1"})
    assert response.status_code == 409
    assert "Kepala Contoh" in response.content.decode()
    assert Company.objects.get(pk=company.pk).ownership == "STATE"


REPORT_FORM = {
    "valid_from": "2023-07-01",
    "source": "SURVEY",
    "workers_male": "1.200",
    "workers_female": "800",
    "foreign_workers_male": "0",
    "foreign_workers_female": "0",
    "workers_disabled": "3",
    "bpjs_registered": "on",
    "bpjs_members": "2.000",
    "all_workers_insured": "on",
}


def test_an_operator_files_the_report_of_the_own_company(client_as, company):
    url = reverse("employers:report_new", args=[company.uid])
    own = client_as(Role.COMPANY_OPERATOR, company.institution)
    assert 'name="source"' not in own.get(url).content.decode()
    response = own.post(url, REPORT_FORM)
    assert response.status_code == 302
    made = CompanyReport.objects.get()
    assert (made.workers_total, made.source, made.all_workers_insured) == (2000, "OPERATOR", True)
    stranger = client_as(Role.COMPANY_OPERATOR)
    assert stranger.post(url, REPORT_FORM | {"valid_from": "2023-08-01"}).status_code == 404
    assert CompanyReport.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"workers_male": "-5"}, "Tulis angka dari 0"),
        ({"workers_male": "1,5"}, "Tulis bilangan bulat"),
        ({"workers_male": "9" * 30}, "Tulis angka dari 0"),
        ({"workers_male": "٣"}, "bukan angka"),
        ({"workers_male": ""}, "Isi pekerja laki-laki."),
        ({"bpjs_members": "2.001"}, "melebihi jumlah pekerjanya"),
        ({"bpjs_registered": ""}, "belum terdaftar di BPJS"),
        ({"valid_from": "2030-01-01"}, "belum tiba"),
    ],
)
def test_a_bad_report_form_says_why(client_as, company, changes, words):
    url = reverse("employers:report_new", args=[company.uid])
    response = client_as(Role.PLACEMENT_OFFICER).post(url, REPORT_FORM | changes)
    assert words in errors_of(response)
    assert not CompanyReport.objects.exists()


def test_a_report_is_corrected_by_form(client_as, company):
    made = builders.report(company)
    url = reverse("employers:report_edit", args=[made.uid])
    values = {name: value for name, value in REPORT_FORM.items() if name not in ("valid_from", "source")}
    client = client_as(Role.COMPANY_OPERATOR, company.institution)
    assert "Isi alasan pembetulan" in errors_of(client.post(url, values | {"version": "1", "comment": ""}))
    assert client.post(url, values | {"version": "1", "comment": "Salah hitung"}).status_code == 302
    made.refresh_from_db()
    assert (made.workers_male, made.version) == (1200, 2)


def test_a_company_ends_by_form(client_as, company):
    url = reverse("employers:company_end", args=[company.uid])
    client = client_as(Role.SECTION_HEAD)
    page = errors_of(client.post(url, {"operating_until": "2010-01-01", "comment": "Tutup", "version": "1"}))
    assert "lebih awal" in page
    values = {"operating_until": "2023-06-30", "comment": "Surat 12", "version": "1"}
    assert client.post(url, values).status_code == 302
    company.refresh_from_db()
    assert company.operating_until == date(2023, 6, 30)


def test_a_vacancy_goes_public_by_the_page(client_as, company):
    made = builders.vacancy(company, state="SUBMITTED")
    url = reverse("employers:vacancy_detail", args=[made.uid])
    page = client_as(Role.PLACEMENT_OFFICER).get(url).content.decode()
    assert "Tayangkan" in page
    planner = client_as(Role.PLANNER).post(url, {"langkah": "publish", "version": "1"})
    assert planner.status_code == 422
    made.refresh_from_db()
    assert made.state == "SUBMITTED"
    assert (
        client_as(Role.PLACEMENT_OFFICER).post(url, {"langkah": "publish", "version": "1"}).status_code == 302
    )
    made.refresh_from_db()
    assert made.state == "PUBLISHED"
    assert client_as(Role.SECTION_HEAD).post(url, {"langkah": "close", "version": "1"}).status_code == 409


def test_closing_a_vacancy_asks_how_many_were_filled(client_as, company):
    made = builders.vacancy(company, state="PUBLISHED", openings_male=3, openings_any=2)
    page = client_as(Role.PLACEMENT_OFFICER).get(reverse("employers:vacancy_detail", args=[made.uid]))
    url = reverse("employers:vacancy_close", args=[made.uid])
    assert url in page.content.decode()
    for role in (Role.PLANNER, Role.COMPANY_OPERATOR, Role.JOBSEEKER):
        refused = client_as(role).post(url, {"filled_male": "1", "filled_any": "1", "version": "1"})
        assert refused.status_code in (403, 404, 422), role
    client = client_as(Role.PLACEMENT_OFFICER)
    asked = client.get(url).content.decode()
    assert "filled_male" in asked
    assert "filled_female" not in asked
    assert client.post(url, {"filled_male": "4", "filled_any": "0", "version": "1"}).status_code == 422
    made.refresh_from_db()
    assert (made.state, made.filled_total) == ("PUBLISHED", 0)
    assert client.post(url, {"filled_male": "2", "filled_any": "0", "version": "1"}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.filled_male, made.filled_any) == ("CLOSED", 2, 0)
    assert made.history.first().filled_male == 2
    assert client.post(url, {"filled_male": "1", "filled_any": "0", "version": "1"}).status_code == 409


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("company_list", lambda: builders.company(region_id="32.77.01.1001")),
        ("report_list", lambda: builders.report(builders.company())),
        ("foreign_worker_list", lambda: builders.foreign_worker(builders.company())),
        ("vacancy_list", lambda: builders.vacancy(builders.company(), region_id="32.77.01.1001")),
    ],
)
def test_a_list_asks_the_same_queries_for_one_and_three(agency, client_as, name, make):
    client = client_as(Role.SECTION_HEAD)
    url = reverse(f"employers:{name}")
    make()
    one = queries(client, url)
    make()
    make()
    assert queries(client, url) == one


def test_a_company_page_asks_the_same_queries_for_one_and_three(client_as, company):
    client = client_as(Role.SECTION_HEAD)
    url = reverse("employers:company_detail", args=[company.uid])
    builders.report(company, valid_until=date(2023, 2, 1))
    builders.vacancy(company)
    builders.foreign_worker(company)
    one = queries(client, url)
    builders.report(company, valid_from=date(2023, 3, 1), valid_until=date(2023, 4, 1))
    builders.report(company, valid_from=date(2023, 5, 1), valid_until=date(2023, 6, 1))
    for _ in range(2):
        builders.vacancy(company)
        builders.foreign_worker(company)
    assert queries(client, url) == one


def test_an_operators_export_holds_the_own_rows_only_and_no_formula(client_as, company, tmp_path):
    builders.company("PT Orang Lain")
    builders.vacancy(company, title='=HYPERLINK("http://x")')
    builders.vacancy(builders.company("PT Ketiga"))
    client = client_as(Role.COMPANY_OPERATOR, company.institution)
    response = client.get("/lowongan/kelola/?format=xlsx")
    path = tmp_path / "export.xlsx"
    path.write_bytes(b"".join(response.streaming_content) if response.streaming else response.content)
    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    texts = [str(cell.value) for cell in cells if cell.value is not None]
    assert any("HYPERLINK" in text for text in texts)
    assert all(cell.data_type != "f" for cell in cells)
    assert not any("PT Ketiga" in text for text in texts)
    companies = client.get("/perusahaan/?format=csv")
    body = b"".join(companies.streaming_content) if companies.streaming else companies.content
    assert b"PT Orang Lain" not in body
    assert b"PT Garmen Contoh" in body
