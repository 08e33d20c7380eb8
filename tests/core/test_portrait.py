"""Photos of people: straightened, cropped, each cause of refusal told apart, hostile ones refused, nothing hidden."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageStat

from core.images import UnfitFile, look_at, portrait_from, prepare_portrait
from core.images.decoding import BASELINE_PIXELS
from portal.demo.faces import EACH_SEX, draw_face
from tests.pictures import encoded, face

GPS = 0x8825
HEIC = Path(__file__).parent / "data" / "portrait.heic"


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures show the same thing the same way up."""
    small = [each.convert("RGB").resize((30, 40)) for each in (one, other)]
    return max(ImageStat.Stat(ImageChops.difference(*small)).mean) < 12


def cause_of(picture: Image.Image, form="JPEG", **options) -> str:
    """The cause for which the picture is refused, or "" when it is taken."""
    try:
        portrait_from(encoded(picture, form, **options))
    except UnfitFile as problem:
        return problem.cause if ". " in str(problem) else "does not say what to do"
    return ""


def located(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "KameraRahasia", orientation
    exif.get_ifd(GPS).update({1: "S", 2: (6.0, 53.0, 5.0)})
    return exif


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_small_upright_jpeg(form):
    picture = face((900, 1200))
    portrait = portrait_from(encoded(picture, form))
    kept = opened(portrait.content.data)
    assert (kept.format, kept.mode, kept.size, portrait.came) == ("JPEG", "RGB", (480, 640), (900, 1200))
    assert alike(kept, picture)


def test_heic_of_a_phone_is_read_turned_and_stripped():
    data = HEIC.read_bytes()
    assert b"KameraRahasia" in data
    portrait = prepare_portrait(io.BytesIO(data))
    assert portrait.came == (720, 960)
    assert alike(opened(portrait.content.data), face((720, 960)))
    assert b"Rahasia" not in portrait.content.data


_TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", _TURNS)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_every_orientation_is_straightened_and_place_and_camera_are_gone(orientation, form):
    picture = face((600, 1000))
    turn = _TURNS[orientation]
    stored = picture.transpose(turn) if turn is not None else picture
    data = encoded(stored, form, exif=located(orientation).tobytes())
    assert b"KameraRahasia" in data
    portrait = portrait_from(data)
    kept = opened(portrait.content.data)
    assert portrait.came == (600, 800)
    assert alike(kept, picture.crop((0, 80, 600, 880)))
    assert not kept.getexif()
    assert b"Rahasia" not in portrait.content.data
    assert b"Exif" not in portrait.content.data


@pytest.mark.parametrize(
    ("size", "box"),
    [
        ((1000, 1000), (125, 0, 875, 1000)),
        ((1600, 1000), (425, 0, 1175, 1000)),
        ((600, 1300), (0, 200, 600, 1000)),
        ((354, 472), (0, 0, 354, 472)),
    ],
)
def test_the_crop_is_the_middle_and_the_upper_part(size, box):
    picture = Image.effect_noise(size, 90).filter(ImageFilter.GaussianBlur(6)).convert("RGB")
    picture.paste(face((box[2] - box[0], box[3] - box[1])), box[:2])
    portrait = portrait_from(encoded(picture, quality=95))
    assert portrait.came == (box[2] - box[0], box[3] - box[1])
    assert alike(opened(portrait.content.data), picture.crop(box))


@pytest.mark.parametrize(
    ("size", "cause"),
    [
        ((353, 900), "SMALL"),
        ((354, 471), "SMALL"),
        ((200, 300), "SMALL"),
        ((600, 440), "SIDEWAYS"),
        ((2000, 900), "SIDEWAYS"),
        ((471, 471), "SMALL"),
        ((472, 472), ""),
        ((640, 480), ""),
    ],
)
def test_too_small_and_not_upright_are_told_apart(size, cause):
    assert cause_of(face(size)) == cause


def test_refusals_name_the_numbers():
    with pytest.raises(UnfitFile, match="terlalu kecil: 240 × 320 piksel, paling sedikit 354 × 472 piksel"):
        portrait_from(encoded(face((240, 320))))
    with pytest.raises(UnfitFile, match=r"tidak tegak: 600 × 440 piksel.*hanya 330 × 440 piksel"):
        portrait_from(encoded(face((600, 440))))


@pytest.mark.parametrize("sex", ["M", "F"])
def test_all_portraits_of_the_demo_pass_as_drawn_and_as_a_phone_sends_them(sex):
    for number in range(1, EACH_SEX + 1):
        assert portrait_from(draw_face(number, sex).data).verdict.ground in ("red", "blue")
        assert cause_of(face((720, 960), number=number, sex=sex), quality=75) == ""


def dimmed(picture, part):
    return ImageEnhance.Brightness(picture).enhance(part)


def against_the_light(picture):
    bright = Image.new("RGB", picture.size, (250, 250, 250))
    mask = Image.new("L", picture.size, 0)
    mask.paste(255, (picture.width // 5, picture.height // 6, picture.width * 4 // 5, picture.height))
    return Image.composite(dimmed(picture, 0.2), bright, mask)


@pytest.mark.parametrize("number", [1, 2, 7, 10, 15, 22])
@pytest.mark.parametrize("sex", ["M", "F"])
def test_light_and_sharpness_are_told_apart(number, sex):
    good = face((720, 960), number=number, sex=sex)
    assert cause_of(dimmed(good, 0.75)) == ""
    assert cause_of(dimmed(good, 0.3)) == "DARK"
    assert cause_of(against_the_light(good)) == "DARK"
    assert cause_of(good.point(lambda value: 205 + value * 50 // 255)) == "BRIGHT"
    assert cause_of(dimmed(good, 4.0)) == "BRIGHT"
    assert cause_of(good.filter(ImageFilter.GaussianBlur(720 * 0.001))) == ""
    for part in (0.01, 0.02, 0.04):
        assert cause_of(good.filter(ImageFilter.GaussianBlur(720 * part))) == "BLURRED"


@pytest.mark.parametrize(
    ("colour", "cause"),
    [((120,) * 3, "BLANK"), ((0,) * 3, "DARK"), ((255,) * 3, "BRIGHT"), ((180, 30, 30), "BLANK")],
)
def test_a_wall_is_no_photo(colour, cause):
    assert cause_of(Image.new("RGB", (600, 800), colour)) == cause


@pytest.mark.parametrize(
    ("colour", "ground"),
    [((179, 32, 42), "red"), ((140, 20, 30), "red"), ((31, 90, 150), "blue"), ((20, 40, 120), "blue"),
     ((240, 240, 240), ""), ((90, 120, 60), ""), ((200, 170, 150), "")],
)  # fmt: skip
def test_the_ground_is_named_by_the_upper_corners(colour, ground):
    picture = Image.new("RGB", (480, 640), colour)
    picture.paste(face((300, 400)), (90, 240))
    assert look_at(picture).ground == ground
    assert look_at(encoded(picture)).ground == ground


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "EMPTY"),
        (b"%PDF-1.7 foto", "KIND"),
        (b"<svg onload='alert(1)'/>", "KIND"),
        (b"\0\0\0\x18ftypavif" + b"\0" * 50, "KIND"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 50, "BROKEN"),
        (b"\xff\xd8\xff\xe0" + b"garbage" * 30, "BROKEN"),
    ],
)
def test_what_is_no_picture_is_named(data, cause):
    with pytest.raises(UnfitFile) as problem:
        prepare_portrait(io.BytesIO(data))
    assert problem.value.cause == cause


@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.9, 0.99])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_truncated_photos_are_refused_as_broken(form, part):
    data = HEIC.read_bytes() if form == "HEIC" else encoded(face((600, 800)), form)
    with pytest.raises(UnfitFile) as problem:
        portrait_from(data[: int(len(data) * part)])
    assert problem.value.cause == "BROKEN"


