"""Uploaded documents: a whole and harmless PDF as it came, or a picture written anew."""

from typing import BinaryIO

from core.images.decoding import image_from
from core.images.kinds import DOCUMENT_BYTES, PICTURES, Content, UnfitFile, read_limited, sniff, what_it_is


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
    for mark, cause in ((b"/JavaScript", "skrip"), (b"/Launch", "perintah"), (b"/EmbeddedFile", "lampiran")):
        if mark in data:
            raise UnfitFile(f"PDF ini memuat {cause} di dalamnya. Cetak ulang ke PDF biasa, lalu kirim lagi.")
    return Content(data, "application/pdf")
