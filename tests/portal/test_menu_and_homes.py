"""Menus and homes: nobody is led to a refusal, and every count equals the list that it opens."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from accounts.enums import STAFF_ROLES, InstitutionKind, Role
from accounts.models import Institution
from core import clock, tables
from jobseekers.models import AK1Application
from portal import menu, places
from portal.homes.registry import BUILDERS
from portal.menu import Place, menu_for, public_menu
from portal.waiting import Waiting
from tests.employers import builders

TODAY = builders.TODAY
LINK = re.compile(r'<a class="k" href="([^"]+)">[^<]+</a><span class="v">([^<]+)</span>')


@pytest.fixture(autouse=True)
def _day():
    """Hold the clock in the demo's year."""
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def office(db):
    """The office of Cimahi with three vacancies and two applications that wait."""
    places_ = builders.city()
    agency = builders.office(places_)
    firm = builders.company("PT Contoh Uji")
    for state in ("SUBMITTED", "PUBLISHED", "DRAFT"):
        builders.vacancy(firm, state=state)
    return agency


def waiting_application(days: int, name: str = "Rina Lestari") -> AK1Application:
    """An application that was sent `days` calendar days ago."""
    from tests.training.builders import person

    sent = clock.now() - dt.timedelta(days=days)
    return AK1Application.objects.create(
        jobseeker=person(name), kind="NEW", origin="ONLINE", state="SUBMITTED", submitted_at=sent
    )


def test_every_role_has_a_home():
    assert set(BUILDERS) == set(Role.values)


def test_no_place_is_lost():
    """A place whose page or table is not there is left out of every menu; so each must be there."""
    for name, waiting in vars(places).items():
        if isinstance(waiting, Waiting):
            assert waiting.address, f"{name}: {waiting.url_name} is no page"
            cls = tables.registry.get(waiting.slug)
            assert cls is not None, f"{name}: no table {waiting.slug}"
            if waiting.chip:
                assert waiting.chip in {chip.key for chip in cls.chips}, f"{name}: no chip {waiting.chip}"
            known = {key for item in cls.filters for key in item.names}
            assert {key for key, _ in waiting.params} <= known, name
    groups = [
        *menu.STAFF_GROUPS,
        *menu.FOOTER,
        ("", (*menu.SEEKER_PLACES, *menu.OPERATOR_PLACES, *menu.PUBLIC_PLACES)),
    ]
    for _, entries in groups:
        for place in entries:
            assert isinstance(place, Place)
            if place.url_name:
                assert reverse(place.url_name)


@pytest.mark.parametrize("role", Role.values)
def test_a_role_finds_its_home_and_every_line_of_its_menu_opens(role, office, client_as):
    client = client_as(role)
    response = client.get(reverse("portal:home"))
    html = response.content.decode()
    assert response.status_code == 200
    assert ">Yang menunggu Anda</h1>" in html
    assert Role(role).label in html
    groups = menu_for(client.user, reverse("portal:home"))
    assert groups
    for group in groups:
        for item in group.items:
            assert client.get(item.url, follow=True).status_code == 200, (role, item.label)
    current = [item.label for group in groups for item in group.items if item.current]
    assert len(current) == 1
    shell = 'class="side"' in html
    assert shell == (role in STAFF_ROLES)


@pytest.mark.parametrize("role", Role.values)
def test_each_count_on_a_home_is_the_count_of_the_list_it_opens(role, office, client_as):
    for days in (0, 3, 10):
        waiting_application(days)
    client = client_as(role)
    html = client.get(reverse("portal:home")).content.decode()
    for url, shown in LINK.findall(html):
        if "/lkip/" in url:
            continue
        page = client.get(url.replace("&amp;", "&")).context["page"]
        assert str(page.count) == shown.replace(".", ""), (role, url)


def test_what_waits_too_long_is_red_and_says_by_how_many_working_days(office, client_as):
    waiting_application(0, "Hari Ini")
    waiting_application(7, "Minggu Lalu")
    client = client_as(Role.PLACEMENT_OFFICER)
    html = client.get(reverse("portal:home")).content.decode()
    assert "1 lewat batas 1 hari kerja" in html
    assert (
        '<li class="stat alert"><a class="k" href="/petugas/ak1/?lihat=menunggu">Verifikasi AK-1</a>' in html
    )
    # 14 to 21 August 2023 holds one holiday (17 August): four working days, one of them promised
    assert re.search(r"4 hari kerja<span class=\"sub late\">lewat 3 hari kerja", html)
    oldest = [row[0].text for row in client.get(reverse("portal:home")).context["home"].queues[0].rows]
    assert oldest == ["Minggu Lalu", "Hari Ini"]


