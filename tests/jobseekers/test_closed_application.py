"""An application that is not open for answers says why, and what to do instead."""

import pytest
from django.urls import reverse

from jobseekers.models import JobSeeker
from jobseekers.services import applications
from tests.jobseekers.test_api import problem, send

TOLD = {
    "SUBMITTED": ("sudah dikirim", "batalkan permohonan ini"),
    "WITHDRAWN": ("sudah dibatalkan", "ajukan permohonan baru"),
    "APPROVED": ("sudah disetujui", "ajukan penggantian atau perpanjangan"),
    "REJECTED": ("ini ditolak", "Baca alasannya"),
}


def brought_to(state, application, officer):
    """The sent application, led to a state."""
    version = application.version
    if state == "WITHDRAWN":
        applications.withdraw(application, actor=application.jobseeker.user, version=version)
    elif state == "APPROVED":
        applications.approve(application, actor=officer, version=version, knowingly=True)
    elif state == "REJECTED":
        applications.reject(application, actor=officer, version=version, comment="Bukan warga kota.")
    return application


@pytest.mark.parametrize("part", ["alamat", "foto", None])
@pytest.mark.parametrize("state", TOLD)
def test_each_state_says_what_is_true_and_what_to_do(sent, officer, client, state, part):
    application = brought_to(state, sent(), officer)
    client.force_login(application.jobseeker.user)
    name, args = ("fill_part", [application.uid, part]) if part else ("photo", [application.uid])
    page = client.get(reverse(f"jobseekers:{name}", args=args), follow=True).content.decode()
    for words in TOLD[state]:
        assert words in page
    assert ("sudah dikirim" in page) == (state == "SUBMITTED")


def test_the_api_says_the_same_of_a_sent_one(sent, client):
    person = sent().jobseeker
    client.force_login(person.user)
    seen = {"If-Match": f'"{JobSeeker.objects.get(pk=person.pk).version}"'}
    told = problem(send(client, "PATCH", "profile", {"address": "Jalan Anggrek 1"}, **seen), 409)
    for words in TOLD["SUBMITTED"]:
        assert words in told["detail"]
