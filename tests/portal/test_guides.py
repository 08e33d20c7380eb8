"""The guides: open to everybody, their pictures are there, their words lead somewhere."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

pytestmark = pytest.mark.django_db
GUIDES = ["portal:guide_jobseeker", "portal:guide_placement_officer", "portal:guide_planner"]


@pytest.mark.parametrize("name", GUIDES)
def test_every_picture_is_there_and_says_what_it_shows(client, name):
    page = client.get(reverse(name)).content.decode()
    pictures = re.findall(r'<img src="/static/([^"]+)" alt="([^"]*)"', page)
    assert pictures
    for path, words in pictures:
        assert finders.find(path), path
        assert len(words) > 10


@pytest.mark.parametrize("name", GUIDES)
def test_every_line_of_the_contents_leads_to_its_part(client, name):
    page = client.get(reverse(name)).content.decode()
    wanted = [part for part in re.findall(r'href="#([a-z]+)"', page) if part != "isi"]
    assert len(wanted) >= 9
    assert all(f'<section id="{part}">' in page for part in wanted)


def test_guides_are_linked_from_the_bottom_of_public_pages(client):
    page = client.get("/").content.decode()
    assert all(reverse(name) in page for name in GUIDES)


def test_the_officers_guide_says_how_cards_print_and_doubles_are_joined(client):
    """Both sides lie beside each other on one face; a double is picked from a list."""
    page = client.get(reverse("portal:guide_placement_officer")).content.decode()
    assert "bolak-balik" not in page
    assert "dilipat" in page
    assert "dari daftar yang mirip" in page
