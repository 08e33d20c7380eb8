"""A card holder changes the free parts of the profile without an application; the rest stays as it is."""

import re

import pytest
from django.urls import reverse

from core.models import ClassificationCode
from jobseekers.models import AK1Application, AK1Card, DesiredOccupation, EpisodeEvent, JobSeeker, Skill
from jobseekers.services import applications, profile

NAMES = ("full_name", "birth_date", "sex", "education_id", "village_id", "address", "nik_index", "photo_id")


def version_in(response) -> str:
    return re.search(r'name="version" value="(\d+)"', response.content.decode()).group(1)


def page_of(name, *args):
    return reverse(f"jobseekers:{name}", args=args)


@pytest.fixture
def holder(sent, officer, client_as):
    """A client of somebody whose card was issued; it carries the application and the person."""
    application = sent()
    applications.approve(application, actor=officer, version=application.version)
    client = client_as(user=application.jobseeker.user)
    client.person = JobSeeker.objects.get(pk=application.jobseeker_id)
    return client


def test_a_row_is_added_changed_and_removed_while_the_card_holds(holder):
    before = {name: getattr(holder.person, name) for name in NAMES}
    events = EpisodeEvent.objects.count()
    listed = page_of("profile_part", "keterampilan")
    adding = page_of("profile_row_add", "keterampilan")
    assert adding in holder.get(listed).content.decode()
    page = holder.get(adding)
    sent = holder.post(adding, {"name": "Las listrik", "level": "GOOD", "version": version_in(page)})
    assert sent.url == listed
    row = Skill.objects.get(name="Las listrik")
    changing = page_of("profile_row_change", "keterampilan", row.pk)
    page = holder.get(changing)
    holder.post(changing, {"name": "Las argon", "level": "GOOD", "version": version_in(page)})
    assert "Las argon" in holder.get(listed).content.decode()
    assert (
        holder.post(changing, {"name": "x", "level": "GOOD", "version": version_in(page)}).status_code == 409
    )
    removing = page_of("profile_row_remove", "keterampilan", row.pk)
    page = holder.get(removing)
    assert Skill.objects.filter(pk=row.pk).exists()
    assert holder.post(removing, {"version": version_in(page)}).url == listed
    assert not Skill.objects.filter(pk=row.pk).exists()
    person = JobSeeker.objects.get(pk=holder.person.pk)
    assert {name: getattr(person, name) for name in NAMES} == before
    assert AK1Card.objects.get().state == "ACTIVE"
    assert AK1Application.objects.count() == 1
    assert EpisodeEvent.objects.count() == events


def test_wishes_and_occupations_are_changed_and_lead_back_to_the_profile(holder):
    code = ClassificationCode.objects.create(
        scheme="KBJI", version="2014", code="5230.01", level=6, title="Kasir toko"
    )
    url = page_of("profile_part", "pekerjaan")
    page = holder.get(url)
    assert "Simpan dan lanjut" not in page.content.decode()
    answers = {"desired_region": "ABROAD", "wage_expectation": "4.500.000", "version": version_in(page)}
    assert holder.post(url, answers).url == page_of("my_profile")
    assert JobSeeker.objects.get(pk=holder.person.pk).wage_expectation == 4_500_000
    adding = page_of("profile_row_add", "jabatan")
    page = holder.get(adding, {"q": "kasir"})
    sent = holder.post(adding, {"q": "kasir", "kode": code.code, "version": version_in(page)})
    assert sent.url == url
    assert DesiredOccupation.objects.get(jobseeker=holder.person).occupation == code


@pytest.mark.parametrize("part", ["identitas", "status", "alamat", "pendidikan", "foto", "tidak-ada"])
def test_what_is_printed_on_the_card_is_not_opened(holder, part):
    before = JobSeeker.objects.get(pk=holder.person.pk).version
    url = page_of("profile_part", part)
    assert holder.get(url).status_code == 404
    assert holder.post(url, {"full_name": "Lain", "version": before}).status_code == 404
    assert holder.post(page_of("profile_row_add", "sekolah"), {"version": before}).status_code == 404
    assert JobSeeker.objects.get(pk=holder.person.pk).version == before


def test_an_open_application_is_where_the_answers_are_given(holder):
    draft = applications.start_application(
        actor=holder.user, person=holder.person, kind="REPLACEMENT", reason="DATA_CHANGED"
    )
    before = JobSeeker.objects.get(pk=holder.person.pk).version
    target = page_of("my_application", draft.uid)
    assert holder.get(page_of("my_profile")).url == target
    url = page_of("profile_part", "pekerjaan")
    assert holder.post(url, {"desired_region": "ABROAD", "version": before}).url == target
    assert JobSeeker.objects.get(pk=holder.person.pk).version == before


def test_a_row_of_another_and_a_profile_without_a_card_are_not_found(holder, person_with, client_as):
    client = client_as("JOBSEEKER")
    other = person_with(user=client.user)
    row = profile.add_row(
        other, actor=other.user, version=other.version, kind=profile.SKILL, name="Bubut", level="GOOD"
    )
    version = JobSeeker.objects.get(pk=other.pk).version
    for name in ("profile_row_change", "profile_row_remove"):
        assert holder.post(page_of(name, "keterampilan", row.pk), {"version": version}).status_code == 404
    for url in (page_of("my_profile"), page_of("profile_part", "pekerjaan")):
        assert client.get(url).status_code == 404
    assert Skill.objects.get(pk=row.pk).name == "Bubut"
    assert "profil" not in client.get(page_of("my_ak1")).content.decode().split("<main")[1].split("</main")[0]


def test_the_page_of_the_card_leads_to_the_profile(holder):
    assert page_of("my_profile") in holder.get(page_of("my_ak1")).content.decode()
    page = holder.get(page_of("my_profile")).content.decode()
    assert page_of("profile_part", "keterampilan") in page
    assert holder.person.full_name in page
    assert holder.person.read_nik() not in page
