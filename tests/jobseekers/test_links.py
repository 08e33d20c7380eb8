"""One-time links: the token alone opens them, once, in time."""

from datetime import date

import pytest

from core import clock
from jobseekers.enums import LinkPurpose
from jobseekers.models import OneTimeLink
from jobseekers.services import applications, links

PURPOSE = LinkPurpose.SIX_MONTH_REPORT
OTHER = LinkPurpose.CONFIRM_DRAFT


@pytest.fixture
def card(sent, officer):
    """A card."""
    application = sent()
    return applications.approve(application, actor=officer, version=application.version)


def make(card, **changes):
    """A link about the card's first report."""
    given = {"purpose": PURPOSE, "person": card.jobseeker, "card": card, "slot": 1, "days": 14, **changes}
    return links.make(**given)


def test_only_the_hash_is_kept(card):
    token = make(card)
    row = OneTimeLink.objects.get()
    assert len(token) >= 32
    assert bytes(row.digest) == links.digest_of(token)
    assert token not in str(vars(row))


def test_found_by_the_token_and_for_its_purpose_only(card):
    token = make(card)
    assert links.find(token, PURPOSE).card == card
    assert links.find(token, OTHER) is None
    assert links.find(token[:-1], PURPOSE) is None
    assert links.find("", PURPOSE) is None
    assert links.find("x" * 10_000, PURPOSE) is None


def test_used_once(card):
    link = links.find(make(card), PURPOSE)
    assert links.use(link).used_at is not None
    with pytest.raises(links.LinkDead):
        links.use(link)


def test_used_is_not_found_again_and_not_made_again(card):
    token = make(card)
    links.use(links.find(token, PURPOSE))
    assert links.find(token, PURPOSE) is None
    with pytest.raises(links.LinkDead):
        make(card)
    assert make(card, slot=2)


def test_runs_out(card):
    token = make(card, days=14)
    with clock.frozen(date(2023, 9, 3)):
        link = links.find(token, PURPOSE)
        assert link is not None
    with clock.frozen(date(2023, 9, 5)):
        assert links.find(token, PURPOSE) is None
        with pytest.raises(links.LinkDead):
            links.use(link)
    assert OneTimeLink.objects.get().used_at is None


def test_a_second_one_replaces_the_first(card):
    first, second = make(card), make(card)
    assert first != second
    assert links.find(first, PURPOSE) is None
    assert links.find(second, PURPOSE) is not None


def test_about_something(card):
    with pytest.raises(ValueError, match="card or an application"):
        links.make(purpose=OTHER, person=card.jobseeker, days=1)
