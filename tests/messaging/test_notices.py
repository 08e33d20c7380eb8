"""Notices: the bell, its number, the page behind it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from messaging.context_processors import notices as context
from messaging.models import Notice
from messaging.selectors import unread_count
from messaging.services import mark_all_read, mark_read, notify

pytestmark = pytest.mark.django_db
PAGE = "/pemberitahuan/"


def tell(user, key="satu", **more):
    fields = {"title": "Berkas diterima", "body": "Berkas Anda diterima.", "url": "/akun/", **more}
    return notify(user, key=key, **fields)


def test_the_same_event_is_told_once_to_each(user_with):
    first, second = user_with(), user_with()
    assert tell(first).pk == tell(first, title="Lain").pk
    tell(second)
    assert (unread_count(first), unread_count(second)) == (1, 1)


@pytest.mark.parametrize(
    "url",
    ["https://jahat.contoh/", "//jahat.contoh/", "akun/", "javascript:alert(1)", "/?q=3277015705009001"],
)
def test_it_leads_to_pages_of_this_site_only(user_with, url):
    with pytest.raises(ValueError, match="page of this site"):
        tell(user_with(), url=url)
    assert not Notice.objects.exists()


def test_the_database_keeps_foreign_pages_out_too(user_with):
    notice = tell(user_with())
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(url="//jahat.contoh/")


def test_no_nik_gets_into_a_notice(user_with):
    notice = tell(user_with(), title="NIK 3277015705009001", body="NIK 3277015705009001")
    assert "3277015705009001" not in notice.title + notice.body


def test_long_texts_are_cut(user_with):
    notice = tell(user_with(), title="x" * 500, body="y" * 5000)
    assert (len(notice.title), len(notice.body)) == (160, 1000)


def test_marking_counts_the_first_time_and_the_own_only(user_with):
    user, stranger = user_with(), user_with()
    notice = tell(user)
    mark_read(actor=stranger, notice=notice)
    assert unread_count(user) == 1
    mark_read(actor=user, notice=notice)
    notice.refresh_from_db()
    first = notice.read_at
    mark_read(actor=user, notice=notice)
    notice.refresh_from_db()
    assert notice.read_at == first
    tell(user, "dua")
    assert mark_all_read(actor=stranger) == 0
    assert mark_all_read(actor=user) == 1


def test_the_page_shows_the_own_ones_newest_first(client_as, user_with):
    client = client_as(Role.JOBSEEKER)
    tell(client.user, "satu", title="Yang pertama")
    tell(client.user, "dua", title="Yang kedua")
    tell(user_with(), "tiga", title="Milik orang lain")
    page = client.get(PAGE).content.decode()
    assert page.index("Yang kedua") < page.index("Yang pertama")
    assert "Milik orang lain" not in page
    assert unread_count(client.user) == 2  # reading the list marks nothing


def test_opening_marks_and_leads_on(client_as):
    client = client_as(Role.JOBSEEKER)
    notice = tell(client.user)
    page = reverse("messaging:notice_open", args=[notice.uid])
    assert client.get(page).status_code == 405
    assert unread_count(client.user) == 1
    assert client.post(page).url == "/akun/"
    assert unread_count(client.user) == 0
    bare = tell(client.user, "dua", url="")
    assert client.post(reverse("messaging:notice_open", args=[bare.uid])).url == PAGE


def test_other_peoples_are_404_and_stay_unread(client_as, user_with):
    owner = user_with()
    notice = tell(owner)
    client = client_as(Role.ADMINISTRATOR)
    assert client.post(reverse("messaging:notice_open", args=[notice.uid])).status_code == 404
    assert client.post(reverse("messaging:notices_all_read")).url == PAGE
    assert unread_count(owner) == 1


def test_marking_all(client_as):
    client = client_as(Role.JOBSEEKER)
    for key in "abc":
        tell(client.user, key)
    assert client.get(reverse("messaging:notices_all_read")).status_code == 405
    client.post(reverse("messaging:notices_all_read"))
    assert unread_count(client.user) == 0


def test_the_page_asks_to_sign_in(client):
    assert client.get(PAGE).url.startswith("/akun/masuk/")


def test_an_empty_page_says_what_comes(client_as):
    assert "Belum ada kabar" in client_as(Role.JOBSEEKER).get(PAGE).content.decode()


def test_pages_of_25_at_the_same_cost(client_as):
    client = client_as(Role.JOBSEEKER)
    tell(client.user, "0")
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for number in range(1, 30):
        tell(client.user, str(number))
    with CaptureQueriesContext(connection) as many:
        page = client.get(PAGE)
    assert len(many) == len(few)
    assert page.content.decode().count("Buka halamannya") == 25
    assert client.get(PAGE + "?hal=2").content.decode().count("Buka halamannya") == 5


def test_the_bell_asks_once_and_only_when_shown(user_with, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = user_with()
    tell(request.user)
    with django_assert_num_queries(0):
        known = context(request)
    with django_assert_num_queries(1):
        shown = Template("{% if unread_notices %}{{ unread_notices }}{% endif %}").render(Context(known))
    assert shown == "1"


def test_strangers_have_no_bell(rf):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/")
    assert context(request) == {"unread_notices": 0}
    request.user = AnonymousUser()
    assert context(request) == {"unread_notices": 0}
    assert not Notice.objects.visible_to(request.user).exists()
