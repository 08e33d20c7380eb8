"""The pages of disputes: who sees them, what forms refuse, how many queries they ask."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import Role
from core import clock
from core.models import AuditEvent
from disputes.models import DisputeCase
from disputes.services.cases import take_step
from tests.employers import builders
from tests.employers.pages import errors_of, queries

pytestmark = pytest.mark.django_db

HANDLERS = {Role.MEDIATOR, Role.SECTION_HEAD}
FORM = {
    "kind": "TERMINATION",
    "company": "pt garmen contoh",
    "applicant_kind": "WORKER",
    "applicant": "Agus Pekerja Contoh",
    "respondent": "PT Garmen Contoh",
    "workers_male": "1",
    "workers_female": "0",
    "bipartite_from": "2023-07-10",
    "received_on": "2023-08-18",
    "registered_on": "2023-08-21",
}


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("case_list", []),
        ("deadline_list", []),
        ("case_new", []),
        ("case_detail", ["uid"]),
        ("case_edit", ["uid"]),
        ("reassign", ["uid"]),
        ("step", ["uid", "withdraw"]),
    ],
)
def test_who_sees_a_page(case_with, client_as, client, name, arguments):
    made = case_with()
    url = reverse(f"disputes:{name}", args=[made.uid, *arguments[1:]] if arguments else [])
    allowed = {Role.SECTION_HEAD} if name == "reassign" else HANDLERS
    for role in [*Role.values, None]:
        assert client_as(role).get(url).status_code == (200 if role in allowed else 403), role
    assert client.get(url).status_code == 302


def test_another_mediators_case_does_not_exist(case_with, client_as, mediator):
    made = case_with("MEDIATION", mediator=mediator)
    other = client_as(Role.MEDIATOR)
    for name in ("case_detail", "case_edit"):
        assert other.get(reverse(f"disputes:{name}", args=[made.uid])).status_code == 404
    step = reverse("disputes:step", args=[made.uid, "settle_agreement"])
    assert other.post(step, {"on": "2023-08-21", "version": "1"}).status_code == 404
    assert made.number not in other.get("/perselisihan/").content.decode()
    response = other.get("/perselisihan/?format=csv")
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert made.number.encode() not in body
    made.refresh_from_db()
    assert (made.state, made.version) == ("MEDIATION", 1)


def test_opening_a_case_leaves_an_access_event(case_with, client_as):
    made, client = case_with(), client_as(Role.SECTION_HEAD)
    client.get(reverse("disputes:case_detail", args=[made.uid]))
    assert AuditEvent.objects.get(object_uid=made.uid).actor_uid == client.user.uid


def test_a_dispute_is_registered_by_form(company, client_as):
    response = client_as(Role.MEDIATOR).post("/perselisihan/baru/", FORM)
    made = DisputeCase.objects.get()
    assert response["Location"] == reverse("disputes:case_detail", args=[made.uid])
    assert (made.company, made.number) == (company, "001/PPHI/VIII/2023")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"company": ""}, "Isi perusahaan."),
        ({"company": "PT Tidak Ada"}, "tidak ditemukan"),
        ({"company": "contoh"}, "Ada beberapa yang cocok"),
        ({"company": "x" * 300}, "200 huruf"),
        ({"kind": ""}, "Pilih jenis perselisihan."),
        ({"applicant": "A\x00"}, "karakter yang tidak dikenal"),
        ({"workers_male": "0"}, "sedikitnya satu orang"),
        ({"received_on": "2023-08-22"}, "belum tiba"),
        ({"registered_on": "2023-08-17"}, "lebih awal"),
        ({"received_on": "31-02-2023"}, "tidak ada di kalender"),
        ({"bipartite_from": "2023-08-20"}, "bipartit harus mulai sebelum"),
    ],
)
def test_a_bad_registration_says_why_and_keeps_what_was_typed(company, client_as, changes, words):
    builders.company("PT Contoh Kedua")
    page = errors_of(client_as(Role.SECTION_HEAD).post("/perselisihan/baru/", FORM | changes))
    assert words in page
    assert "PT Garmen Contoh" in page
    assert not DisputeCase.objects.exists()


def test_a_case_is_taken_through_its_steps_by_the_pages(case_with, client_as, mediator):
    made = case_with()
    head, own = client_as(Role.SECTION_HEAD), client_as(user=mediator)

    def step(client, name: str, **values):
        made.refresh_from_db()
        url = reverse("disputes:step", args=[made.uid, name])
        assert client.get(url).status_code == 200, name
        response = client.post(url, {"version": str(made.version), "on": "2023-08-21", **values})
        assert response.status_code == 302, name
        made.refresh_from_db()
        return response

    step(own, "offer", on="2023-08-01")
    step(head, "assign", on="2023-08-10", mediator=str(mediator.pk))
    step(own, "clarify", on="2023-08-11")
    step(own, "open_session", on="2023-08-14")
    step(own, "recommend", on="2023-08-16", received_on="2023-08-16")
    step(own, "accept", on="2023-08-18")
    step(own, "settle_accepted", comment="PB ditandatangani")
    assert (made.outcome, made.settled_on) == ("RECOMMENDATION_ACCEPTED", builders.TODAY)
    page = own.get(reverse("disputes:case_detail", args=[made.uid])).content.decode()
    assert "Permenaker 17/2014 Ps 14" in page
    assert "PB ditandatangani" in page
    step(head, "reopen", comment="Salah tutup")
    assert made.state == "REGISTERED"


def test_a_step_that_does_not_fit_leads_back_with_its_reason(case_with, client_as):
    made, head = case_with(kind="RIGHTS"), client_as(Role.SECTION_HEAD)
    detail = reverse("disputes:case_detail", args=[made.uid])
    for name in ("offer", "recommend", "reopen"):
        response = head.get(reverse("disputes:step", args=[made.uid, name]), follow=True)
        assert response.redirect_chain[0][0] == detail
        assert "tidak bisa dilakukan" in response.content.decode()
    assert head.get(reverse("disputes:step", args=[made.uid, "nonsense"])).status_code == 404
    refused = head.post(
        reverse("disputes:step", args=[made.uid, "offer"]), {"on": "2023-08-21", "version": "1"}
    )
    assert "langsung dilimpahkan" in errors_of(refused)
    page = head.get(detail).content.decode()
    assert "Tawarkan konsiliasi" not in page
    assert "Limpahkan ke mediator" in page


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("withdraw", {}, "Tulis alasannya"),
        ("withdraw", {"comment": "Dicabut", "on": "2023-08-22"}, "belum tiba"),
        ("withdraw", {"comment": "Dicabut", "on": "2023-07-01"}, "lebih awal"),
        ("withdraw", {"comment": "Dicabut", "on": "besok"}, "bukan tanggal"),
        ("hand_over", {"comment": "Pilihan", "to": "ARBITRATOR"}, "Arbitrase hanya untuk"),
        ("hand_over", {"comment": "Pilihan", "to": "NOBODY"}, "tidak ada dalam daftar"),
        ("hand_over", {"comment": "Pilihan"}, "Pilih diteruskan kepada"),
    ],
)
def test_a_bad_step_says_why_and_changes_nothing(case_with, client_as, name, values, words):
    made = case_with()
    url = reverse("disputes:step", args=[made.uid, name])
    response = client_as(Role.SECTION_HEAD).post(url, {"on": "2023-08-21", "version": "1"} | values)
    assert words in errors_of(response)
    made.refresh_from_db()
    assert (made.state, made.version) == ("REGISTERED", 1)


def test_only_active_mediators_are_offered(case_with, client_as, mediator, user_with):
    planner = user_with(Role.PLANNER, full_name="Perencana Contoh")
    made, head = case_with("OFFERED"), client_as(Role.SECTION_HEAD)
    url = reverse("disputes:step", args=[made.uid, "assign"])
    page = head.get(url).content.decode()
    assert "Hani Mediator Contoh" in page
    assert "Perencana Contoh" not in page
    refused = head.post(url, {"on": "2023-08-21", "version": "1", "mediator": str(planner.pk)})
    assert "tidak ada dalam daftar" in errors_of(refused)


def test_the_second_to_close_meets_a_409_page(case_with, client_as, mediator, head):
    made, client = case_with("MEDIATION", mediator=mediator), client_as(user=mediator)
    url = reverse("disputes:step", args=[made.uid, "settle_agreement"])
    client.get(url)
    take_step(made, "withdraw", actor=head, version=1, comment="Dicabut")
    response = client.post(url, {"on": "2023-08-21", "version": "1"})
    assert response.status_code == 409
    assert "Kepala Contoh" in response.content.decode()
    made.refresh_from_db()
    assert made.outcome == "WITHDRAWN"


def test_correction_by_form(case_with, client_as):
    made, client = case_with(), client_as(Role.MEDIATOR)
    url = reverse("disputes:case_edit", args=[made.uid])
    assert 'value="PT Garmen Contoh"' in client.get(url).content.decode()
    values = {name: value for name, value in FORM.items() if name != "registered_on"}
    values |= {"received_on": "2023-07-03", "bipartite_from": "", "version": "1", "workers_male": "7"}
    assert "Isi alasan" in errors_of(client.post(url, values))
    assert client.post(url, values | {"comment": "Salah hitung"}).status_code == 302
    made.refresh_from_db()
    assert made.workers_male == 7


def test_a_case_page_takes_no_post(case_with, client_as):
    made = case_with()
    url = reverse("disputes:case_detail", args=[made.uid])
    assert client_as(Role.SECTION_HEAD).post(url, {"langkah": "withdraw", "version": "1"}).status_code == 405


def test_overdue_terms_are_red_and_say_by_how_much(case_with, client_as, head, mediator):
    made = take_step(
        case_with("OFFERED"), "assign", actor=head, version=1, mediator=mediator, on=date(2023, 8, 1)
    )
    with clock.frozen(date(2023, 8, 15)):
        page = client_as(user=mediator).get("/perselisihan/tenggat/?lihat=lewat").content.decode()
        assert made.number in page
        assert "lewat 3 hari kerja" in page
        listed = client_as(user=mediator).get("/perselisihan/").content.decode()
        assert "lewat 3 hari kerja" in listed
        assert "sub late" in listed


@pytest.mark.parametrize("name", ["case_list", "deadline_list"])
def test_a_list_asks_the_same_queries_for_one_and_three(case_with, client_as, head, mediator, name):
    client, url = client_as(user=head), reverse(f"disputes:{name}")

    def add() -> None:
        made = case_with("OFFERED", company=builders.company())
        take_step(made, "assign", actor=head, version=1, mediator=mediator)

    add()
    one = queries(client, url)
    add()
    add()
    assert queries(client, url) == one


def test_a_case_page_asks_the_same_queries_for_few_and_many_terms(case_with, client_as, head, mediator):
    client = client_as(user=head)
    few, many = case_with("OFFERED"), case_with("OFFERED")
    few = take_step(few, "assign", actor=head, version=1, mediator=mediator)
    many = take_step(many, "assign", actor=head, version=1, mediator=mediator)
    many = take_step(many, "open_session", actor=mediator, version=2)
    many = take_step(many, "recommend", actor=mediator, version=3)
    first = queries(client, reverse("disputes:case_detail", args=[few.uid]))
    assert queries(client, reverse("disputes:case_detail", args=[many.uid])) == first
