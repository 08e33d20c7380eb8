"""Indonesian names in one spelling: what people write differently for one sound becomes the same letters.

`fold` is asked on both sides of a search (what is stored, what is typed) and of a comparison (core.names), so it may be
coarse: it may let two different names meet, but a spelling of one name must not be lost. The rules, in their order:

* accents, capitals and punctuation go (`normal`);
* old and new spelling meet: oe and oo = u, dj = j, tj = c, sj = sy, nj = ny, ch = kh, and y = j = i;
* Arabic sounds as people write them: kh = h, sy = sh = ts = s, dh = dl = d, th = t, gh = g, q = k, z = s, ae = ai, also
  ck = k and x = ks;
* f = v = ph = p (Fitri, Vitri, Pitri);
* double letters once; a silent h at the end goes (Fitriyah, Fitria), d at the end is t (Rahmad, Rahmat);
* short forms are written out: M., Moh., Muh., Mochamad = Muhamad; Abd. = Abdul; Achmad, Akhmad = Ahmad; St. = Siti;
* titles (H., Hj., Dr., Drs., Ir., Prof.) go, unless nothing else is there.

Words with a digit (phone, reference number) are left as they are.
"""

import re
import unicodedata
from functools import lru_cache

ALPHABET = "abcdeghiklmnoprstuw"
"""The letters that a folded word can hold."""

LONGEST = 20

_NOT_WORD = re.compile(r"[^0-9a-z]+")
_KH = re.compile(r"^ch(?=a[iu]|[ou])")
_CH = re.compile(r"(?<=.)ch")
_PAIRS = (
    ("oe", "u"), ("oo", "u"), ("dj", "j"), ("tj", "c"), ("sj", "s"), ("nj", "ny"), ("kh", "h"), ("sy", "s"),
    ("sh", "s"), ("ts", "s"), ("dz", "s"), ("dh", "d"), ("dl", "d"), ("th", "t"), ("gh", "g"), ("ph", "p"),
    ("ck", "k"), ("ch", "c"), ("q", "k"), ("x", "ks"), ("z", "s"), ("f", "p"), ("v", "p"),
    ("y", "i"), ("j", "i"), ("ae", "ai"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
TITLES = frozenset({"h", "hj", "dr", "dra", "drs", "ir", "prof"})
"""Stand before a name and are no part of it."""
_SHORT = {
    "muhamad": (
        "m moh muh mohd muhd mhd mohamad mohamed muhamed mohammad muhammad mohammed muhammed mochamad mochammad "
        "muchamad muchammad mokhamad mokhammad mukhamad mukhammad moch much mokh mochamat mohamat muhamat mohmad muhmad"
    ),
    "abdul": "abd abdul abdoel abdool",
    "ahmad": "ahmad achmad akhmad ahmed achmat akhmat ahmat",
    "siti": "st sti siti sitti",
    "nur": "nur noer noor nor nuur",
    "yusuf": "yusuf yousuf",
    "husen": "husen husein husain hussein",
}


def normal(text: str) -> str:
    """Words in small letters without accents and punctuation, one space apart."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _NOT_WORD.sub(
        " ", "".join(letter for letter in plain if not unicodedata.combining(letter))
    ).strip()


def _sounds(word: str) -> str:
    """One pass of the sound rules."""
    word = _CH.sub("h", _KH.sub("h", word))
    for written, sound in _PAIRS:
        word = word.replace(written, sound)
    word = _DOUBLE.sub(r"\1", word)
    if len(word) > 3 and word.endswith("h"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("d"):
        word = word[:-1] + "t"
    return word


def _settled(word: str) -> str:
    """The sound rules until nothing changes; each pass shortens the word or leaves fewer kinds of letters."""
    while (again := _sounds(word)) != word:
        word = again
    return word


_WHOLE = {_settled(short): _settled(name) for name, shorts in _SHORT.items() for short in shorts.split()}
_WHOLE |= {short: _settled(name) for name, shorts in _SHORT.items() for short in shorts.split()}


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """Fold one word in small letters."""
    if not word.isalpha():
        return word
    if word in _WHOLE:
        return _WHOLE[word]
    settled = _settled(word)
    return _WHOLE.get(settled, settled)


def fold(text: str) -> str:
    """Fold a name: see the module's text. The order of the words stays; searching doesn't mind it."""
    return " ".join(fold_word(word) for word in words_of(text))


def starts(word: str) -> set[str]:
    """The folded beginnings that a typed beginning may stand for: it may go on, or be the whole word."""
    if not word.isalpha():
        return {word}
    bare = fold_word(f"{word}a").removesuffix("a")
    return {fold_word(word), bare} if bare else {fold_word(word)}


def words_of(text: str) -> list[str]:
    """The words of a query in small letters, without titles, not folded yet."""
    words = normal(text).split()
    return [word for word in words if word not in TITLES] or words


def one_letter_off(word: str) -> set[str]:
    """The folded word itself and everything one slip away: a letter left out, put in, changed, or two swapped.

    Words of fewer than four letters or more than LONGEST and words with digits have no neighbours: too much would be
    near them.
    """
    if not 4 <= len(word) <= LONGEST or not word.isalpha():
        return {word}
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = (
        {word} | {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    )
    found |= {a + letter + b[1:] for a, b in cuts if b for letter in ALPHABET}
    return found | {a + letter + b for a, b in cuts for letter in ALPHABET}
