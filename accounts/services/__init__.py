"""Writes of the accounts app."""

from accounts.services.claims import decide_claim
from accounts.services.erasure import erase_account, forget_claims
from accounts.services.identifiers import bind_nik, release_nik
from accounts.services.institutions import create_institution, revise_institution
from accounts.services.memberships import end_membership, grant_role
from accounts.services.passwords import request_reset, send_password_link
from accounts.services.sessions import (
    end_other_sessions,
    end_session,
    end_sessions_of,
    purge_ended_sessions,
    purge_lock_outs,
)
from accounts.services.sign_up import complete_sign_up, find_sign_up, request_sign_up
from accounts.services.users import (
    create_administrator,
    deactivate_user,
    invite_user,
    reactivate_user,
    reset_second_factor,
    revise_user,
)

__all__ = [
    "bind_nik",
    "complete_sign_up",
    "create_administrator",
    "create_institution",
    "deactivate_user",
    "decide_claim",
    "end_membership",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "erase_account",
    "find_sign_up",
    "forget_claims",
    "grant_role",
    "invite_user",
    "purge_ended_sessions",
    "purge_lock_outs",
    "reactivate_user",
    "release_nik",
    "request_reset",
    "request_sign_up",
    "reset_second_factor",
    "revise_institution",
    "revise_user",
    "send_password_link",
]
