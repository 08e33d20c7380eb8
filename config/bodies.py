"""What may be sent to the site in one request, and where an upload lies while it is read.

No page takes more than one file, and no file may be larger than 20 MiB; each page names its own limit in words. A
request above `REQUEST_BYTES` is answered 413 by its Content-Length, before one byte of its body is read; gunicorn then
closes the connection and takes no more than 64 KiB of what is still under way. A body in chunks says no length: it is
counted while it comes in, and given up at the same limit. What is read meanwhile lies in a file without a name, so that
nothing stays behind when the process is killed.
"""

import io
import tempfile
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from core.formats import number
from core.images import MIB
from core.views import errors

IN_MEMORY = MIB
PIECE = 64 * 1024


class MeasuredBodies:
    """Gives a body that came in chunks a length, which Django needs to read it; stops reading above the limit."""

    def __init__(self, application: Callable) -> None:
        """Keep the WSGI application."""
        self.application = application

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Measure, then pass on; a body above the limit is passed on empty, with a length that is refused."""
        if "chunked" not in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
            return self.application(environ, start_response)
        limit, taken = settings.REQUEST_BYTES, 0
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            while taken <= limit and (piece := environ["wsgi.input"].read(PIECE)):
                taken += len(piece)
                body.write(piece)
            body.seek(0)
            environ["CONTENT_LENGTH"] = str(taken)
            environ["wsgi.input"] = body if taken <= limit else io.BytesIO()
            return self.application(environ, start_response)


class BodyLimit:
    """Refuses a request above `REQUEST_BYTES` unread."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through, or answer 413 with the way back."""
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0  # Django takes it for an empty body, too
        if length <= settings.REQUEST_BYTES:
            return self.get_response(request)
        words = (
            f"Kiriman ini terlalu besar. Batasnya {number(settings.REQUEST_BYTES // MIB)} MB untuk sekali kirim. "
            "Tidak ada yang disimpan. Kecilkan berkasnya atau kirim satu per satu, lalu coba lagi."
        )
        came_from = request.headers.get("Referer", "")
        if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
            return errors.page(
                request, 413, words, action_url=came_from, action_label="Kembali ke halaman tadi"
            )
        return errors.page(request, 413, words)


class NamelessUploads(TemporaryFileUploadHandler):
    """Keeps a large upload in a file that has no name in any folder: it is gone with the process, however that ends."""

    def new_file(self, *args, **kwargs) -> None:
        """Open the file in place of Django's named one."""
        super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
        self.file = UploadedFile(
            tempfile.TemporaryFile(),  # noqa: SIM115 - Django closes it with the request
            self.file_name,
            self.content_type,
            0,
            self.charset,
            self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        """Close what was begun; there is no name to delete."""
        if getattr(self, "file", None) is not None:
            self.file.close()
