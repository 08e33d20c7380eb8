"""The face of the report inside the DOCX, so that lines and columns are the same on a machine that lacks it.

Word and LibreOffice read embedded faces whose first bytes are masked with a key that stands beside them (ECMA-376,
part 4, font embedding). The licence of the face allows it.
"""

import uuid
from functools import cache

from core.documents import fonts

FACE = "Noto Sans"
STYLES = (("Regular", fonts.REGULAR), ("Bold", fonts.BOLD), ("Italic", fonts.ITALIC))
MASKED = 32
"""So many bytes at the start of a face are masked."""
_KEYS = uuid.UUID("6f2c1f0e-57a1-4d5e-9a57-2f7f3d0d8a61")


def _key(name: str) -> uuid.UUID:
    return uuid.uuid5(_KEYS, name)


@cache
def parts() -> dict[str, bytes]:
    """The masked files by their names in the archive."""
    found = {}
    for number, (_, name) in enumerate(STYLES, start=1):
        data = (fonts.FOLDER / fonts.FILES[name]).read_bytes()
        key = _key(name).bytes[::-1]
        head = bytes(byte ^ key[place % len(key)] for place, byte in enumerate(data[:MASKED]))
        found[f"word/fonts/font{number}.odttf"] = head + data[MASKED:]
    return found


def table() -> str:
    """The body of fontTable.xml."""
    embedded = "".join(
        f'<w:embed{style} r:id="rId{number}" w:fontKey="{{{str(_key(name)).upper()}}}"/>'
        for number, (style, name) in enumerate(STYLES, start=1)
    )
    return (
        f'<w:font w:name="{FACE}"><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
        f"{embedded}</w:font>"
    )


def relations() -> list[tuple[str, str, str]]:
    """(id, kind, target) of the masked files."""
    return [(f"rId{number}", "font", f"fonts/font{number}.odttf") for number, _ in enumerate(STYLES, start=1)]