@pytest.mark.parametrize(
    "tail",
    [b"<script>alert(1)</script>", b"PK\x03\x04evil.exe", b"%PDF-1.7\n%%EOF", b"<?php system($_GET['c']);"],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_polyglot_keeps_only_its_pixels(form, tail):
    options = {"comment": tail} if form == "JPEG" else {}
    kept = portrait_from(encoded(face((600, 800)), form, **options) + tail).content.data
    assert tail not in kept
    assert kept.endswith(b"\xff\xd9")


def test_a_large_baseline_jpeg_is_read_and_larger_or_progressive_ones_are_refused():
    big = face((1080, 1440)).resize((6120, 8160), Image.Resampling.BICUBIC)
    assert portrait_from(encoded(big, quality=60)).came == (6120, 8160)
    assert cause_of(big, quality=60, progressive=True) == "PIXELS"
    assert cause_of(Image.new("L", (9100, 9100), 90)) == "PIXELS"
    assert BASELINE_PIXELS == 80_000_000


@given(st.data())
def test_a_damaged_heic_is_read_or_refused(data):
    good = bytearray(HEIC.read_bytes())
    for _ in range(data.draw(st.integers(1, 12))):
        good[data.draw(st.integers(12, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        portrait = portrait_from(bytes(good))
    except UnfitFile:
        return
    assert portrait.content.data.startswith(b"\xff\xd8\xff")
