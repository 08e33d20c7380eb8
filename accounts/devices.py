"""What a browser calls itself, in words that its owner knows."""

BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("UCBrowser/", "UC Browser"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""Mark in the user agent and name; the first that is found counts, since most pretend to be an older one as well."""

SYSTEMS = (
    ("Android", "HP Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "komputer Windows"),
    ("Mac OS X", "komputer Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "komputer Linux"),
)


def device_name(user_agent: str) -> str:
    """Return e.g. "Chrome di HP Android"; "Perangkat tidak dikenal" when the browser says nothing that we know."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return f"{browser} di {system}"
    return browser or (system[:1].upper() + system[1:]) or "Perangkat tidak dikenal"
