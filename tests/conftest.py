"""Fixtures and rules that every test shares."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import capabilities

hypothesis_settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the access files be written anew."""
    parser.addoption(
        "--write-access", action="store_true", help="write tests/access/*.csv from what the URLs answer"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Look once, in the controlling process, at what the machine offers."""
    if hasattr(config, "workerinput"):
        config.house_missing = config.workerinput["house_missing"]
        config.house_unwanted = config.workerinput["house_unwanted"]
        return
    config.house_unwanted = [name for name in os.environ.get("TEST_WITHOUT", "").split(",") if name]
    config.house_missing = [name for name in capabilities.missing() if name not in config.house_unwanted]
    if config.house_missing and os.environ.get("CI") == "true":
        raise pytest.UsageError(_missing_line(config))


def _missing_line(config: pytest.Config) -> str:
    names = dict.fromkeys(capabilities.NAMES[marker] for marker in config.house_missing)
    return f"not tested, missing here: {', '.join(names)}"


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Hand the answer to the xdist workers."""
    node.workerinput["house_missing"] = node.config.house_missing
    node.workerinput["house_unwanted"] = node.config.house_unwanted


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    """Name in one line what is missing and therefore not tested."""
    if config.house_missing:
        terminalreporter.write_line(_missing_line(config))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests whose servers or programs are missing or not wanted in this run."""
    markers = {*config.house_missing, *config.house_unwanted}
    left_out = [item for item in items if any(item.get_closest_marker(m) for m in markers)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]
    if getattr(config.option, "loadgroup", False):
        _keep_groups_together(items)


def _keep_groups_together(items: list[pytest.Item]) -> None:
    """Do what xdist's `--dist loadgroup` means to do: end the id of a test with the name of its group.

    xdist 3.8 writes to an attribute that pytest 9.2 no longer reads.
    """
    for item in items:
        group = item.get_closest_marker("xdist_group")
        if group is not None and hasattr(item, "_id") and not item.nodeid.endswith(f"@{group.args[0]}"):
            item._id = item.parent.id.child(f"{item.name}@{group.args[0]}")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the scratch folders of this run."""
    if not hasattr(config, "workerinput") and "DATA_DIR" in os.environ and "TEST_RUN" in os.environ:
        run = Path(os.environ["DATA_DIR"]).parent
        if run.name == os.environ["TEST_RUN"]:
            shutil.rmtree(run, ignore_errors=True)


@pytest.fixture(autouse=True)
def _own_cache(settings) -> None:
    """Give each test a cache of its own, also on a shared Redis: limits counted by one test don't hit
    another.
    """
    import uuid

    from django.core.cache import caches

    caches["default"].key_prefix = f"{settings.CACHES['default']['KEY_PREFIX']}-{uuid.uuid4()}"


@pytest.fixture
def user_with(db):
    """Return a function (role, institution=None, **fields) that saves a user who holds `role` today.

    An operator role without an institution gets one of the right kind.
    """
    from accounts.enums import OPERATOR_KINDS
    from accounts.models import Institution, Membership, User
    from core import clock

    made = []

    def make(role: str | None = None, institution=None, **fields):
        number = len(made) + 1
        fields = {
            "email": f"{(role or 'nobody').lower()}-{number}@contoh.test",
            "full_name": f"Uji {number}",
            **fields,
        }
        user = User.objects.create_user(**fields)
        made.append(user)
        if role is not None:
            if role in OPERATOR_KINDS and institution is None:
                institution = Institution.objects.create(
                    kind=OPERATOR_KINDS[role][0], name=f"Lembaga uji {number}"
                )
            Membership.objects.create(user=user, role=role, institution=institution, started_on=clock.today())
        return user

    return make


@pytest.fixture
def client_as(user_with):
    """Return a function (role, institution=None) that gives a signed-in test client; `client.user` is its
    user. Staff come with a second factor, without which no page opens to them.
    """
    from allauth.mfa.models import Authenticator
    from django.test import Client

    from accounts.adapters import SecondFactorAdapter
    from accounts.permissions import needs_second_factor

    def make(role: str | None = None, institution=None, *, user=None):
        client = Client()
        client.user = user or user_with(role, institution)
        if needs_second_factor(client.user):
            Authenticator.objects.get_or_create(
                user=client.user,
                type=Authenticator.Type.TOTP,
                defaults={"data": {"secret": SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")}},
            )
        client.force_login(client.user, backend=None)
        return client

    return make
