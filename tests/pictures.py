"""Photos of nobody, as phones send them."""

import io
import random

from PIL import Image, ImageChops

from portal.demo.faces import draw_face


def face(size=(1080, 1440), *, number=1, sex="F") -> Image.Image:
    """A drawn portrait with light from one side and a sensor's noise."""
    with Image.open(io.BytesIO(draw_face(number, sex).data)) as drawn:
        picture = drawn.convert("RGB").resize(size, Image.Resampling.BICUBIC)
    light = Image.linear_gradient("L").rotate(90).resize(size).point([120 + v // 2 for v in range(256)])
    noise = _grain(size)
    lit = ImageChops.multiply(picture, Image.merge("RGB", (light,) * 3))
    return ImageChops.add(lit, Image.merge("RGB", (noise,) * 3), 1, -128)


def _grain(size: tuple[int, int]) -> Image.Image:
    """A sensor's noise: grey values from 120 to 136, the same at every run."""
    tile = Image.frombytes("L", (256, 256), random.Random(1).randbytes(65_536))
    tile = tile.point([120 + value // 16 for value in range(256)])
    grain = Image.new("L", size)
    for left in range(0, size[0], 256):
        for top in range(0, size[1], 256):
            grain.paste(tile, (left, top))
    return grain


def encoded(picture: Image.Image, form="JPEG", **options) -> bytes:
    """Its bytes."""
    target = io.BytesIO()
    picture.save(target, form, **options)
    return target.getvalue()


def photo(size=(600, 800), form="JPEG", **options) -> io.BytesIO:
    """An upload of a portrait that is fit for a card."""
    upload = io.BytesIO(encoded(face(size), form, **options))
    upload.name = "foto.jpg"
    return upload
