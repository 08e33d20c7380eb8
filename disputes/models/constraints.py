"""What the database itself keeps true about a case."""

from django.db.models import CheckConstraint, F, Q

from disputes.enums import DisputeKind, DisputeState, HandedTo, Outcome, PartyKind

S = DisputeState
WITH_MEDIATOR = (S.ASSIGNED, S.CLARIFICATION, S.MEDIATION, S.RECOMMENDED, S.AGREED)
IN_SESSION = (S.MEDIATION, S.RECOMMENDED, S.AGREED)


def _from(field: str, earlier: str) -> Q:
    """`field` is empty, or not before `earlier` where that is known."""
    return (
        Q(**{f"{field}__isnull": True})
        | Q(**{f"{earlier}__isnull": True})
        | Q(**{f"{field}__gte": F(earlier)})
    )


CASE_CONSTRAINTS = [
    CheckConstraint(condition=Q(state__in=S.values), name="disputes_case_state"),
    CheckConstraint(condition=Q(kind__in=DisputeKind.values), name="disputes_case_kind"),
    CheckConstraint(condition=Q(applicant_kind__in=PartyKind.values), name="disputes_case_applicant_kind"),
    CheckConstraint(condition=Q(workers_male__gt=0) | Q(workers_female__gt=0), name="disputes_case_workers"),
    CheckConstraint(
        condition=Q(
            state=S.CLOSED, settled_on__isnull=False, outcome__in=[o for o in Outcome.values if o != "NONE"]
        )
        | (~Q(state=S.CLOSED) & Q(settled_on__isnull=True, outcome=Outcome.NONE)),
        name="disputes_case_closed",
    ),
    CheckConstraint(
        condition=Q(registered_on__gte=F("received_on"))
        & _from("offered_on", "registered_on")
        & _from("assigned_on", "registered_on")
        & _from("first_session_on", "assigned_on")
        & _from("recommended_on", "first_session_on")
        & _from("agreed_on", "recommended_on"),
        name="disputes_case_dates",
    ),
    CheckConstraint(
        condition=_from("settled_on", "registered_on")
        & _from("settled_on", "assigned_on")
        & _from("settled_on", "first_session_on")
        & _from("settled_on", "recommended_on"),
        name="disputes_case_settled_last",
    ),
    CheckConstraint(
        condition=~Q(state__in=WITH_MEDIATOR) | Q(mediator__isnull=False, assigned_on__isnull=False),
        name="disputes_case_mediator",
    ),
    CheckConstraint(
        condition=~(Q(state__in=IN_SESSION) | Q(outcome=Outcome.SETTLEMENT_AGREEMENT))
        | Q(mediator__isnull=False, first_session_on__isnull=False),
        name="disputes_case_session",
    ),
    CheckConstraint(
        condition=~(
            Q(state__in=(S.RECOMMENDED, S.AGREED))
            | Q(outcome__in=(Outcome.RECOMMENDATION_ACCEPTED, Outcome.RECOMMENDATION_REJECTED))
        )
        | Q(first_session_on__isnull=False, recommended_on__isnull=False),
        name="disputes_case_recommended",
    ),
    CheckConstraint(
        condition=~(Q(state=S.AGREED) | Q(outcome=Outcome.RECOMMENDATION_ACCEPTED))
        | Q(agreed_on__isnull=False),
        name="disputes_case_agreed",
    ),
    CheckConstraint(
        condition=~Q(state=S.INCOMPLETE) | Q(returned_on__isnull=False), name="disputes_case_returned"
    ),
    CheckConstraint(
        condition=Q(offered_on__isnull=True) | ~Q(kind=DisputeKind.RIGHTS), name="disputes_case_offer_kind"
    ),
    CheckConstraint(
        condition=~Q(state=S.OFFERED) | Q(offered_on__isnull=False), name="disputes_case_offered"
    ),
    CheckConstraint(
        condition=Q(outcome=Outcome.HANDED_OVER, handed_to__in=HandedTo.values)
        | (~Q(outcome=Outcome.HANDED_OVER) & Q(handed_to="")),
        name="disputes_case_handed",
    ),
]
