"""Vacancies: every step from every state, who may take it, what the public sees."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role
from core import clock
from core.errors import Refused
from core.workflow import CommentRequired, NotAllowed, WrongState, available
from employers import selectors
from employers.enums import VacancyState
from employers.models import Vacancy
from employers.services.vacancies import draft_vacancy, edit_vacancy, take_step
from employers.workflows import VACANCY
from messaging.models import Notice
from tests.employers import builders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", VacancyState.values)
@pytest.mark.parametrize("name", [step.name for step in VACANCY.transitions])
def test_a_step_works_from_its_states_only(company, user_with, state, name):
    head = user_with(Role.SECTION_HEAD)
    made = builders.vacancy(company, state=state)
    step = VACANCY.get(name)
    if state in step.source:
        written = take_step(made, name, actor=head, version=1, comment="Sudah diperiksa")
        assert (written.state, written.version) == (step.target, 2)
    else:
        with pytest.raises(WrongState):
            take_step(made, name, actor=head, version=1, comment="Sudah diperiksa")
        made.refresh_from_db()
        assert (made.state, made.version) == (state, 1)


STEPS_BY_ROLE = {
    Role.COMPANY_OPERATOR: {"submit", "withdraw", "redraft", "close"},
    Role.PLACEMENT_OFFICER: {"submit", "withdraw", "publish", "reject", "redraft", "close"},
    Role.SECTION_HEAD: {"submit", "withdraw", "publish", "reject", "redraft", "close"},
    Role.MEDIATOR: {"submit", "withdraw", "redraft", "close"},
}


@pytest.mark.parametrize("role", [*Role.values, None])
def test_who_may_take_which_step(company, user_with, role):
    user = user_with(role, company.institution if role == Role.COMPANY_OPERATOR else None)
    found = set()
    for state in VacancyState.values:
        found |= {step.name for step in available(builders.vacancy(company, state=state), user)}
    assert found == STEPS_BY_ROLE.get(role, set())


def test_nobody_publishes_for_the_company_they_act_for(company, user_with):
    from accounts.models import Membership

    user = user_with(Role.PLACEMENT_OFFICER)
    Membership.objects.create(
        user=user, role=Role.COMPANY_OPERATOR, institution=company.institution, started_on=builders.TODAY
    )
    made = builders.vacancy(company, state="SUBMITTED")
    with pytest.raises(NotAllowed):
        take_step(made, "publish", actor=user, version=1)
    made.refresh_from_db()
    assert made.state == "SUBMITTED"


def test_publication_starts_today_and_the_company_is_told(company, officer, operator):
    made = builders.vacancy(company, state="SUBMITTED")
    written = take_step(made, "publish", actor=officer, version=1)
    assert written.published_on == builders.TODAY
    notice = Notice.objects.get(user=operator)
    assert "sudah tayang" in notice.title
    assert notice.url.endswith(f"{made.uid}/")


def test_a_refusal_needs_a_reason_that_the_company_reads(company, officer, operator):
    made = builders.vacancy(company, state="SUBMITTED")
    with pytest.raises(CommentRequired):
        take_step(made, "reject", actor=officer, version=1)
    take_step(made, "reject", actor=officer, version=1, comment="Upah di bawah UMK.")
    assert "Upah di bawah UMK." in Notice.objects.get(user=operator).body


@pytest.mark.parametrize("closes_on", [None, date(2023, 8, 20)])
@pytest.mark.parametrize(("state", "step"), [("DRAFT", "submit"), ("SUBMITTED", "publish")])
def test_a_vacancy_needs_a_last_day_to_come(company, officer, closes_on, state, step):
    made = builders.vacancy(company, state=state, closes_on=closes_on)
    with pytest.raises(Refused, match="anggal penutupan"):
        take_step(made, step, actor=officer, version=1)
    made.refresh_from_db()
    assert (made.state, made.version) == (state, 1)


def test_closing_early_moves_the_last_day_to_today(company, officer):
    made = builders.vacancy(company, state="PUBLISHED")
    assert take_step(made, "close", actor=officer, version=1).closes_on == builders.TODAY
    passed = builders.vacancy(company, state="PUBLISHED", closes_on=date(2023, 8, 5))
    assert take_step(passed, "close", actor=officer, version=1).closes_on == date(2023, 8, 5)


def test_drafts_are_checked_and_belong_to_the_company(company, operator):
    made = draft_vacancy(actor=operator, company=company, title="Operator jahit", openings_any=3)
    assert made.openings_total == 3
    for changes, field in (
        ({"openings_any": 0}, "openings_any"),
        ({"openings_any": 1, "wage_from": 5, "wage_to": 4}, "wage_to"),
    ):
        with pytest.raises(ValidationError) as caught:
            draft_vacancy(actor=operator, company=company, title="Operator", **changes)
        assert field in caught.value.message_dict
    with pytest.raises(NotAllowed):
        draft_vacancy(actor=operator, company=builders.company(), title="Operator", openings_any=3)
    assert Vacancy.objects.count() == 1


def test_a_public_vacancy_is_no_longer_edited(company, operator):
    made = builders.vacancy(company, state="PUBLISHED")
    with pytest.raises(NotAllowed):
        edit_vacancy(made, actor=operator, version=1, title="Lain")
    draft = builders.vacancy(company)
    assert edit_vacancy(draft, actor=operator, version=1, title="Lain").title == "Lain"


@pytest.mark.parametrize(
    "changes",
    [
        {"openings_any": 0},
        {"wage_from": 10, "wage_to": 9},
        {"wage_from": -1},
        {"state": "PUBLISHED", "published_on": None},
        {"state": "PUBLISHED", "published_on": date(2023, 8, 1), "closes_on": None},
        {"state": "CLOSED", "published_on": date(2023, 8, 1), "closes_on": date(2023, 7, 31)},
        {"published_on": date(2023, 8, 1)},
        {"state": "GONE"},
    ],
)
def test_the_database_refuses(company, changes):
    made = builders.vacancy(company)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vacancy.objects.filter(pk=made.pk).update(**changes)


def test_the_public_sees_open_vacancies_newest_first(company, client):
    older = builders.vacancy(company, state="PUBLISHED", published_on=date(2023, 8, 1), title="Penjahit")
    newer = builders.vacancy(company, state="PUBLISHED", published_on=date(2023, 8, 20), title="Kurir")
    hidden = [
        builders.vacancy(company, state=state) for state in ("DRAFT", "SUBMITTED", "REJECTED", "CLOSED")
    ]
    hidden.append(builders.vacancy(company, state="PUBLISHED", closes_on=date(2023, 8, 20)))
    assert selectors.newest_vacancies() == [newer, older]
    page = client.get("/lowongan/")
    assert page.status_code == 200
    text = page.content.decode()
    assert text.index("Kurir") < text.index("Penjahit")
    assert "2 lowongan" in text
    for made in hidden:
        assert str(made.uid) not in text
        assert client.get(f"/lowongan/{made.uid}/").status_code == 404
    detail = client.get(f"/lowongan/{newer.uid}/")
    assert detail.status_code == 200
    assert "PT Garmen Contoh" in detail.content.decode()
    with clock.frozen(date(2023, 10, 1)):
        assert client.get(f"/lowongan/{newer.uid}/").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=" + "x" * 5000, "hal=-1", "hal=99999999999999999999", "q=%25_%27", "hal=abc", "q=<b>"],
)
def test_the_public_list_takes_any_address(company, client, query):
    builders.vacancy(company, state="PUBLISHED")
    page = client.get(f"/lowongan/?{query}")
    assert page.status_code == 200
    assert "<b>”" not in page.content.decode()
    assert "“<b>" not in page.content.decode()


def test_the_search_finds_words_of_title_and_company(company, client):
    builders.vacancy(company, state="PUBLISHED", title="Operator jahit")
    builders.vacancy(builders.company("CV Kurir Contoh"), state="PUBLISHED", title="Pengantar paket")
    assert "Operator jahit" in client.get("/lowongan/?q=JAHIT garmen").content.decode()
    assert "Pengantar paket" in client.get("/lowongan/?q=kurir").content.decode()
    assert "Tidak ada yang cocok" in client.get("/lowongan/?q=dokter").content.decode()


def test_the_public_list_asks_the_same_queries_for_one_and_three(company, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get("/lowongan/")
    builders.vacancy(company, state="PUBLISHED", region_id="32.77.01.1001")
    with CaptureQueriesContext(connection) as one:
        client.get("/lowongan/")
    for _ in range(2):
        builders.vacancy(
            builders.company(region_id="32.77.01.1002"), state="PUBLISHED", region_id="32.77.01.1002"
        )
    with CaptureQueriesContext(connection) as three:
        client.get("/lowongan/")
    assert len(one) == len(three)
    assert len(three) <= 6
