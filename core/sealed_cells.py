"""The cells of a staged row, sealed for that row: they may hold a NIK."""

import json
from datetime import date, datetime
from typing import Any

from core import personal
from core.cells import Value
from core.models.staging import StagedRow

SEAL_CONTEXT = "core.stagedrow.cells"


def plain(value: Any) -> dict[str, str]:
    """Dates in JSON, so that they come back as dates."""
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return {"s": str(value)}


def sealed_cells(cells: dict[str, Value], row: StagedRow) -> bytes:
    """Return the cells of a row by key, sealed for that row (its ``uid`` is set)."""
    return personal.seal(json.dumps(cells, default=plain), context=SEAL_CONTEXT, row=row.uid)


def unsealed_cells(row: StagedRow) -> dict[str, Value]:
    """Return the cells of a staged row by key, opened."""
    text = personal.unseal(row.sealed, context=SEAL_CONTEXT, row=row.uid)
    return {key: _typed(value) for key, value in json.loads(text).items()}


def _typed(value: Any) -> Value:
    if not isinstance(value, dict):
        return value
    if "t" in value:
        return datetime.fromisoformat(value["t"])
    return date.fromisoformat(value["d"]) if "d" in value else value["s"]
