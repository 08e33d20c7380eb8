"""Cases: registration, every step from every state, who may, what the law and the database refuse, races."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.enums import Role
from accounts.models import Membership
from core import clock
from core.errors import Refused
from core.models import AgencyProfile
from core.workflow import CommentRequired, NotAllowed, StaleRecord, WrongState, available, timeline
from disputes.enums import DisputeState, Outcome
from disputes.models import CaseDeadline, DisputeCase
from disputes.services import cases
from disputes.services.cases import register_case, take_step
from disputes.workflows import CASE
from messaging.models import Notice
from tests.employers.builders import TODAY

pytestmark = pytest.mark.django_db

BASICS = {
    "kind": "TERMINATION",
    "applicant": "Agus Pekerja Contoh",
    "respondent": "PT Garmen Contoh",
    "workers_male": 2,
    "workers_female": 1,
    "received_on": date(2023, 8, 18),
}
OUTCOMES = {
    "lapse": "LAPSED",
    "settle_bipartite": "BIPARTITE_AGAIN",
    "settle_agreement": "SETTLEMENT_AGREEMENT",
    "settle_accepted": "RECOMMENDATION_ACCEPTED",
    "settle_rejected": "RECOMMENDATION_REJECTED",
    "withdraw": "WITHDRAWN",
    "hand_over": "HANDED_OVER",
}


def test_a_case_gets_the_next_number_of_its_year(company, mediator):
    first = register_case(actor=mediator, company=company, **BASICS)
    second = register_case(actor=mediator, company=company, **(BASICS | {"registered_on": date(2023, 8, 21)}))
    assert (first.number, second.number) == ("001/PPHI/VIII/2023", "002/PPHI/VIII/2023")
    old = BASICS | {"received_on": date(2022, 12, 1), "registered_on": date(2022, 12, 2)}
    assert register_case(actor=mediator, company=company, **old).number == "001/PPHI/XII/2022"
    assert [row.label for row in timeline(first)] == ["Perselisihan dicatat"]
    assert first.history.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_on": date(2023, 8, 22)}, "received_on"),
        ({"registered_on": date(2023, 8, 22)}, "registered_on"),
        ({"registered_on": date(2023, 8, 17)}, "registered_on"),
        ({"bipartite_from": date(2023, 8, 19)}, "bipartite_from"),
        ({"workers_male": 0, "workers_female": 0}, "workers_male"),
        ({"kind": "NONE"}, "kind"),
        ({"applicant": ""}, "applicant"),
    ],
)
def test_impossible_registrations_are_refused_and_use_no_number(company, mediator, changes, field):
    with pytest.raises(ValidationError) as caught:
        register_case(actor=mediator, company=company, **(BASICS | changes))
    assert field in caught.value.message_dict
    assert not DisputeCase.objects.exists()
    assert register_case(actor=mediator, company=company, **BASICS).number.startswith("001/")


@pytest.mark.parametrize(
    "role", [*(role for role in Role.values if role not in ("MEDIATOR", "SECTION_HEAD")), None]
)
def test_others_register_nothing_and_see_nothing(company, case_with, user_with, role):
    case_with()
    user = user_with(role)
    with pytest.raises(NotAllowed):
        register_case(actor=user, company=company, **BASICS)
    assert DisputeCase.objects.count() == 1
    assert not DisputeCase.objects.visible_to(user).exists()
    assert available(DisputeCase.objects.get(), user) == []


def _data(name: str, mediator) -> dict:
    return {"assign": {"mediator": mediator}, "hand_over": {"to": "PROVINCE"}}.get(name, {})


@pytest.mark.parametrize("state", DisputeState.values)
@pytest.mark.parametrize("name", [step.name for step in CASE.transitions])
def test_a_case_moves_along_its_table(case_with, head, mediator, state, name):
    made = _case_in(case_with, state, mediator)
    if name == "assign" and state == "REGISTERED":
        DisputeCase.objects.filter(pk=made.pk).update(kind="RIGHTS")
    step = CASE.get(name)
    arguments = {"actor": head, "version": 1, "comment": "Menurut surat pemohon", **_data(name, mediator)}
    if state in step.source:
        if name in ("lapse", "complete_file"):
            CaseDeadline.objects.create(
                case=made,
                code="COMPLETE_FILE",
                starts_on=date(2023, 7, 5),
                due_on=date(2023, 7, 14),
                article="x",
            )
        written = take_step(made, name, **arguments)
        assert (written.state, written.version) == (step.target, 2)
        assert written.outcome == OUTCOMES.get(name, "NONE")
        assert (written.settled_on is not None) == (step.target == "CLOSED")
        if step.target == "CLOSED":
            assert not CaseDeadline.objects.running(written).exists()
    else:
        with pytest.raises(WrongState):
            take_step(made, name, **arguments)
        made.refresh_from_db()
        assert (made.state, made.version) == (state, 1)


def _case_in(case_with, state, mediator):
    if state == "CLOSED":
        return case_with("CLOSED", outcome="WITHDRAWN", settled_on=date(2023, 8, 1))
    with_mediator = state not in ("REGISTERED", "INCOMPLETE", "OFFERED")
    return case_with(state, mediator=mediator if with_mediator else None)


def test_rights_go_straight_to_mediation_and_others_are_offered_first(case_with, head, mediator):
    rights, other = case_with(kind="RIGHTS"), case_with(kind="INTERESTS")
    with pytest.raises(WrongState, match="langsung dilimpahkan"):
        take_step(rights, "offer", actor=head, version=1)
    with pytest.raises(WrongState, match="Tawarkan dulu"):
        take_step(other, "assign", actor=head, version=1, mediator=mediator)
    assert take_step(rights, "assign", actor=head, version=1, mediator=mediator).state == "ASSIGNED"
    assert take_step(other, "offer", actor=head, version=1).state == "OFFERED"


@pytest.mark.parametrize(
    ("kind", "to", "allowed"),
    [
        ("RIGHTS", "CONCILIATOR", False),
        ("RIGHTS", "ARBITRATOR", False),
        ("RIGHTS", "INSPECTORATE", True),
        ("TERMINATION", "CONCILIATOR", True),
        ("TERMINATION", "ARBITRATOR", False),
        ("INTERESTS", "ARBITRATOR", True),
        ("INTER_UNION", "ARBITRATOR", True),
        ("INTER_UNION", "CONCILIATOR", True),
    ],
)
def test_where_a_case_may_go_on_is_the_laws_table(case_with, head, kind, to, allowed):
    made = case_with(kind=kind)
    if allowed:
        written = take_step(made, "hand_over", actor=head, version=1, comment="Pilihan para pihak", to=to)
        assert (written.outcome, written.handed_to) == ("HANDED_OVER", to)
    else:
        with pytest.raises(Refused, match="UU 2/2004"):
            take_step(made, "hand_over", actor=head, version=1, comment="Pilihan para pihak", to=to)
        made.refresh_from_db()
        assert (made.state, made.version) == ("REGISTERED", 1)


def test_a_file_lapses_only_after_its_term(case_with, head):
    made = take_step(
        case_with(), "return_file", actor=head, version=1, comment="Tanpa risalah", on=date(2023, 8, 14)
    )
    due_on = CaseDeadline.objects.get(case=made).due_on
    assert due_on == date(2023, 8, 24)
    with clock.frozen(due_on), pytest.raises(WrongState, match="24 Agustus 2023"):
        take_step(made, "lapse", actor=head, version=2)
    with clock.frozen(date(2023, 8, 25)):
        written = take_step(made, "lapse", actor=head, version=2)
    assert written.outcome == "LAPSED"
    assert not DisputeCase.objects.settled().exists()


@pytest.mark.parametrize(
    ("state", "name", "day"),
    [
        ("ASSIGNED", "open_session", date(2023, 7, 14)),
        ("MEDIATION", "recommend", date(2023, 7, 21)),
        ("RECOMMENDED", "accept", date(2023, 7, 30)),
        ("RECOMMENDED", "settle_rejected", date(2023, 7, 30)),
        ("MEDIATION", "settle_agreement", date(2023, 8, 22)),
    ],
)
def test_a_step_lies_neither_before_the_one_before_nor_in_the_future(case_with, mediator, state, name, day):
    made = case_with(state, mediator=mediator)
    with pytest.raises((ValidationError, Refused)):
        take_step(made, name, actor=mediator, version=1, on=day)
    made.refresh_from_db()
    assert (made.state, made.version) == (state, 1)
    assert not CaseDeadline.objects.exists()


def test_only_the_own_mediator_and_the_head_take_steps(case_with, mediator, head, user_with):
    made, other = case_with("ASSIGNED", mediator=mediator), user_with(Role.MEDIATOR)
    assert available(made, other) == []
    with pytest.raises(NotAllowed):
        take_step(made, "open_session", actor=other, version=1)
    with pytest.raises(NotAllowed):
        take_step(case_with("OFFERED"), "assign", actor=mediator, version=1, mediator=mediator)
    made.refresh_from_db()
    assert (made.state, made.version) == ("ASSIGNED", 1)
    assert take_step(made, "open_session", actor=mediator, version=1).state == "MEDIATION"
    assert take_step(case_with("ASSIGNED", mediator=mediator), "clarify", actor=head, version=1).version == 2


def test_a_mediator_sees_own_and_unassigned_cases_unless_the_policy_opens_all(
    case_with, mediator, head, user_with
):
    own, free = case_with("ASSIGNED", mediator=mediator), case_with()
    foreign = case_with("ASSIGNED", mediator=user_with(Role.MEDIATOR))
    assert set(DisputeCase.objects.visible_to(mediator)) == {own, free}
    assert set(DisputeCase.objects.visible_to(head)) == {own, free, foreign}
    profile = AgencyProfile.objects.get()
    profile.policies = {"mediators_see_all_cases": True}
    profile.save()
    assert set(DisputeCase.objects.visible_to(mediator)) == {own, free, foreign}


def test_a_mediator_without_the_role_any_more_sees_nothing(case_with, mediator):
    case_with("ASSIGNED", mediator=mediator)
    Membership.objects.filter(user=mediator).update(ended_on=TODAY)
    mediator.forget_roles()
    assert not DisputeCase.objects.visible_to(mediator).exists()


def test_a_case_is_given_to_active_mediators_only_and_they_are_told(case_with, head, mediator, user_with):
    for wrong in (user_with(Role.PLANNER), user_with(Role.MEDIATOR, is_active=False), None):
        with pytest.raises(Refused, match="mediator yang aktif"):
            take_step(case_with("OFFERED"), "assign", actor=head, version=1, mediator=wrong)
    made = take_step(case_with("OFFERED"), "assign", actor=head, version=1, mediator=mediator)
    notice = Notice.objects.get(user=mediator)
    assert made.number in notice.title
    assert "Pekerja Contoh" not in notice.title + notice.body


def test_another_mediator_takes_over_and_the_clocks_run_on(case_with, head, mediator, user_with):
    made = take_step(case_with("OFFERED"), "assign", actor=head, version=1, mediator=mediator)
    due = set(CaseDeadline.objects.running(made).values_list("code", "due_on"))
    other = user_with(Role.MEDIATOR)
    with pytest.raises(NotAllowed):
        cases.reassign(made, actor=mediator, version=2, mediator=other, comment="Cuti")
    with pytest.raises(Refused, match="sudah ditangani"):
        cases.reassign(made, actor=head, version=2, mediator=mediator, comment="Cuti")
    with pytest.raises(ValidationError, match="alasan"):
        cases.reassign(made, actor=head, version=2, mediator=other, comment=" ")
    written = cases.reassign(made, actor=head, version=2, mediator=other, comment="Cuti")
    assert written.mediator == other
    assert set(CaseDeadline.objects.running(made).values_list("code", "due_on")) == due


def test_correction_needs_a_reason_and_an_open_case(case_with, mediator):
    made = case_with()
    with pytest.raises(ValidationError, match="alasan"):
        cases.correct_case(made, actor=mediator, version=1, comment="", workers_male=4)
    assert (
        cases.correct_case(made, actor=mediator, version=1, comment="Salah", workers_male=4).workers_male == 4
    )
    offered = case_with("OFFERED")
    with pytest.raises(Refused, match="tahapnya sudah berjalan"):
        cases.correct_case(offered, actor=mediator, version=1, comment="Salah", kind="RIGHTS")
    closed = case_with("CLOSED", outcome="WITHDRAWN", settled_on=date(2023, 8, 1))
    with pytest.raises(WrongState):
        cases.correct_case(closed, actor=mediator, version=1, comment="Salah", workers_male=4)
    with pytest.raises(TypeError):
        cases.correct_case(made, actor=mediator, version=2, comment="Salah", outcome="WITHDRAWN")


def test_reopening_takes_back_the_end_and_keeps_its_history(case_with, head, mediator):
    made = case_with("MEDIATION", mediator=mediator)
    closed = take_step(made, "settle_agreement", actor=mediator, version=1)
    with pytest.raises(NotAllowed):
        take_step(closed, "reopen", actor=mediator, version=2, comment="Salah tutup")
    with pytest.raises(CommentRequired):
        take_step(closed, "reopen", actor=head, version=2)
    opened = take_step(closed, "reopen", actor=head, version=2, comment="Salah tutup")
    assert (opened.state, opened.outcome, opened.settled_on, opened.mediator) == (
        "REGISTERED",
        "NONE",
        None,
        None,
    )
    assert opened.registered_on == made.registered_on
    assert [row.outcome for row in opened.history.order_by("history_id")][-2:] == [
        "SETTLEMENT_AGREEMENT",
        "NONE",
    ]


def test_the_loser_is_told_who_closed_the_case(case_with, mediator, head):
    made = case_with("MEDIATION", mediator=mediator)
    take_step(made, "settle_agreement", actor=mediator, version=1)
    with pytest.raises(StaleRecord, match="Hani Mediator Contoh"):
        take_step(made, "withdraw", actor=head, version=1, comment="Dicabut")
    made.refresh_from_db()
    assert made.outcome == "SETTLEMENT_AGREEMENT"


@pytest.mark.django_db(transaction=True)
def test_two_people_closing_one_case_make_one_end(case_with, mediator, head):
    made = case_with("MEDIATION", mediator=mediator)
    barrier, outcomes = threading.Barrier(2), []

    def close(name: str, actor) -> None:
        try:
            with clock.frozen(TODAY):
                barrier.wait(10)
                take_step(made, name, actor=actor, version=1, comment="Selesai")
            outcomes.append(name)
        except StaleRecord as problem:
            outcomes.append(str(problem))
        finally:
            connection.close()

    pairs = (("settle_agreement", mediator), ("withdraw", head))
    threads = [threading.Thread(target=close, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    winners = [text for text in outcomes if text in ("settle_agreement", "withdraw")]
    losers = [text for text in outcomes if text not in winners]
    assert len(winners) == len(losers) == 1
    assert "sudah mengubah data ini" in losers[0]
    made.refresh_from_db()
    assert (made.version, made.outcome) == (2, OUTCOMES[winners[0]])
    assert len(timeline(made)) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "CLOSED"},
        {"outcome": "WITHDRAWN"},
        {"settled_on": date(2023, 8, 1)},
        {"state": "CLOSED", "outcome": "WITHDRAWN", "settled_on": date(2023, 7, 3)},
        {"state": "CLOSED", "outcome": "SETTLEMENT_AGREEMENT", "settled_on": date(2023, 8, 1)},
        {"state": "CLOSED", "outcome": "RECOMMENDATION_REJECTED", "settled_on": date(2023, 8, 1)},
        {"state": "CLOSED", "outcome": "HANDED_OVER", "settled_on": date(2023, 8, 1)},
        {"handed_to": "PROVINCE"},
        {"registered_on": date(2023, 7, 2)},
        {"offered_on": date(2023, 7, 3)},
        {"offered_on": date(2023, 7, 5), "kind": "RIGHTS"},
        {"state": "OFFERED"},
        {"state": "INCOMPLETE"},
        {"state": "ASSIGNED"},
        {"state": "ASSIGNED", "assigned_on": date(2023, 7, 5)},
        {"state": "MEDIATION"},
        {"first_session_on": date(2023, 7, 5), "assigned_on": date(2023, 7, 6)},
        {"workers_male": 0},
        {"kind": "NONE"},
        {"state": "GONE"},
    ],
)
def test_the_database_refuses(case_with, changes):
    made = case_with()
    with pytest.raises(IntegrityError), transaction.atomic():
        DisputeCase.objects.filter(pk=made.pk).update(**changes)


def test_the_database_keeps_one_running_term_of_a_kind(case_with):
    made = case_with()
    values = {"case": made, "code": "REPLY", "starts_on": TODAY, "due_on": TODAY, "article": "x"}
    CaseDeadline.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseDeadline.objects.create(**values)


def test_every_end_of_the_law_has_a_step():
    assert set(OUTCOMES.values()) == set(Outcome.values) - {"NONE"}
    assert set(OUTCOMES) == {step.name for step in CASE.transitions if step.target == "CLOSED"}
