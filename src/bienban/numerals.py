"""The grammar of Vietnamese numbers, in figures, in words and mixed: "2,4 triệu", "mười hai", "3 tỷ 500 triệu".

A dot groups thousands, a comma is the decimal mark (Luật Kế toán 03/2003/QH11, điều 12.2); papers
break that both ways, so a mark is read by what stands around it and the doubtful reading is kept.

Not here: number words (``lexicon/numerals.yml``), units, and whether a number is a figure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bienban.lexicon import all_forms, alternation, lowered, whole_words
from bienban.lexicon.openings import Openings
from bienban.records import Span
from bienban.text import modern

_DIGITS = {form: int(value) for form, value in all_forms("numerals", "digits").items()}
_LAST_DIGITS = _DIGITS | {form: int(value) for form, value in all_forms("numerals", "last_digits").items()}
_TEN = frozenset(all_forms("numerals", "ten"))
_TENS = frozenset(all_forms("numerals", "tens"))
_HUNDREDS = frozenset(all_forms("numerals", "hundreds"))
_SCALES = {form: Decimal(value) for form, value in all_forms("numerals", "scales").items()}
_ZERO_TENS = frozenset(all_forms("numerals", "zero_tens"))
_HALF = frozenset(all_forms("numerals", "half"))
_MARK = frozenset(all_forms("numerals", "decimal_mark"))
_NEGATIVE = all_forms("numerals", "negative")
_SUFFIXES = {form: Decimal(value) for form, value in all_forms("numerals", "suffixes").items()}

# One number in figures. Digits are ASCII only: "²" and "٣" are no Vietnamese figures.
FIGURES = r"[0-9]+(?:[.,][0-9]+)*"
_FIGURES = re.compile(FIGURES)
_WHOLE = re.compile(rf"(-? ?)((?:[0-9][0-9.,]*|,[0-9]+)?)(?: ?({alternation(_SUFFIXES)})(?!\w))?")
_BLANK_GROUPS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9.,]?[0-9])")

_LONGEST = 24  # words after the first: twelve digits said in full; keeps the search linear
_STARTERS = tuple(_DIGITS) + tuple(_TEN)
_INNER = (*_LAST_DIGITS, *_TEN, *_TENS, *_HUNDREDS, *_SCALES, *_ZERO_TENS, *_HALF)
_SCALE = alternation(_SCALES)
_TAIL = rf"(?:{alternation(_INNER)}(?!\w))"
_OPENINGS = Openings(_STARTERS)
_MENTION = re.compile(
    rf"(?P<figures>[0-9](?<![\w.,][0-9])[0-9]*(?:[.,][0-9]+)*(?![0-9])"
    rf"(?P<blanks>(?: [0-9]{{3}})+(?![0-9]|[.,][0-9]))?"
    rf"(?P<scaled> {{1,2}}{_SCALE}(?!\w)(?: {{1,2}}(?:{_TAIL}|[0-9]+(?:,[0-9]+)? {_SCALE}(?!\w))){{0,{_LONGEST}}})?)"
    rf"|(?P<words>{whole_words(_STARTERS)}(?: {{1,2}}{_TAIL}){{0,{_LONGEST}}})"
)
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberMention:
    """One number in a normal text.

    ``alternative`` is the other reading of a doubtful mark: "4,215" is 4.215 and, perhaps, 4215.
    ``scale`` is the value of the scale words at the end: "10 triệu" -> 1000000, "12" -> 1.
    """

    span: Span
    value: Decimal
    in_words: bool
    alternative: Decimal | None = None
    scale: Decimal = Decimal(1)


def parse_number(text: str) -> Decimal | None:
    """The value of a whole string that is one number, else None ("một trăm hai mươi" -> 120, "XIII" -> 13)."""
    value = modern(text).strip()
    if roman := parse_roman(value):
        return Decimal(roman)
    value = lowered(value)
    sign = Decimal(1)
    for word in _NEGATIVE:
        if value.startswith(word + " "):
            sign, value = Decimal(-1), value[len(word) + 1 :].lstrip()
    whole = _WHOLE.fullmatch(value)
    if whole and whole[2]:
        number = parse_figures(whole[2])
        sign = -sign if whole[1].strip() else sign
        return None if number is None else sign * number * _SUFFIXES.get(whole[3], Decimal(1))
    if _BLANK_GROUPS.fullmatch(value):
        return sign * Decimal(value.replace(" ", ""))
    words = parse_words(value.split())
    return None if words is None else sign * words


def find_numbers(text: str) -> Iterator[NumberMention]:
    """Yield the numbers of a normal text in reading order: figures, words, figures with scale words.

    Figures glued to letters ("2b", "H5N1") are no numbers. A lone number word may also be another
    word ("năm": year, "ba": father); that is for the reader of the mention to decide.
    """
    lower = lowered(text)
    done = 0
    for start in _OPENINGS.find(lower):
        match = _MENTION.match(lower, start) if start >= done else None
        if match is None:
            continue
        mention = _figures_mention(match) if match["figures"] else _words_mention(match)
        done = match.end()
        if mention is not None:
            done = mention.span.end  # a run of number words may hold two numbers
            yield mention


def parse_figures(figures: str) -> Decimal | None:
    """The value of a number in figures with its marks, by the Vietnamese reading of a doubtful one."""
    if figures.endswith((".", ",")) or ".." in figures or ",," in figures:
        return None
    if figures.isdecimal():
        return Decimal(figures)
    dots, commas = figures.count("."), figures.count(",")
    if dots and commas:
        return _two_marks(figures)
    mark = "." if dots else ","
    parts = figures.split(mark)
    grouped = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3 and parts[0] != "0"
    if len(parts) > 2:
        return Decimal("".join(parts)) if grouped else None
    if mark == "." and grouped:
        return Decimal("".join(parts))
    return Decimal(f"{parts[0] or 0}.{parts[1]}")


def parse_words(words: list[str]) -> Decimal | None:
    """The value of lower-case number words and figures that are one number as a whole, else None."""
    value, used = _read(words)
    return value if words and used == len(words) else None


def spoken_numbers(last: int) -> dict[str, int]:
    """Every way to say 1 … ``last`` (at most 99) in words, in lower case."""
    ones = (*_DIGITS, *_TEN)
    tens = [f"{digit} {ten}" for digit in _DIGITS for ten in _TENS]
    phrases = [*ones, *tens, *(f"{head} {digit}" for head in (*_TEN, *tens) for digit in _LAST_DIGITS)]
    values = {phrase: parse_words(phrase.split()) for phrase in phrases}
    return {phrase: int(value) for phrase, value in values.items() if value is not None and 1 <= value <= last}


def parse_roman(text: str) -> int | None:
    """The value of an upper-case Roman number up to 3999, else None."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[char] for char in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _two_marks(figures: str) -> Decimal | None:
    decimal = max(figures.rfind("."), figures.rfind(","))
    whole, rest = figures[:decimal], figures[decimal + 1 :]
    groups = re.split(r"[.,]", whole)
    if figures[decimal] in whole or any(len(group) != 3 for group in groups[1:]):
        return None
    return Decimal(f"{''.join(groups)}.{rest}")


