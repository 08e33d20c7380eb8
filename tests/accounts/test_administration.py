"""The administrator's pages: what they show, what they do, and that nobody else gets in."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import services
from accounts.enums import InstitutionKind, Role
from accounts.models import Institution, Membership, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client_as):
    """A signed-in administrator."""
    return client_as(Role.ADMINISTRATOR)


def page_of(user) -> str:
    return reverse("accounts:user_detail", args=[user.uid])


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_gets_in_or_changes_anything(client_as, user_with, role):
    client, target = client_as(role), user_with(Role.PLANNER)
    membership = target.memberships.get()
    pages = [
        reverse("accounts:users"),
        reverse("accounts:user_invite"),
        page_of(target),
        reverse("accounts:user_revise", args=[target.uid]),
        reverse("accounts:grant", args=[target.uid]),
        reverse("accounts:memberships"),
        reverse("accounts:membership_detail", args=[membership.uid]),
    ]
    form = {
        "langkah": "deactivate",
        "version": 1,
        "comment": "x",
        "full_name": "X",
        "email": "x@y.test",
        "role": "MEDIATOR",
    }
    before = (list(User.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values()))
    for page in pages:
        assert client.get(page).status_code in (403, 404), page
        assert client.post(page, form).status_code in (403, 404), page
        assert client.post(page, {**form, "langkah": "end"}).status_code in (403, 404), page
    after = (list(User.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values()))
    assert after == before


def test_the_list_shows_roles_and_finds_by_name_role_and_chip(admin_client, user_with):
    user_with(Role.MEDIATOR, full_name="Ibu Ani")
    user_with(Role.PLANNER, full_name="Pak Budi", is_demo=True)
    page = reverse("accounts:users")
    assert "Mediator hubungan industrial" in admin_client.get(page).content.decode()
    for query, there, gone in (
        ("?q=ani", "Ibu Ani", "Pak Budi"),
        ("?peran=PLANNER", "Pak Budi", "Ibu Ani"),
        ("?lihat=demo", "Pak Budi", "Ibu Ani"),
    ):
        found = admin_client.get(page + query).content.decode()
        assert there in found
        assert gone not in found
    csv = admin_client.get(page + "?q=ani&format=csv")
    text = b"".join(csv.streaming_content).decode() if csv.streaming else csv.content.decode()
    assert "Ibu Ani" in text
    assert "Pak Budi" not in text


def test_the_lists_cost_the_same_queries_whatever_their_length(admin_client, user_with):
    def cost(name):
        with CaptureQueriesContext(connection) as queries:
            assert admin_client.get(reverse(name)).status_code == 200
        return len(queries)

    names = (
        "accounts:users",
        "accounts:memberships",
        "accounts:institutions",
        "accounts:claims",
        "messaging:notices",
    )
    user_with(Role.BKK_OPERATOR)
    cost(names[0])  # the office's profile is now in the cache
    few = [cost(name) for name in names]
    for _ in range(12):
        user_with(Role.BKK_OPERATOR)
    assert [cost(name) for name in names] == few
    assert max(few) <= 24  # the menu with its counts included


def test_inviting(admin_client, deliver):
    form = {"full_name": "Ibu Ani", "email": "ani@dinas.test", "role": "MEDIATOR"}
    response = admin_client.post(reverse("accounts:user_invite"), form)
    user = User.objects.get(email="ani@dinas.test")
    assert response.url == page_of(user)
    assert deliver()[-1].to == ["ani@dinas.test"]
    again = admin_client.post(reverse("accounts:user_invite"), form)
    assert again.status_code == 422
    assert "sudah dipakai" in again.content.decode()


def test_inviting_an_operator_needs_an_institution(admin_client):
    form = {"full_name": "Ibu Ani", "email": "ani@smk.test", "role": "BKK_OPERATOR"}
    response = admin_client.post(reverse("accounts:user_invite"), form)
    assert response.status_code == 422
    assert "memerlukan lembaga" in response.content.decode()
    assert not User.objects.filter(email="ani@smk.test").exists()
    school = Institution.objects.create(kind=InstitutionKind.BKK, name="BKK SMKN 1")
    admin_client.post(reverse("accounts:user_invite"), {**form, "institution": school.pk})
    assert User.objects.get(email="ani@smk.test").active_memberships[0].institution == school


def test_job_seekers_are_not_invited(admin_client):
    form = {"full_name": "Ibu Ani", "email": "ani@a.test", "role": "JOBSEEKER"}
    assert admin_client.post(reverse("accounts:user_invite"), form).status_code == 422


def test_granting_and_ending_a_role(admin_client, user_with):
    user = user_with(Role.PLANNER)
    grant = reverse("accounts:grant", args=[user.uid])
    assert admin_client.get(grant).status_code == 200
    assert admin_client.post(grant, {"role": "MEDIATOR", "version": 1}).url == page_of(user)
    assert admin_client.post(grant, {"role": "MEDIATOR", "version": 1}).status_code == 422
    membership = user.memberships.get(role=Role.MEDIATOR)
    page = reverse("accounts:membership_detail", args=[membership.uid])
    without = admin_client.post(page, {"langkah": "end", "version": 1, "comment": ""})
    assert without.status_code == 422
    assert admin_client.post(page, {"langkah": "end", "version": 1, "comment": "Pindah"}).status_code == 302
    membership.refresh_from_db()
    assert membership.ended_on is not None
    shown = admin_client.get(page).content.decode()
    assert "Pindah" in shown
    assert "sudah berakhir" in shown


def test_renaming_carries_the_version(admin_client, user_with):
    user = user_with(Role.PLANNER)
    page = reverse("accounts:user_revise", args=[user.uid])
    assert user.full_name in admin_client.get(page).content.decode()
    assert admin_client.post(page, {"full_name": "Nama Baru", "version": 1}).status_code == 302
    assert admin_client.post(page, {"full_name": "Nama Lain", "version": 1}).status_code == 409
    user.refresh_from_db()
    assert user.full_name == "Nama Baru"


def test_switching_off_and_on_and_resetting(admin_client, user_with, deliver):
    user = user_with(Role.PLANNER)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    page = page_of(user)
    for number, step in enumerate(("reset_second_factor", "deactivate", "reactivate"), start=1):
        form = {"langkah": step, "version": number, "comment": "Diminta pemilik"}
        assert admin_client.post(page, form).status_code == 302, step
    user.refresh_from_db()
    assert user.is_active
    assert not Authenticator.objects.filter(user=user).exists()
    assert admin_client.post(page, {"langkah": "send_link", "version": 4}).status_code == 302
    assert "kata sandi" in deliver()[-1].subject


def test_steps_that_are_no_steps_do_nothing(admin_client, user_with):
    user = user_with(Role.PLANNER)
    for step in ("hapus", "", "grant"):
        assert admin_client.post(page_of(user), {"langkah": step, "version": 1}).status_code in (200, 404)
    user.refresh_from_db()
    assert user.version == 1


def test_the_own_account_can_not_be_switched_off_here(admin_client):
    page = admin_client.get(page_of(admin_client.user)).content.decode()
    assert "Nonaktifkan" not in page
    form = {"langkah": "deactivate", "version": 1, "comment": "x"}
    assert admin_client.post(page_of(admin_client.user), form).status_code == 404


def test_what_is_not_there_is_404(admin_client):
    for name in ("user_detail", "grant", "membership_detail", "institution_detail", "claim_detail"):
        url = reverse(f"accounts:{name}", args=["00000000-0000-4000-8000-000000000000"])
        assert admin_client.get(url).status_code == 404


def test_the_account_page_shows_the_roles(client_as):
    client = client_as(Role.BKK_OPERATOR)
    page = client.get(reverse("accounts:home")).content.decode()
    assert "Operator BKK" in page
    assert client.user.active_memberships[0].institution.name in page
    services.end_membership(client.user.memberships.get(), actor=None, version=1, comment="x")
    assert "belum memegang peran" in client.get(reverse("accounts:home")).content.decode()
