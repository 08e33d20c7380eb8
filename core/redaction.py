"""Keeps identity numbers out of everything that is logged or stored as an error text."""

import logging
import re
from copy import copy

# NIK and KK have sixteen digits, written in one run or in groups of 4-4-4-4 or 6-6-4. A UUID may hold four such groups
# by chance, and a code of 32 or 64 hexadecimal digits (the link of a new password, a fingerprint) sixteen digits in a
# run: one link in some hundreds. Both are recognised first and left alone.
_NUMBER = re.compile(
    r"(?P<code>\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
    r"|\b(?=[0-9]*[a-f])(?:[0-9a-f]{64}|[0-9a-f]{32})\b)"
    r"|\d{16,}|(?<!\d)\d{4}[ .-]\d{4}[ .-]\d{4}[ .-]\d{4}(?!\d)|(?<!\d)\d{6}[ .-]\d{6}[ .-]\d{4}(?!\d)"
)
MASK = "•" * 16


def redact(text: str) -> str:
    """Return `text` with every run that may be a NIK or KK number masked."""
    return _NUMBER.sub(lambda found: found["code"] or MASK, text)


class RedactingFormatter(logging.Formatter):
    """Formats as usual, then masks: message, arguments and traceback alike."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the finished line or lines of `record` without identity numbers.

        A refused page (403, 404 …) is one line: its traceback says nothing, and real errors would drown in it.
        """
        if record.exc_info and getattr(record, "status_code", 500) < 500:
            record = copy(record)
            record.exc_info = record.exc_text = None
        return redact(super().format(record))
