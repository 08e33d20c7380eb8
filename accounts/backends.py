"""Who may sign in."""

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password

from accounts.models import User
from accounts.models.user import normalise_email
from accounts.validators import LONGEST_PASSWORD


class EmailBackend(BaseBackend):
    """Signs in by e-mail and password. A NIK has become an e-mail before it gets here (accounts.forms.SignInForm)."""

    def authenticate(self, request, email: str | None = None, password: str | None = None, **credentials):
        """Return the user, or None. An unknown e-mail costs the same time as a wrong password."""
        if not email or not password or len(password) > LONGEST_PASSWORD:
            return None
        user = User.objects.filter(email=normalise_email(email)).first()
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) and may_sign_in(user) else None

    def get_user(self, user_id: int) -> User | None:
        """Return the session's user, unless they may no longer sign in: then the session ends here."""
        user = User.objects.filter(pk=user_id).first()
        return user if user is not None and may_sign_in(user) else None


def may_sign_in(user: User) -> bool:
    """Active users may; demo logins only while the installation runs in demo mode."""
    return user.is_active and (settings.DEMO_MODE or not user.is_demo)
