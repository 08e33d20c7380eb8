"""A person's photo for a card: straightened, cropped 3:4, looked at, and refused with each cause named apart.

**Crop.** The largest 3:4 rectangle. A picture that is too wide loses the same on both sides; one that is too tall
loses two fifths of the surplus above and three fifths below, because a face stands in the upper half. A picture more
than twice as wide as tall, or whose crop is below 354 × 472 though the picture is not, is "not upright".

**Light and sharpness** are judged on the crop at 240 × 320 in grey (0 black … 255 white). "Spread" is the distance from
the 2nd to the 98th percentile; the face is looked for in the middle two fifths of the width, a quarter to three fifths
of the height. Calibrated on the demo's drawn portraits with side light, sensor noise (sigma 3 to 8) and JPEG loss:

- too dark: the 95th percentile is below 64 (drawn portraits 101 … 244; at a third of their light 35 … 69), or the
  face's 75th percentile below 48 (against the light);
- too bright: the 5th percentile is above 190, so that neither eyes nor hair nor shadow are left, or the face's median
  above 245;
- blank: a spread below 16: a wall, a finger on the lens;
- blurred: the strongest edges stand less than 10 grey values out of the noise. Measured as the 99.5th percentile of
  the Laplacian's size less 4.2 times its median (what noise alone gives), scaled to a spread of 200. Sharp portraits
  give 54 … 183, out of focus by a Gaussian of 0.4 % of the width 9 … 26, of 0.8 % and more 0 … 7.4.

The ground is the median colour of both upper corners: advice for the applicant, decided by an officer.
"""

from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageFilter, ImageStat

from core.formats import number
from core.images import decoding
from core.images.kinds import IMAGE_BYTES, Content, UnfitFile, read_limited

SIZE = (480, 640)
LEAST = (354, 472)
"""3 × 4 cm at 300 dots an inch."""
WIDEST = 2.0
UPPER = 0.4
_LOOKED_AT = (240, 320)
DARK, DARK_FACE, BRIGHT, BRIGHT_FACE, BLANK, BLURRED = 64, 48, 190, 245, 16, 10
_FACE = (72, 80, 168, 192)
_SPREAD = 200
_LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
_CAMERA = "Ambil foto lagi"
_REDUCIBLE = ("RGB", "RGBA", "L", "LA", "CMYK")


@dataclass(frozen=True)
class Verdict:
    """What was measured on a portrait.

    ``light``, ``shade``, ``face`` (75th percentile) and ``face_middle`` (median) are grey values (0-255), ``spread``
    and ``sharpness`` as the module says, ``ground`` is the background: "red", "blue" or "" for another colour.
    """

    light: int
    shade: int
    face: int
    face_middle: int
    spread: int
    sharpness: float
    ground: str


@dataclass(frozen=True)
class Portrait:
    """A portrait that is fit for a card: its bytes (480 × 640), its crop's size as it came, what was measured."""

    content: Content
    came: tuple[int, int]
    verdict: Verdict


def prepare_portrait(upload: BinaryIO, *, max_bytes: int = IMAGE_BYTES) -> Portrait:
    """Read, straighten, crop, check and re-encode a photo. Raises UnfitFile whose `cause` tells which check failed.

    The checks go from cheap to dear: bytes, kind by content, pixels and shape by the header, then light and sharpness.
    A baseline JPEG is decoded at the smallest scale that suffices, so it may have 80 million pixels, all others 40.
    """
    return portrait_from(read_limited(upload, max_bytes))


def portrait_from(data: bytes) -> Portrait:
    """As `prepare_portrait`, for bytes that were read already."""
    with decoding.opened(data) as image:
        cheap = image.format == "JPEG" and not image.info.get("progressive")
        decoding.check_pixels(image.size, decoding.BASELINE_PIXELS if cheap else decoding.IMAGE_PIXELS)
        size = image.size[::-1] if decoding.lies(image) else image.size
        came = _cropped_size(size)
        _check_shape(size, came)
        picture = decoding.decoded(image, max(SIZE[0] / came[0], SIZE[1] / came[1]))
        picture = decoding.flat(decoding.upright(_lighter(picture)))
    portrait = picture.resize(SIZE, Image.Resampling.LANCZOS, box=_box(picture.size), reducing_gap=3.0)
    verdict = look_at(portrait)
    _check_look(verdict)
    return Portrait(decoding.as_jpeg(portrait), came, verdict)


