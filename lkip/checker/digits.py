"""Amounts as they are printed: which digits could have been meant."""

import re
from collections.abc import Iterator

_GROUPED = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")


def slip(printed: int | None, meant: int | None) -> str:
    """Say how one typing error turns `meant` into `printed`, or nothing when it takes more than one."""
    if printed is None or meant is None or printed == meant:
        return ""
    a, b = str(printed), str(meant)
    if len(a) == len(b):
        places = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        if len(places) == 1:
            return "satu angka salah ketik"
        if len(places) == 2 and places[1] == places[0] + 1:
            i, j = places
            return "dua angka tertukar" if (a[i], a[j]) == (b[j], b[i]) else ""
        return ""
    longer, shorter, word = (a, b, "satu angka berlebih") if len(a) > len(b) else (b, a, "satu angka hilang")
    if len(longer) - len(shorter) == 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    ):
        return word
    if longer.rstrip("0") == shorter.rstrip("0"):
        return "banyaknya nol tidak sama"
    return ""


def well_formed(text: str) -> bool:
    """Whether an amount is printed in groups of three behind one kind of separator, or without any."""
    body = text.strip()
    if body.isdigit():
        return True
    return bool(_GROUPED.fullmatch(body) or (_GROUPED.fullmatch(body.replace(",", ".")) and "." not in body))


def with_separator(text: str) -> Iterator[int]:
    """Return the amounts that a malformed print may have meant when one digit stands where a dot belongs.

    "170804.700" may have been "17.804.700".
    """
    for i, sign in enumerate(text):
        if sign.isdigit():
            tried = f"{text[:i]}.{text[i + 1 :]}"
            if _GROUPED.fullmatch(tried):
                yield int(tried.replace(".", ""))


def roundest(low: int, high: int) -> int:
    """Return the number within [low, high] with the most zeros at its end; the nearest to the middle of several."""
    for zeros in range(len(str(max(high, 1))), -1, -1):
        step = 10**zeros
        first = -(-low // step) * step
        if first <= high:
            middle = (low + high) // 2
            nearest = round(middle / step) * step
            return nearest if low <= nearest <= high else first
    return low
