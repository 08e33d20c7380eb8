"""Reads around editions: what differs between two of them, and between one and the records of today."""

import hashlib
import hmac

from core.db import snapshot
from lkip import freezing, publishing, report
from lkip.enums import EditionState
from lkip.figures import compute
from lkip.freezing import Difference
from lkip.models import Edition


def kept_records(edition: Edition) -> dict[str, set[bytes]]:
    """Return the record hashes of a published edition, by figure."""
    return {row.code: freezing.unpacked(row.hashes) for row in edition.evidence.all()}


def today(edition: Edition) -> list[Difference]:
    """Return the figures that would be different if the edition were published today; empty when none would."""
    with snapshot():
        figures = compute(edition.year)
        now = publishing.content_of(figures, report.build(figures))
        records = freezing.record_hashes(figures, bytes(edition.salt))
    kept = kept_records(edition)
    return publishing.content_differences(
        edition.content, now, kept, {code: set(hashes) for code, hashes in records.items()}
    )


def against_previous(edition: Edition) -> list[Difference]:
    """Return what a restatement changed: the difference table that it is published with."""
    if edition.previous_id is None or edition.content is None:
        return []
    before = Edition.objects.get(pk=edition.previous_id)
    return publishing.content_differences(before.content, edition.content)


def intact(edition: Edition) -> bool:
    """Whether the frozen content still has the fingerprint that it was published with."""
    found = hashlib.sha256(publishing.canonical(edition.content)).hexdigest()
    return hmac.compare_digest(found, edition.fingerprint)


def public() -> "list[Edition]":
    """Return the published editions, newest year first, without their content."""
    return list(Edition.objects.defer("content").filter(state=EditionState.PUBLISHED))
