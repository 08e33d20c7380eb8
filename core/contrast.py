"""WCAG contrast of two colours written "#rrggbb"."""

import re

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def is_hex(colour: object) -> bool:
    """Tell whether `colour` is written "#rrggbb"."""
    return isinstance(colour, str) and _HEX.fullmatch(colour) is not None


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the ratio, 1 (equal) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
