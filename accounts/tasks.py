"""Jobs of the accounts app."""

from datetime import time

from django.core.management import call_command

from accounts.services.second_factor import reseal_secrets
from accounts.services.sessions import purge_ended_sessions, purge_lock_outs
from accounts.services.sign_up import purge_sign_ups
from accounts.services.tokens import purge_tokens
from core.jobs import JobRun, job


@job("accounts.purge", daily_at=time(2, 15))
def purge(run: JobRun) -> None:
    """Drop dead sign-ups, ended sessions, old tokens and lock-out rows; seal secrets under the current key."""
    call_command("clearsessions")
    purge_ended_sessions()
    purge_lock_outs()
    purge_tokens()
    reseal_secrets()
    with run.finish() as result:
        result["sign_ups"] = purge_sign_ups()