def _figures_mention(match: re.Match[str]) -> NumberMention | None:
    start, end = match.span()
    text = match.string
    head_end = match.start("scaled") if match["scaled"] else end
    head = text[start:head_end]
    if end < len(text) and not match["scaled"] and (text[end].isalpha() or text[end] == "_"):
        return _glued(match, head)
    if match["blanks"]:
        if _BLANK_GROUPS.fullmatch(head) is None:
            head, head_end = head.split(" ")[0], start + len(head.split(" ")[0])
        number = parse_figures(head.replace(" ", ""))
    else:
        number = parse_figures(head)
    if number is None:
        return None
    alternative = _alternative(head)
    if match["scaled"] and head_end == match.start("scaled"):
        words = text[head_end:end].split()
        figures = f"{number:f}".replace(".", ",")  # read again, and "1.157" would be grouped
        value, used = _read([figures, *words])
        while used < len(words) + 1:
            words = words[: used - 1]
            value, used = _read([figures, *words])
        end = _end_of_words(text, head_end, len(words))
        number, alternative = value or number, None if words else alternative
    else:
        words, end = [], head_end
    return NumberMention(
        span=Span(start, end), value=number, in_words=False, alternative=alternative, scale=_last_scale(words)
    )


def _glued(match: re.Match[str], head: str) -> NumberMention | None:
    # "35ha", "12km", "45kg": the unit follows without a blank; the unit grammar decides.
    number = parse_figures(head.replace(" ", ""))  # "447 000B": a letter after groups apart
    if number is None:
        return None
    return NumberMention(span=Span(*match.span()), value=number, in_words=False, alternative=_alternative(head))


