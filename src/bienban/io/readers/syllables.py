"""Whether words are spelled as Vietnamese is: the proof that a charset was recognised rightly."""

import re
import unicodedata
from functools import cache

from bienban.lexicon import load_lexicon

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_PARTS = re.compile(r"[^\s.,;:!?()\[\]{}<>\"'“”‘’…*=+|/\\%&#@~^\-–—_0-9]+")
_BEYOND_LATIN = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


def spelled_share(text: str) -> tuple[int, float, float]:
    """Of the words with a letter beyond ASCII: how many, the share spelled as syllables, the share with a letter
    that no other language of Europe writes (ă, đ, ơ, ư, two marks on one vowel)."""
    words = [word for word in _PARTS.findall(text) if not word.isascii()]
    if not words:
        return 0, 0.0, 0.0
    spelled = sum(is_syllable(word) for word in words)
    return len(words), spelled / len(words), sum(bool(_BEYOND_LATIN.search(word)) for word in words) / len(words)


def is_syllable(word: str) -> bool:
    """Whether ``word`` is one syllable of Vietnamese, in any case and with any one tone."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    toneless = decomposed.translate(_TONES)
    return len(decomposed) - len(toneless) <= 1 and bool(_syllable().fullmatch(unicodedata.normalize("NFC", toneless)))


@cache
def _syllable() -> re.Pattern[str]:
    onsets, rhymes = (load_lexicon("syllables")[key].forms for key in ("onsets", "rhymes"))
    return re.compile(rf"(?:{'|'.join(onsets)})?(?:{'|'.join(rhymes)})")
