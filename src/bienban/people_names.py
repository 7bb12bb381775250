"""The shape of personal names, and when two spellings are one person.

Names are runs of words written large: Kinh ("Nguyễn Thị Bé Sáu") and minority names ("H'Linh Êban",
"Rơ Châm H'Mơ", "A Nhuông", "K'Bình"). Which run is a person is decided by what stands around it.

Not here: that context (``people_mentions.py``); the lists (``lexicon/surnames.yml``).
"""

import re
from functools import lru_cache

from bienban.letters import LOWER, UPPER
from bienban.lexicon import alternation, load_lexicon, lowered
from bienban.register import units_named
from bienban.text import ascii_fold

_SURNAMES = frozenset(load_lexicon("surnames")["kinh"].forms)
_COMMON = frozenset(load_lexicon("surnames")["common"].forms)
_TWO_WORDS = frozenset(load_lexicon("surnames")["two_words"].forms)
_NAMESAKES = load_lexicon("people")["namesakes"]
_NAMESAKE = re.compile(rf"(?<!\w){alternation(_NAMESAKES.forms)}\s*\Z")
_NO_NAMESAKE = re.compile(rf"{alternation(_NAMESAKES.fields['but_not'])}\s*\Z")
_PLACES = frozenset(load_lexicon("surnames")["places"].forms)
_MIDDLE = frozenset(load_lexicon("surnames")["middle"].forms)

# What follows the first letter of a word of a name: "guyễn", "'Linh", "' Nhuyn", nothing ("A Nhuông").
_REST = rf"(?:[{LOWER}]{{1,9}}|' [{UPPER}][{LOWER}]{{1,8}}|(?=['\s,.;:)-]|\Z))(?:'[{UPPER}]?[{LOWER}]{{1,8}})?(?![\w'])"
_CAPITALS = rf"[{UPPER}]{{2,8}}(?![\w'])"
# "Siu Klơi", "H'Linh Êban"; one or two blanks between the words. The look-behind stands after the first
# letter: so the engine tries capitals only.
_BOUND = rf"(?<![\w'/&.-][{UPPER}])"
NAME_RUN = re.compile(
    rf"[{UPPER}]{_BOUND}(?:{_REST}(?: {{1,2}}[{UPPER}]{_REST}){{0,9}}|"
    rf"[{UPPER}]{{1,7}}(?![\w'])(?: {{1,2}}{_CAPITALS}){{1,5}})"
)
WORD = re.compile(r"\S+")

MOST_WORDS = 6
_LONG_NAME = 4  # words; in a longer run a place stands before the name
_DOUBLED = re.compile(r"(.)\1")


def is_surname(words: list[str]) -> bool:
    """Whether a name may begin with ``words`` (lower case): one family name, or two ("rơ châm")."""
    return words[0] in _SURNAMES or " ".join(words[:2]) in _SURNAMES or "'" in words[0]


def is_place(words: list[str]) -> bool:
    """Whether a run of words (lower case) is a well-known place and no person ("hà nội")."""
    return " ".join(words[:2]) in _PLACES


def name_start(words: list[str]) -> int | None:
    """Where in a run of words a person's name begins, after the unit's name: "Ia Dom | Siu Klơi".

    None when no family name leaves a name of two to five words. Two words that are a unit ("Long Xuyên") are none.
    """
    lower = [lowered(word) for word in words]

    def fits(at: int) -> bool:
        return (
            2 <= len(words) - at <= 5
            and is_surname(lower[at:])
            and not is_place(lower[at:])
            and (len(words) - at > 2 or (_is_short_name(lower[at:]) and not is_unit(" ".join(words[at:]))))
        )

    if len(words) > 2 and lower[1] == "thị" and fits(0):
        return 0  # "huyện Phùng Thị Kim Thoa": a woman's name tells where it begins
    # A place stands before the name where it is a unit's, unless the first words read as a Kinh name's.
    if not (len(words) > 2 and lower[1] in _MIDDLE and lower[0] in _COMMON):
        for at in (3, 2, 1):
            if at < len(words) and fits(at) and is_unit(" ".join(words[:at])):
                return at
    fitting = [at for at in (0, 1, 2, 3) if at < len(words) and fits(at)]
    if len(words) > _LONG_NAME:
        fitting.sort(key=lambda at: lower[at] not in _COMMON)  # "Hai Bà Trưng | Trần Lưu Hoa"
    return fitting[0] if fitting else None


