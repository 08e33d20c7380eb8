"""Turns an uploaded picture or document into bytes that are safe to keep; touches no database and no disk.

A picture is never kept as it came: it is decoded and written anew, which drops EXIF (place, camera), comments
and anything hidden behind the picture. What can't be read is refused with the cause and what to do.
"""

from core.images.decoding import IMAGE_PIXELS, image_from, prepare_image
from core.images.documents import prepare_document
from core.images.kinds import (
    DOCUMENT_BYTES,
    IMAGE_BYTES,
    MIB,
    Content,
    UnfitFile,
    read_limited,
    sniff,
)
from core.images.portrait import Portrait, Verdict, look_at, portrait_from, prepare_portrait

__all__ = [
    "DOCUMENT_BYTES",
    "IMAGE_BYTES",
    "IMAGE_PIXELS",
    "MIB",
    "Content",
    "Portrait",
    "UnfitFile",
    "Verdict",
    "image_from",
    "look_at",
    "portrait_from",
    "prepare_document",
    "prepare_image",
    "prepare_portrait",
    "read_limited",
    "sniff",
]
