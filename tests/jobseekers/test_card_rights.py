"""The NIK stands on a card's paper in clear: who only looks at cards does not get it."""

import pytest
from django.urls import reverse

from core.models.audit import AuditEvent
from jobseekers.models import AK1Card
from jobseekers.services import applications
from tests.jobseekers.test_api import problem, send


@pytest.mark.parametrize("role", ["AGENCY_HEAD", "SECTION_HEAD", "ADMINISTRATOR", "PDP_OFFICER"])
def test_who_only_looks_sees_the_card_but_not_its_paper(holder, client_as, role):
    card = AK1Card.objects.get(jobseeker=holder)
    client, paper = client_as(role), reverse("jobseekers:card_pdf", args=[card.uid])
    page = client.get(reverse("jobseekers:card_detail", args=[card.uid]))
    assert page.status_code == 200
    assert paper not in page.content.decode()
    refused = client.get(paper)
    assert refused.status_code == 403
    assert "NIK lengkap" in refused.content.decode()
    problem(send(client, "GET", "card_pdf", None, card.uid), 403)
    assert not AuditEvent.objects.filter(kind="jobseekers.card_printed").exists()


def test_the_holder_and_who_prints_get_it(holder, client_as, officer):
    card = AK1Card.objects.get(jobseeker=holder)
    paper = reverse("jobseekers:card_pdf", args=[card.uid])
    for user in (holder.user, officer):
        assert client_as(user=user).get(paper).content.startswith(b"%PDF")
    assert send(client_as(user=officer), "GET", "card_pdf", None, card.uid).status_code == 200
    assert send(client_as(user=holder.user), "GET", "own_card_pdf", None, card.uid).status_code == 200


def test_a_head_who_looked_for_work_has_the_own_paper(sent, user_with, client_as, officer):
    application = sent()
    card = applications.approve(application, actor=officer, version=application.version, knowingly=True)
    head = user_with("SECTION_HEAD")
    type(card.jobseeker).objects.filter(pk=card.jobseeker_id).update(user=head)
    client, paper = client_as(user=head), reverse("jobseekers:card_pdf", args=[card.uid])
    assert paper in client.get(reverse("jobseekers:card_detail", args=[card.uid])).content.decode()
    assert client.get(paper).status_code == 200
