"""The legacy charsets of Vietnamese: TCVN3, VNI, VISCII, Windows-1258. Recognised by their words or not at all.

Not here: the tables (``charsets.yml``). How often it errs: docs/decisions/charsets.md.
"""

import codecs
import re
import unicodedata
from functools import cache
from importlib import resources

import yaml

from bienban.io.readers.syllables import spelled_share

CHARSETS = ("tcvn3", "vni", "viscii", "windows-1258")
_SAMPLE = 64 * 1024
_ENOUGH_WORDS = 8  # beyond ASCII; a headline has them
_SPELLED = 0.9  # of these words: names and typing errors are the rest
_VIETNAMESE = 0.3  # of these words; running text has 0.6
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


def is_utf8(head: bytes) -> bool:
    """Whether bytes that may end within a letter are UTF-8."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def recognise_charset(data: bytes) -> str | None:
    """The charset in which ``data``, which is no UTF-8, reads as Vietnamese; None: in none, or in two.

    The first 64 KiB decide. Damaged UTF-8 is none of them.
    """
    sample = data[:_SAMPLE]
    beyond = len(_BEYOND_ASCII.findall(sample))
    if beyond < _ENOUGH_WORDS or sum(map(len, _UTF8_LETTER.findall(sample))) > beyond / 2:
        return None
    fitting = [name for name in CHARSETS if _fits(sample, name)]
    return fitting[0] if len(fitting) == 1 else None


def decode_charset(data: bytes, name: str) -> str:
    """The characters of ``data``, composed (NFC). Raises UnicodeDecodeError for a byte that stands for nothing."""
    if name == "vni":
        pattern, letters = _vni()
        text = data.decode("cp1252")
        return unicodedata.normalize("NFC", pattern.sub(lambda match: letters[match[0]], text))
    text = data.decode("cp1258") if name == "windows-1258" else _by_chart(data, name)
    return unicodedata.normalize("NFC", text)


def repaired(text: str) -> str:
    """Text of a legacy charset that was stored as if it were Latin-1 ("Céng hoµ"); any other text as it is."""
    if text.isascii():
        return text
    try:
        data = text.encode("cp1252")  # fails at the first letter that only Vietnamese has
    except UnicodeEncodeError:
        return text
    name = recognise_charset(data)
    return decode_charset(data, name) if name in ("tcvn3", "vni") else text


def _fits(sample: bytes, name: str) -> bool:
    try:
        words, spelled, vietnamese = spelled_share(decode_charset(sample, name))
    except UnicodeDecodeError:
        return False
    return words >= _ENOUGH_WORDS and spelled >= _SPELLED and vietnamese >= _VIETNAMESE


def _by_chart(data: bytes, name: str) -> str:
    return data.decode("latin-1").translate(_chart(name))


@cache
def _tables() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(
        resources.files(__package__).joinpath("charsets.yml").read_text(encoding="utf-8")
    )
    return loaded


@cache
def _chart(name: str) -> dict[int, str]:
    """Byte -> character, for every byte beyond ASCII."""
    chart = {byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
    for first, row in _tables()[name].items():
        chart |= {int(first, 16) + at: char for at, char in enumerate(row)}
    return chart


@cache
def _vni() -> tuple[re.Pattern[str], dict[str, str]]:
    """Vowel with marks as Windows-1252 shows it -> letter: small, capital, and a capital with small marks."""
    small = _tables()["vni"]
    letters = dict(small)
    letters |= {key.upper(): letter.upper() for key, letter in small.items()}
    letters |= {key[0].upper() + key[1:]: letter.upper() for key, letter in small.items() if len(key) > 1}
    return re.compile("|".join(sorted(letters, key=len, reverse=True))), letters
