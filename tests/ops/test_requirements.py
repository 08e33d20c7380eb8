"""The locked requirements: complete, by hash, without addresses, and one set inside the other."""

import re

from tests.ops.harness import ROOT

REQUIREMENTS = ROOT / "requirements"


def locked(name: str) -> dict[str, str]:
    """Package (with its marker) to version."""
    lines = re.sub(r"\\\n\s*", "", (REQUIREMENTS / f"{name}.txt").read_text()).splitlines()
    found = {}
    for line in lines:
        match = re.fullmatch(
            r"([a-z0-9-]+)==(\S+?)( ; .*?)?((?:\s*--hash=sha256:[0-9a-f]{64})+)", line.strip()
        )
        assert match, f"not an exact version with hashes: {line[:80]}"
        found[match[1] + (match[3] or "").strip()] = match[2]
    return found


def wanted(name: str) -> set[str]:
    """Packages asked for by name."""
    lines = (REQUIREMENTS / f"{name}.in").read_text().splitlines()
    return {
        re.split(r"[\[<>=~!;]", line)[0].strip().lower() for line in lines if line and line[0] not in "#-"
    }


def test_every_package_is_locked_with_hashes_and_dev_holds_prod():
    prod, dev = locked("prod"), locked("dev")
    assert prod.items() <= dev.items()
    assert wanted("prod") <= {name.split(";")[0].strip() for name in prod}
    assert wanted("dev") <= {name.split(";")[0].strip() for name in dev}


def test_no_file_names_where_packages_come_from():
    for path in REQUIREMENTS.iterdir():
        assert not re.search(r"://|--index|--find-links|file:", path.read_text()), path.name
    assert not [name for name in ("uv.lock", "pylock.toml") if (ROOT / name).exists()]
