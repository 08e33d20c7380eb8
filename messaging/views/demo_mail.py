"""The demo's letter box: mails that would have been sent, readable in the browser; 404 outside demo mode."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from messaging import selectors


def _demo_only(view):
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not settings.DEMO_MODE:
            raise Http404("Halaman ini hanya ada dalam mode demo.")
        return require_GET(view)(request, *args, **kwargs)

    return login_not_required(never_cache(guarded))


@_demo_only
def mail_list(request: HttpRequest) -> HttpResponse:
    """All mails, newest first."""
    return render(request, "messaging/demo_mail_list.html", {"mails": selectors.demo_mails()})


@_demo_only
def mail_detail(request: HttpRequest, uid) -> HttpResponse:
    """One mail with its links."""
    mail = selectors.demo_mail(uid)
    if mail is None:
        raise Http404("Surat tidak ditemukan.")
    return render(request, "messaging/demo_mail.html", {"mail": mail})
