"""The office's profile: one row, checked, cached, and its choices."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from core import audit, policies
from core.contrast import contrast
from core.models.agency import DEFAULT_COLOURS, AgencyProfile, NoAgency, check_colours
from core.models.audit import AuditEvent
from core.services.agency import BadProfile, set_agency

pytestmark = pytest.mark.django_db
BLUE = {
    "accent": "#1d4f91",
    "accent-d": "#12305a",
    "accent-m": "#5b86c2",
    "accent-l": "#c3d5ee",
    "accent-t": "#eaf1fa",
}


def test_without_an_office_the_message_says_what_to_do():
    with pytest.raises(NoAgency, match="Profil dinas belum diisi"):
        AgencyProfile.current()


def test_current_is_read_once_and_follows_a_change(agency, django_assert_num_queries):
    AgencyProfile.current()
    with django_assert_num_queries(0):
        assert AgencyProfile.current().full_name == "Dinas Tenaga Kerja Kota Cimahi"
    agency.name = "Disnaker"
    agency.save()
    assert AgencyProfile.current().name == "Disnaker"


def test_there_is_one_office_only(agency, cimahi):
    AgencyProfile(code="lain", name="Lain", government="Lain", region=cimahi).save()
    assert AgencyProfile.objects.get().code == "lain"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_agencyprofile SET id = 2")


def test_the_default_colours_pass_and_are_used_without_own_ones(agency):
    check_colours(DEFAULT_COLOURS)
    assert agency.palette == DEFAULT_COLOURS
    agency.colours = BLUE
    agency.save()
    assert AgencyProfile.current().palette == BLUE


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"accent": "#7f9fc6"}, "warna utama di atas latar muda hanya"),
        ({"accent-m": "#a8c3e6"}, "warna kedua grafik di atas putih hanya"),
        ({"accent-d": "#b7cbe6"}, "putih di atas warna tua"),
        ({"accent-l": "#3d5f8f"}, "teks muda di atas warna tua"),
        ({"accent": "red"}, "harus ditulis seperti"),
        ({"accent": "#fff;}body{"}, "harus ditulis seperti"),
        ({"accent": None}, "harus ditulis seperti"),
    ],
)
def test_colours_without_contrast_are_refused_with_the_ratio(agency, change, cause):
    agency.colours = BLUE | change
    with pytest.raises(ValidationError, match=cause):
        agency.save()
    assert AgencyProfile.objects.get().colours == {}


def test_half_a_set_of_colours_is_refused(agency):
    agency.colours = {"accent": "#1d4f91"}
    with pytest.raises(ValidationError, match="kelima warna"):
        agency.save()


colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@given(colours, colours)
def test_contrast_is_symmetric_and_within_bounds(one, other):
    assert 1 <= contrast(one, other) <= 21.0001
    assert contrast(one, other) == contrast(other, one)
    assert contrast(one, one) == 1


def test_contrast_of_the_look():
    assert round(contrast("#0d5c63", "#ffffff"), 2) == 7.70
    assert round(contrast("#0d5c63", "#e8f2f2"), 2) == 6.75
    assert round(contrast("#4f9195", "#ffffff"), 2) == 3.61
    assert contrast("#000000", "#ffffff") == 21


def test_policies_have_defaults_and_refuse_the_unknown(agency):
    assert agency.policy("domicile_required") is False
    assert agency.policy("collective_leave_off") is True
    agency.policies = {"domicile_required": True, "minimum_age": 18}
    agency.save()
    assert AgencyProfile.current().policy("domicile_required") is True
    assert AgencyProfile.current().policy("minimum_age") == 18
    for wrong in ({"x": True}, {"domicile_required": "ya"}, {"domicile_required": 1}, {"minimum_age": 3}):
        agency.policies = wrong
        with pytest.raises(ValidationError):
            agency.save()
    with pytest.raises(policies.UnknownPolicy):
        agency.policy("nothing")


def test_every_policy_explains_itself_and_its_default_passes():
    for policy in policies.registered():
        assert policy.label
        assert policy.explanation.endswith(".")
        assert policy.checked(policy.default) == policy.default
    with pytest.raises(ValueError, match="twice"):
        policies.register(policies.Policy("minimum_age", 99, "x", "y."))


@pytest.mark.parametrize("pattern", ["AK1", "{m}", 7, "{n:6}"])
def test_a_number_format_without_the_number_is_refused(agency, pattern):
    agency.number_formats = {"jobseekers.card": pattern}
    with pytest.raises(ValidationError, match="harus memuat"):
        agency.save()


def test_a_nip_has_eighteen_digits(agency):
    agency.head_nip = "1234"
    with pytest.raises(ValidationError, match="18 angka"):
        agency.save()


def test_the_service_writes_and_keeps_which_fields_changed(user_with, cimahi):
    actor = user_with("ADMINISTRATOR")
    set_agency(actor=actor, code="cimahi", name="Dinas", government="Kota", region=cimahi)
    set_agency(actor=actor, name="Dinas Tenaga Kerja", government="Kota", demo_date=dt.date(2023, 12, 29))
    event = AuditEvent.objects.filter(kind=audit.AGENCY_CHANGED).last()
    assert event.detail == {"fields": ["demo_date", "name"]}
    assert event.actor_uid == actor.uid
    with pytest.raises(BadProfile, match="kelima warna") as caught:
        set_agency(actor=actor, colours={"accent": "#000000"})
    assert caught.value.field == "colours"
    with pytest.raises(TypeError):
        set_agency(actor=actor, nothing=1)
    assert AuditEvent.objects.filter(kind=audit.AGENCY_CHANGED).count() == 2
