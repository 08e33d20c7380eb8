"""The page of the report and its files: who may open them, what they show."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.enums import STAFF_ROLES, Role
from lkip.models import Section

pytestmark = pytest.mark.django_db


def test_the_page_shows_the_contents_and_what_is_missing(small_year, client_as):
    Section.objects.create(year=small_year, key="bab2.pk", body="Ada 12 orang dan [[harga:1]].")
    text = client_as("PLANNER").get(reverse("lkip:paper", args=[small_year])).content.decode()
    for shown in (
        "Akuntabilitas kinerja",
        "Sasaran 1: Sasaran satu",
        "Belum diisi",
        "2 perlu diperbaiki",
        "[[harga:1]]",
    ):
        assert shown in text
    for form in ("pdf", "docx", "xlsx", "json"):
        assert reverse("lkip:paper_file", args=[small_year, form]) in text


def test_files_are_downloads_of_their_kind(small_year, client_as):
    client = client_as("PLANNER")
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("json", b"{")):
        answer = client.get(reverse("lkip:paper_file", args=[small_year, form]))
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        assert f"lkip-{small_year}-rancangan.{form}" in answer["Content-Disposition"]
    assert client.get(reverse("lkip:paper_file", args=[small_year, "exe"])).status_code == 404
    assert client.get(reverse("lkip:paper_file", args=[1999, "pdf"])).status_code == 404


def test_a_draft_says_that_it_is_one(small_year, client_as):
    answer = client_as("AGENCY_HEAD").get(reverse("lkip:paper_file", args=[small_year, "pdf"]))
    assert "DRAF" in PdfReader(io.BytesIO(answer.content)).pages[3].extract_text()


@pytest.mark.parametrize("role", [role for role in Role if role not in STAFF_ROLES])
def test_outsiders_get_neither_page_nor_file(small_year, client_as, role):
    client = client_as(role)
    assert client.get(reverse("lkip:paper", args=[small_year])).status_code == 403
    assert client.get(reverse("lkip:paper_file", args=[small_year, "pdf"])).status_code == 403
