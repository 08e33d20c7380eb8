"""The house keeps its rules, and each rule fails on a tree that breaks it."""

import subprocess
from pathlib import Path

import pytest

from tests.architecture import rules
from tests.ops.harness import ROOT


@pytest.mark.parametrize("rule", rules.RULES)
def test_the_house_keeps(rule):
    assert rules.RULES[rule](ROOT) == []


def test_no_committed_file_names_a_registry_or_a_machine():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    files = None
    if listed.returncode == 0:
        files = [
            path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()
        ]
    assert rules.leaks(ROOT, files) == []


def test_no_test_empties_the_cache_of_the_others():
    """On a shared Redis `cache.clear()` takes away what every other process has just counted."""
    calls = [path for path in (ROOT / "tests").rglob("*.py") if "cache.clear()" in path.read_text()]
    assert {path.name for path in calls} == {"caching.py", "test_house.py"}


def test_every_listed_exception_is_still_needed():
    """A module that no longer writes past `save` leaves the list."""
    for path in rules.QUERY_WRITERS:
        if (ROOT / path.split("/")[0]).exists():
            text = (ROOT / path).read_text()
            assert ".update(" in text or "bulk_create" in text, path


def test_every_app_of_the_project_has_a_floor():
    from django.conf import settings

    apps = {path.parent.name for path in ROOT.glob("*/apps.py")} - {"config"}
    assert apps <= set(rules.FLOORS)
    assert apps <= {name.split(".")[0] for name in settings.INSTALLED_APPS}


BROKEN = [
    # rule, file, content, what the message has to say
    ("floors", "core/a.py", "from accounts.models import User", "floor 0 leans on accounts"),
    ("floors", "core/a.py", "def f():\n    from messaging import services", "floor 0 leans on messaging"),
    ("floors", "core/a.py", "import jobseekers.models as m", "imports jobseekers.models"),
    ("floors", "employers/a.py", "from activities import models", "floor 4 leans on activities on floor 4"),
    ("floors", "training/deep/a.py", "from ...placements import models", "imports placements"),
    (
        "floors",
        "core/a.py",
        "from importlib import import_module\nimport_module('lkip.figures')",
        "imports lkip.figures",
    ),
    (
        "floors",
        "core/a.py",
        "from django.apps import apps\napps.get_model('lkip', 'Goal')",
        "get_model('lkip')",
    ),
    ("floors", "core/a.py", "apps.get_model('accounts.User')", "names 'accounts.User'"),
    (
        "floors",
        "jobseekers/a.py",
        "x = ForeignKey('placements.Placement', CASCADE)",
        "names 'placements.Placement'",
    ),
    (
        "floors",
        "core/migrations/0001_a.py",
        "x = ForeignKey(to='employers.company')",
        "names 'employers.company'",
    ),
    ("floors", "accounts/a.py", "LISTENER = 'portal.menu.build'", "names 'portal.menu.build'"),
    ("floors", "lkip/a.py", "from disputes.models import DisputeCase", "leans on no operational app"),
    (
        "floors",
        "lkip/a.py",
        "def f():\n    apps.get_model('training', 'Enrolment')",
        "leans on no operational app",
    ),
    ("floors", "core/a.py", "from config import settings", "outside the house"),
    ("floors", "portal/a.py", "from tests.ops import harness", "outside the house"),
    (
        "doors",
        "core/signals.py",
        "from django.dispatch import Signal\nanything = Signal()",
        "no listed door: anything",
    ),
    ("doors", "jobseekers/signals.py", "x = 1", "listed door is missing: life_event"),
    ("limits", "core/a.py", "x = 1\n" * 401, "401 lines"),
    ("limits", "core/a.py", "def f():\n" + "    x = 1\n" * 60, "f has 61 lines"),
    ("limits", "scripts/a.py", "class A:\n    def f(self):\n" + "        x = 1\n" * 60, "f has 61 lines"),
    ("clock", "core/a.py", "from django.utils import timezone\nx = timezone.now()", "timezone.now"),
    ("clock", "core/a.py", "at = DateTimeField(default=timezone.now)", "timezone.now"),
    ("clock", "lkip/a.py", "import datetime as dt\nx = dt.date.today()", "date.today"),
    ("clock", "lkip/a.py", "from datetime import datetime\nx = datetime.now()", "datetime.now"),
    ("clock", "config/a.py", "from django.utils.timezone import now", "imports now"),
    ("query_writes", "core/a.py", "Card.objects.filter(pk=1).update(state='X')", ".update("),
    ("query_writes", "training/services/a.py", "Enrolment.objects.bulk_create(rows)", ".bulk_create("),
    ("thin_rooms", "core/views/a.py", "Card.objects.create(number=1)", "Card.objects.create("),
    ("thin_rooms", "training/forms.py", "def f(form):\n    form.save()", "form.save("),
    ("thin_rooms", "portal/management/commands/a.py", "User.objects.filter(pk=1).delete()", ".delete("),
    ("documented", "core/a.py", '"""A."""\ndef public():\n    return 1', "public without docstring"),
    ("documented", "core/a.py", "x = 1", "module without docstring"),
    ("emptiness", "feedback/apps.py", "x = 1", "feedback: an empty app"),
    ("emptiness", "core/a.py", '"""Nothing yet."""', "core/a.py: an empty file"),
]


