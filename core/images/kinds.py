"""What an uploaded file is by its first bytes, and how large it may be."""

from dataclasses import dataclass
from typing import BinaryIO

from core.errors import Refused
from core.formats import number

MIB = 1024 * 1024
IMAGE_BYTES = 20 * MIB
DOCUMENT_BYTES = 10 * MIB
PICTURES = ("JPEG", "PNG", "WEBP", "HEIC")
"""What a picture may come as; `sniff` gives these words."""

_KNOWN = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"%PDF-", "PDF"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"PK\x03\x04", "ZIP atau dokumen Office"),
    (b"\xd0\xcf\x11\xe0", "dokumen Office lama"),
    (b"MZ", "program Windows"),
    (b"\x7fELF", "program Linux"),
    (b"<?xml", "XML atau SVG"),
    (b"<svg", "SVG"),
    (b"<!doctype html", "halaman web"),
    (b"<html", "halaman web"),
)
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1", b"heim", b"heis")


class UnfitFile(Refused):
    """A file that can't be kept; the message names the cause, the limit and what to do.

    `cause` is the same in one word, for programs: BYTES, EMPTY, KIND, BROKEN, PIXELS, SMALL, SIDEWAYS, DARK,
    BRIGHT or BLURRED; "" for a document.
    """

    def __init__(self, message: str, *, field: str = "", cause: str = "") -> None:
        super().__init__(message, field=field)
        self.cause = cause


@dataclass(frozen=True)
class Content:
    """Bytes that are fit to be stored, and what they are."""

    data: bytes
    content_type: str


def sniff(head: bytes) -> str:
    """What the first bytes say that a file is: JPEG, PNG, WEBP, HEIC, PDF … or "" when unknown."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        if head[8:12] in _HEIC_BRANDS:
            return "HEIC"
        return "AVIF" if head[8:12] in (b"avif", b"avis") else "video"
    start = head[:64].lstrip().lower()
    for magic, name in _KNOWN:
        if head.startswith(magic) or (magic[:1] == b"<" and start.startswith(magic)):
            return name
    return ""


def what_it_is(kind: str) -> str:
    """The sentence that tells what a refused file is, whatever its name says."""
    if not kind:
        return "Isi berkas ini bukan foto, apa pun nama berkasnya."
    return f"Isi berkas ini {kind}, apa pun nama berkasnya."


def read_limited(upload: BinaryIO, limit: int) -> bytes:
    """All bytes of an upload, or UnfitFile when there are more than ``limit`` or none."""
    size = getattr(upload, "size", None)
    data = b""
    if size is None or size <= limit:
        upload.seek(0)
        data = upload.read(limit + 1)
        size = max(size or 0, len(data))
    if size > limit:
        raise UnfitFile(
            f"Ukuran berkas {number(size / MIB, 1)} MB, batasnya {number(limit // MIB)} MB. "
            "Kecilkan berkasnya, lalu unggah lagi.",
            cause="BYTES",
        )
    if not data:
        raise UnfitFile("Berkas ini kosong (0 bita). Pilih berkas lain.", cause="EMPTY")
    return data
