"""A KTP from another city: its kecamatan stands where we have no kelurahan; who lives here now lives here."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import measures
from core.errors import Refused
from core.measures import Period
from core.models import AgencyProfile, Region
from core.models.reference import RegionLevel
from core.regions import find_district
from jobseekers.models import JobSeeker
from jobseekers.services import applications, people, prechecks

pytestmark = pytest.mark.django_db


@pytest.fixture
def bandung(agency):
    """Coblong in Kota Bandung, and two kecamatan of one name."""
    made = {}
    for code, name, level, parent in (
        ("32.73", "Kota Bandung", RegionLevel.REGENCY, "32"),
        ("32.73.02", "Coblong", RegionLevel.DISTRICT, "32.73"),
        ("32.73.07", "Sukajadi", RegionLevel.DISTRICT, "32.73"),
        ("32.04", "Kabupaten Bandung", RegionLevel.REGENCY, "32"),
        ("32.04.07", "Sukajadi", RegionLevel.DISTRICT, "32.04"),
    ):
        made[code] = Region.objects.create(code=code, name=name, level=level, parent_id=parent)
    return made


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Coblong", "32.73.02"),
        ("coblong, kota bandung", "32.73.02"),
        ("Kec. Coblong, Bandung", "32.73.02"),
        (" COBLONG ", "32.73.02"),
        ("Kec. Coblong kota bandung", "32.73.02"),
        ("Sukajadi, Kota Bandung", "32.73.07"),
        ("sukajadi kab. bandung", "32.04.07"),
        ("Kota Bandung, Coblong", "32.73.02"),
        ("Kota Bandung Coblong", "32.73.02"),
        ("Bandung Coblong", "32.73.02"),
        ("Kab. Bandung Sukajadi", "32.04.07"),
        ("Kabupaten Bandung, Kec. Sukajadi", "32.04.07"),
        ("Coblong, Kota Bandung, Jawa Barat", "32.73.02"),
        ("Kota Bandung, Kecamatan Coblong, Prov. Jawa Barat", "32.73.02"),
        ("Cimahi Selatan Cimahi", "32.77.01"),
        ("Kota Cimahi Cimahi Selatan", "32.77.01"),
    ],
)
def test_a_kecamatan_is_found_as_people_write_it(bandung, text, code):
    assert find_district(text).code == code


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sukajadi", "Sukajadi, Kabupaten Bandung; Sukajadi, Kota Bandung"),
        ("Sukajadi, Bandung", "Tulis juga kota atau kabupatennya"),
        ("Entah", "tidak ditemukan"),
        ("Coblong, Surabaya", "tidak ditemukan"),
        ("Coblong, Kab. Bandung", "tidak ditemukan"),
        (", Bandung", "tidak ditemukan"),
        ("Bandung Sukajadi", "Tulis juga kota atau kabupatennya"),
        ("Kab. Bandung, Coblong", "tidak ditemukan"),
        ("Kota Bandung", "tidak ditemukan"),
        ("Kota Bandung, Coblong, Sukajadi", "tidak ditemukan"),
    ],
)
def test_what_is_unclear_is_said(bandung, text, words):
    with pytest.raises(Refused, match=words):
        find_district(text)


PLACES = {
    "32.73.02": ("Coblong", "Kota", "Bandung"),
    "32.73.07": ("Sukajadi", "Kota", "Bandung"),
    "32.04.07": ("Sukajadi", "Kabupaten", "Bandung"),
    "32.77.01": ("Cimahi Selatan", "Kota", "Cimahi"),
    "32.77.02": ("Cimahi Tengah", "Kota", "Cimahi"),
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    code=st.sampled_from(sorted(PLACES)),
    word=st.sampled_from(["", "Kec. ", "Kecamatan ", "kec "]),
    short=st.booleans(),
    turned=st.booleans(),
    between=st.sampled_from([", ", ",", " ", "  ", " , "]),
    dressed=st.sampled_from([str, str.upper, str.lower, str.title]),
)
def test_every_order_and_spelling_tells_the_same_kecamatan(
    bandung, code, word, short, turned, between, dressed
):
    name, kind, city = PLACES[code]
    pair = [f"{word}{name}", f"{'Kab.' if short and kind == 'Kabupaten' else kind} {city}"]
    text = between.join(reversed(pair) if turned else pair)
    assert find_district(dressed(text)).code == code


def test_a_city_named_is_not_taken_for_a_kecamatan_of_its_namesake(bandung):
    Region.objects.create(code="32.04.30", name="Bandung", level=RegionLevel.DISTRICT, parent_id="32.04")
    with pytest.raises(Refused, match="tidak ditemukan"):
        find_district("Kota Bandung, Bandung")
    assert find_district("Kab. Bandung, Bandung").code == "32.04.30"


def test_the_applicant_writes_it_and_sees_it_again(bandung, person_with, client_as):
    client = client_as("JOBSEEKER")
    person = person_with(user=client.user)
    draft = applications.start_application(actor=client.user, person=person)
    url = reverse("jobseekers:fill_part", args=[draft.uid, "alamat"])
    answers = {"address": "Jalan Dago 1, Kelurahan Dago", "rt": "1", "rw": "2", "version": person.version}
    both = client.post(url, answers | {"village": "32.77.02.1001", "district": "Coblong"})
    neither = client.post(url, answers | {"village": "", "district": ""})
    unclear = client.post(url, answers | {"village": "", "district": "Sukajadi"})
    for refused, words in (
        (both, "Kosongkan salah satu"),
        (neither, "Pilih kelurahan"),
        (unclear, "Kota Bandung"),
    ):
        assert refused.status_code == 422
        assert words in refused.content.decode()
    assert JobSeeker.objects.get(pk=person.pk).village_id == "32.77.02.1001"
    sent = client.post(url, answers | {"village": "", "district": "coblong, bandung"})
    assert sent.status_code == 302
    person = JobSeeker.objects.select_related("village__parent__parent").get(pk=person.pk)
    assert (
        person.address_line() == "Jalan Dago 1, Kelurahan Dago RT 001 RW 002, Kecamatan Coblong, Kota Bandung"
    )
    assert 'value="Coblong, Kota Bandung"' in client.get(url).content.decode()


def test_a_kecamatan_whose_kelurahan_we_have_is_not_enough(bandung, person_with):
    person = person_with()
    home = Region.objects.get(code="32.77.01")
    for field, region in (("village", home), ("domicile_village", bandung["32.73.02"])):
        with pytest.raises(ValidationError, match="Pilih kelurahan"):
            people.update_person(person, actor=None, version=person.version, **{field: region})


def test_the_rule_of_domicile_asks_where_the_person_lives(bandung, person_with):
    agency = AgencyProfile.current()
    agency.policies = {**agency.policies, "domicile_required": True}
    agency.save()
    here = Region.objects.get(code="32.77.01.1001")
    away = person_with(village=bandung["32.73.02"])
    lives_here = person_with(
        village=bandung["32.73.02"], domicile_village=here, domicile_address="Jalan Kos 1"
    )

    def refused(person) -> bool:
        draft = applications.start_application(actor=None, person=person)
        return "domicile" in {found.code for found in prechecks.findings(draft)}

    assert refused(away)
    assert not refused(lives_here)


def test_numbers_name_the_place(bandung, sent, officer, client_as):
    application = sent(village=bandung["32.73.02"])
    card = applications.approve(application, actor=officer, version=application.version)
    period = Period.year(card.issued_on.year)
    for dimension, key, name in (("village", "32.73.02", "Coblong"), ("district", "32.73", "Kota Bandung")):
        assert measures.cells("jobseekers.ak1_cards", period, [dimension]) == [((key,), 1)]
        assert measures.get("jobseekers.ak1_cards").dimensions[dimension].names()[key] == name
    client = client_as(user=officer)
    for page in ("recap", "bkol", "ipk"):
        assert client.get(reverse(f"jobseekers:{page}")).status_code == 200
    listed = client.get(reverse("jobseekers:person_list")).content.decode()
    assert "Coblong" in listed
    assert client.get(reverse("jobseekers:card_pdf", args=[card.uid])).status_code == 200
