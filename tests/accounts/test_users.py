"""Accounts as the administrator handles them."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import services
from accounts.adapters import SecondFactorAdapter
from accounts.enums import InstitutionKind, Role
from accounts.models import Institution, User
from accounts.selectors import users_with_role
from core.errors import Refused
from core.models.audit import AuditEvent
from core.workflow import NotAllowed, StaleRecord, timeline
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(user_with):
    """An administrator."""
    return user_with(Role.ADMINISTRATOR)


def test_an_email_has_one_spelling_and_one_account(user_with):
    user = user_with(email="  Siti@Contoh.TEST ")
    assert user.email == "siti@contoh.test"
    assert User.objects.get_by_natural_key("SITI@contoh.test") == user
    with pytest.raises(IntegrityError), transaction.atomic():
        user_with(email="SITI@CONTOH.TEST")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(email="Siti@contoh.test")


def test_an_invitation_makes_the_account_and_its_owner_sets_the_password(admin, deliver, link_in, client):
    user = services.invite_user(
        actor=admin, email="budi@dinas.test", full_name=" Budi  Raharjo ", role=Role.MEDIATOR
    )
    assert (user.full_name, user.has_usable_password()) == ("Budi Raharjo", False)
    mail = deliver()[-1]
    assert mail.subject.startswith("Undangan")
    shown = client.get(link_in(mail))
    client.post(shown.url, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert client.post("/akun/masuk/", {"login": user.email, "password": PASSWORD}).status_code == 302
    assert [row.label for row in timeline(user)] == ["Akun dibuat"]


def test_an_invitation_that_can_not_be_leaves_nothing(admin, user_with, deliver):
    taken = user_with(email="budi@dinas.test")
    for fields, told in (
        ({"email": taken.email.upper(), "full_name": "Budi", "role": Role.MEDIATOR}, "sudah dipakai"),
        ({"email": "baru@dinas.test", "full_name": " ", "role": Role.MEDIATOR}, "Nama belum diisi"),
        ({"email": "baru@dinas.test", "full_name": "Budi", "role": Role.LPK_OPERATOR}, "memerlukan lembaga"),
        ({"email": "bukan e-mail", "full_name": "Budi", "role": Role.MEDIATOR}, "e-mail tidak lengkap"),
    ):
        with pytest.raises(Refused, match=told):
            services.invite_user(actor=admin, **fields)
    assert User.objects.count() == 2
    assert deliver() == []


@pytest.mark.parametrize("role", [None, *[role for role in Role if role != Role.ADMINISTRATOR]])
def test_nobody_else_handles_accounts(user_with, role):
    actor, target = user_with(role), user_with(Role.PLANNER)
    before = list(User.objects.order_by("pk").values())
    for step in (
        lambda: services.invite_user(actor=actor, email="a@b.test", full_name="A", role=Role.PLANNER),
        lambda: services.revise_user(target, actor=actor, version=1, full_name="Lain"),
        lambda: services.deactivate_user(target, actor=actor, version=1, comment="iseng"),
        lambda: services.reactivate_user(target, actor=actor, version=1, comment="iseng"),
        lambda: services.reset_second_factor(target, actor=actor, version=1, comment="iseng"),
    ):
        with pytest.raises(NotAllowed):
            step()
    assert list(User.objects.order_by("pk").values()) == before


def test_deactivating_ends_the_sessions_and_reactivating_lets_in_again(admin, user_with):
    user = user_with(Role.JOBSEEKER, password=PASSWORD)
    client = Client()
    client.post("/akun/masuk/", {"login": user.email, "password": PASSWORD})
    user.refresh_from_db()
    off = services.deactivate_user(user, actor=admin, version=user.version, comment="Permintaan pemilik")
    assert client.get("/akun/").status_code == 302
    assert client.post("/akun/masuk/", {"login": user.email, "password": PASSWORD}).status_code == 422
    services.reactivate_user(off, actor=admin, version=off.version, comment="Dipulihkan")
    assert client.post("/akun/masuk/", {"login": user.email, "password": PASSWORD}).status_code == 302
    assert [row.comment for row in timeline(user)] == ["Permintaan pemilik", "Dipulihkan"]
    assert AuditEvent.objects.filter(kind__startswith="user.").count() == 2


def test_deactivating_has_its_limits(admin, user_with):
    user = user_with(Role.PLANNER)
    with pytest.raises(Refused, match="akun sendiri"):
        services.deactivate_user(admin, actor=admin, version=admin.version, comment="x")
    with pytest.raises(Refused, match="administrator terakhir"):
        services.deactivate_user(admin, actor=None, version=admin.version, comment="x")
    with pytest.raises(Refused, match="Tulis alasannya"):
        services.deactivate_user(user, actor=admin, version=user.version, comment="")
    with pytest.raises(StaleRecord):
        services.deactivate_user(user, actor=admin, version=99, comment="x")
    assert not User.objects.filter(is_active=False).exists()


def test_resetting_the_second_factor_removes_it_and_tells_the_owner(admin, user_with, deliver):
    user = user_with(Role.PLANNER)
    Authenticator.objects.create(
        user=user, type="totp", data={"secret": SecondFactorAdapter().encrypt("A" * 16)}
    )
    services.reset_second_factor(user, actor=admin, version=user.version, comment="HP hilang, KTP diperiksa")
    assert not Authenticator.objects.exists()
    assert deliver()[-1].to == [user.email]
    assert AuditEvent.objects.filter(kind="second_factor.reset", actor_uid=admin.uid).exists()
    with pytest.raises(Refused, match="administrator lain"):
        services.reset_second_factor(admin, actor=admin, version=admin.version, comment="x")


def test_users_with_a_role(admin, user_with):
    first, second = user_with(Role.MEDIATOR, full_name="Ani"), user_with(Role.MEDIATOR, full_name="Budi")
    gone = user_with(Role.MEDIATOR, is_active=False)
    ended = user_with(Role.MEDIATOR).memberships.get()
    services.end_membership(ended, actor=admin, version=1, comment="Pensiun")
    assert list(users_with_role(Role.MEDIATOR)) == [first, second]
    assert gone not in users_with_role(Role.MEDIATOR, Role.PLANNER)


def test_users_with_a_role_for_an_institution(user_with):
    operator = user_with(Role.BKK_OPERATOR)
    other = Institution.objects.create(kind=InstitutionKind.BKK, name="BKK lain")
    assert list(
        users_with_role(Role.BKK_OPERATOR, institution=operator.active_memberships[0].institution)
    ) == [operator]
    assert not users_with_role(Role.BKK_OPERATOR, institution=other).exists()


def test_a_closed_institution_elsewhere_does_not_hide_a_user(user_with):
    user = user_with(Role.MEDIATOR)
    closed = Institution.objects.create(kind=InstitutionKind.UNION, name="SP lama", state="CLOSED")
    services.memberships.Membership.objects.create(
        user=user,
        role=Role.UNION_OPERATOR,
        institution=closed,
        started_on="2020-01-01",
        ended_on="2021-01-01",
    )
    assert list(users_with_role(Role.MEDIATOR)) == [user]


def test_everybody_sees_themselves_and_administrators_see_all(admin, user_with):
    planner = user_with(Role.PLANNER)
    assert list(User.objects.visible_to(planner)) == [planner]
    assert set(User.objects.visible_to(admin)) == {admin, planner}


def test_the_command_makes_the_first_administrator(deliver, capsys):
    call_command("create_administrator", "kepala@dinas.test", "--name", "Ibu Kepala")
    user = User.objects.get()
    assert user.active_roles == {Role.ADMINISTRATOR}
    assert deliver()[-1].to == ["kepala@dinas.test"]
    with pytest.raises(CommandError, match="sudah dipakai"):
        call_command("create_administrator", "kepala@dinas.test", "--name", "Ibu Kepala")


def test_history_holds_no_password(user_with):
    user = user_with(password=PASSWORD)
    assert not hasattr(user.history.first(), "password")
