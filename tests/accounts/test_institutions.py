"""Institutions: noted, changed, closed."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import services
from accounts.enums import STAFF_ROLES, InstitutionKind, Role
from accounts.models import Institution
from core.errors import Refused
from core.workflow import CommentRequired, NotAllowed, StaleRecord, WrongState, fire, timeline

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(user_with):
    """A placement officer."""
    return user_with(Role.PLACEMENT_OFFICER)


@pytest.fixture
def school(officer) -> Institution:
    """A school job exchange."""
    return services.create_institution(actor=officer, kind=InstitutionKind.BKK, name="  BKK SMKN   1 Cimahi ")


def test_staff_note_an_institution(school, officer):
    assert school.name == "BKK SMKN 1 Cimahi"
    log = timeline(school)[0]
    assert (log.label, log.actor) == ("Lembaga dicatat", officer)
    assert school.history.count() == 1


def test_the_system_may_too():
    assert services.create_institution(actor=None, kind=InstitutionKind.LPK, name="LPK Maju").pk


@pytest.mark.parametrize("role", [role for role in [None, *Role] if role not in STAFF_ROLES])
def test_nobody_else_may(user_with, school, role):
    actor = user_with(role)
    before = list(Institution.objects.order_by("pk").values())
    with pytest.raises(NotAllowed):
        services.create_institution(actor=actor, kind=InstitutionKind.LPK, name="LPK Maju")
    with pytest.raises(NotAllowed):
        services.revise_institution(school, actor=actor, version=1, name="Lain")
    assert list(Institution.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"name": " "}, "Nama lembaga belum diisi"), ({"kind": "TOKO"}, "Jenis lembaga tidak dikenal")],
)
def test_what_can_not_be_says_why(officer, fields, told):
    with pytest.raises(Refused, match=told):
        services.create_institution(**{"actor": officer, "kind": InstitutionKind.LPK, "name": "X", **fields})
    assert not Institution.objects.exists()


def test_a_change_needs_the_version_one_saw(school, officer):
    changed = services.revise_institution(
        school, actor=officer, version=school.version, name="BKK SMKN 2", phone="022"
    )
    assert (changed.name, changed.phone, changed.version) == ("BKK SMKN 2", "022", 2)
    with pytest.raises(StaleRecord, match="Uji 1"):
        services.revise_institution(school, actor=officer, version=1, name="BKK SMKN 3")


def test_only_administrators_close_and_only_with_a_reason(school, officer, user_with):
    admin = user_with(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        fire(school, "close", actor=officer, version=1, comment="Tutup")
    with pytest.raises(CommentRequired):
        fire(school, "close", actor=admin, version=1, comment=" ")
    closed = fire(school, "close", actor=admin, version=1, comment="Izin dicabut")
    with pytest.raises(WrongState):
        fire(closed, "close", actor=admin, version=2, comment="Lagi")
    assert fire(closed, "reopen", actor=admin, version=2, comment="Izin terbit lagi").state == "ACTIVE"


@pytest.mark.parametrize("fields", [{"kind": "TOKO"}, {"state": "BUBAR"}, {"name": ""}])
def test_the_database_itself_refuses(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Institution.objects.create(**{"kind": InstitutionKind.LPK, "name": "X", **fields})


def test_an_operator_sees_the_own_institution_only(user_with, school):
    operator = user_with(Role.BKK_OPERATOR)
    assert list(Institution.objects.visible_to(operator)) == [operator.active_memberships[0].institution]


def test_the_pages(client_as, school):
    client = client_as(Role.PLACEMENT_OFFICER)
    page = client.get(reverse("accounts:institutions")).content.decode()
    assert "BKK SMKN 1 Cimahi" in page
    detail = reverse("accounts:institution_detail", args=[school.uid])
    assert "Bursa kerja khusus" in client.get(detail).content.decode()
    form = {"kind": "LPK", "name": "LPK Maju", "address": "Jalan Baros 1"}
    saved = client.post(reverse("accounts:institution_create"), form)
    made = Institution.objects.get(name="LPK Maju")
    assert saved.url == reverse("accounts:institution_detail", args=[made.uid])
    revise = reverse("accounts:institution_revise", args=[made.uid])
    assert client.post(revise, {"name": "LPK Maju Jaya", "version": 1}).status_code == 302
    stale = client.post(revise, {"name": "LPK Lain", "version": 1})
    assert stale.status_code == 409
    made.refresh_from_db()
    assert made.name == "LPK Maju Jaya"
    assert (
        client.post(detail, {"langkah": "close", "version": 1, "comment": "x"}).status_code == 422
    )  # not an administrator
    school.refresh_from_db()
    assert school.state == "ACTIVE"
