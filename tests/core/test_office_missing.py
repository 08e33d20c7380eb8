"""A migrated but empty installation says how to set it up."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_pages_of_an_empty_installation_say_what_to_do(client_as):
    page = client_as("SECTION_HEAD").get(reverse("jobseekers:person_list"))
    assert page.status_code == 503
    assert "Profil dinas belum diisi" in page.content.decode()


def test_the_front_page_opens_without_an_office(client):
    assert client.get("/").status_code == 200
