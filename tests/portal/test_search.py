"""The staff's search box: finds by NIK, card, phone and name; a NIK never stands in an address."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import STAFF_ROLES, Role
from core import clock
from jobseekers.models import AK1Application, AK1Card
from tests.employers import builders
from tests.training.builders import person, person_with_nik

URL = "/cari/"


@pytest.fixture(autouse=True)
def _day():
    """Hold the clock in the demo's year."""
    with clock.frozen(builders.TODAY):
        yield


@pytest.fixture
def office(db):
    """The office."""
    return builders.office(builders.city())


@pytest.fixture
def officer(office, client_as):
    """A pengantar kerja at the screen."""
    return client_as(Role.PLACEMENT_OFFICER)


def card_of(someone, number: str) -> AK1Card:
    """A card with that number."""
    application = AK1Application.objects.create(
        jobseeker=someone,
        kind="NEW",
        origin="DESK",
        state="APPROVED",
        submitted_at=clock.now(),
        decided_at=clock.now(),
    )
    return AK1Card.objects.create(
        application=application,
        jobseeker=someone,
        number=number,
        kind="NEW",
        issued_on=date(2023, 8, 1),
        valid_until=date(2025, 8, 1),
        officer_name="Ratna",
    )


def test_a_nik_leads_straight_to_its_person_and_into_no_address(officer):
    someone, nik = person_with_nik()
    person("Orang Lain")
    spaced = f"{nik[:4]} {nik[4:10]} {nik[10:]}"
    response = officer.post(URL, {"q": spaced})
    assert response.status_code == 302
    assert response.url == reverse("jobseekers:person_detail", args=[someone.uid])
    assert nik not in response.url


def test_a_nik_that_two_rows_claim_shows_both_and_is_not_repeated(officer):
    first, nik = person_with_nik()
    person_with_nik(full_name="Kembaran Data")
    html = officer.post(URL, {"q": nik}).content.decode()
    assert first.full_name in html
    assert "Kembaran Data" in html
    assert nik not in html
    assert "Hasil untuk nomor yang Anda cari" in html


def test_a_card_number_leads_to_the_card(officer):
    card = card_of(person("Dewi Contoh"), "3277150823001982")
    response = officer.post(URL, {"q": "3277 150823 001982"})
    assert response.url == reverse("jobseekers:card_detail", args=[card.uid])


@pytest.mark.parametrize("typed", ["0812-3456-7890", "+62 812 3456 7890", "6281234567890"])
def test_a_phone_number_in_any_spelling(officer, typed):
    someone = person("Telepon Contoh", phone="+6281234567890")
    response = officer.post(URL, {"q": typed})
    assert response.status_code == 302
    assert str(someone.uid) in response.url


def test_a_name_is_looked_for_in_every_register(officer):
    person("Melati Contoh")
    person("Melati Dua")
    builders.vacancy(builders.company("PT Melati Jaya"))
    response = officer.post(URL, {"q": "melati"})
    html = response.content.decode()
    titles = [each.page.title for each in response.context["found"]]
    assert titles == ["Pencari kerja", "Perusahaan", "Lowongan"] or set(titles) >= {
        "Pencari kerja",
        "Perusahaan",
    }
    assert "Hasil untuk “melati”" in html
    more = next(each.url for each in response.context["found"] if each.page.title == "Pencari kerja")
    assert officer.get(more).context["page"].count == 2


def test_nothing_found_and_nothing_typed(officer):
    assert "Tidak ada yang cocok" in officer.post(URL, {"q": "zzzz"}).content.decode()
    short = officer.post(URL, {"q": "z"})
    assert short.status_code == 422
    assert "Galat:" in short.content.decode()
    assert officer.get(URL).status_code == 200
    assert "Tidak ada yang cocok" not in officer.get(URL).content.decode()


def test_hostile_words_are_only_words(officer):
    for text in ("<script>alert(1)</script>", "' OR 1=1 --", "%_%", "a" * 5000, "nul\x00l"):
        response = officer.post(URL, {"q": text})
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


def test_only_staff_search_and_each_finds_what_its_role_may_read(office, client_as):
    card_of(person("Rahasia Contoh"), "3277150823001983")
    for role in Role.values:
        response = client_as(role).post(URL, {"q": "rahasia"})
        if role not in STAFF_ROLES:
            assert response.status_code == 403, role
    assert client_as(Role.PLANNER).post(URL, {"q": "rahasia"}).context["found"] == []
    assert client_as(Role.MEDIATOR).post(URL, {"q": "rahasia"}).context["found"] == []


def test_the_search_box_posts(officer):
    html = officer.get("/beranda/").content.decode()
    assert '<form class="find" role="search" method="post" action="/cari/">' in html