def test_the_longest_waiting_stands_first_whatever_the_lists_own_order(office, client_as):
    from tests.training.builders import enrolment

    user = client_as(Role.TRAINING_OFFICER).user
    made = [enrolment() for _ in range(3)]
    for days, row in zip((2, 9, 5), made, strict=True):
        with clock.frozen(TODAY - dt.timedelta(days=days)):
            type(row).objects.filter(pk=row.pk).update(created_at=clock.now())
    page = places.ENROLMENTS_WAITING.page(user)
    assert [row.record.pk for row in page.rows] == [made[1].pk, made[2].pk, made[0].pk]


def test_the_offices_own_promise_counts(office, client_as):
    waiting_application(7)
    office.policies = {"ak1_service_days": 5}
    office.save()
    html = client_as(Role.PLACEMENT_OFFICER).get(reverse("portal:home")).content.decode()
    assert "lewat batas" not in html
    assert "paling lama 4 hari kerja" in html


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, False), (3, False), (4, True), (5, True)])
def test_late_begins_after_the_promised_working_day(office, client_as, days, late):
    """21 August 2023 is a Monday: what came on Friday (3 days ago) is due today, what came before is late."""
    waiting_application(days)
    user = client_as(Role.PLACEMENT_OFFICER).user
    assert bool(places.APPLICATIONS_WAITING.late(user)) is late
    _, words = places.APPLICATIONS_WAITING.age(AK1Application.objects.get())
    assert bool(words) is late


def test_an_operator_sees_the_own_institution_only(office, client_as):
    firm = builders.company("PT Milik Sendiri")
    builders.vacancy(firm, title="Juru masak sendiri", state="SUBMITTED")
    client = client_as(Role.COMPANY_OPERATOR, firm.institution)
    html = client.get(reverse("portal:home")).content.decode()
    assert "PT Milik Sendiri" in html
    assert "Juru masak sendiri" in html
    assert "PT Contoh Uji" not in html
    assert "Laporan ketenagakerjaan belum ada" in html


def test_a_new_job_seeker_is_told_to_begin(office, client_as):
    html = client_as(Role.JOBSEEKER).get(reverse("portal:home")).content.decode()
    assert "Anda belum punya kartu AK-1" in html
    assert reverse("jobseekers:my_ak1") in html


def test_an_account_without_a_role_is_told_whom_to_ask(office, client_as):
    html = client_as().get(reverse("portal:home")).content.decode()
    assert "belum memegang peran" in html


def test_who_holds_two_roles_chooses(office, user_with, client_as):
    from accounts.models import Membership

    user = user_with(Role.PLANNER)
    Membership.objects.create(user=user, role=Role.MEDIATOR, started_on=clock.today())
    user.forget_roles()
    client = client_as(user=user)
    html = client.get(reverse("portal:home")).content.decode()
    assert f'href="?peran={Role.PLANNER}"' in html
    other = client.get(reverse("portal:home"), {"peran": Role.PLANNER}).content.decode()
    assert "Buka LKIP" in other
    foreign = client.get(reverse("portal:home"), {"peran": Role.ADMINISTRATOR}).content.decode()
    assert "Undang pengguna" not in foreign


def test_home_needs_a_sign_in(client, office):
    response = client.get(reverse("portal:home"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_the_nearest_line_is_current(office, client_as):
    user = client_as(Role.PLACEMENT_OFFICER).user
    path = reverse("jobseekers:person_list")
    current = [item.label for group in menu_for(user, path) for item in group.items if item.current]
    assert current == ["Pencari kerja"]
    assert [item.label for item in public_menu("/lowongan/") if item.current] == ["Lowongan"]
    assert [item.label for item in public_menu("/") if item.current] == ["Beranda"]
    assert [item.label for item in public_menu("/tidak-ada/") if item.current] == []


def test_the_account_place_shows_the_institution(office, client_as):
    school = Institution.objects.create(kind=InstitutionKind.BKK, name="BKK SMK Contoh 7")
    html = client_as(Role.BKK_OPERATOR, school).get("/").content.decode()
    assert "<span>BKK SMK Contoh 7</span>" in html
    assert '<form method="post" action="/akun/keluar/">' in html, "leaving is a POST"
