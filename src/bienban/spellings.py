"""A phrase in the spellings that articles use, as UTF-8 bytes to be looked for as they stand.

Literals, no patterns: a hundred times quicker to prepare, and a match has the length of its literal.

Not here: decomposed letters and other blanks; texts that hold them are brought into one form first (``phrases.py``).
"""

import unicodedata
from collections.abc import Iterable
from itertools import product

from bienban.tones import TONE_PLACEMENT

_BLANKS = (b" ", b"_", b"\n")  # a word-segmented text joins its syllables with underscores
_ESCAPED_BLANKS = (b" ", b"_", rb"\n")


def spellings(phrase: str, blanks: tuple[bytes, ...] = _BLANKS) -> set[bytes]:
    """What it may look like. ``phrase`` is in lower case; who looks for it ignores the case of ASCII.

    In small, large and mixed letters ("Ủy Ban"), with the older tone placement ("uỷ ban"), with Ð and ð for Đ and đ.
    """
    modern = unicodedata.normalize("NFC", phrase)
    cased = {
        form
        for placed in (modern, TONE_PLACEMENT.older(modern))
        for form in (placed, placed.capitalize(), placed.title(), placed.upper())
    }
    spelled = cased | {form.replace("đ", "ð").replace("Đ", "Ð") for form in cased}
    return {found for form in spelled for found in _joined(form.encode().lower().split(), blanks)}


def escaped_spellings(phrase: str) -> set[bytes]:
    """As ``spellings``, in a JSON string whose letters stand as they are."""
    return spellings(phrase, _ESCAPED_BLANKS)


def small_spellings(phrase: str) -> set[bytes]:
    """What it may look like in a text in small letters with single blanks and "đ": with both tone placements."""
    modern = unicodedata.normalize("NFC", phrase)
    return {modern.encode(), TONE_PLACEMENT.older(modern).encode()}


def without_longer(phrases: Iterable[str]) -> list[str]:
    """The phrases that hold no other one of them: a text in which any occurs has one of these."""
    given = list(dict.fromkeys(phrases))
    return [each for each in given if not any(f" {other} " in f" {each} " for other in given if other != each)]


def _joined(words: list[bytes], blanks: tuple[bytes, ...]) -> Iterable[bytes]:
    for between in product(blanks, repeat=len(words) - 1):
        yield words[0] + b"".join(blank + word for blank, word in zip(between, words[1:], strict=True))
