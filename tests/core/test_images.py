"""Uploaded pictures: hostile ones are refused with the cause, good ones are written anew without metadata."""

import io
import random
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.images import (
    DOCUMENT_BYTES,
    IMAGE_BYTES,
    IMAGE_PIXELS,
    UnfitFile,
    image_from,
    prepare_document,
    prepare_image,
    sniff,
)

GPS = 0x8825


def picture(form="JPEG", size=(1200, 1600), mode="RGB", colour=(120, 90, 60), **options):
    image = Image.new(mode, size, colour)
    for x in range(0, size[0], 40):
        image.paste(
            (x % 255, 40, 200)[: len(image.getbands())] if mode != "L" else x % 255, (x, 0, x + 8, size[1])
        )
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def upload(data, size=None):
    stream = io.BytesIO(data)
    stream.size = len(data) if size is None else size
    return stream


def png_header(width, height):
    """A PNG that claims a size and holds almost nothing."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_good_picture_becomes_a_jpeg_of_the_asked_size(form):
    content = prepare_image(upload(picture(form)), size=(480, 640))
    assert content.content_type == "image/jpeg"
    with Image.open(io.BytesIO(content.data)) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", (480, 640), "RGB")


def test_place_and_camera_are_dropped_and_the_picture_is_turned_upright():
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "KameraRahasia", 6
    exif.get_ifd(GPS).update({1: "S", 2: (6.0, 53.0, 5.0)})
    data = picture(size=(800, 600), exif=exif.tobytes(), comment=b"KomentarRahasia")
    assert b"KameraRahasia" in data
    content = prepare_image(upload(data))
    with Image.open(io.BytesIO(content.data)) as image:
        assert image.size == (600, 800)
        assert not image.getexif()
        assert "comment" not in image.info
    assert b"Rahasia" not in content.data
    assert b"Exif" not in content.data


def test_what_hangs_behind_the_picture_is_dropped():
    content = prepare_image(upload(picture() + b"<script>alert(1)</script>PK\x03\x04"))
    assert b"script" not in content.data


def test_long_side_is_limited_without_a_size():
    with Image.open(io.BytesIO(prepare_image(upload(picture(size=(3000, 1000)))).data)) as image:
        assert image.size == (2000, 667)


@pytest.mark.parametrize(
    ("mode", "form", "colour"),
    [
        ("RGBA", "PNG", (10, 20, 30, 0)),
        ("P", "PNG", 3),
        ("L", "JPEG", 90),
        ("CMYK", "JPEG", (0, 9, 9, 9)),
        ("LA", "PNG", (9, 0)),
        ("I;16", "PNG", 40000),
        ("1", "PNG", 1),
    ],
)
def test_every_colour_mode_becomes_rgb(mode, form, colour):
    target = io.BytesIO()
    Image.new(mode, (60, 80), colour).save(target, form)
    with Image.open(io.BytesIO(image_from(target.getvalue()).data)) as image:
        assert image.mode == "RGB"
        if mode == "RGBA":
            assert image.getpixel((5, 5)) == (255, 255, 255)


def test_fifty_megapixels_are_refused_by_the_header_alone(monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(UnfitFile, match=r"10\.000 × 5\.000 piksel \(50 megapiksel\), batasnya 40 megapiksel"):
        prepare_image(upload(png_header(10_000, 5_000)))


def test_a_real_fifty_megapixel_jpeg_is_refused():
    target = io.BytesIO()
    Image.new("L", (7100, 7100)).save(target, "JPEG")
    with pytest.raises(UnfitFile, match="megapiksel"):
        prepare_image(target)


@pytest.mark.parametrize("size", [(60_000, 60_000), (2**31 - 1, 2**31 - 1), (0, 10)])
def test_absurd_sizes_are_refused(size):
    with pytest.raises(UnfitFile):
        prepare_image(upload(png_header(*size)))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.98])
@pytest.mark.parametrize("progressive", [False, True])
def test_truncated_pictures_are_refused_with_the_cause(form, part, progressive):
    noise = Image.frombytes("RGB", (300, 400), random.Random(1).randbytes(360_000))
    target = io.BytesIO()
    noise.save(target, form, **({"progressive": True} if progressive and form == "JPEG" else {}))
    data = target.getvalue()
    with pytest.raises(UnfitFile, match="rusak atau terpotong"):
        prepare_image(upload(data[: int(len(data) * part)]), size=(240, 320))


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"MZ\x90\x00" + b"\0" * 200, "program Windows"),
        (b"%PDF-1.7\n" + b"x" * 100, "PDF"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "halaman web"),
        (b"  <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG"),
        (b"PK\x03\x04" + b"\0" * 100, "ZIP"),
        (b"GIF89a" + b"\0" * 100, "GIF"),
        (b"hello", "bukan foto"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 50, "rusak atau terpotong"),
        (b"\xff\xd8\xff\xe0" + b"garbage" * 30, "rusak atau terpotong"),
        (b"\x89PNG\r\n\x1a\n" + b"garbage" * 30, "rusak atau terpotong"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "rusak atau terpotong"),
    ],
)
def test_disguised_files_are_refused_by_what_they_are(data, cause):
    with pytest.raises(UnfitFile, match=cause):
        prepare_image(upload(data))


def test_limits_of_bytes_come_first_and_say_the_limit():
    with pytest.raises(UnfitFile, match=r"Ukuran berkas 20,0 MB, batasnya 20 MB"):
        prepare_image(upload(b"\xff\xd8\xff", size=IMAGE_BYTES + 1))
    with pytest.raises(UnfitFile, match="batasnya 10 MB"):
        prepare_document(io.BytesIO(b"%PDF-" + b"0" * DOCUMENT_BYTES))
    with pytest.raises(UnfitFile, match="kosong"):
        prepare_image(upload(b""))


def test_small_pictures_are_refused_when_a_least_size_is_asked():
    with pytest.raises(UnfitFile, match="terlalu kecil: 100 × 120 piksel, paling sedikit 240 × 320"):
        prepare_image(upload(picture(size=(100, 120))), least=(240, 320))


def test_documents():
    whole = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n"
    assert prepare_document(upload(whole)).data == whole
    for data, cause in [
        (whole[:-20], "terpotong"),
        (whole.replace(b"<<>>", b"<</Encrypt 5 0 R>>"), "kata sandi"),
        (whole.replace(b"<<>>", b"<</S/JavaScript>>"), "skrip"),
        (b"PK\x03\x04" + b"\0" * 90, "Kirim PDF, atau foto"),
    ]:
        with pytest.raises(UnfitFile, match=cause):
            prepare_document(upload(data))
    assert prepare_document(upload(picture("PNG"))).content_type == "image/jpeg"


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF1234WEBP"]),
)
def test_no_bytes_bring_anything_but_a_refusal(tail, head):
    with pytest.raises(UnfitFile):
        image_from(head + tail)


@given(st.data())
def test_a_damaged_jpeg_is_read_or_refused(data):
    good = bytearray(picture(size=(64, 48)))
    for _ in range(data.draw(st.integers(1, 12))):
        good[data.draw(st.integers(3, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        content = image_from(bytes(good))
    except UnfitFile:
        return
    assert content.data.startswith(b"\xff\xd8\xff")


def test_pixels_limit_is_forty_megapixels():
    assert IMAGE_PIXELS == 40_000_000
    assert sniff(picture("WEBP")) == "WEBP"
