"""The document model as plain JSON and back: exact fractions as "1835/2047", defaults left out.

The same document gives the same JSON; what `from_json` reads is the document that `to_json` wrote.
"""

import dataclasses
from fractions import Fraction
from functools import cache
from typing import Any

from lkip.report import model

TYPE = "_"
_KNOWN = {
    name: item
    for name, item in vars(model).items()
    if isinstance(item, type) and dataclasses.is_dataclass(item)
}


@cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    """(name, default) of each field that the constructor takes."""
    found = []
    for each in dataclasses.fields(kind):
        if each.init:
            default = each.default
            if default is dataclasses.MISSING and each.default_factory is not dataclasses.MISSING:
                default = each.default_factory()
            found.append((each.name, default))
    return tuple(found)


def to_json(value: Any) -> Any:
    """Return a document, or any part of one, as plain JSON values."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Fraction):
        return {TYPE: "q", "v": f"{value.numerator}/{value.denominator}"}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    kind = type(value)
    if kind.__name__ not in _KNOWN:
        raise TypeError(f"{kind.__name__} is no part of the document model")
    found: dict[str, Any] = {TYPE: kind.__name__}
    for name, default in _fields(kind):
        item = getattr(value, name)
        if default is dataclasses.MISSING or item != default:
            found[name] = to_json(item)
    return found


def from_json(value: Any) -> Any:
    """Read what `to_json` wrote; lists come back as tuples."""
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    if not isinstance(value, dict):
        return value
    kind = value.get(TYPE)
    if kind is None:
        return {key: from_json(item) for key, item in value.items()}
    if kind == "q":
        return Fraction(value["v"])
    return _KNOWN[kind](**{name: from_json(item) for name, item in value.items() if name != TYPE})
