"""Uploaded documents: a whole and harmless PDF as it came, or a picture written anew."""

import re
import zlib
from itertools import islice
from typing import BinaryIO

from core.images.decoding import image_from
from core.images.kinds import DOCUMENT_BYTES, PICTURES, Content, UnfitFile, read_limited, sniff, what_it_is

UNPACKED_BYTES = 300 * 1024 * 1024
"""A PDF of at most 10 MB that unpacks to more than this is made to exhaust whoever opens it."""
STREAM_BYTES = 110 * 1024 * 1024
"""One part of it is at most a page's picture: A4 in colour at 600 dots an inch has 104 MB."""
MOST_STREAMS = 20_000
PIECE = 1024 * 1024
_STREAM = re.compile(rb"stream\r?\n")
_BOMB = "PDF ini membengkak tidak wajar bila dibuka. Pindai ulang dokumennya, lalu kirim lagi."
_MARKS = ((b"/JavaScript", "skrip"), (b"/Launch", "perintah"), (b"/EmbeddedFile", "lampiran"))


def prepare_document(upload: BinaryIO, *, max_bytes: int = DOCUMENT_BYTES) -> Content:
    """A PDF as it came when it is whole and harmless, or a picture re-encoded. Raises UnfitFile."""
    data = read_limited(upload, max_bytes)
    kind = sniff(data[:64])
    if kind in PICTURES:
        return image_from(data)
    if kind != "PDF":
        raise UnfitFile(f"{what_it_is(kind)} Kirim PDF, atau foto JPG, PNG, WEBP, atau HEIC.", cause="KIND")
    if b"%%EOF" not in data[-2048:] or b"startxref" not in data[-4096:]:
        raise UnfitFile(
            "PDF ini terpotong: bagian akhirnya tidak ada. Unduh atau pindai ulang, lalu kirim lagi."
        )
    if b"/Encrypt" in data:
        raise UnfitFile("PDF ini berkata sandi. Simpan tanpa kata sandi, lalu kirim lagi.")
    _check_marks(data)
    _check_streams(data)
    return Content(data, "application/pdf")


def _check_streams(data: bytes) -> None:
    """Unpack the packed parts piece by piece, keeping nothing: a bomb is refused, and so is what hides in them."""
    budget = UNPACKED_BYTES
    for found in islice(_STREAM.finditer(data), MOST_STREAMS + 1):
        before = data[max(0, found.start() - 400) : found.start()]
        budget -= _unpacked(data, found.end(), min(budget, STREAM_BYTES), objects=b"/ObjStm" in before)
    if sum(1 for _ in islice(_STREAM.finditer(data), MOST_STREAMS + 1)) > MOST_STREAMS:
        raise UnfitFile(_BOMB)


def _unpacked(data: bytes, start: int, budget: int, *, objects: bool) -> int:
    """How many bytes the part at `start` unpacks to; 0 when it is not packed in the usual way."""
    unpacker, size, pending = zlib.decompressobj(), 0, memoryview(data)[start:]
    tail = b""
    try:
        while not unpacker.eof:
            piece = unpacker.decompress(pending[:PIECE], PIECE)
            pending = pending[PIECE:]
            while True:
                size += len(piece)
                if size > budget:
                    raise UnfitFile(_BOMB)
                if objects:
                    _check_marks(tail + piece)
                    tail = piece[-32:]
                # at its end the unpacker keeps the tail it was given: asked again, it would answer nothing for ever
                if unpacker.eof or not unpacker.unconsumed_tail:
                    break
                piece = unpacker.decompress(unpacker.unconsumed_tail, PIECE)
            if not pending:
                break
    except zlib.error:
        return size
    return size


def _check_marks(data: bytes) -> None:
    """Refuse scripts, commands and attachments."""
    for mark, cause in _MARKS:
        if mark in data:
            raise UnfitFile(f"PDF ini memuat {cause} di dalamnya. Cetak ulang ke PDF biasa, lalu kirim lagi.")
