"""Roles: who gets which, from when to when, and who may say so."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts import services
from accounts.enums import OPERATOR_KINDS, OPERATOR_ROLES, STAFF_ROLES, InstitutionKind, Role
from accounts.models import Institution, Membership
from accounts.permissions import acts_for, has_role, institutions_of, is_staff_member
from accounts.validators import check_role_fits
from core import clock
from core.errors import Refused
from core.models.audit import AuditEvent
from core.workflow import NotAllowed, StaleRecord, timeline
from messaging.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(user_with):
    """An administrator."""
    return user_with(Role.ADMINISTRATOR)


@pytest.fixture
def institution():
    """Return a function (kind) that saves an institution."""

    def make(kind=InstitutionKind.COMPANY, **fields):
        return Institution.objects.create(kind=kind, name=f"Lembaga {kind}", **fields)

    return make


def end(membership, actor, comment="Pindah tugas", version=None):
    return services.end_membership(
        membership, actor=actor, version=version or membership.version, comment=comment
    )


def test_every_role_is_staff_operator_or_job_seeker_and_only_one_of_them():
    assert set(Role) == {*STAFF_ROLES, *OPERATOR_ROLES, Role.JOBSEEKER}
    assert not set(STAFF_ROLES) & set(OPERATOR_ROLES)


@given(role=st.sampled_from(Role.values), kind=st.sampled_from([None, *InstitutionKind.values]))
def test_which_role_goes_with_which_institution(role, kind):
    if role in OPERATOR_KINDS:
        fits = kind in OPERATOR_KINDS[role]
    elif role == Role.JOBSEEKER:
        fits = kind is None
    else:
        fits = kind in (None, InstitutionKind.SECTION)
    if fits:
        check_role_fits(role, kind)
    else:
        with pytest.raises(Refused):
            check_role_fits(role, kind)


def test_a_granted_role_holds_at_once_is_logged_and_told(admin, user_with):
    user = user_with()
    assert not has_role(user, Role.PLANNER)
    membership = services.grant_role(actor=admin, user=user, role=Role.PLANNER)
    user.forget_roles()
    assert has_role(user, Role.PLANNER)
    assert is_staff_member(user)
    assert membership.started_on == clock.today()
    assert [row.label for row in timeline(membership)] == ["Peran diberikan"]
    assert AuditEvent.objects.get(kind="role.granted").object_uid == user.uid
    assert "Perencana" in Notice.objects.get(user=user).body


def test_an_operator_acts_for_the_own_institution_only(admin, user_with, institution):
    own, foreign = institution(), institution()
    user = user_with()
    services.grant_role(actor=admin, user=user, role=Role.COMPANY_OPERATOR, institution=own)
    user.forget_roles()
    assert list(institutions_of(user)) == [own]
    assert list(institutions_of(user, InstitutionKind.LPK)) == []
    assert acts_for(user, own, Role.COMPANY_OPERATOR)
    assert not acts_for(user, own, Role.LPK_OPERATOR)
    assert not acts_for(user, foreign)
    assert list(Institution.objects.visible_to(user)) == [own]


@pytest.mark.parametrize("role", [None, *[role for role in Role if role != Role.ADMINISTRATOR]])
def test_nobody_but_administrators_grants_or_ends(user_with, role):
    actor, target = user_with(role), user_with(Role.PLANNER)
    held = target.memberships.get()
    before = list(Membership.objects.order_by("pk").values())
    with pytest.raises(NotAllowed):
        services.grant_role(actor=actor, user=target, role=Role.MEDIATOR)
    with pytest.raises(NotAllowed):
        end(held, actor)
    assert list(Membership.objects.order_by("pk").values()) == before
    assert not AuditEvent.objects.exists()


def refused_grants(user, institution):
    yield {"role": Role.COMPANY_OPERATOR}, "memerlukan lembaga"
    yield {"role": Role.COMPANY_OPERATOR, "institution": institution(InstitutionKind.LPK)}, "tidak cocok"
    yield {"role": Role.JOBSEEKER, "institution": institution()}, "tidak mewakili"
    yield {"role": Role.PLANNER, "institution": institution()}, "bidang pada dinas"
    yield {"role": "RAJA"}, "tidak dikenal"
    yield {"role": Role.MEDIATOR, "started_on": clock.today() + dt.timedelta(days=1)}, "belum tiba"
    yield {"role": Role.PLANNER}, "sudah memegang"
    closed = institution(state="CLOSED")
    yield {"role": Role.COMPANY_OPERATOR, "institution": closed}, "sudah ditutup"


def test_what_can_not_be_granted_says_why_and_changes_nothing(admin, user_with, institution):
    user = user_with(Role.PLANNER)
    for wanted, told in refused_grants(user, institution):
        with pytest.raises(Refused, match=told):
            services.grant_role(actor=admin, user=user, **wanted)
    assert user.memberships.count() == 1


def test_an_inactive_account_gets_no_role(admin, user_with):
    user = user_with(is_active=False)
    with pytest.raises(Refused, match="tidak aktif"):
        services.grant_role(actor=admin, user=user, role=Role.PLANNER)


def test_ending_takes_the_rights_at_once_and_is_final(admin, user_with):
    user = user_with(Role.PLANNER)
    membership = user.memberships.get()
    ended = end(membership, admin)
    user.forget_roles()
    assert not user.active_roles
    assert ended.ended_on == clock.today()
    assert timeline(ended)[-1].comment == "Pindah tugas"
    assert ended.history.count() == 2
    with pytest.raises(Refused, match="sudah berakhir"):
        end(ended, admin)
    again = services.grant_role(actor=admin, user=user, role=Role.PLANNER)
    assert again.pk != membership.pk


def test_ending_needs_a_reason_and_the_present_version(admin, user_with):
    membership = user_with(Role.PLANNER).memberships.get()
    with pytest.raises(Refused, match="Tulis alasan"):
        end(membership, admin, comment="  ")
    with pytest.raises(StaleRecord):
        end(membership, admin, version=membership.version + 1)
    membership.refresh_from_db()
    assert membership.ended_on is None


def test_the_end_never_lies_before_the_beginning(admin, user_with):
    membership = user_with(Role.PLANNER).memberships.get()
    with clock.frozen(clock.today() - dt.timedelta(days=400)):
        assert end(membership, admin).ended_on == membership.started_on


def test_there_is_always_an_administrator(admin, user_with):
    membership = admin.memberships.get()
    with pytest.raises(Refused, match="administrator terakhir"):
        end(membership, admin)
    other = user_with(Role.ADMINISTRATOR)
    end(membership, other)
    with pytest.raises(Refused, match="administrator terakhir"):
        end(other.memberships.get(), None)


@pytest.mark.parametrize(
    ("role", "kind", "days"),
    [
        (Role.COMPANY_OPERATOR, None, None),
        (Role.JOBSEEKER, InstitutionKind.COMPANY, None),
        ("RAJA", None, None),
        (Role.PLANNER, None, -1),
    ],
)
def test_the_database_itself_refuses(user_with, institution, role, kind, days):
    user = user_with()
    today = clock.today()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=user,
            role=role,
            institution=institution(kind) if kind else None,
            started_on=today,
            ended_on=today + dt.timedelta(days=days) if days else None,
        )


def test_the_database_allows_one_open_membership_of_a_kind(user_with, institution):
    user = user_with(Role.PLANNER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, role=Role.PLANNER, started_on=clock.today())
    company = institution()
    row = {"user": user, "role": Role.COMPANY_OPERATOR, "institution": company, "started_on": clock.today()}
    Membership.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(**row)


def test_a_closed_institution_takes_the_rights_of_its_operators(admin, user_with):
    from core.workflow import fire

    user = user_with(Role.BKK_OPERATOR)
    company = user.active_memberships[0].institution
    fire(company, "close", actor=admin, version=company.version, comment="Izin dicabut")
    user.forget_roles()
    assert not user.active_roles
    assert not institutions_of(user).exists()
    assert not Institution.objects.visible_to(user).exists()


def test_an_inactive_account_has_no_roles(user_with):
    assert user_with(Role.ADMINISTRATOR, is_active=False).active_roles == frozenset()


def test_roles_cost_one_query_a_request(client_as, django_assert_num_queries, user_with):
    user = user_with(Role.PLANNER)
    user = type(user).objects.get(pk=user.pk)
    with django_assert_num_queries(1):
        for _ in range(5):
            assert has_role(user, Role.PLANNER)
            assert not has_role(user, Role.MEDIATOR)
            institutions_of(user)


def test_strangers_have_no_rights():
    from django.contrib.auth.models import AnonymousUser

    nobody = AnonymousUser()
    assert not has_role(nobody, *Role.values)
    assert not has_role(None, *Role.values)
    assert not institutions_of(nobody).exists()
    assert not Membership.objects.visible_to(nobody).exists()
    assert not Institution.objects.visible_to(nobody).exists()
