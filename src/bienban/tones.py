"""Where a syllable carries its tone: "hoà" and "hòa", "thuý" and "thúy" are one spelling.

The modern placement (hòa, khỏe, thúy) is the one stored. Only open syllables in oa, oe, uy differ:
"hoàn" and "quý" carry the tone where both schools put it.
Source: Quyết định 1989/QĐ-BGDĐT (2018) on spelling in textbooks, and the older school beside it.
"""

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _pairs() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for first, second in (("o", "a"), ("o", "e"), ("u", "y")):
        for upper_first in (False, True):
            for upper_second in (False, True):
                head = first.upper() if upper_first else first
                tail = second.upper() if upper_second else second
                for tone in _TONES:
                    old = unicodedata.normalize("NFC", head + tail + tone)
                    pairs[old] = unicodedata.normalize("NFC", head + tone + tail)
    return pairs


class _TonePlacement:
    def __init__(self) -> None:
        self._pairs = _pairs()
        # Not after q ("quý"), not before a letter ("hoàn", "khoản"): there both schools agree. Classes of
        # letters, not a list of pairs: the pattern runs over every article.
        after_o, after_u = (_second_letters(self._pairs, first) for first in "ou")
        self._pattern = re.compile(rf"(?:[oO](?<![qQ][oO])[{after_o}]|[uU](?<![qQ][uU])[{after_u}])(?![^\W\d_])")

    def sub(self, text: str) -> str:
        """``text`` with the modern placement; never changes the length."""
        return self._pattern.sub(lambda match: self._pairs[match.group()], text)


def _second_letters(pairs: dict[str, str], first: str) -> str:
    return "".join(sorted({pair[1] for pair in pairs if pair[0].lower() == first}))


TONE_PLACEMENT = _TonePlacement()
