"""What the markup of every page keeps: one h1, sound references, nothing inline, Indonesian words."""

import re
from html.parser import HTMLParser

ENGLISH = re.compile(
    r"\b(the|and|this|that|your|please|with|from|required|invalid|submit|search|delete|save|cancel|sign in|sign out|"
    r"log ?in|log ?out|password|username|not found|forbidden|choose|select|yes|none|true|false|null|undefined|next|"
    r"previous|error|warning|success|change|add|edit|view|home|page)\b",
    re.IGNORECASE,
)
SILENT = {"script", "style", "code", "kbd"}
VOID = {"input", "br", "hr", "img", "meta", "link", "path", "rect", "circle", "line"}


class Page(HTMLParser):
    """Collects what a page says and refers to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.ids: list[str] = []
        self.references: set[str] = set()
        self.unnamed: list[str] = []
        self.headings = 0
        self.language = ""
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag not in VOID:
            self._open.append(tag)
        if "style" in values or tag == "style" or any(name.startswith("on") for name in values):
            self.inline.append(f"<{tag}> {sorted(values)}")
        if tag == "script" and "src" not in values:
            self.inline.append("<script>")
        if values.get("id"):
            self.ids.append(values["id"])
        if tag == "label" and values.get("for"):
            self.references.add(values["for"])
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            self.references.update((values.get(name) or "").split())
        if (values.get("href") or "").startswith("#") and len(values["href"]) > 1:
            self.references.add(values["href"][1:])
        if tag == "html":
            self.language = values.get("lang", "")
        if tag == "img" and "alt" not in values:
            self.unnamed.append("an image without alt")
        self.headings += tag == "h1"
        self.words += [
            values[name] for name in ("aria-label", "placeholder", "alt", "title") if values.get(name)
        ]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        if data.strip() and not SILENT.intersection(self._open):
            self.words.append(data.strip())


def faults(html: str) -> list[str]:
    """What is wrong with a page's markup, in words; empty when nothing is."""
    page = Page(html)
    twice = sorted({each for each in page.ids if page.ids.count(each) > 1})
    lost = sorted(page.references - set(page.ids))
    found = [f"inline, refused by the content security policy: {each}" for each in page.inline]
    found += [f"id twice: {each}" for each in twice]
    found += [f"refers to nothing: #{each}" for each in lost]
    found += page.unnamed
    if page.headings != 1:
        found.append(f"{page.headings} h1")
    if page.language != "id":
        found.append(f"lang={page.language!r}")
    if "isi" not in page.ids:
        found.append("the skip link leads nowhere")
    return found


def english(html: str, *, but: tuple[str, ...] = ()) -> list[str]:
    """English words that a reader would see; `but` are names that may stand there."""
    text = " \n ".join(Page(html).words)
    for name in but:
        text = text.replace(name, "")
    return sorted({match[0] for match in ENGLISH.finditer(text)})
