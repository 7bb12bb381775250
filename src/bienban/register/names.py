"""Names of units as keys: how two spellings of one name meet, and the words around names.

Not here: the words themselves (``lexicon/unit_words.yml``).

A name has two keys. The *accent key* keeps the diacritics and folds what is one spelling to every
reader: case, tone placement, i/y at the end of a syllable, apostrophes, hyphens, leading zeros. The
*plain key* drops the diacritics too; it finds candidates, the accent key ranks them.
"""

import re
import unicodedata
from functools import lru_cache

from bienban.lexicon import load_lexicon
from bienban.text import modern

TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_Y_TO_I = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_CONSONANTS = frozenset("bcdđghklmnpqrstvx")
_ONE_WORD = load_lexicon("unit_words")["one_word"].forms
_STROKE = str.maketrans("đĐ", "dD")

LEVELS_OF_KIND: dict[str, tuple[str, ...]] = {
    "quốc gia": ("central",),
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    "huyện": ("district",),
    "quận": ("district",),
    "thị xã": ("district",),
    "xã": ("commune",),
    "phường": ("commune",),
    "thị trấn": ("commune",),
    "đặc khu": ("commune",),
}

# What a unit of a kind may have been raised to since: towns grow.
LATER_KINDS: dict[str, set[str]] = {
    "huyện": {"thị xã", "thành phố", "quận"},
    "thị xã": {"thành phố", "quận"},
    "xã": {"thị trấn", "phường"},
    "thị trấn": {"phường", "xã"},
}

_WORDS = load_lexicon("unit_words")
# Words in front of a name -> kind; the keys are tuples of accent keys.
KIND_WORDS = {tuple(words.split()): kind for words, kind in _WORDS["kinds"].forms.items()}
KIND_LETTERS = _WORDS["letters"].forms
NUMBERED_KINDS = frozenset(_WORDS["letters"].fields["numbered"])
ATTRIBUTES = frozenset(tuple(words.split()) for words in _WORDS["attributes"].forms)
PLURALS = frozenset(_WORDS["plurals"].forms)
PERSONS = frozenset(words.split()[-1] for words in _WORDS["persons"].forms)
WIVES = frozenset(_WORDS["wives"].forms)
LONGER_NAMES = {words.split()[0]: tuple(words.split()) for words in _WORDS["longer_names"].forms}
GLUED_NUMBER = re.compile(r"[pqPQ](?=\d{1,2}(?!'?[^\W_]))")


@lru_cache(maxsize=1 << 16)
def token_keys(token: str) -> tuple[str, str]:
    """Accent key and plain key of one token of normal text."""
    accent = token.lower().replace("'", "")
    if accent.isdigit():
        accent = accent.lstrip("0") or "0"
        return accent, accent
    accent = _ONE_WORD.get(accent, accent)
    last = accent[-1:]
    if last in _Y_TO_I and (len(accent) == 1 or accent[-2] in _CONSONANTS or accent[-3:-1] == "qu"):
        accent = accent[:-1] + _Y_TO_I[last]
    return accent, strip_marks(accent)


def strip_marks(value: str) -> str:
    """``value`` without diacritics, đ as d; case is kept."""
    if value.isascii():
        return value
    decomposed = unicodedata.normalize("NFD", value.translate(_STROKE))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def name_keys(name: str) -> tuple[str, str]:
    """Accent key and plain key of a whole name: "Bà Rịa - Vũng Tàu" -> ("bà rịa vũng tàu", "ba ria vung tau")."""
    pairs = [token_keys(token) for token in TOKEN.findall(modern(name))]
    return " ".join(accent for accent, _ in pairs), " ".join(plain for _, plain in pairs)


@lru_cache(maxsize=1 << 15)
def accent_key(name: str) -> str:
    """The accent key of ``name``."""
    return name_keys(name)[0]


def own_key(name: str) -> str:
    """The accent key of a name in the normal form, as the register keeps them."""
    return " ".join([token_keys(token)[0] for token in TOKEN.findall(name)])
