"""The public check of a card: masked name, number, status, validity, and nothing else."""

import re
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.limits import HOUR, MINUTE, client_ip, count, network_of
from core import clock
from core.pages import UNPROCESSABLE, error_summary
from core.personal import mask_name
from jobseekers import cardcode
from jobseekers.forms import CheckForm
from jobseekers.models import AK1Card

BURST, STEADY = 20, 120


@dataclass(frozen=True)
class Verdict:
    """What the check says: `kind` ok, ended, unknown or forged; the card's public facts when it is known."""

    kind: str
    title: str
    text: str
    card: AK1Card | None = None

    @property
    def name(self) -> str:
        """The holder's name, masked."""
        return mask_name(self.card.jobseeker.full_name) if self.card else ""


def judge(text: str) -> Verdict:
    """Check a typed number or a scanned code against the signature and the register.

    A code whose signature does not hold is told apart from a number that is not in the register.
    """
    text = text.strip()
    if text.upper().startswith(cardcode.PREFIX):
        try:
            number = cardcode.verify(text).number
        except cardcode.Forged:
            return Verdict(
                "forged",
                "Kode ini tidak asli",
                "Kode rusak, diubah, atau bukan dari Dinas ini. Minta pemegang menunjukkan kartu aslinya.",
            )
    else:
        number = re.sub(r"[\s.\-]", "", text)
    card = AK1Card.objects.filter(number=number[:24]).select_related("jobseeker").first()
    if card is None:
        return Verdict(
            "unknown",
            "Kartu tidak ditemukan",
            "Nomor ini tidak ada di daftar kartu kami. Periksa lagi angkanya.",
        )
    today = clock.today()
    if card.holds_on(today):
        return Verdict("ok", "Kartu ini asli dan berlaku", "", card)
    word = "Habis masa berlaku" if card.state == "ACTIVE" else card.get_state_display()
    return Verdict("ended", "Kartu ini asli, tetapi tidak berlaku lagi", word, card)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_card(request: HttpRequest) -> HttpResponse:
    """The page of the check. The number is sent by POST, so that it stands in no address or log."""
    form, verdict = CheckForm(request.POST or None), None
    if request.method == "POST":
        who = network_of(client_ip(request))
        count("card-check", who, limit=BURST, window=MINUTE)
        count("card-check-hour", who, limit=STEADY, window=HOUR)
        if form.is_valid():
            verdict = judge(form.cleaned_data["code"])
    failed = form.is_bound and not form.is_valid()
    context = {"form": form, "verdict": verdict, "errors": error_summary(form) if failed else []}
    return render(request, "jobseekers/check_card.html", context, status=UNPROCESSABLE if failed else 200)
