"""From the bytes of an upload to an upright RGB picture, and from a picture to JPEG bytes without metadata."""

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from pi_heif import register_heif_opener
from PIL import Image, ImageOps

from core.formats import number
from core.images.kinds import IMAGE_BYTES, PICTURES, Content, UnfitFile, read_limited, sniff, what_it_is

IMAGE_PIXELS = 40_000_000
BASELINE_PIXELS = 80_000_000
"""What a baseline JPEG may have where it is decoded at a part of its size, line by line (50-megapixel phones)."""
LONGEST_SIDE = 2000
JPEG_QUALITY = 85
WHITE = (255, 255, 255)
_OPENERS = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "HEIC": "HEIF"}
_UNREADABLE = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, EOFError, RuntimeError, OverflowError, MemoryError,
)  # fmt: skip

register_heif_opener(thumbnails=False, decode_threads=1)


def prepare_image(
    upload: BinaryIO,
    *,
    size: tuple[int, int] | None = None,
    least: tuple[int, int] | None = None,
    max_bytes: int = IMAGE_BYTES,
) -> Content:
    """Re-encode an uploaded picture (JPEG, PNG, WEBP, HEIC) as JPEG without any metadata.

    ``size`` (width, height in pixels) crops and shrinks to exactly that; without it the longest side is at
    most 2,000 pixels. ``least`` refuses smaller pictures. The checks go from cheap to dear: bytes, kind by
    content, pixels by header (at most 40 million), and only then is the picture decoded. Raises UnfitFile.
    For a person's photo see `core.images.prepare_portrait`.
    """
    return image_from(read_limited(upload, max_bytes), size=size, least=least)


def image_from(
    data: bytes, *, size: tuple[int, int] | None = None, least: tuple[int, int] | None = None
) -> Content:
    """As `prepare_image`, for bytes that were read already."""
    with opened(data) as image:
        check_pixels(image.size, IMAGE_PIXELS)
        if least and (min(image.size) < min(least) or max(image.size) < max(least)):
            raise too_small(image.size, least)
        share = max(size) / min(image.size) if size else LONGEST_SIDE / max(image.size)
        picture = flat(upright(decoded(image, share)))
    if size:
        picture = ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=(0.5, 0.4))
    else:
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return as_jpeg(picture)


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture of the bytes, not decoded yet; whatever fails in the block because of the bytes is UnfitFile."""
    kind = sniff(data[:64])
    if kind not in PICTURES:
        raise UnfitFile(f"{what_it_is(kind)} Kirim foto JPG, PNG, WEBP, atau HEIC.", cause="KIND")
    try:
        with Image.open(io.BytesIO(data), formats=[_OPENERS[kind]]) as image:
            yield image
    except UnfitFile:
        raise
    except Image.DecompressionBombError:
        raise UnfitFile(
            f"Foto ini lebih dari {number(IMAGE_PIXELS / 1_000_000)} megapiksel. Kecilkan fotonya, lalu unggah lagi.",
            cause="PIXELS",
        ) from None
    except _UNREADABLE:
        raise UnfitFile(
            "Foto ini rusak atau terpotong sehingga tidak bisa dibuka. Ambil foto lagi atau kirim ulang berkasnya.",
            cause="BROKEN",
        ) from None


def decoded(image: Image.Image, share: float) -> Image.Image:
    """Decode; a JPEG at the smallest of 1/1, 1/2, 1/4 and 1/8 of its size that is at least ``share`` of it."""
    image.draft("RGB", tuple(math.ceil(side * min(share, 1)) for side in image.size))
    image.load()
    return image


def upright(image: Image.Image) -> Image.Image:
    """The picture turned as its EXIF says; a broken EXIF block is no reason to refuse the picture."""
    try:
        return ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, OverflowError, ZeroDivisionError):
        return image.copy()


def lies(image: Image.Image) -> bool:
    """Whether its EXIF says that the picture is stored lying on its side."""
    try:
        return image.getexif().get(0x0112) in (5, 6, 7, 8)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, OverflowError, ZeroDivisionError):
        return False


def flat(picture: Image.Image) -> Image.Image:
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


def as_jpeg(picture: Image.Image) -> Content:
    """The picture's bytes, with nothing beside the pixels."""
    picture.info.clear()
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return Content(target.getvalue(), "image/jpeg")


def check_pixels(size: tuple[int, int], most: int) -> None:
    """Refuse a picture without pixels, or with more than ``most``."""
    width, height = size
    if not width or not height:
        raise UnfitFile("Foto ini kosong (0 piksel). Pilih foto lain.", cause="EMPTY")
    if width * height > most:
        raise UnfitFile(
            f"Foto ini {number(width)} × {number(height)} piksel ({number(width * height / 1_000_000)} megapiksel), "
            f"batasnya {number(most / 1_000_000)} megapiksel. Kecilkan fotonya, lalu unggah lagi.",
            cause="PIXELS",
        )


def too_small(size: tuple[int, int], least: tuple[int, int]) -> UnfitFile:
    """The refusal of a picture below ``least``."""
    return UnfitFile(
        f"Foto ini terlalu kecil: {number(size[0])} × {number(size[1])} piksel, paling sedikit "
        f"{number(least[0])} × {number(least[1])} piksel. Kirim foto aslinya, bukan hasil kiriman ulang.",
        cause="SMALL",
    )
