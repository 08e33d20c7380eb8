"""`check --deploy` fails on what must not be in production."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError

from accounts.checks import addresses_are_known, no_demo_logins
from accounts.enums import Role
from accounts.models import User
from messaging.checks import outbox_reaches_people

pytestmark = pytest.mark.django_db


def ids(found):
    return [problem.id for problem in found]


def test_nothing_to_say_without_demo(settings):
    settings.DEMO_MODE = False
    assert ids(no_demo_logins(None)) == []


def test_demo_mode_fails(settings):
    settings.DEMO_MODE = True
    assert ids(no_demo_logins(None)) == ["accounts.E001"]


def test_demo_logins_fail(settings, user_with):
    settings.DEMO_MODE = False
    user_with(Role.PLANNER, is_demo=True)
    found = no_demo_logins(None)
    assert ids(found) == ["accounts.E002"]
    assert "1 akun demo" in found[0].msg


def test_a_database_that_can_not_be_asked_fails(settings, monkeypatch):
    settings.DEMO_MODE = False

    def broken(**kwargs):
        raise DatabaseError("no such table")

    monkeypatch.setattr(User.objects, "filter", broken)
    assert ids(no_demo_logins(None)) == ["accounts.E003"]


def test_mail_into_a_folder_fails(settings):
    assert ids(outbox_reaches_people(None)) == ["messaging.E001"]
    settings.OUTBOX_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert ids(outbox_reaches_people(None)) == []


def test_the_command_fails_on_a_demo_login(settings, user_with):
    settings.DEMO_MODE = False
    user_with(Role.PLANNER, is_demo=True)
    with pytest.raises(SystemCheckError, match=r"accounts\.E002"):
        call_command("check", "--deploy")


def test_unknown_addresses_are_warned_of(settings):
    settings.SITE_URL, settings.TRUSTED_PROXY_COUNT = "", 0
    assert ids(addresses_are_known(None)) == ["accounts.W001"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert ids(addresses_are_known(None)) == ["accounts.W001", "accounts.W002"]
    settings.SITE_URL, settings.TRUSTED_PROXY_COUNT = "https://kerja.contoh.go.id", 1
    assert ids(addresses_are_known(None)) == []
