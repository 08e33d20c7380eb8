"""The pages that say what went wrong: Indonesian, one heading, what happened, one way on."""

import logging
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.api import problem_answer

logger = logging.getLogger(__name__)

PAGES = {
    400: (
        "Permintaan ini tidak bisa dibaca",
        ["Alamat atau isian yang dikirim tidak lengkap. Kembali ke halaman sebelumnya, lalu coba lagi."],
    ),
    403: ("Anda tidak punya akses ke halaman ini", ["Halaman ini untuk peran lain. Tidak ada yang berubah."]),
    404: (
        "Halaman tidak ditemukan",
        [
            "Alamatnya mungkin salah ketik, atau datanya bukan untuk akun Anda.",
            "Periksa alamatnya, atau mulai lagi dari beranda.",
        ],
    ),
    413: (
        "Kiriman terlalu besar",
        [
            "Berkas atau isian yang Anda kirim melebihi batas. Tidak ada yang disimpan.",
            "Kecilkan berkasnya atau kirim satu per satu, lalu coba lagi.",
        ],
    ),
    429: (
        "Terlalu banyak percobaan",
        [
            "Untuk menjaga keamanan akun, percobaan dari alamat ini dihentikan sebentar.",
            "Tunggu beberapa menit, lalu coba lagi.",
        ],
    ),
    503: (
        "Layanan belum siap",
        ["Profil dinas belum diisi. Administrator mengisinya dahulu, lalu layanan bisa dipakai."],
    ),
}


API = "/api/"


def page(
    request: HttpRequest,
    code: int,
    reason: str = "",
    *,
    action_url: str = "/",
    action_label: str = "Ke beranda",
) -> HttpResponse:
    """The page of a status code; `reason`, when given, stands first and replaces the general words.

    A program that asks the API gets the same as a problem.
    """
    if request.path_info.startswith(API):
        return problem_answer(code, reason)
    heading, texts = PAGES[code]
    context = {
        "code": code,
        "heading": heading,
        "texts": [reason] if reason else texts,
        "action_url": action_url,
        "action_label": action_label,
    }
    return render(request, f"{code}.html", context, status=code)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; a request over a size limit is 413."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the reason that the view gave."""
    return page(request, HTTPStatus.FORBIDDEN, str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: it is not there, or not yours; the page does not tell which."""
    return page(request, HTTPStatus.NOT_FOUND)


def too_many(request: HttpRequest, exception: Exception | None = None, **details: object) -> HttpResponse:
    """429, for lock-outs and rate limits (also the lock-out callable of the sign-in guard)."""
    return page(request, HTTPStatus.TOO_MANY_REQUESTS)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is old or missing: the page is stale, nothing was saved."""
    logger.info("csrf: %s", reason)
    return page(
        request,
        HTTPStatus.FORBIDDEN,
        "Halaman ini sudah terlalu lama terbuka, atau cookie dimatikan. Isian Anda belum disimpan. "
        "Muat ulang halaman, lalu kirim lagi.",
        action_url=request.path,
        action_label="Muat ulang halaman",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: made without session, database or context, so that it shows whatever broke."""
    return HttpResponse(render_to_string("500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)
