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
        seconds = {
            first: "".join(sorted({pair[1] for pair in self._pairs if pair[0].lower() == first})) for first in "ou"
        }
        # Not after q ("quý"), not before a letter ("hoàn", "khoản"): there both schools agree. Looked for by the
        # letter with the tone, which is rarer than o and u: the pattern runs over every article.
        self._second = re.compile(
            rf"[{''.join(seconds.values())}](?![^\W\d_])"
            rf"(?:(?<=[oO][{seconds['o']}])|(?<=[uU][{seconds['u']}]))(?<![qQ]..)"
        )

    def sub(self, text: str) -> str:
        """``text`` with the modern placement; never changes the length."""
        parts: list[str] = []
        at = 0
        for second in self._second.finditer(text):
            first = second.start() - 1
            parts += text[at:first], self._pairs[text[first : first + 2]]
            at = first + 2
        return "".join((*parts, text[at:])) if parts else text

    def older(self, text: str) -> str:
        """``text``, NFC and in the modern placement, with the older one ("ủy ban": "uỷ ban"). For phrases."""
        olds = {modern: old for old, modern in self._pairs.items()}
        pattern = rf"(?<![qQ])(?:{'|'.join(olds)})(?![^\W\d_])"
        return re.sub(pattern, lambda match: olds[match.group()], text)


TONE_PLACEMENT = _TonePlacement()
