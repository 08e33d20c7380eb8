"""The office's choices in the browser: who may change them, what takes effect, what is refused."""

import pytest
from django.urls import reverse

from core import policies
from core.models.agency import AgencyProfile
from core.models.audit import AuditEvent
from tests.employers import builders

pytestmark = pytest.mark.django_db
URL = "portal:settings"


@pytest.fixture
def office(db):
    """An office."""
    return builders.office(builders.city())


def answers(client, **changes):
    form = client.get(reverse(URL)).context["form"]
    found = {name: value for name, value in form.initial.items() if value is not False}
    return {**found, **changes}


def test_every_registered_policy_is_on_the_page_with_its_words(office, client_as):
    page = client_as("ADMINISTRATOR").get(reverse(URL))
    form, text = page.context["form"], page.content.decode()
    assert {policy.name for policy in policies.registered()} <= set(form.fields)
    assert "Dokumen permohonan AK-1: Kartu Keluarga" in text
    assert "Boleh dilampirkan" in text
    assert "REQUIRED</" not in text


def test_an_administrator_changes_what_then_holds(office, client_as):
    client = client_as("ADMINISTRATOR")
    response = client.post(
        reverse(URL),
        answers(client, minimum_age="18", domicile_required="on", ak1_photo_background="red",
                ak1_document_kk="REQUIRED", number_format_ak1="{region4}/{yy}/{n:06}"),
    )  # fmt: skip
    assert response.status_code == 302, response.context["errors"]
    agency = AgencyProfile.objects.get()
    assert agency.policies == {
        "minimum_age": 18, "domicile_required": True, "ak1_photo_background": "red", "ak1_document_kk": "REQUIRED",
    }  # fmt: skip
    assert agency.number_formats == {"ak1": "{region4}/{yy}/{n:06}"}
    assert AuditEvent.objects.filter(kind="agency.changed").exists()


@pytest.mark.parametrize(
    "changes",
    [{"minimum_age": "9"}, {"minimum_age": "tua"}, {"ak1_paper": "pink"}, {"number_format_ak1": "{region4}"},
     {"ak1_document_ktp": "MAYBE"}],
)  # fmt: skip
def test_nonsense_is_refused_and_changes_nothing(office, client_as, changes):
    client = client_as("ADMINISTRATOR")
    before = AgencyProfile.objects.values().get()
    response = client.post(reverse(URL), answers(client, **changes))
    assert response.status_code == 422
    assert AgencyProfile.objects.values().get() == before


@pytest.mark.parametrize("role", ["PLACEMENT_OFFICER", "AGENCY_HEAD", "PLANNER", "JOBSEEKER", "PDP_OFFICER"])
def test_nobody_else(office, client_as, role):
    client = client_as(role)
    assert client.get(reverse(URL)).status_code == 403
    assert client.post(reverse(URL), {"minimum_age": "18"}).status_code == 403
    assert not AgencyProfile.objects.get().policies
