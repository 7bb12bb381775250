"""Letters of Vietnamese and its neighbours as character classes: ``re`` knows no ``\\p{Lu}``.

Ranges will not do: between "à" and "ỹ" large and small letters alternate.
"""

_CODES = (*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x250), *range(0x1EA0, 0x1EFA))

UPPER = "".join(chr(code) for code in _CODES if chr(code).isupper())
LOWER = "".join(chr(code) for code in _CODES if chr(code).islower())