def _alternative(head: str) -> Decimal | None:
    groups = head.split(",")
    if len(groups) == 2 and len(groups[1]) == 3 and 1 <= len(groups[0]) <= 3 and groups[0] != "0":
        return Decimal("".join(groups))
    groups = head.split(".")
    if len(groups) == 2 and len(groups[1]) == 3 and 1 <= len(groups[0]) <= 3 and groups[0] != "0":
        return Decimal(".".join(groups))
    return None


def _words_mention(match: re.Match[str]) -> NumberMention | None:
    words = match.group().split()
    value, used = _read(words)
    if not value:
        return None  # a lone "không" is "not"
    while used < len(words):
        words = words[:used]
        value, used = _read(words)
        if value is None:
            return None
    end = _end_of_words(match.string, match.start(), len(words))
    return NumberMention(span=Span(match.start(), end), value=value, in_words=True, scale=_last_scale(words))


def _last_scale(words: list[str]) -> Decimal:
    scale = Decimal(1)
    for word in reversed(words):
        if word not in _SCALES:
            break
        scale *= _SCALES[word]
    return scale


def _end_of_words(text: str, start: int, count: int) -> int:
    at = start
    for _ in range(count):
        while text[at] == " ":
            at += 1
        while at < len(text) and text[at] != " " and (text[at].isalnum() or text[at] in ".,"):
            at += 1
    while at > start and text[at - 1] in ".,":
        at -= 1
    return at


def _read(words: list[str]) -> tuple[Decimal | None, int]:
    """The longest number at the start of ``words`` and how many of them it takes."""
    stack: list[tuple[Decimal, Decimal]] = []  # (value, the scale it was said in), scales falling
    at = 0
    while at < len(words):
        group, used = _group(words[at:], bool(stack))
        if group is None:
            break
        at += used
        scale, used = _scale(words[at:])
        at += used
        if scale == 1:
            last = words[at - 1]
            if stack and used == 0 and last in _DIGITS and at == len(words) and words[at - 2] in _SCALES:
                group *= stack[-1][1] / 10  # "ba triệu tám": a digit after a scale counts tenths
            elif stack and group >= stack[-1][1]:
                at -= 1
                break
            stack.append((group, scale))
            break
        while stack and stack[-1][1] < scale:
            group += stack.pop()[0]
        if stack and stack[-1][1] <= scale:
            return sum((value for value, _ in stack), Decimal(0)), at - 2
        value = group * scale
        if at < len(words) and words[at] in _HALF:
            value, at = value + scale / 2, at + 1
        stack.append((value, scale))
    if not stack:
        return None, 0
    total = sum((value for value, _ in stack), Decimal(0))
    if at + 1 < len(words) and words[at] in _MARK and total == total.to_integral_value():
        places, used = _places(words[at + 1 :])
        if places:
            return Decimal(f"{total:f}.{places}"), at + 1 + used
    return total, at


