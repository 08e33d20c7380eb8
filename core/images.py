"""Turns an uploaded picture or document into bytes that are safe to keep; touches no database and no disk.

A picture is never kept as it came: it is decoded and written anew, which drops EXIF (place, camera), comments
and anything hidden behind the picture. What can't be read is refused with the cause and what to do.
"""

import io
import math
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps

from core.errors import Refused
from core.formats import number

MIB = 1024 * 1024
IMAGE_BYTES = 20 * MIB
DOCUMENT_BYTES = 10 * MIB
IMAGE_PIXELS = 40_000_000
LONGEST_SIDE = 2000
JPEG_QUALITY = 85
READABLE = ("JPEG", "PNG", "WEBP")
WHITE = (255, 255, 255)

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


class UnfitFile(Refused):
    """A file that can't be kept; the message names the cause, the limit and what to do."""


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
        return (
            "HEIC"
            if head[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")
            else "video"
        )
    start = head[:64].lstrip().lower()
    for magic, name in _KNOWN:
        if head.startswith(magic) or (magic[:1] == b"<" and start.startswith(magic)):
            return name
    return ""


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
            "Kecilkan berkasnya, lalu unggah lagi."
        )
    if not data:
        raise UnfitFile("Berkas ini kosong (0 bita). Pilih berkas lain.")
    return data


def prepare_image(
    upload: BinaryIO,
    *,
    size: tuple[int, int] | None = None,
    least: tuple[int, int] | None = None,
    max_bytes: int = IMAGE_BYTES,
) -> Content:
    """Re-encode an uploaded picture as JPEG without any metadata.

    ``size`` (width, height in pixels) crops and shrinks to exactly that; without it the longest side is at
    most 2,000 pixels. ``least`` refuses smaller pictures. The checks go from cheap to dear: bytes, kind by
    content, pixels by header (at most 40 million), and only then is the picture decoded. Raises UnfitFile.
    """
    return image_from(read_limited(upload, max_bytes), size=size, least=least)


def image_from(
    data: bytes, *, size: tuple[int, int] | None = None, least: tuple[int, int] | None = None
) -> Content:
    """As `prepare_image`, for bytes that were read already."""
    _check_kind(data)
    try:
        with Image.open(io.BytesIO(data), formats=READABLE) as image:
            _check_pixels(image.size, least)
            share = max(size) / min(image.size) if size else LONGEST_SIDE / max(image.size)
            image.draft("RGB", tuple(math.ceil(side * share) for side in image.size))
            image.load()
            picture = _upright(image)
    except UnfitFile:
        raise
    except Image.DecompressionBombError:
        raise UnfitFile(
            f"Foto ini lebih dari {number(IMAGE_PIXELS / 1_000_000)} megapiksel. Kecilkan fotonya, lalu unggah lagi."
        ) from None
    except (OSError, SyntaxError, ValueError, TypeError, OverflowError, MemoryError):
        raise UnfitFile(
            "Foto ini rusak atau terpotong sehingga tidak bisa dibuka. Ambil foto lagi atau kirim ulang berkasnya."
        ) from None
    picture = _flat(picture)
    if size:
        picture = ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=(0.5, 0.4))
    else:
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    picture.info.clear()
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return Content(target.getvalue(), "image/jpeg")


def prepare_document(upload: BinaryIO, *, max_bytes: int = DOCUMENT_BYTES) -> Content:
    """A PDF as it came when it is whole and harmless, or a picture re-encoded. Raises UnfitFile."""
    data = read_limited(upload, max_bytes)
    kind = sniff(data[:64])
    if kind in READABLE:
        return image_from(data)
    if kind != "PDF":
        raise UnfitFile(f"{_what(kind)} Kirim PDF, atau foto JPG, PNG, atau WEBP.")
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


def _check_kind(data: bytes) -> None:
    kind = sniff(data[:64])
    if kind in READABLE:
        return
    if kind == "HEIC":
        raise UnfitFile(
            "Foto HEIC dari iPhone belum bisa dibaca. Buka Pengaturan › Kamera › Format, pilih “Paling Kompatibel”, "
            "atau kirim tangkapan layar fotonya."
        )
    raise UnfitFile(f"{_what(kind)} Kirim foto JPG, PNG, atau WEBP.")


def _what(kind: str) -> str:
    if not kind:
        return "Isi berkas ini bukan foto, apa pun nama berkasnya."
    return f"Isi berkas ini {kind}, apa pun nama berkasnya."


def _check_pixels(size: tuple[int, int], least: tuple[int, int] | None) -> None:
    width, height = size
    if not width or not height:
        raise UnfitFile("Foto ini kosong (0 piksel). Pilih foto lain.")
    if width * height > IMAGE_PIXELS:
        raise UnfitFile(
            f"Foto ini {number(width)} × {number(height)} piksel ({number(width * height / 1_000_000)} megapiksel), "
            f"batasnya {number(IMAGE_PIXELS / 1_000_000)} megapiksel. Kecilkan fotonya, lalu unggah lagi."
        )
    if least and (min(size) < min(least) or max(size) < max(least)):
        raise UnfitFile(
            f"Foto ini terlalu kecil: {number(width)} × {number(height)} piksel, paling sedikit "
            f"{number(least[0])} × {number(least[1])} piksel. Kirim foto aslinya, bukan hasil kiriman ulang."
        )


def _upright(image: Image.Image) -> Image.Image:
    """The picture turned as its EXIF says; a broken EXIF block is no reason to refuse the picture."""
    try:
        return ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, OverflowError, ZeroDivisionError):
        return image.copy()


def _flat(picture: Image.Image) -> Image.Image:
    """RGB on white, whatever the picture came as."""
    if picture.mode == "RGB":
        return picture
    if "A" in picture.getbands() or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", layer.size, WHITE)
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    return picture.convert("RGB")
