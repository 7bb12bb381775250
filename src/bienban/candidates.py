"""The candidate filter: which articles may report a meeting of a public body. Recall before precision.

Not here: the phrases (``lexicon/candidates.yml``); whether it is a report (the extractor).
"""

import re
import unicodedata
from functools import cache

from bienban.lexicon import load_lexicon
from bienban.tones import TONE_PLACEMENT


def is_candidate(text: str, title: str | None = None) -> bool:
    """Whether the words name a gathering and a body, in any case, normal form or tone placement."""
    folded = _folded(text if not title else f"{title}\n{text}")
    return all(pattern.search(folded) for pattern in _patterns())


def _folded(text: str) -> str:
    """The text as the phrases are written: cheaper than ``bienban.text``, for no offset is needed."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("ð", "đ").replace("\xa0", " ")
    return TONE_PLACEMENT.sub(folded)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(entry.forms) for entry in load_lexicon("candidates").values())


def _pattern(forms: object) -> re.Pattern[str]:
    # Syllables may stand on two lines or two blanks apart.
    words = sorted((re.escape(str(form)).replace(r"\ ", r"\s+") for form in forms), key=len, reverse=True)  # type: ignore[attr-defined]
    return re.compile(rf"\b(?:{'|'.join(words)})\b")
