"""What the two shells show around a page: menus, account, bell, search."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.enums import Role
from accounts.permissions import is_staff_member
from core.context_processors import reverse_or_blank
from messaging.selectors import unread_count
from portal.menu import NOTICES, footer_menu, menu_for, public_menu

STAFF, PUBLIC = "core/staff.html", "core/public.html"


def role_label(user: Any) -> str:
    """The user's roles in words, at most two."""
    labels = [label for value, label in Role.choices if value in user.active_roles]
    return ", ".join(labels[:2]) + (f" +{len(labels) - 2}" if len(labels) > 2 else "")


def account_label(user: Any) -> str:
    """The name in the account place: the institution for its operators, the person's own otherwise."""
    if not is_staff_member(user):
        for membership in user.active_memberships:
            if membership.institution_id:
                return membership.institution.name
    return user.full_name or user.email


def _account_menu(user: Any, path: str) -> list[dict[str, Any]]:
    entries = [
        {"label": "Beranda saya", "url": reverse_or_blank("portal:home"), "count": 0},
        {"label": NOTICES.label, "url": reverse_or_blank(NOTICES.url_name), "count": unread_count(user)},
        {"label": "Akun saya", "url": reverse_or_blank("accounts:home"), "count": 0},
    ]
    return [entry | {"current": entry["url"] == path} for entry in entries if entry["url"]]


def shell(request: HttpRequest) -> dict[str, Any]:
    """The shell of this page; everything that asks the database is lazy, so a page that shows none asks nothing."""
    user = getattr(request, "user", None)
    path = request.path
    known = bool(user is not None and user.is_authenticated)
    context: dict[str, Any] = {
        "shell_template": PUBLIC,
        "public_menu": SimpleLazyObject(lambda: public_menu(path)),
        "footer_menu": SimpleLazyObject(footer_menu),
        "login_url": reverse_or_blank("account_login"),
        "signup_url": reverse_or_blank("account_signup"),
        "manifest_url": reverse_or_blank("portal:manifest"),
        "touch_icon_url": reverse_or_blank("portal:icon", "180"),
    }
    if not known:
        return context
    staff = is_staff_member(user)
    bell = reverse_or_blank(NOTICES.url_name)
    return context | {
        "shell_template": STAFF if staff else PUBLIC,
        "menu": SimpleLazyObject(lambda: menu_for(user, path)),
        "own_menu": [] if staff else SimpleLazyObject(lambda: menu_for(user, path)),
        "account_label": SimpleLazyObject(lambda: account_label(user)),
        "account_menu": SimpleLazyObject(lambda: _account_menu(user, path)),
        "account_url": reverse_or_blank("accounts:home"),
        "role_label": SimpleLazyObject(lambda: role_label(user)),
        "logout_url": reverse_or_blank("account_logout"),
        "home_url": reverse_or_blank("portal:home"),
        "search_url": reverse_or_blank("portal:search") if staff else "",
        "bell": SimpleLazyObject(lambda: {"url": bell, "count": unread_count(user)}) if bell else None,
    }