def tree(root: Path, path: str, content: str) -> None:
    """Write one file of a sample tree."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)


@pytest.mark.parametrize(("rule", "path", "content", "message"), BROKEN)
def test_the_rule_fails_when_broken(rule, path, content, message, tmp_path):
    tree(tmp_path, path, content)
    found = rules.RULES[rule](tmp_path)
    assert len(found) >= 1
    assert any(message in line and path.split("/")[0] in line for line in found), found


FINE = [
    ("floors", "portal/a.py", "from lkip import figures\nfrom core import clock\nimport accounts.models"),
    ("floors", "lkip/a.py", "CODE = 'jobseekers.ak1_cards'\nfrom accounts.models import User"),
    (
        "floors",
        "core/a.py",
        '"""Read by lkip.figures and accounts.models."""\nx = ForeignKey(settings.AUTH_USER_MODEL)',
    ),
    ("floors", "training/deep/a.py", "from ..models import X\nfrom . import y"),
    ("limits", "core/a.py", "def f():\n" + "    x = 1\n" * 59 + "y = 1\n" * 340),
    ("limits", "core/migrations/0001_a.py", "x = 1\n" * 500),
    ("clock", "core/clock.py", "import datetime as dt\nx = dt.datetime.now()"),
    ("clock", "core/a.py", "from django.utils import timezone\nx = timezone.localtime(row.at)"),
    ("query_writes", "core/a.py", "digest.update(b'x')\nnames.update({'a': 1})"),
    ("query_writes", "core/bulk.py", "Model.objects.bulk_create(rows)"),
    ("thin_rooms", "core/services/a.py", "Card.objects.create(number=1)"),
    ("emptiness", "core/__init__.py", ""),
]


@pytest.mark.parametrize(("rule", "path", "content"), FINE)
def test_the_rule_does_not_cry_wolf(rule, path, content, tmp_path):
    tree(tmp_path, path, content)
    found = [line for line in rules.RULES[rule](tmp_path) if path.split("/")[0] in line.split(":")[0]]
    if rule == "emptiness":
        found = [line for line in found if "an empty app" not in line]
    assert found == []


def test_leaks_are_found(tmp_path):
    for n, text in enumerate(
        ["see /wo" + "rk/main", "https://py" + "pi.org/simple", "cd /ro" + "ot/x", "/ho" + "me/ani/x"]
    ):
        tree(tmp_path, f"docs/{n}.md", f"fine\n{text}\n")
    tree(tmp_path, "docs/fine.md", "kerja/networ" + "k/lain, /data, $HO" + "ME/x, a/wo" + "rk/b")
    assert [line.split(":")[:2] for line in rules.leaks(tmp_path)] == [
        [f"docs/{n}.md", "2"] for n in range(4)
    ]
