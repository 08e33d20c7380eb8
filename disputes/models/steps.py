"""What each step of a case writes: its date, its legal terms, its end. Runs inside `core.workflow.fire`."""

from datetime import date

from core import clock, formats
from core.errors import Refused
from core.workflow import WrongState
from disputes import deadlines, validators
from disputes.enums import DisputeKind, DisputeState, Outcome
from disputes.models.deadline import CaseDeadline


class CaseSteps:
    """The ``on_<step>`` hooks of DisputeCase. Dates default to today; each may lie in the past, never in the future."""

    def on_return_file(self, *, actor, on: date | None = None) -> None:
        """Send the file back; seven working days to complete it."""
        self.returned_on = self._day("returned_on", on)
        self._start(deadlines.COMPLETE_FILE, self.returned_on)

    def on_complete_file(self, *, actor, on: date | None = None) -> None:
        """Take the completed file."""
        self._meet(on or clock.today(), deadlines.COMPLETE_FILE)

    def on_lapse(self, *, actor, on: date | None = None) -> None:
        """Close a case whose file was not completed in time; not before the term has passed."""
        due_on = (
            CaseDeadline.objects.running(self)
            .filter(code=deadlines.COMPLETE_FILE.code)
            .latest("due_on")
            .due_on
        )
        if clock.today() <= due_on:
            raise WrongState(f"Pemohon masih boleh melengkapi berkas sampai {formats.date_long(due_on)}.")
        self._close(Outcome.LAPSED, on)

    def on_offer(self, *, actor, on: date | None = None) -> None:
        """Offer conciliation or arbitration; seven working days to choose. Rights disputes go straight to mediation."""
        if self.kind == DisputeKind.RIGHTS:
            raise WrongState(
                "Perselisihan hak langsung dilimpahkan ke mediator, tanpa penawaran (UU 2/2004 Ps 4)."
            )
        self.offered_on = self._day("offered_on", on)
        self._start(deadlines.CHOOSE_PATH, self.offered_on)

    def on_assign(self, *, actor, mediator, on: date | None = None) -> None:
        """Give the case to a mediator; the clocks of the first session and of the whole mediation start."""
        if self.kind != DisputeKind.RIGHTS and self.state != DisputeState.OFFERED:
            raise WrongState(
                "Tawarkan dulu konsiliasi atau arbitrase kepada para pihak (UU 2/2004 Ps 4 ayat (3))."
            )
        self.mediator = mediator
        self.assigned_on = self._day("assigned_on", on)
        self._meet(self.assigned_on, deadlines.CHOOSE_PATH)
        self._start(deadlines.FIRST_SESSION, self.assigned_on)
        self._start(deadlines.WHOLE_MEDIATION, self.assigned_on)

    def on_clarify(self, *, actor, on: date | None = None) -> None:
        """Begin a clarification; it is outside the terms of mediation, so their clocks stand still."""
        self.clarified_on = self._day("clarified_on", on)

    def on_open_session(self, *, actor, on: date | None = None) -> None:
        """Hold the first session; ten working days to a written recommendation."""
        self.first_session_on = self._day("first_session_on", on)
        if self.clarified_on and self.state == DisputeState.CLARIFICATION:
            pause = deadlines.pause_days(self.clarified_on, self.first_session_on)
            CaseDeadline.objects.extend(self, deadlines.FIRST_SESSION, pause)
            CaseDeadline.objects.extend(self, deadlines.WHOLE_MEDIATION, pause)
        self._meet(self.first_session_on, deadlines.FIRST_SESSION)
        self._start(deadlines.RECOMMENDATION, self.first_session_on)

    def on_recommend(self, *, actor, on: date | None = None, received_on: date | None = None) -> None:
        """Issue the recommendation; ten working days to answer, from its receipt by the parties."""
        self.recommended_on = self._day("recommended_on", on)
        self.recommendation_received_on = received_on or self.recommended_on
        self._meet(self.recommended_on, deadlines.RECOMMENDATION)
        self._start(deadlines.REPLY, self.recommendation_received_on)

    def on_accept(self, *, actor, on: date | None = None) -> None:
        """Both parties accept; three working days to the settlement agreement."""
        self.agreed_on = self._day("agreed_on", on)
        self._meet(self.agreed_on, deadlines.REPLY)
        self._start(deadlines.AGREEMENT, self.agreed_on)

    def on_settle_bipartite(self, *, actor, on: date | None = None) -> None:
        """The parties agreed by themselves."""
        self._close(Outcome.BIPARTITE_AGAIN, on)

    def on_settle_agreement(self, *, actor, on: date | None = None) -> None:
        """Settlement agreement (PB) in mediation."""
        self._close(Outcome.SETTLEMENT_AGREEMENT, on)

    def on_settle_accepted(self, *, actor, on: date | None = None) -> None:
        """Settlement agreement on the recommendation."""
        self._close(Outcome.RECOMMENDATION_ACCEPTED, on)

    def on_settle_rejected(self, *, actor, on: date | None = None) -> None:
        """A party rejected the recommendation, or kept silent, which counts as a rejection."""
        self._close(Outcome.RECOMMENDATION_REJECTED, on)

    def on_withdraw(self, *, actor, on: date | None = None) -> None:
        """The applicant withdrew."""
        self._close(Outcome.WITHDRAWN, on)

    def on_hand_over(self, *, actor, to: str, on: date | None = None) -> None:
        """Another authority goes on with the case; it does not count as settled."""
        problem = validators.hand_over_problem(self.kind, to)
        if problem:
            raise Refused(problem, field="to")
        self.handed_to = to
        self._close(Outcome.HANDED_OVER, on)

    def on_reopen(self, *, actor) -> None:
        """Take back a wrong closing: the case starts again after its registration; history keeps the old dates."""
        for field in (
            "returned_on",
            "offered_on",
            "assigned_on",
            "clarified_on",
            "first_session_on",
            "recommended_on",
            "recommendation_received_on",
            "agreed_on",
            "settled_on",
            "mediator",
        ):
            setattr(self, field, None)
        self.outcome = Outcome.NONE
        self.handed_to = ""
        CaseDeadline.objects.of(self).delete()

    def _day(self, field: str, day: date | None) -> date:
        """Return `day` or today; refuse a day to come, so that no deadline starts from it."""
        day = day or clock.today()
        if day > clock.today():
            raise Refused(f"Tanggal {formats.date_long(day)} belum tiba.", field="on")
        return day

    def _close(self, outcome: str, on: date | None) -> None:
        self.settled_on = self._day("settled_on", on)
        self.outcome = outcome
        self._meet(self.settled_on)

    def _start(self, term: deadlines.Term, on: date) -> None:
        CaseDeadline.objects.start(self, term, on)

    def _meet(self, on: date, *terms: deadlines.Term) -> None:
        CaseDeadline.objects.meet(self, on, *terms)
