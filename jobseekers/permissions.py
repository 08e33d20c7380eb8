"""Who may do what with job seekers, applications and cards. Companies, LPK and BKK have no access here."""

from accounts.enums import InstitutionKind, Role
from accounts.permissions import has_role, institutions_of
from jobseekers.enums import Origin

OFFICERS = (Role.PLACEMENT_OFFICER,)
"""Pengantar kerja: they examine applications and sign cards (Permenaker 18/2024)."""

PERSON_READERS = (
    Role.PLACEMENT_OFFICER,
    Role.TRAINING_OFFICER,
    Role.FAIR_OFFICER,
    Role.SECTION_HEAD,
    Role.AGENCY_HEAD,
    Role.ADMINISTRATOR,
    Role.PDP_OFFICER,
)
CARD_READERS = (
    Role.PLACEMENT_OFFICER,
    Role.SECTION_HEAD,
    Role.AGENCY_HEAD,
    Role.ADMINISTRATOR,
    Role.PDP_OFFICER,
)
NIK_READERS = (Role.PLACEMENT_OFFICER, Role.PDP_OFFICER)
RECAP_READERS = (*CARD_READERS, Role.PLANNER, Role.APIP_REVIEWER, Role.TRAINING_OFFICER, Role.FAIR_OFFICER)


def is_officer(user) -> bool:
    """True for a pengantar kerja."""
    return has_role(user, *OFFICERS)


def can_read_people(user) -> bool:
    """May list and open the people's files (masked NIK)."""
    return has_role(user, *PERSON_READERS)


def can_read_cards(user) -> bool:
    """May list and open applications and cards of others."""
    return has_role(user, *CARD_READERS)


def can_print_card(user, card) -> bool:
    """May have the paper of a card, on which the NIK stands in clear: who prints it at the counter, and its holder.

    Everybody else who may look at cards sees a masked NIK. Of them only the PDP officer may see one in clear, for a
    reason that is logged (`can_unmask_nik`); a paper that opens without a reason would go around that.
    """
    return is_officer(user) or owns(user, card.jobseeker)


def can_unmask_nik(user) -> bool:
    """May see a NIK in clear, one at a time, for a reason that is logged."""
    return has_role(user, *NIK_READERS)


def can_read_needs(user) -> bool:
    """May read what a person with a disability needs: who counsels and places (need to know)."""
    return has_role(user, Role.PLACEMENT_OFFICER)


def can_answer_requests(user) -> bool:
    """May read and answer requests about personal data (UU 27/2022 Ps 5-13)."""
    return has_role(user, Role.PDP_OFFICER)


def can_manage_breaches(user) -> bool:
    """May read and keep the register of data breaches (UU 27/2022 Ps 46)."""
    return has_role(user, Role.PDP_OFFICER, Role.AGENCY_HEAD, Role.ADMINISTRATOR)


def can_see_recap(user) -> bool:
    """May see the numbers by place, education, age and sex."""
    return has_role(user, *RECAP_READERS)


def can_merge_people(user) -> bool:
    """May join two rows of one person."""
    return has_role(user, Role.PLACEMENT_OFFICER, Role.PDP_OFFICER)


def can_erase_people(user) -> bool:
    """May erase a person's data on request (UU 27/2022 Ps 43)."""
    return has_role(user, Role.PDP_OFFICER)


def leaver_schools(user):
    """Return the BKK for which the user may send in leavers."""
    found = institutions_of(user, InstitutionKind.BKK)
    return found if has_role(user, Role.BKK_OPERATOR) else found.none()


def can_send_leavers(user) -> bool:
    """May upload a class of leavers and follow what became of it; never sees a NIK or a file."""
    return has_role(user, Role.BKK_OPERATOR) and leaver_schools(user).exists()


def owns(user, person) -> bool:
    """True when `person` is the user's own row."""
    return bool(user and user.is_authenticated and person.user_id is not None and person.user_id == user.pk)


def may_decide(user, application) -> bool:
    """An officer decides every file but their own."""
    return is_officer(user) and not owns(user, application.jobseeker)


def may_submit(user, application) -> bool:
    """The applicant sends an application; at the desk the officer does."""
    if owns(user, application.jobseeker):
        return True
    return application.origin == Origin.DESK and is_officer(user)


def may_withdraw(user, application) -> bool:
    """The applicant, or an officer at the applicant's wish when it was filled in at the desk."""
    return may_submit(user, application)


def may_end_card(user, card) -> bool:
    """An officer, or the system itself (`user` None): expiry, placement, replacement."""
    return user is None or (is_officer(user) and not owns(user, card.jobseeker))


def may_record_placement(user, card) -> bool:
    """Placement is raised by the placements room, whoever verified it there."""
    return True


def may_answer_request(user, request) -> bool:
    """The PDP officer answers every request but their own."""
    return can_answer_requests(user) and not owns(user, request.jobseeker)


def may_withdraw_request(user, request) -> bool:
    """Only who made it."""
    return owns(user, request.jobseeker)


def may_keep_breach(user, breach) -> bool:
    """The PDP officer keeps the register; head and administrator read it."""
    return can_answer_requests(user)
