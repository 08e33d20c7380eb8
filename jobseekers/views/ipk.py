"""The IPK forms of a month, on the page, as a workbook and on paper."""

import io
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import audit, clock
from core.formats import month_long
from core.tables_out import CONTENT_TYPES, Stamp
from jobseekers.documents.ipk_form import draw_form
from jobseekers.exports.ipk import file_name, write_form
from jobseekers.ipk import FORMS, Form, form_of
from jobseekers.permissions import can_see_recap

MONTHS_SHOWN = 36


def _months() -> list[date]:
    """The first days of the last three years' months, the running one first."""
    today = clock.today()
    last = today.year * 12 + today.month - 1
    return [date(index // 12, index % 12 + 1, 1) for index in range(last, last - MONTHS_SHOWN, -1)]


@require_safe
def ipk(request: HttpRequest) -> HttpResponse:
    """One form of one month; the running month is as of now, the one before it is shown first."""
    if not can_see_recap(request.user):
        raise PermissionDenied("Formulir IPK bukan untuk peran Anda.")
    months = {f"{month:%Y-%m}": month for month in _months()}
    chosen = request.GET.get("bulan", list(months)[1])
    code = request.GET.get("formulir", "III-1")
    if chosen not in months or code not in FORMS:
        raise Http404("Formulir atau bulan ini tidak ada.")
    form = form_of(code, months[chosen])
    if request.GET.get("format") in _WRITERS:
        return _file(request, form, request.GET["format"])
    context = {
        "form": form,
        "code": code,
        "forms": FORMS.items(),
        "chosen": chosen,
        "months": [(key, month_long(month)) for key, month in months.items()],
        "running": months[chosen] == _months()[0],
        "now": clock.now(),
    }
    return render(request, "jobseekers/ipk.html", context)


_WRITERS = {"xlsx": write_form, "pdf": draw_form}


def _file(request: HttpRequest, form: Form, ending: str) -> FileResponse:
    target = io.BytesIO()
    _WRITERS[ending](form, target, Stamp.of(request.user))
    target.seek(0)
    audit.record(
        "export.direct",
        actor=request.user,
        detail={"table": f"ipk-{form.code}", "format": ending, "rows": len(form.lines)},
        request=request,
    )
    return FileResponse(
        target, as_attachment=True, filename=file_name(form, ending), content_type=CONTENT_TYPES[ending]
    )
