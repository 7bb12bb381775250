"""A phrase in the spellings that articles use, as patterns over UTF-8 bytes.

A pattern matches one length only: where a match begins follows from where it ends, which the engine tells for free.

Not here: decomposed letters and wider blanks; texts that hold them are composed first (``phrases.py``).
"""

import unicodedata

from bienban.tones import TONE_PLACEMENT

_BLANK = rb"[ _\t\r\n]"  # a word-segmented text joins its syllables with underscores


def spellings(phrase: str) -> dict[bytes, int]:
    """Pattern -> length in bytes of what it matches. ``phrase`` is in lower case; the engine ignores the case of ASCII.

    In small, large and mixed letters ("Ủy Ban"), with the older tone placement ("uỷ ban"), with Ð and ð for Đ and đ.
    """
    modern = unicodedata.normalize("NFC", phrase)
    cased = {
        form
        for placed in (modern, TONE_PLACEMENT.older(modern))
        for form in (placed, placed.capitalize(), placed.title(), placed.upper())
    }
    spelled = cased | {form.replace("đ", "ð").replace("Đ", "Ð") for form in cased}
    return {_pattern(form): len(form.encode()) for form in spelled}


def _pattern(form: str) -> bytes:
    return _BLANK.join(b"".join(map(_escaped, word.encode().lower())) for word in form.split())


def _escaped(byte: int) -> bytes:
    return bytes([byte]) if byte < 0x80 and chr(byte).isalnum() else rb"\x%02x" % byte
