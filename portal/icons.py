"""The office's sign as PNG icons of an installed site: its logo, or the drawn shield in its colours."""

import io
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from core.files import read_file
from core.images import UnfitFile, image_from
from core.models.agency import AgencyProfile

GRID = 42
FINE = 4
"""Drawn this many times larger, then shrunk: smooth edges."""


@dataclass(frozen=True)
class Kind:
    """One icon: pixels a side, its purpose in the manifest ("" for Apple's, which is not in it), the sign's share."""

    size: int
    purpose: str
    share: float
    ground: str = ""


KINDS = {
    "192": Kind(192, "any", 0.94),
    "512": Kind(512, "any", 0.94),
    "192-penuh": Kind(192, "maskable", 0.6, "#ffffff"),
    "512-penuh": Kind(512, "maskable", 0.6, "#ffffff"),
    "180": Kind(180, "", 0.8, "#ffffff"),
}
"""By the name in the address. A maskable one is cut to a circle by the phone: its sign keeps to the middle 60 %."""


def of(agency: AgencyProfile, name: str) -> bytes:
    """The PNG of an icon."""
    logo = agency.logo.uid if agency.logo_id else None
    return _made(name, agency.palette["accent"], logo)


@lru_cache(maxsize=32)
def _made(name: str, accent: str, logo) -> bytes:
    kind = KINDS[name]
    side = round(kind.size * kind.share)
    sign = _logo(side) if logo else None
    if sign is None:
        sign = _shield(side, accent)
    icon = Image.new("RGBA", (kind.size, kind.size), kind.ground or (0, 0, 0, 0))
    icon.alpha_composite(sign, ((kind.size - sign.width) // 2, (kind.size - sign.height) // 2))
    target = io.BytesIO()
    icon.save(target, "PNG", optimize=True)
    return target.getvalue()


def _logo(side: int) -> Image.Image | None:
    """The office's logo within a square; None when its file can't be read."""
    try:
        content = image_from(read_file(AgencyProfile.current().logo))
    except (FileNotFoundError, UnfitFile):
        return None
    with Image.open(io.BytesIO(content.data)) as picture:
        sign = picture.convert("RGBA")
    sign.thumbnail((side, side), Image.Resampling.LANCZOS)
    return sign


def _curve(start, one, two, end) -> list[tuple[float, float]]:
    """Points of a cubic Bézier curve."""
    points = []
    for step in range(25):
        t = step / 24
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        points.append(
            tuple(
                sum(w * p[axis] for w, p in zip(weights, (start, one, two, end), strict=True))
                for axis in (0, 1)
            )
        )
    return points


def _shield(side: int, accent: str) -> Image.Image:
    """The sign of `core.templatetags.components.mark`, on its own 42 × 42 grid."""
    large = side * FINE
    scale = large / GRID
    picture = Image.new("RGBA", (large, large), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)

    def at(points) -> list[tuple[float, float]]:
        return [(x * scale, y * scale) for x, y in points]

    outline = [(21, 1.5), (39, 8), (39, 22)]
    outline += _curve((39, 22), (39, 31.5), (31.5, 38), (21, 40.5))
    outline += _curve((21, 40.5), (10.5, 38), (3, 31.5), (3, 22))
    draw.polygon(at([*outline, (3, 8)]), fill=accent)
    stroke = [(12, 27), (12, 16), (21, 22), (30, 16), (30, 27)]
    draw.line(at(stroke), fill="#ffffff", width=round(3 * scale), joint="curve")
    for x, y in (stroke[0], stroke[-1]):
        draw.ellipse([*at([(x - 1.5, y - 1.5)])[0], *at([(x + 1.5, y + 1.5)])[0]], fill="#ffffff")
    draw.ellipse([*at([(18, 10)])[0], *at([(24, 16)])[0]], fill="#ffcb47")
    return picture.resize((side, side), Image.Resampling.LANCZOS)
