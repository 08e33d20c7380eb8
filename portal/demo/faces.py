"""Drawn portraits, so that the demo shows photos of nobody."""

import io
from random import Random

from PIL import Image, ImageDraw

from core.images import Content

SIZE = (354, 472)
EACH_SEX = 30
_SKIN = ("#e0b48c", "#d3a178", "#c58f66", "#b67e55", "#eac4a0")
_HAIR = ("#1d1a19", "#2a211d", "#141414", "#3a2a22")
_CLOTH = ("#f4f4f2", "#dfe7ee", "#27475f", "#6a2e3b", "#35523f", "#b9c3cc", "#454b54")
_VEIL = ("#39424e", "#7b2f3f", "#d8cfc2", "#2f5d62", "#8a6d9a", "#e6e2da")
_GROUND = ("#b3202a", "#1f5a96")
_SCALE = 2


def _box(x: float, y: float, w: float, h: float) -> tuple:
    return tuple(round(v * _SCALE) for v in (x - w / 2, y - h / 2, x + w / 2, y + h / 2))


def _face(draw: ImageDraw.ImageDraw, chance: Random, skin: str, wide: float, high: float) -> None:
    draw.ellipse(_box(177, 205, wide, high), fill=skin)
    apart, level = wide * 0.23, 196
    for side in (-1, 1):
        draw.ellipse(_box(177 + side * apart, level, 22, 13), fill="#ffffff")
        draw.ellipse(_box(177 + side * apart, level, 11, 12), fill="#221a17")
        brow = level - 20 - chance.randint(0, 4)
        draw.line(
            [
                round(v * _SCALE)
                for v in (177 + side * (apart - 15), brow, 177 + side * (apart + 15), brow - 2)
            ],
            fill="#241d1a",
            width=4 * _SCALE,
        )
    draw.line([round(v * _SCALE) for v in (177, 205, 171, 232, 180, 234)], fill="#8a5c3f", width=2 * _SCALE)
    smile = chance.randint(10, 16)
    draw.arc(_box(177, 250, 52, smile * 2), 15, 165, fill="#8d3d3a", width=4 * _SCALE)


def draw_face(number: int, sex: str) -> Content:
    """Return the portrait of this number (JPEG, 354 × 472 pixels, as a 3 × 4 cm photo at 300 dpi)."""
    chance = Random(f"face {sex} {number}")
    picture = Image.new("RGB", (SIZE[0] * _SCALE, SIZE[1] * _SCALE), chance.choice(_GROUND))
    draw = ImageDraw.Draw(picture)
    skin, hair, cloth = chance.choice(_SKIN), chance.choice(_HAIR), chance.choice(_CLOTH)
    wide, high = chance.randint(132, 152), chance.randint(176, 196)
    veil = sex == "F" and number % 2 == 0
    if sex == "F" and not veil:
        draw.rounded_rectangle(_box(177, 260, wide + 58, 300), 90 * _SCALE, fill=hair)
    draw.ellipse(_box(177, 500, chance.randint(320, 360), 320), fill=cloth)
    draw.rectangle(_box(177, 310, 66, 90), fill=skin)
    if veil:
        colour = chance.choice(_VEIL)
        draw.ellipse(_box(177, 205, wide + 60, high + 74), fill=colour)
        draw.polygon([round(v * _SCALE) for v in (75, 260, 279, 260, 312, 472, 42, 472)], fill=colour)
    else:
        draw.ellipse(_box(177, 168, wide + 22, high - 30), fill=hair)
    _face(draw, chance, skin, wide, high)
    if sex == "M" and number % 5 == 0:
        draw.arc(_box(177, 240, 44, 14), 190, 350, fill=hair, width=5 * _SCALE)
    if number % 7 == 0:
        for side in (-1, 1):
            draw.ellipse(_box(177 + side * wide * 0.23, 196, 44, 34), outline="#2c2c2c", width=3 * _SCALE)
        draw.line([round(v * _SCALE) for v in (169, 194, 185, 194)], fill="#2c2c2c", width=3 * _SCALE)
    target = io.BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).save(target, "JPEG", quality=85)
    return Content(target.getvalue(), "image/jpeg")
