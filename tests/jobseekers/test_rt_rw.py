"""RT and RW stand in three digits, whoever writes them and by whatever way, as on the KTP."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core import clock
from jobseekers.forms import DeskForm
from jobseekers.models import JobSeeker, ProposedFacts
from jobseekers.services import applications, people, proposals
from tests.jobseekers.conftest import RENEWAL_DAY
from tests.jobseekers.test_api import send
from tests.jobseekers.test_verified_facts import fresh, write

NUMBERS = ("rt", "rw", "domicile_rt", "domicile_rw")


def old_row(person):
    """Bring the row to how it was written before: without the zeros."""
    JobSeeker.objects.filter(pk=person.pk).update(rt="1", rw="2")
    return fresh(person)


def test_registering_and_changing_bring_them_to_three_digits(person_with, seeker, places):
    person = person_with(user=seeker, rt="1", rw="12")
    assert (person.rt, person.rw) == ("001", "012")
    home = {"domicile_village": places["32.77.01.1001"], "domicile_address": "Jalan Anggrek 1"}
    changed = write(person, rt="7", rw="", domicile_rt="3", domicile_rw="014", **home)
    assert [getattr(changed, name) for name in NUMBERS] == ["007", "", "003", "014"]


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("text", ["A1", "1234", "-1", "1 2", "٣"])
def test_only_digits_are_taken(person_with, seeker, name, text):
    person = person_with(user=seeker)
    with pytest.raises(ValidationError) as problem:
        people.update_person(person, actor=seeker, version=person.version, **{name: text})
    assert "hanya berisi angka" in str(problem.value.message_dict[name])


def test_form_api_and_officer_write_the_same(person_with, seeker, client_as, officer):
    person = person_with(user=seeker)
    application = applications.start_application(actor=seeker, person=person)
    page = reverse("jobseekers:fill_part", args=[application.uid, "alamat"])
    own, desk = client_as(user=seeker), client_as(user=officer)
    answers = {"village": person.village_id, "district": "", "address": "Jalan Dago 1", "rt": "1", "rw": "2"}
    assert own.post(page, answers | {"version": fresh(person).version}).status_code == 302
    assert (fresh(person).rt, fresh(person).rw) == ("001", "002")
    for client, name, args in ((own, "profile", ()), (desk, "person", (person.uid,))):
        JobSeeker.objects.filter(pk=person.pk).update(rt="9")
        seen = {"If-Match": f'"{fresh(person).version}"'}
        assert send(client, "PATCH", name, {"rt": "4"}, *args, **seen).json()["rt"] == "004"
        assert fresh(person).rt == "004"
    assert "rt" in DeskForm.base_fields  # the counter's form goes through the same service


def test_an_old_row_prints_three_digits(person_with):
    person = old_row(person_with())
    assert "RT 001 RW 002, Kelurahan" in person.address_line()


def test_the_zeros_are_no_change_of_a_verified_fact(holder, officer):
    old_row(holder)
    assert write(holder, rt="001", rw="2", phone="0812 0000 0078").phone == "+6281200000078"
    assert not ProposedFacts.objects.exists()


def test_the_zeros_of_an_officer_do_not_answer_a_proposed_number(holder, renewal, officer):
    old_row(holder)
    with clock.frozen(RENEWAL_DAY):
        write(holder, rt="5")
        write(holder, actor=officer, rt="1", phone="0812 0000 0078")
    assert ProposedFacts.objects.get().values == {"rt": "005"}
    assert [
        words for _, _, words in proposals.changes(proposals.shown(ProposedFacts.objects.get().application))
    ] == ["001 → 005"]
