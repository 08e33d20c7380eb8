"""BKK: upload of a class of leavers and what became of it; the leaver's own page of the mailed link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.limits import HOUR, client_ip, count, network_of
from core.errors import Refused
from core.listing import Link, ListView
from core.pages import UNPROCESSABLE
from core.personal import mask_name
from core.uploading import UploadView
from jobseekers.exports_leavers import LeaverTable
from jobseekers.imports import LeaverUpload
from jobseekers.services import leavers, links


class LeaverList(ListView):
    """What the user's BKK sent in: masked names and where each stands."""

    table = LeaverTable

    def primary_action(self) -> Link:
        """The next class."""
        return Link("Unggah lulusan", reverse("jobseekers:leaver_upload"))


class LeaverUploadPage(UploadView):
    """Choosing the file, preview, decision."""

    upload = LeaverUpload
    done_url_name = "jobseekers:leaver_list"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_draft(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: GET says what it is, so a mail scanner changes nothing; POST takes the draft over."""
    count("draft-link", network_of(client_ip(request)), limit=leavers.LINK_TRIES, window=HOUR)
    link = links.find(token, leavers.PURPOSE)
    if link is None or not link.application.is_open:
        raise Http404("Tautan ini tidak ada, sudah dipakai, atau sudah lewat waktunya.")
    problem, sign_in = "", False
    if request.method == "POST":
        user = request.user if request.user.is_authenticated else None
        try:
            secret = leavers.confirm(link, user=user)
        except leavers.SignInFirst as refusal:
            problem, sign_in = str(refusal), True
        except Refused as refusal:
            problem = str(refusal)
        else:
            if secret:
                return redirect("accounts:sign_up_confirm", token=secret)
            messages.success(
                request, "Draf dari sekolah Anda sudah kami terima. Periksa, lalu kirim sendiri."
            )
            return redirect("jobseekers:my_ak1")
    context = {
        "name": mask_name(link.jobseeker.full_name),
        "school": link.application.via_institution.name,
        "until": link.expires_at,
        "errors": [("", problem)] if problem else [],
        "sign_in_url": f"{reverse('account_login')}?next={request.path}" if sign_in else "",
    }
    answer = render(
        request, "jobseekers/confirm_draft.html", context, status=UNPROCESSABLE if problem else 200
    )
    answer._has_been_logged = True  # the address holds the secret of the link: it stays out of the log
    return answer
