"""Every page of the app opens for those it is for."""

import pytest
from django.urls import reverse

from accounts.enums import Role

pytestmark = pytest.mark.django_db

PUBLIC = [
    "account_login",
    "account_signup",
    "accounts:sign_up_sent",
    "account_reset_password",
    "accounts:forgotten_sent",
]
OWN = [
    "accounts:home",
    "accounts:sessions",
    "account_logout",
    "mfa_index",
]
ADMIN = [
    "accounts:users",
    "accounts:user_invite",
    "accounts:memberships",
    "accounts:institutions",
    "accounts:claims",
    "accounts:institution_create",
]


@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages_open_without_signing_in(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert '<h1 class="govuk-heading-l">' in response.content.decode()


@pytest.mark.parametrize("name", sorted({*OWN, *ADMIN} - {"account_logout"}))
def test_all_other_pages_ask_to_sign_in_first(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.url.startswith("/akun/masuk/")


@pytest.mark.parametrize("role", [Role.JOBSEEKER, Role.COMPANY_OPERATOR, Role.PLANNER])
@pytest.mark.parametrize("name", OWN)
def test_own_pages_open_for_every_role(client_as, role, name):
    assert client_as(role).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ADMIN)
def test_administration_opens_for_the_administrator(client_as, name):
    assert client_as(Role.ADMINISTRATOR).get(reverse(name)).status_code == 200
