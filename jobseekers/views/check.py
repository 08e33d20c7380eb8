"""The public check of a card: masked name, number, status, validity, and nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.pages import UNPROCESSABLE, error_summary
from jobseekers.checking import count_check, judge
from jobseekers.forms import CheckForm


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_card(request: HttpRequest) -> HttpResponse:
    """The page of the check. The number is sent by POST, so that it stands in no address or log."""
    form, verdict = CheckForm(request.POST or None), None
    if request.method == "POST":
        count_check(request)
        if form.is_valid():
            verdict = judge(form.cleaned_data["code"])
    failed = form.is_bound and not form.is_valid()
    context = {"form": form, "verdict": verdict, "errors": error_summary(form) if failed else []}
    return render(request, "jobseekers/check_card.html", context, status=UNPROCESSABLE if failed else 200)
