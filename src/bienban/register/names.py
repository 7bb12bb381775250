"""Names of units as keys: how two spellings of one name meet, and the words for kinds of unit.

A name has two keys. The *accent key* keeps the diacritics and folds what is one spelling to every
reader: case, tone placement, i/y at the end of a syllable, apostrophes, hyphens, leading zeros. The
*plain key* drops the diacritics too; it finds candidates, the accent key ranks them.
"""

import re
import unicodedata
from functools import lru_cache

from bienban.text import modern

TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_Y_TO_I = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_CONSONANTS = frozenset("bcdđghklmnpqrstvx")
_HIGHLAND = {"đắk": "đăk", "đak": "đăk", "lắk": "lăk"}  # one word; lists and papers write it in each way
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

# How texts write a kind before a name. The party committee of a level names its unit's kind.
KIND_WORDS: dict[tuple[str, ...], str] = {
    ("tỉnh",): "tỉnh",
    ("tỉnh", "ủy"): "tỉnh",
    ("thành", "phố"): "thành phố",
    ("thành", "ủy"): "thành phố",
    ("thủ", "đô"): "thành phố",
    ("tp",): "thành phố",
    ("t", "p"): "thành phố",
    ("huyện",): "huyện",
    ("huyện", "ủy"): "huyện",
    ("quận",): "quận",
    ("quận", "ủy"): "quận",
    ("thị", "xã"): "thị xã",
    ("thị", "ủy"): "thị xã",
    ("tx",): "thị xã",
    ("t", "x"): "thị xã",
    ("xã",): "xã",
    ("phường",): "phường",
    ("thị", "trấn"): "thị trấn",
    ("tt",): "thị trấn",
    ("đặc", "khu"): "đặc khu",
}
# One letter is a kind only with its full stop ("H. Hàm Yên"), or glued to a number ("P15", "Q.1").
KIND_LETTERS: dict[str, str] = {"t": "tỉnh", "h": "huyện", "q": "quận", "x": "xã", "p": "phường"}
# A number or plural before a kind makes it the kind of a whole list: "các huyện Hàm Yên, Yên Sơn".
PLURALS = frozenset({"các", "những", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"})
GLUED_NUMBER = re.compile(r"([pq])(\d{1,2})", re.IGNORECASE)


@lru_cache(maxsize=1 << 16)
def token_keys(token: str) -> tuple[str, str]:
    """Accent key and plain key of one token of normal text."""
    accent = token.lower().replace("'", "")
    if accent.isdigit():
        accent = accent.lstrip("0") or "0"
        return accent, accent
    accent = _HIGHLAND.get(accent, accent)
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
