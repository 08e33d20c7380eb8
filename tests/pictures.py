"""Photos of nobody, as phones send them."""

import io

from PIL import Image, ImageChops

from portal.demo.faces import draw_face


def face(size=(1080, 1440), *, number=1, sex="F") -> Image.Image:
    """A drawn portrait with light from one side and a sensor's noise."""
    with Image.open(io.BytesIO(draw_face(number, sex).data)) as drawn:
        picture = drawn.convert("RGB").resize(size, Image.Resampling.BICUBIC)
    light = Image.linear_gradient("L").rotate(90).resize(size).point([120 + v // 2 for v in range(256)])
    noise = Image.effect_noise((256, 256), 6).resize(size, Image.Resampling.NEAREST)
    lit = ImageChops.multiply(picture, Image.merge("RGB", (light,) * 3))
    return ImageChops.add(lit, Image.merge("RGB", (noise,) * 3), 1, -128)


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