def look_at(picture: Image.Image | bytes) -> Verdict:
    """Measure a portrait: a picture, or the bytes of one that was kept."""
    if isinstance(picture, bytes):
        with decoding.opened(picture) as image:
            picture = decoding.flat(decoding.decoded(image, 1))
    grey = picture.convert("L").resize(_LOOKED_AT, Image.Resampling.BOX)
    counts, face = grey.histogram(), grey.crop(_FACE).histogram()
    shade, light = _level(counts, 0.05), _level(counts, 0.95)
    spread = _level(counts, 0.98) - _level(counts, 0.02)
    edges = grey.filter(_LAPLACIAN).crop((1, 1, _LOOKED_AT[0] - 1, _LOOKED_AT[1] - 1))
    sharpness = _edge(edges.histogram()) * _SPREAD / max(spread, BLANK)
    return Verdict(
        light, shade, _level(face, 0.75), _level(face, 0.5), spread, round(sharpness, 1), _ground(picture)
    )


def _cropped_size(size: tuple[int, int]) -> tuple[int, int]:
    width, height = size
    if width * 4 > height * 3:
        return max(1, height * 3 // 4), height
    return width, max(1, min(height, width * 4 // 3))


def _box(size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The crop's place in an upright picture."""
    width, height = _cropped_size(size)
    left, top = (size[0] - width) // 2, round((size[1] - height) * UPPER)
    return left, top, left + width, top + height


def _check_shape(size: tuple[int, int], came: tuple[int, int]) -> None:
    if min(size) < LEAST[0] or max(size) < LEAST[1]:
        raise decoding.too_small(size, LEAST)
    least = f"{number(LEAST[0])} × {number(LEAST[1])} piksel"
    if size[0] > size[1] * WIDEST or came[0] < LEAST[0] or came[1] < LEAST[1]:
        raise UnfitFile(
            f"Foto ini tidak tegak: {number(size[0])} × {number(size[1])} piksel. Bagian 3×4 di tengahnya hanya "
            f"{number(came[0])} × {number(came[1])} piksel, paling sedikit {least}. "
            "Tegakkan ponsel, lalu ambil foto satu orang dari kepala sampai dada.",
            cause="SIDEWAYS",
        )


def _check_look(verdict: Verdict) -> None:
    if verdict.light < DARK or verdict.face < DARK_FACE:
        raise UnfitFile(
            f"Foto ini terlalu gelap. {_CAMERA} menghadap jendela atau lampu, jangan membelakanginya.",
            cause="DARK",
        )
    if verdict.shade > BRIGHT or verdict.face_middle > BRIGHT_FACE:
        raise UnfitFile(
            f"Foto ini terlalu terang sehingga wajah tidak jelas. {_CAMERA} tanpa lampu kilat dan tidak di bawah "
            "matahari langsung.",
            cause="BRIGHT",
        )
    if verdict.spread < BLANK:
        raise UnfitFile(
            f"Foto ini hampir satu warna, tidak tampak wajah. Pastikan lensa tidak tertutup, lalu {_CAMERA.lower()}.",
            cause="BLANK",
        )
    if verdict.sharpness < BLURRED:
        raise UnfitFile(
            f"Foto ini buram. Bersihkan lensa, sandarkan ponsel, tunggu sampai wajah tajam, lalu {_CAMERA.lower()}.",
            cause="BLURRED",
        )


def _lighter(picture: Image.Image) -> Image.Image:
    """The picture at a whole part of its size when it has far more pixels than needed: less memory for what follows."""
    part = min(picture.size) * 3 // 4 // (2 * SIZE[0])
    return picture.reduce(part) if part > 1 and picture.mode in _REDUCIBLE else picture


def _edge(counts: list[int]) -> float:
    """How far the strongest edges stand out of the noise, in grey values, from the histogram of the Laplacian.

    Noise alone has its 99.5th percentile at 4.2 times its median, whatever its strength, and so gives 0; whole grey
    values alone are noise of 1.
    """
    sizes = [counts[128], *(counts[128 + far] + counts[128 - far] for far in range(1, 128)), counts[0]]
    return max(0.0, _level(sizes, 0.995) - 4.2 * max(1, _level(sizes, 0.5)))


def _level(counts: list[int], share: float) -> int:
    """The grey value up to which ``share`` of the pixels lie."""
    wanted, seen = share * sum(counts), 0
    for value, count in enumerate(counts):
        seen += count
        if seen >= wanted:
            return value
    return len(counts) - 1


def _ground(picture: Image.Image) -> str:
    width, height = picture.size
    strip, deep = max(1, width // 8), max(1, height // 4)
    corners = Image.new("RGB", (2 * strip, deep))
    corners.paste(picture.crop((0, 0, strip, deep)), (0, 0))
    corners.paste(picture.crop((width - strip, 0, width, deep)), (strip, 0))
    red, green, blue = ImageStat.Stat(corners).median
    if red >= 90 and red > 1.6 * max(green, blue):
        return "red"
    if blue >= 80 and blue > 1.3 * red and blue > 1.1 * green:
        return "blue"
    return ""
