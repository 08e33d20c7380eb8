"""Names compared as a reader would: small words dropped, prefixes and typing errors forgiven, acronyms opened."""

import re
from functools import lru_cache

_SMALL = frozenset(
    (
        "yang",
        "dan",
        "di",
        "dengan",
        "dari",
        "untuk",
        "pada",
        "ke",
        "oleh",
        "atau",
        "dalam",
        "terhadap",
        "para",
        "atas",
        "bagi",
        "se",
        "serta",
        "secara",
        "adalah",
        "ini",
        "itu",
        "sebagai",
        "antara",
        "per",
        "tahun",
        "jumlah",
        "total",
        "begitu",
        "pula",
        "sedangkan",
        "selain",
        "sedikit",
        "semula",
        "juga",
        "menjadi",
        "sebanyak",
        "sebesar",
    )
)
MEASURES = ("persentase", "prosentase", "jumlah", "indeks", "indek", "nilai", "rasio", "tingkat")
_PREFIX = re.compile(
    r"^(?:memper|diper|menge|meng|meny|mem|men|me|di|ter|ber|pem|pen|peng|peny|per|pe|se)(?=[a-z]{4})"
)
_SUFFIX = re.compile(r"(?:kannya|annya|kan|nya|an|i)$")
NUMERALS = [
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
]


@lru_cache(maxsize=20000)
def root(word: str) -> str:
    """A rough root of an Indonesian word: enough to see that ditempatkan and penempatan speak of the same."""
    body = _PREFIX.sub("", word)
    if body.startswith("y") and word[: len(word) - len(body)].endswith("n"):
        body = "s" + body[1:]
    short = _SUFFIX.sub("", body) if len(body) > 5 else body
    return short if len(short) >= 3 else body


@lru_cache(maxsize=40000)
def plain(text: str) -> str:
    """Lower case, words only, single spaces."""
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"<[^>]+>", " ", text).lower()))


@lru_cache(maxsize=20000)
def terms(text: str) -> frozenset[str]:
    """The roots of a name's content words; what follows "Dinas" names the office and is left out."""
    words = plain(text)
    cut = re.search(r"\b(?:pada )?dinas\b", words)
    if cut and cut.start() > 8:
        words = words[: cut.start()]
    return frozenset(root(w) for w in words.split() if w not in _SMALL and not w.isdigit() and len(w) > 1)


def words_of(text: str) -> frozenset[str]:
    """The roots of all words of a text."""
    return frozenset(root(w) for w in plain(text).split() if len(w) > 2)


@lru_cache(maxsize=200000)
def near(a: str, b: str) -> bool:
    """Whether two roots are the same but for a first letter lost to a prefix, or one typing error in five letters."""
    if a == b or (min(len(a), len(b)) >= 4 and (a[1:] == b or b[1:] == a)):
        return True
    longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
    if len(shorter) < 5 or len(longer) - len(shorter) > 1:
        return False
    place = next((i for i, (x, y) in enumerate(zip(longer, shorter, strict=False)) if x != y), len(shorter))
    skip = len(longer) == len(shorter)
    return longer[place + 1 :] == shorter[place + skip :]


def edits(a: str, b: str, most: int = 99) -> int:
    """How many insertions, deletions and substitutions turn one word into another."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def shared(a: frozenset[str], b: frozenset[str]) -> int:
    """How many words of `a` have a partner in `b`."""
    return sum(x in b or any(near(x, y) for y in b) for x in a)


@lru_cache(maxsize=100000)
def likeness(a: str, b: str) -> float:
    """Jaccard likeness of two names, 0 to 1."""
    x, y = terms(a), terms(b)
    if not x or not y:
        return 0.0
    both = shared(x, y)
    return both / (len(x) + len(y) - both)


@lru_cache(maxsize=40000)
def initials(name: str, acronym: str) -> bool:
    """Whether an acronym is made of the first letters of consecutive words of a name."""
    words = plain(name).split()
    size = len(acronym)
    return any(
        "".join(w[0] for w in words[i : i + size]) == acronym.lower() for i in range(len(words) - size + 1)
    )


def measure(name: str) -> str:
    """The first word of a name when it says what is counted: persentase, jumlah, indeks, nilai."""
    words = plain(name).split()
    first = next((w for w in words[:2] if w in MEASURES), "")
    return {"prosentase": "persentase", "indek": "indeks"}.get(first, first)


def same_name(a: str, b: str, least: float = 0.6) -> bool:
    """Whether two names mean the same indicator."""
    kinds = {measure(a), measure(b)} - {"", "tingkat"}
    if len(kinds) == 2:
        return False
    if likeness(a, b) >= least:
        return True
    for one, other in ((a, b), (b, a)):
        for acronym in re.findall(r"\b[A-Z]{3,}\b", one):
            if initials(other, acronym):
                return True
    return False


def numeral(text: str) -> int | None:
    """The number that written words mean: "tiga belas", "dua puluh satu", "seratus lima"; None for other words."""
    total, part, last = 0, 0, None
    for word in plain(text).split():
        before = part - (last or 0)
        if word in ("belas", "puluh") and last and last < 10 and before % 100 == 0:
            part, last = before + (last + 10 if word == "belas" else last * 10), None
        elif word == "ratus" and last and last < 10 and before == 0:
            part, last = last * 100, None
        elif word == "seratus" and part == 0 and last is None:
            part = 100
        elif word in ("ribu", "seribu") and not total and (part > 0) == (word == "ribu"):
            total, part, last = 1000 * (part or 1), 0, None
        elif (
            word in NUMERALS
            and last is None
            and (part % 100 == 0 or (part % 10 == 0 and word in NUMERALS[:10]))
        ):
            last = NUMERALS.index(word)
            part += last
        else:
            return None
    return total + part if text.strip() else None


NUMERAL_WORDS = (*NUMERALS, "belas", "puluh", "ratus", "seratus", "ribu", "seribu")
"""Every word that a written number up to some hundred thousands is made of."""
