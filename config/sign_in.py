"""Settings of accounts: who signs in and how, sessions, lock-out, second factor, mail."""

from datetime import timedelta
from typing import Any

import environ

env = environ.Env()

SITE_URL = env(
    "SITE_URL", default=""
)  # full address for links in mails; empty: the host that the request came to
LOCAL_URL = "http://127.0.0.1:" + (env("BIND", default="").rpartition(":")[2] or env("PORT", default="8000"))
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)  # proxies in front that write X-Forwarded-For

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.backends.EmailBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/beranda/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["accounts.hashers.CappedArgon2PasswordHasher"]
PASSWORD_RESET_TIMEOUT = 24 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"accounts.validators.{rule}"} for rule in ("LengthRule", "GuessableRule", "OwnNameRule")
]
SESSION_COOKIE_AGE = 14 * 24 * 3600
STAFF_SESSION_AGE = 12 * 3600

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # every address is proven by our own link before an account exists
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reauthenticate": "accounts.forms.ConfirmPasswordForm",
}
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "60/h/key", "reauthenticate": "20/5m/user"}

MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.ConfirmCodeForm",
    "activate_totp": "accounts.forms.ActivateForm",
}

AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "accounts.lockout.hashed_account"
AXES_CLIENT_IP_CALLABLE = "accounts.limits.client_ip"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_SENSITIVE_PARAMETERS = ["login", "password", "email", "username", "nik", "next"]
AXES_DISABLE_ACCESS_LOG = True  # core.audit keeps the account of sign-ins
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False


def mail_settings(*, demo: bool, data_dir) -> dict[str, Any]:
    """Return the mail settings: everything goes into the outbox, whose job hands it to OUTBOX_EMAIL_BACKEND.

    That is the server of EMAIL_URL; in demo mode, or without one, a folder that the demo shows in the browser.
    """
    found = {
        "EMAIL_BACKEND": "messaging.backends.OutboxEmailBackend",
        "OUTBOX_EMAIL_BACKEND": "messaging.backends.FolderBackend",
        "DEMO_MAIL_DIR": data_dir / "surat",
        "DEFAULT_FROM_EMAIL": env("DEFAULT_FROM_EMAIL", default="Sidakep <tidak-dibalas@localhost>"),
        "EMAIL_TIMEOUT": 20,
    }
    if env("EMAIL_URL", default="") and not demo:
        server = env.email_url("EMAIL_URL")
        found["OUTBOX_EMAIL_BACKEND"] = server.pop("EMAIL_BACKEND")
        found |= {name: value for name, value in server.items() if name != "EMAIL_FILE_PATH"}
    return found
