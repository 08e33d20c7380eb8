"""What an edition is made of: the content that is frozen, its fingerprint, its files, and what still stands against it.

The content is plain JSON without dates of printing, so that the same records give the same fingerprint on any day;
number, day and address of the edition come as a `Stamp` and are printed around it.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from core import clock
from core.db import snapshot
from lkip import consistency, freezing, report
from lkip.figures import YearFigures, compute
from lkip.models import Edition
from lkip.report.model import Document

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
SCHEMA = 1


@dataclass(frozen=True)
class Stamp:
    """What is printed around the content: edition number, day, fingerprint, and the public address for the QR."""

    number: int
    day: date
    fingerprint: str
    address: str


@dataclass(frozen=True)
class Publication:
    """Composed content with its fingerprint; with `salt`, the hashes of the records behind each measured figure.

    ``substance`` is the fingerprint of the content without the reviewer's statement, which comes after the review.
    """

    content: dict
    fingerprint: str
    substance: str
    salt: bytes = b""
    hashes: dict[str, list[bytes]] = field(default_factory=dict)


def canonical(content: dict) -> bytes:
    """Write JSON in the one way that the fingerprint is taken of: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_of(figures: YearFigures, document: Document) -> dict:
    """Return what an edition freezes of a computed year and its report."""
    return {
        "schema": SCHEMA,
        "year": figures.year,
        "figures": freezing.frozen_figures(figures),
        "document": report.to_json(document),
    }


def content_differences(
    before: dict,
    after: dict,
    records_before: dict[str, set[bytes]] | None = None,
    records_after: dict[str, set[bytes]] | None = None,
) -> list[freezing.Difference]:
    """Return all that two contents of a year print differently; with the records' hashes, whose records changed too."""
    found = freezing.differences(before["figures"], after["figures"], records_before, records_after)
    told = {each.code for each in found}
    return found + freezing.printed_differences(before["document"], after["document"], told)


def _fingerprint(content: dict) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def compose(year: int, *, edition: Edition | None = None) -> Publication:
    """Compose the content of the year from one snapshot of the records; of an `edition` with statement and hashes.

    Raises NoSuchYear.
    """
    with snapshot():
        figures = compute(year)
        bare = content_of(figures, report.build(figures))
        substance = _fingerprint(bare)
        if edition is None:
            return Publication(bare, substance, substance)
        changes = content_differences(edition.previous.content, bare) if edition.previous_id else []
        content = content_of(figures, report.build(figures, reviewed=edition, changes=changes))
        salt = secrets.token_bytes(freezing.SALT_BYTES)
        hashes = freezing.record_hashes(figures, salt)
    return Publication(content, _fingerprint(content), substance, salt, hashes)


def render_all(content: dict, stamp: Stamp) -> dict[str, bytes]:
    """Make every file of an edition from its frozen content. The same content and stamp give the same bytes.

    Read back from its canonical form first: a database that keeps JSON in an order of its own changes nothing then.
    """
    content = json.loads(canonical(content))
    document = report.from_json(content["document"])
    made = {name: report.render(document, name, stamp) for name in report.RENDERERS}
    made["json"] = canonical({"edition": stamp.number, "fingerprint": stamp.fingerprint, **content})
    return made


def stamp_of(edition: Edition) -> Stamp:
    """Return the stamp of a published edition."""
    return Stamp(
        edition.number,
        clock.local(edition.published_at).date(),
        edition.fingerprint,
        edition.address,
    )


def public_path(edition: Edition) -> str:
    """Return the path of the edition's public page."""
    return reverse("lkip:public_edition", args=[edition.slug])


def obstacles(year: int) -> list[str]:
    """Return what stands against approval: errors of the checker, and its warnings without a written reason."""
    return consistency.obstacles(year)
