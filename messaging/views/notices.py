"""The page behind the bell."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from messaging.models import Notice
from messaging.services import mark_all_read, mark_read

PAGE_SIZE = 25


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """Own notices, newest first."""
    rows = Paginator(Notice.objects.visible_to(request.user), PAGE_SIZE)
    page = rows.get_page(request.GET.get("hal"))
    return render(request, "messaging/notices.html", {"page": page, "count": rows.count})


@require_POST
def notice_open(request: HttpRequest, uid) -> HttpResponse:
    """Mark one notice as read and lead to its page."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), uid=uid)
    mark_read(actor=request.user, notice=notice)
    return redirect(notice.url or "messaging:notices")


@require_POST
def notice_all_read(request: HttpRequest) -> HttpResponse:
    """Mark all own notices as read."""
    mark_all_read(actor=request.user)
    return redirect("messaging:notices")
