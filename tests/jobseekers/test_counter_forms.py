"""What the officer's forms at the counter say and offer about a person who has a card."""

from django.urls import reverse

from core import clock
from tests.jobseekers.conftest import RENEWAL_DAY
from tests.jobseekers.test_verified_facts import write


def test_the_correction_leads_to_the_file_that_asks_for_other_facts(holder, renewal, client_as, officer):
    desk = client_as(user=officer)
    url = reverse("jobseekers:person_edit", args=[holder.uid])
    file = reverse("jobseekers:application_detail", args=[renewal.uid])
    assert file not in desk.get(url).content.decode()
    write(holder, address="Jalan Anggrek 1")
    page = desk.get(url).content.decode()
    assert "mengajukan perubahan data" in page
    assert f'href="{file}"' in page
    assert "Jalan Melati Nomor 12" in page


def test_the_counter_offers_only_the_kinds_that_fit(holder, client_as, officer):
    url = reverse("jobseekers:desk_for", args=[holder.uid])
    desk = client_as(user=officer)
    early = desk.get(url).content.decode()
    assert 'value="NEW"' not in early
    assert 'value="RENEWAL"' not in early
    assert 'value="REPLACEMENT"' in early
    assert "Perpanjangan bisa diajukan mulai" in early
    with clock.frozen(RENEWAL_DAY):
        due = desk.get(url).content.decode()
    assert 'value="RENEWAL"' in due
    assert 'value="NEW"' not in due


def test_who_never_had_a_card_is_offered_a_first_one(person_with, client_as, officer):
    page = (
        client_as(user=officer).get(reverse("jobseekers:desk_for", args=[person_with().uid])).content.decode()
    )
    assert 'value="NEW"' in page
    assert 'value="RENEWAL"' not in page
