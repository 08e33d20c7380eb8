"""Two at the same moment, on a real database with real locks."""

import threading

import pytest
from django.db import connections

from accounts import services
from accounts.enums import ClaimState, Role
from accounts.models import Membership, NikClaim, User, UserIdentifier
from accounts.services.claims import open_claim
from accounts.services.sign_up_links import mail_link
from core.errors import Refused
from core.models.workflow import WorkflowLog
from messaging.models import Message
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


def together(*steps):
    """Run the steps at the same moment in threads of their own; return what each gave or raised."""
    results: list = [None] * len(steps)
    barrier = threading.Barrier(len(steps))

    def work(number, step):
        barrier.wait()
        try:
            results[number] = step()
        except Exception as problem:
            results[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.fixture
def link(monkeypatch):
    """Return a function (nik, email) that saves a sign-up and gives the secret of its link."""
    secrets_made = iter(f"rahasia-{number}-{'x' * 32}" for number in range(100))
    made = []

    def token(length):
        made.append(next(secrets_made))
        return made[-1]

    monkeypatch.setattr("accounts.services.sign_up_links.secrets.token_urlsafe", token)

    def make(nik, email):
        mail_link(nik=nik, email=email)
        return made[-1]

    return make


def finish(token, name):
    return lambda: services.complete_sign_up(token=token, full_name=name, password=PASSWORD)


def test_two_sign_ups_with_one_nik_make_one_account_and_one_task(link, nik):
    tokens = [link(nik, f"{number}@contoh.test") for number in range(4)]
    results = together(*(finish(token, "Siti Aminah") for token in tokens))
    assert not [result for result in results if isinstance(result, Exception)], results
    assert len([result for result in results if result.user]) == 1
    assert User.objects.count() == 1
    assert UserIdentifier.objects.count() == 1
    assert NikClaim.objects.filter(state=ClaimState.OPEN).count() == 3
    assert Membership.objects.count() == 1


def test_one_link_opened_twice_at_once_makes_one_account(link, nik):
    token = link(nik, "siti@contoh.test")
    results = together(*(finish(token, "Siti") for _ in range(3)))
    assert len([result for result in results if isinstance(result, Refused)]) == 2
    assert User.objects.count() == 1
    assert not NikClaim.objects.exists()


def test_two_links_of_one_email_make_one_account(link, nik, other_nik):
    tokens = [link(nik, "siti@contoh.test"), link(other_nik, "siti@contoh.test")]
    results = together(*(finish(token, "Siti") for token in tokens))
    assert len([result for result in results if isinstance(result, Refused)]) == 1
    assert User.objects.count() == 1


def test_the_same_role_granted_twice_at_once_is_one_membership(user_with):
    admin, user = user_with(Role.ADMINISTRATOR), user_with()
    results = together(
        *(lambda: services.grant_role(actor=admin, user=user, role=Role.PLANNER) for _ in range(3))
    )
    assert len([result for result in results if isinstance(result, Refused)]) == 2
    assert Membership.objects.filter(user=user).count() == 1


def test_two_administrators_who_end_each_other_leave_one(user_with):
    first, second = user_with(Role.ADMINISTRATOR), user_with(Role.ADMINISTRATOR)

    def end(actor, target):
        return lambda: services.end_membership(target.memberships.get(), actor=actor, version=1, comment="x")

    results = together(end(first, second), end(second, first))
    assert len([result for result in results if isinstance(result, Refused)]) == 1
    assert Membership.objects.open().filter(role=Role.ADMINISTRATOR).count() == 1


def test_two_officers_on_one_claim_decide_once(user_with, nik):
    holder = user_with(Role.JOBSEEKER)
    services.bind_nik(actor=None, user=holder, nik=nik)
    claim = open_claim(nik=nik, email="budi@contoh.test", full_name="Budi", holder=holder)
    officers = [user_with(Role.PLACEMENT_OFFICER) for _ in range(2)]

    def decide(officer, step):
        fresh = NikClaim.objects.get(pk=claim.pk)
        return lambda: services.decide_claim(fresh, step, actor=officer, version=1, comment="KTP dilihat")

    results = together(decide(officers[0], "grant"), decide(officers[1], "refuse"))
    assert len([result for result in results if isinstance(result, Refused)]) == 1
    assert WorkflowLog.objects.of(claim).count() == 2


def test_the_same_message_asked_for_at_once_is_one(user_with):
    from messaging.services import send_email

    results = together(*(lambda: send_email("a@b.test", "Perihal", "Isi", key="sama") for _ in range(4)))
    assert not [result for result in results if isinstance(result, Exception)], results
    assert Message.objects.count() == 1