def _is_short_name(words: list[str]) -> bool:
    return words[0] in _COMMON or words[0] in _TWO_WORDS or "'" in words[0]


@lru_cache(maxsize=4096)
def is_unit(name: str) -> bool:
    """Whether the register knows a unit of exactly this name."""
    return bool(units_named(name))


def begins_with_name(text: str, at: int) -> bool:
    """Whether a person's name may stand at ``at``: two words or more, the first a family name."""
    run = NAME_RUN.match(text, at)
    if run is None:
        return False
    words = [lowered(word) for word in run.group().split()]
    return len(words) > 1 and is_surname(words) and not is_place(words)


def ends_with_name(phrase: str) -> bool:
    """Whether a position runs into a person's full name ("Chủ tịch nước Trần Đại Quang").

    Schools and streets bear names too ("Hiệu trưởng Trường Tiểu học Nguyễn Bá Ngọc").
    """
    run = next(reversed(list(NAME_RUN.finditer(phrase))), None)
    if run is None or run.end() < len(phrase.rstrip()):
        return False
    words = [lowered(word) for word in run.group().split()]
    if len(words) < 3 or is_after_namesake(lowered(phrase[: run.start()])) or words[-3:] == ["hồ", "chí", "minh"]:
        return False
    return any(words[at] in _SURNAMES and words[at + 1] in _MIDDLE for at in range(len(words) - 2)) or (
        len(words) == 3 and words[0] in _COMMON
    )


def is_after_namesake(before: str) -> bool:
    """Whether the words before a name (lower case) say that a street, school or movement bears it."""
    window = before[-24:]
    return _NAMESAKE.search(window) is not None and _NO_NAMESAKE.search(window) is None


def tidy(name: str) -> str:
    """One blank between words; a name in capitals is written as usual."""
    words = name.split()
    if all(word.isupper() and len(word) > 1 for word in words):
        words = [word.capitalize() for word in words]
    return " ".join(words)


def is_same_name(one: str, other: str) -> bool:
    """One person in two spellings: tone placement, i and y, a doubled or dropped letter, a lost mark.

    "Nguyễn Văn Hùng" and "Nguyễn Văn Hưng" are two people: both are well-formed words.
    """
    a, b = lowered(one).split(), lowered(other).split()
    if len(a) != len(b):
        return False
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y and one_i(x) != one_i(y)]
    return not differing or (len(differing) == 1 and _is_slip(*differing[0]))


def has_double_letter(name: str) -> bool:
    """Whether a letter stands twice in a row, as no Vietnamese word writes it ("Rítt")."""
    return _DOUBLED.search(lowered(name)) is not None


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: lower case, one spelling of i and y."""
    return tuple(one_i(word) for word in lowered(name).split())


@lru_cache(maxsize=4096)
def one_i(word: str) -> str:
    """A word in lower case with one spelling of the vowel i: "lý" -> "lí"."""
    # "Lý" and "Lí", "Sỹ" and "Sĩ" are spelled both ways; "y" after a vowel is another sound.
    plain = ascii_fold(word)
    if len(plain) > 1 and plain[-1] == "y" and plain[-2] not in "aeiouy":
        return word[:-1] + word[-1].translate(_Y_TO_I)
    return word


_Y_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


@lru_cache(maxsize=4096)
def _is_slip(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(longer) == len(shorter) + 1 and _DOUBLED.sub(r"\1", longer) == shorter:
        return True
    plain_one, plain_other = ascii_fold(one), ascii_fold(other)
    if plain_one == plain_other:
        # A mark was lost as a whole ("Nguyen"); two different marks are two names.
        return one == plain_one or other == plain_other
    return not (_is_syllable(plain_one) and _is_syllable(plain_other)) and _distance_is_one(one, other)


_SYLLABLE = re.compile(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    r"(?:[aeiouy]{1,3})(?:c|ch|m|n|ng|nh|p|t)?"
)


def _is_syllable(plain: str) -> bool:
    return _SYLLABLE.fullmatch(plain) is not None


def _distance_is_one(one: str, other: str) -> bool:
    """One letter more, less or other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    at = next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), len(one))
    return one[at + (len(one) == len(other)) :] == other[at + 1 :]
