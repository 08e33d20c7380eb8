"""What every page knows of messages."""

from django.utils.functional import SimpleLazyObject

from messaging.selectors import unread_count


def notices(request) -> dict:
    """`unread_notices`: the number at the bell; asked of the database only by a page that shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread_notices": 0}
    return {"unread_notices": SimpleLazyObject(lambda: unread_count(user))}
