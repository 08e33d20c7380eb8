"""A real browser for the tests: pages at several widths, their accessibility, what they send for.

Open it inside a test, after the records are made: no database work happens while it is open.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.capabilities import CHROMIUM_FLAGS, CHROMIUM_NAMES, program

WIDTHS = (360, 768, 1024, 1280, 1440)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Window:
    """One browser context: `goto` a path, then ask."""

    page: Any
    base: str
    problems: list[str] = field(default_factory=list)

    @contextmanager
    def beside(self, *, width: int = 1280, session: str = "") -> Iterator["Window"]:
        """Another person's window in the same browser, with cookies of its own."""
        opened = _opened(self.page.context.browser, self.base, width=width, height=800, session=session)
        yield opened
        opened.page.context.close()

    def goto(self, path: str) -> int:
        """Open a path; return its status."""
        return self.page.goto(self.base + path).status

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    def violations(self) -> list[str]:
        """What axe-core finds (WCAG 2.2 A and AA, and best practice), one line an element."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, options={"runOnly": AXE_TAGS, "resultTypes": ["violations"]})
        return [
            f"{rule['id']}: {node['target']} {node.get('failureSummary', '')[:160]}"
            for rule in found.response["violations"]
            for node in rule["nodes"]
        ]

    def shoot(self, name: str) -> None:
        """Keep a picture when SHOTS names a folder (for eyes, not for asserting)."""
        folder = os.environ.get("SHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@contextmanager
def window(
    base: str,
    *,
    width: int = 1280,
    height: int = 800,
    session: str = "",
    scripts: bool = True,
    flags: tuple[str, ...] = (),
) -> Iterator[Window]:
    """A window of that width on the site at `base`, signed in by a session key when given."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=program(*CHROMIUM_NAMES), args=[*CHROMIUM_FLAGS, *flags]
        )
        opened = _opened(
            chromium, base, width=width, height=height, session=session, java_script_enabled=scripts
        )
        try:
            yield opened
        finally:
            chromium.close()


def _opened(chromium: Any, base: str, *, width: int, height: int, session: str, **options: Any) -> Window:
    """A window with cookies of its own, which keeps what goes wrong on its pages."""
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="id-ID", **options)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
    page = context.new_page()
    opened = Window(page, base)
    page.on("pageerror", lambda problem: opened.problems.append(str(problem)))
    page.on(
        "console",
        lambda line: opened.problems.append(line.text) if "Content Security" in line.text else None,
    )
    page.on(
        "request",
        lambda request: (
            opened.problems.append(f"asks another host: {request.url}")
            if urlsplit(request.url).netloc not in (urlsplit(base).netloc, "")
            else None
        ),
    )
    return opened
