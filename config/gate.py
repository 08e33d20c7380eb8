"""A gate in front of the pages that a whole city opens at once, when a job fair is announced: booking and applying.

So many requests of these pages are let in at a time in one web process; who comes above that gets a ready-made waiting
page at once. It asks neither database nor cache nor session, so a crowd costs nothing, and the other threads go on
answering everything else.
"""

from collections.abc import Callable
from threading import BoundedSemaphore

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static

WAIT_SECONDS = 10
PAGE = """<!doctype html>
<html lang="id" class="govuk-template"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">{refresh}
<title>Mohon tunggu sebentar</title><link rel="stylesheet" href="{css}"></head>
<body class="govuk-template__body"><main class="wrap narrow" id="isi">
<h1 class="govuk-heading-l">Mohon tunggu sebentar</h1>
<p class="govuk-body">Sedang banyak sekali yang membuka layanan ini. Anda tidak perlu datang ke kantor dan tidak perlu
mendaftar lagi.</p><p class="govuk-body">{advice}</p></main></body></html>
"""
WAITING = f"Halaman ini mencoba lagi sendiri setiap {WAIT_SECONDS} detik. Biarkan tetap terbuka."
NOT_SENT = "Isian Anda belum terkirim. Tunggu beberapa detik, tekan tombol kembali di peramban, lalu kirim sekali lagi."


class AdmissionGate:
    """Lets WAITING_ROOM_LIMIT requests of WAITING_ROOM_PATHS in at a time; 0 leaves the gate open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the limit of this process."""
        self.get_response = get_response
        self.limit, self.paths = settings.WAITING_ROOM_LIMIT, tuple(settings.WAITING_ROOM_PATHS)
        self.places = BoundedSemaphore(self.limit) if self.limit else None
        self.pages: dict[bool, bytes] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let in, or answer with the waiting page."""
        if self.places is None or not request.path_info.startswith(self.paths):
            return self.get_response(request)
        if not self.places.acquire(blocking=False):
            return self._wait(request)
        try:
            return self.get_response(request)
        finally:
            self.places.release()

    def _wait(self, request: HttpRequest) -> HttpResponse:
        reading = request.method in ("GET", "HEAD")
        response = HttpResponse(self._page(reading), status=503)
        response["Retry-After"] = str(WAIT_SECONDS)
        response["Cache-Control"] = "no-store"
        return response

    def _page(self, reading: bool) -> bytes:
        """The page, written once; only a page that was asked for comes again by itself."""
        if reading not in self.pages:
            refresh = f'<meta http-equiv="refresh" content="{WAIT_SECONDS}">' if reading else ""
            advice = WAITING if reading else NOT_SENT
            page = PAGE.format(refresh=refresh, css=static(settings.WAITING_ROOM_CSS), advice=advice)
            self.pages[reading] = page.encode()
        return self.pages[reading]
