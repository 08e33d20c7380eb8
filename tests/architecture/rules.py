"""The rules of the house as functions over a source tree: each returns its violations, one line each.

They take the root as an argument so that a test can prove that they fail on a tree that breaks them.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FLOORS = {
    "core": 0,
    "messaging": 1,
    "accounts": 2,
    "feedback": 2,
    "jobseekers": 3,
    "employers": 4,
    "activities": 4,
    "training": 5,
    "disputes": 5,
    "placements": 6,
    "lkip": 7,
    "portal": 8,
}
OPERATIONAL = frozenset(name for name, floor in FLOORS.items() if 3 <= floor <= 6)
OUTSIDE = frozenset({"config", "tests", "scripts", "benchmarks"})
"""Packages that stand above the house: no app may lean on them."""

DOORS = {
    "accounts/signals.py": {"signed_up", "nik_released"},
    "jobseekers/signals.py": {"life_event", "person_erased", "self_reported"},
    "employers/signals.py": {"hire_reported", "gap_offers"},
}
"""The signals through which a lower app lets a higher one hear of something."""

QUERY_WRITERS = {
    "core/bulk.py": "the bulk service: history and log are written with the rows",
    "core/exports.py": "download files have no history; conditional change of state by the job",
    "core/jobs.py": "jobs have no history; claiming is a conditional update",
    "core/reference.py": "reference data comes from files, which are its history",
    "core/rotation.py": "the same secret under another key: nothing to tell in a history",
    "messaging/services/notices.py": "notices have no history",
    "messaging/services/outbox.py": "messages have no history; conditional change of state by the job",
    "accounts/services/erasure.py": "erasure has to reach what history keeps",
    "jobseekers/services/erasure.py": "erasure has to reach what history keeps",
    "jobseekers/services/traces.py": "erasure has to reach what history keeps",
    "placements/services/erasure.py": "erasure has to reach what history keeps",
}
"""Modules that may write many rows past `save`, and why."""

CLOCK = "core/clock.py"
FILE_LINES, FUNCTION_LINES = 400, 60
THIN = (
    "views",
    "forms",
    "admin",
    "selectors",
    "measures",
    "permissions",
    "exports",
    "documents",
    "templatetags",
)
"""Rooms that ask services to write."""
KERNEL = frozenset({"core/exports.py"})
"""Modules of the kernel that carry a room's name but are the service that the rooms call."""


@dataclass(frozen=True)
class Source:
    """A parsed Python file: `path` is relative to the root with forward slashes."""

    path: str
    text: str
    tree: ast.Module

    @property
    def app(self) -> str:
        """The first folder of the path."""
        return self.path.split("/", 1)[0]

    def at(self, node: ast.AST, what: str) -> str:
        """A violation at a place of this file."""
        return f"{self.path}:{node.lineno}: {what}"