def _scale(words: list[str]) -> tuple[Decimal, int]:
    scale, used = Decimal(1), 0
    while used < len(words) and words[used] in _SCALES and used < 3:
        scale *= _SCALES[words[used]]
        used += 1
    return scale, used


def _group(words: list[str], inner: bool) -> tuple[Decimal | None, int]:
    """A number below a thousand in words, or figures; ``inner``: after a scale, "linh" may open it."""
    if not words:
        return None, 0
    at = 1 if inner and words[0] in _ZERO_TENS else 0
    first = words[at] if at < len(words) else ""
    if first[:1].isdecimal() or (first[:1] == "," and len(first) > 1):
        return _figures_group(words, at)
    whole, used = _hundreds(words[at:])
    if whole is None:
        return None, 0
    at += used
    if at + 1 < len(words) and words[at] in _MARK:
        places, used = _places(words[at + 1 :])
        if places:
            return Decimal(f"{whole}.{places}"), at + 1 + used
    if at < len(words) and words[at] in _HALF and used:
        step = Decimal(50) if words[at - 1] in _HUNDREDS else Decimal("0.5")
        return whole + step, at + 1
    return Decimal(whole), at


def _figures_group(words: list[str], at: int) -> tuple[Decimal | None, int]:
    value = parse_figures(words[at]) if _FIGURES.fullmatch(words[at].lstrip(",")) else None
    if value is None:
        return None, 0
    at += 1
    if at + 1 < len(words) and words[at] in _MARK:
        places, used = _places(words[at + 1 :])
        if places:
            return Decimal(f"{value}.{places}"), at + 1 + used
    if at < len(words) and (words[at] in _TENS or words[at] in _HUNDREDS):
        return value * (10 if words[at] in _TENS else 100), at + 1
    if at < len(words) and words[at] in _HALF:
        return value + Decimal("0.5"), at + 1
    return value, at


def _places(words: list[str]) -> tuple[str, int]:
    if words[0].isdecimal():
        return words[0], 1
    places = ""
    for word in words:
        if word not in _LAST_DIGITS:
            break
        places += str(_LAST_DIGITS[word])
    number, used = _below_hundred(words)
    return (str(number), used) if number is not None and used > len(places) else (places, len(places))


def _hundreds(words: list[str]) -> tuple[int | None, int]:
    if words and words[0] in _HUNDREDS:
        return _after_hundreds(100, words, 1)
    if len(words) > 1 and words[0] in _DIGITS and words[1] in _HUNDREDS:
        return _after_hundreds(100 * _DIGITS[words[0]], words, 2)
    return _below_hundred(words)


def _after_hundreds(value: int, words: list[str], at: int) -> tuple[int, int]:
    if at + 1 < len(words) and words[at] in _ZERO_TENS and words[at + 1] in _LAST_DIGITS:
        return value + _LAST_DIGITS[words[at + 1]], at + 2
    rest, used = _below_hundred(words[at:])
    if rest is None:
        return value, at
    if used == 1 and rest < 10 and rest:
        rest *= 10  # "một trăm hai" is 120; 102 is said with "linh"
    return value + rest, at + used


def _below_hundred(words: list[str]) -> tuple[int | None, int]:
    first = words[0] if words else ""
    second = words[1] if len(words) > 1 else ""
    third = words[2] if len(words) > 2 else ""
    if first in _TEN:
        if _LAST_DIGITS.get(second):
            return 10 + _LAST_DIGITS[second], 2
        return 10, 1
    if first not in _DIGITS:
        return None, 0
    digit = _DIGITS[first]
    if second in _TENS and digit:
        if _LAST_DIGITS.get(third):
            return 10 * digit + _LAST_DIGITS[third], 3
        return 10 * digit, 2
    if second in _LAST_DIGITS and second not in _DIGITS and digit:
        return 10 * digit + _LAST_DIGITS[second], 2  # "hai lăm": the ten is left out
    return digit, 1
