"""The drawn signs of the pages, as SVG path data on a 24 × 24 grid; a sign never stands without its word."""

ICONS = {
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "card": '<rect x="3" y="5" width="18" height="14" rx="2"/><circle cx="8.5" cy="11" r="2"/>'
    '<path d="M5.5 16c.6-1.7 1.7-2.5 3-2.5s2.4.8 3 2.5M14 10h4M14 14h4"/>',
    "bag": '<rect x="3" y="7" width="18" height="13" rx="2"/>'
    '<path d="M9 7V5a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v2M3 13h18"/>',
    "cap": '<path d="M12 5 2.5 9.5 12 14l9.5-4.5L12 5ZM6.5 11.5V16c1.5 1.4 3.4 2 5.5 2s4-.6 5.5-2v-4.5"/>',
    "flag": '<path d="M5 21V4M5 5h11l-2 4 2 4H5"/>',
    "shop": '<path d="M4 20V10M20 20V10M3 20h18M3 10l2-6h14l2 6M9 20v-5h6v5"/>',
    "talk": '<path d="M4 5h16v11H10l-4 4v-4H4V5Z"/>',
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4 20h16"/>',
    "upload": '<path d="M12 16V5M7.5 9 12 4.5 16.5 9M4 20h16"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "warn": '<path d="M12 4 2.5 20h19L12 4ZM12 10v4.5M12 17.3v.2"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 5 5"/>',
    "zoom": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 5 5M11 8.5v5M8.5 11h5"/>',
    "turn": '<path d="M20 12a8 8 0 1 1-2.5-5.8M20 4v4h-4"/>',
    "camera": '<path d="M4 8h3l2-3h6l2 3h3v11H4V8Z"/><circle cx="12" cy="13" r="3.5"/>',
    "chart": '<path d="M4 20h16M7 20v-6M12 20V8M17 20v-9"/>',
    "table": '<rect x="3.5" y="5" width="17" height="14" rx="1.5"/><path d="M3.5 10h17M9 10v9"/>',
    "bell": '<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15L6 17ZM10 20.5c.5.6 1.2 1 2 1s1.5-.4 2-1"/>',
    "person": '<circle cx="12" cy="8" r="3.5"/><path d="M5 20c.8-4 3.5-6 7-6s6.2 2 7 6"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "file": '<path d="M6 3h8l4 4v14H6V3ZM14 3v4h4"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>',
}