@lru_cache(maxsize=4)
def _parsed(root: Path, packages: frozenset[str]) -> tuple[Source, ...]:
    found = []
    for package in sorted(packages):
        for path in sorted((root / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            found.append(Source(path.relative_to(root).as_posix(), text, ast.parse(text)))
    return tuple(found)


def sources(root: Path, *, migrations: bool = False, outside: bool = False) -> Iterator[Source]:
    """The Python files of the apps below `root`; on request with migrations and the packages beside the house."""
    packages = frozenset(FLOORS) | (OUTSIDE - {"tests"} if outside else frozenset())
    for source in _parsed(root, packages):
        if migrations or "/migrations/" not in source.path:
            yield source


def _docstrings(tree: ast.Module) -> set[int]:
    """Identities of the string nodes that only document, attribute documentation included."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _imported(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Every module named by an import anywhere in the file, also inside functions and by name at run time."""
    package = source.path.removesuffix(".py").removesuffix("/__init__").split("/")
    if not source.path.endswith("/__init__.py"):
        package = package[:-1]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            yield node, ".".join([*base, *(node.module or "").split(".")]).strip(".")
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__", "import_string"):
            yield from ((node, arg.value) for arg in node.args[:1] if _is_text(arg))


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _forbidden(app: str, other: str) -> str:
    """Why `app` may not lean on `other`, or nothing."""
    if other in OUTSIDE:
        return f"leans on {other}, which stands outside the house"
    if other not in FLOORS or other == app:
        return ""
    if app == "lkip" and other in OPERATIONAL:
        return f"lkip asks measures by code and leans on no operational app ({other})"
    if FLOORS[other] >= FLOORS[app]:
        return f"floor {FLOORS[app]} leans on {other} on floor {FLOORS[other]}"
    return ""


def floors(root: Path) -> list[str]:
    """Imports, app look-ups and strings that point to the same floor or a higher one."""
    found = []
    for source in sources(root, migrations=True):
        for node, module in _imported(source):
            if why := _forbidden(source.app, module.split(".")[0]):
                found.append(source.at(node, f"imports {module}: {why}"))
        found += _paths_in_strings(source)
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and _called(node) in ("get_model", "get_app_config", "get_models"):
                for arg in node.args[:1]:
                    if _is_text(arg) and (why := _forbidden(source.app, arg.value.split(".")[0])):
                        found.append(source.at(node, f"{_called(node)}({arg.value!r}): {why}"))
    return found


_PATH = re.compile(r"[a-z_]+(\.[A-Za-z_]\w*)+")


def _paths_in_strings(source: Source) -> Iterator[str]:
    """Dotted strings that name a higher app: foreign keys, dotted imports, receivers, codes of measures."""
    documents = _docstrings(source.tree)
    for node in ast.walk(source.tree):
        if not _is_text(node) or id(node) in documents or not _PATH.fullmatch(node.value):
            continue
        other = node.value.split(".")[0]
        if source.app == "lkip" and other in OPERATIONAL:
            continue  # codes of measures are how lkip asks; its imports are looked at apart
        if why := _forbidden(source.app, other):
            yield source.at(node, f"names {node.value!r}: {why}")


def doors(root: Path) -> list[str]:
    """Signals that are not on the list of doors, and doors of the list that are not there."""
    found, seen = [], {}
    for source in sources(root):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and _called(node) in ("Signal", "ModelSignal"):
                names = _assigned(source.tree, node)
                seen.setdefault(source.path, set()).update(names)
                if not names or not names <= DOORS.get(source.path, set()):
                    found.append(
                        source.at(node, f"a signal that is no listed door: {', '.join(names) or 'unnamed'}")
                    )
    for path, names in DOORS.items():
        if (root / path.split("/")[0]).exists() and (gone := names - seen.get(path, set())):
            found.append(f"{path}: listed door is missing: {', '.join(sorted(gone))}")
    return found


def _assigned(tree: ast.Module, value: ast.AST) -> set[str]:
    return {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and node.value is value
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def limits(root: Path) -> list[str]:
    """Files of more than 400 lines and functions of more than 60; migrations and tests apart."""
    found = []
    for source in sources(root, outside=True):
        lines = source.text.count("\n") + 1
        if lines > FILE_LINES + 1:
            found.append(f"{source.path}: {lines - 1} lines")
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = node.end_lineno - node.lineno + 1
                if length > FUNCTION_LINES:
                    found.append(source.at(node, f"{node.name} has {length} lines"))
    return found


_CLOCKS = {
    "timezone": {"now", "localdate", "localtime"},
    "date": {"today", "fromtimestamp"},
    "datetime": {"now", "today", "utcnow"},
}


def clock(root: Path) -> list[str]:
    """Readings of the machine's clock outside core/clock.py."""
    found = []
    for source in sources(root, outside=True):
        if source.path == CLOCK or source.app == "scripts" or source.app == "benchmarks":
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute):
                base = node.value
                owner = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
                if node.attr in _CLOCKS.get(owner, ()) and not _of_a_row(source, node):
                    found.append(source.at(node, f"{owner}.{node.attr}: use core.clock"))
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone":
                names = {alias.name for alias in node.names} & _CLOCKS["timezone"]
                found += [source.at(node, f"imports {name}: use core.clock") for name in sorted(names)]
    return found


def _of_a_row(source: Source, node: ast.Attribute) -> bool:
    """`timezone.localtime(value)` only converts; without an argument it reads the clock."""
    return node.attr in ("localtime", "localdate", "fromtimestamp") and any(
        isinstance(call, ast.Call) and call.func is node and (call.args or call.keywords)
        for call in ast.walk(source.tree)
    )


def query_writes(root: Path) -> list[str]:
    """`.update(field=…)`, `bulk_create` and `bulk_update` outside the listed modules."""
    found = []
    for source in sources(root):
        if source.path in QUERY_WRITERS:
            continue
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            name = node.func.attr
            past_save = name in ("bulk_create", "bulk_update", "abulk_create", "aupdate")
            if past_save or (name == "update" and node.keywords and not node.args):
                found.append(
                    source.at(node, f".{name}( writes past history and log: use services or core.bulk")
                )
    return found


_WRITES = {"save", "create", "get_or_create", "update_or_create", "delete", "bulk_create"}


def thin_rooms(root: Path) -> list[str]:
    """Writes to the database in rooms that have to ask a service."""
    found = []
    for source in sources(root):
        parts = source.path.removesuffix(".py").split("/")
        thin = (len(parts) > 1 and parts[1] in THIN) or "/management/commands/" in source.path
        if not thin or source.path in KERNEL:
            continue
        for node in ast.walk(source.tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in _WRITES
            ):
                on = ast.unparse(node.func.value)
                if "objects" in on.split(".") or on in (
                    "form",
                    "formset",
                    "self.object",
                    "obj",
                    "user",
                    "instance",
                ):
                    found.append(source.at(node, f"{on}.{node.func.attr}( in a thin room: call a service"))
    return found


def documented(root: Path) -> list[str]:
    """Modules, public classes and public functions without a docstring."""
    found = []
    for source in sources(root, outside=True):
        if not source.text.strip():
            continue
        if not ast.get_docstring(source.tree) and not source.path.endswith("__init__.py"):
            found.append(f"{source.path}: module without docstring")
        for node in source.tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                found.append(source.at(node, f"{node.name} without docstring"))
    return found


def emptiness(root: Path) -> list[str]:
    """Apps without content, and files without any."""
    found = []
    for app in FLOORS:
        if (root / app).exists() and not any(
            path.name not in ("__init__.py", "apps.py") and path.suffix == ".py" and path.read_text().strip()
            for path in (root / app).rglob("*.py")
        ):
            found.append(f"{app}: an empty app")
    for source in sources(root, migrations=True, outside=True):
        body = [
            node
            for node in source.tree.body
            if not (isinstance(node, ast.Expr) and id(node.value) in _docstrings(source.tree))
        ]
        if not body and not source.path.endswith("__init__.py"):
            found.append(f"{source.path}: an empty file")
    return found


_HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "yarn" + "pkg.com")
_PLACES = ("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/[a-z]", "/opt/" + "py")
_LEAK = re.compile("|".join([*map(re.escape, _HOSTS), *(rf"(?<![\w.$}}]){place}" for place in _PLACES)]))
_BINARY = {".png", ".jpg", ".jpeg", ".webp", ".ttf", ".otf", ".woff2", ".ico", ".pdf", ".xlsx", ".gz", ".br"}
_SKIP = {".git", ".venv", "node_modules", "var", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis"}


def leaks(root: Path, files: list[Path] | None = None) -> list[str]:
    """Names of package registries and paths of somebody's machine, in any text file of the project."""
    if files is None:
        files = [p for p in root.rglob("*") if p.is_file() and not set(p.relative_to(root).parts) & _SKIP]
    found = []
    for path in sorted(files):
        if path.suffix in _BINARY:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for match in _LEAK.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{path.relative_to(root)}:{line}: {match[0]}")
    return found


RULES: dict[str, Callable[[Path], list[str]]] = {
    "floors": floors,
    "doors": doors,
    "limits": limits,
    "clock": clock,
    "query_writes": query_writes,
    "thin_rooms": thin_rooms,
    "documented": documented,
    "emptiness": emptiness,
}
