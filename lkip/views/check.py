"""The pages on which a planner has another office's report checked."""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import View

from core.errors import Refused
from core.models.job import Job, JobState
from core.pages import UNPROCESSABLE
from lkip.checker.wording import TITLES
from lkip.permissions import can_plan
from lkip.services import checking


class _Planner(View):
    """For planners only."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Ask the permission first."""
        if not can_plan(request.user):
            raise PermissionDenied("Pemeriksaan LKIP dibuka untuk perencana.")
        return super().dispatch(request, *args, **kwargs)


class CheckPage(_Planner):
    """Choose the report, and one to compare it with."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._form()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the files and lead to the result."""
        report = request.FILES.get("laporan")
        if report is None:
            return self._form("Pilih berkas laporan lebih dulu.")
        try:
            job = checking.order_check(request.user, report=report, other=request.FILES.get("pembanding"))
        except Refused as problem:
            return self._form(str(problem))
        return redirect("lkip:check_result", uid=job.uid)

    def _form(self, problem: str = "") -> HttpResponse:
        context = {"errors": [("laporan", problem)] if problem else []}
        return render(self.request, "lkip/check.html", context, status=UNPROCESSABLE if problem else 200)


class CheckResult(_Planner):
    """What was found, by rule; its owner's only."""

    def get(self, request: HttpRequest, uid) -> HttpResponse:
        """Wait, or show."""
        job = Job.objects.visible_to(request.user).filter(uid=uid, kind=checking.KIND).first()
        if job is None:
            raise Http404("Pemeriksaan tidak ditemukan.")
        findings = checking.findings_of(job)
        groups = [
            {"rule": rule, "title": TITLES.get(rule, ""), "findings": list(found)}
            for rule, found in groupby(findings or [], key=lambda f: f["rule"])
        ]
        context = {
            "waiting": job.state in (JobState.QUEUED, JobState.RUNNING),
            "failed": job.state == JobState.FAILED,
            "gone": job.state == JobState.DONE and findings is None,
            "groups": groups,
            "total": len(findings or []),
            "errors_count": sum(f["severity"] == "ERROR" for f in findings or []),
        }
        return render(request, "lkip/check_result.html", context)
