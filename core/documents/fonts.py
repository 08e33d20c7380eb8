"""Noto Sans in five faces, embedded and cut down; a character without a glyph is an error, never a blank.

The files lie in ``fonts/`` beside their licence: Latin, General Punctuation and Currency Symbols of Noto Sans
2.004.
"""

import unicodedata
from functools import cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from core.errors import Refused

FOLDER = Path(__file__).parent / "fonts"

REGULAR = "NotoSans"
BOLD = "NotoSans-SemiBold"
ITALIC = "NotoSans-Italic"
CONDENSED = "NotoSans-Condensed"
CONDENSED_BOLD = "NotoSans-CondensedSemiBold"
FILES = {
    REGULAR: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-SemiBold.ttf",
    ITALIC: "NotoSans-Italic.ttf",
    CONDENSED: "NotoSans-Condensed.ttf",
    CONDENSED_BOLD: "NotoSans-CondensedSemiBold.ttf",
}
REPLACEMENT = "\ufffd"
_SUBSTITUTES = str.maketrans(
    {"−": "–", "‑": "-", "\u200b": "", "\ufeff": "", "\t": " ", "\r": "", "\x0b": " "}
)


class MissingGlyphError(Refused):
    """A text holds characters that the printed face does not have."""


class GuardedFont(TTFont):
    """A face that refuses to print what it has no glyph for (ReportLab would print a blank)."""

    def splitString(self, text, doc, encoding="utf-8"):
        """Encode a text for the page, or raise MissingGlyphError."""
        text = text if isinstance(text, str) else text.decode(encoding)
        absent = missing(text)
        if absent:
            raise MissingGlyphError(
                f"Huruf {', '.join(f'“{letter}” (U+{ord(letter):04X})' for letter in absent)} tidak bisa dicetak. "
                "Ganti dengan huruf Latin."
            )
        return super().splitString(text, doc, encoding)


def register() -> None:
    """Make the five faces known to ReportLab and set what all documents share; done once, at import."""
    rl_config.useA85 = 0
    rl_config.invariant = 1
    for name, file in FILES.items():
        pdfmetrics.registerFont(GuardedFont(name, str(FOLDER / file)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)
    pdfmetrics.registerFontFamily(
        CONDENSED, normal=CONDENSED, bold=CONDENSED_BOLD, italic=CONDENSED, boldItalic=CONDENSED_BOLD
    )


@cache
def _known() -> frozenset[str]:
    """The characters that all five faces have."""
    faces = [pdfmetrics.getFont(name).face.charToGlyph for name in FILES]
    return frozenset(chr(code) for code in set(faces[0]).intersection(*faces[1:]))


def missing(text: str) -> list[str]:
    """The characters of a text that can't be printed, in order of code."""
    return sorted(set(text) - _known())


def printable(text: str) -> str:
    """A text of unknown origin made fit to print: composed, minus as en dash, the unprintable as "�".

    For lists and annexes. Names on cards and letters are not mended: there MissingGlyphError reaches the
    officer.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", str(text)).translate(_SUBSTITUTES)
    known = _known()
    return "".join(letter if letter in known or letter == "\n" else REPLACEMENT for letter in text)


def width(text: str, face: str, size: float) -> float:
    """The width of a text in points."""
    return pdfmetrics.stringWidth(text, face, size)


register()
