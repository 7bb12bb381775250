"""A number with what belongs to it: qualifier, range or fraction, unit, rate.

"từ 4 đến 5%", "trên 2,4 triệu lượt", "21/21 thôn", "38,6 triệu đồng/người/năm". The counted noun and
whether the quantity is a figure of the report are for ``figures.py``.

Not here: number words (``numerals.py``), the vocabularies (``lexicon/units.yml``, ``qualifiers.yml``,
``rates.yml``).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bienban.lexicon import all_forms, alternation, any_form, form_of, load_lexicon, lowered
from bienban.numerals import NumberMention, find_numbers
from bienban.records import Qualifier, Quantity, Span
from bienban.text import modern


def _unit_forms() -> dict[str, tuple[str, Decimal]]:
    return {
        form: (key, Decimal(factor))
        for key, entry in load_lexicon("units").items()
        for form, factor in entry.forms.items()
    }


def _unit_pattern() -> str:
    parts = []
    for entry in load_lexicon("units").values():
        barred = entry.fields.get("not_before")
        guard = rf"(?! {{0,2}}{alternation(modern(word) for word in barred)}(?!\w))" if barred else ""
        for form in entry.forms:
            closed = r"(?!\w)" if form[-1].isalnum() else ""
            parts.append((len(form), re.escape(form).replace(r"\ ", " {1,2}") + closed + guard))
    return "(?:" + "|".join(part for _, part in sorted(parts, key=lambda item: -item[0])) + ")"


_UNITS = _unit_forms()
_PREFIXES = {
    modern(form): key for key, entry in load_lexicon("units").items() for form in entry.fields.get("before", ())
}
_KINDS: tuple[Qualifier, ...] = ("over", "under", "about", "up_to", "exact")
_QUALIFIERS: dict[str, Qualifier] = {
    form: qualifier for qualifier in _KINDS for form in all_forms("qualifiers", qualifier)
}
_RATES = {form: key for key in ("day", "week", "month", "quarter", "year") for form in all_forms("rates", key)}
_RATE = alternation(_RATES)

_UNIT = re.compile(rf"(?P<thousands>k(?!\w))? {{0,2}}(?P<unit>{_unit_pattern()})|(?P<bare>k(?!\w))")
_UNIT_PREFIX = re.compile(rf"(?<!\w){alternation(_PREFIXES)} ?$")
_MOST_WORDS = max(form.count(" ") + 1 for form in _QUALIFIERS)
_RANGE_FROM = re.compile(rf"(?<!\w)(?P<word>{any_form('qualifiers', 'range_from')}) {{1,2}}$")
_RANGE_TO = re.compile(rf" {{0,2}}(?:{any_form('qualifiers', 'range_to')}) {{0,2}}$")
_BETWEEN = re.compile(r" {1,2}và {1,2}$")
_AFTER = re.compile(
    rf" {{1,2}}(?:(?P<over>{any_form('qualifiers', 'over_after')})"
    rf"|(?P<up_to>{any_form('qualifiers', 'up_to_after')}))(?!\w)"
)
# "/ngày", "/người/năm", "/hội viên", "mỗi ngày", "một tuần". The last part may be a time.
_RATE_AFTER = re.compile(
    rf" ?/ ?(?:(?P<slash>{_RATE})(?!\w)|(?P<share>[^\W\d]+(?: [^\W\d]+)?) ?/ ?(?P<slash_last>{_RATE})(?!\w))"
    rf"| {{1,2}}{any_form('rates', 'every', 'every_after')} (?P<each>{_RATE})(?!\w)"
)
_EVERY = any_form("rates", "every", "every_before")
# "cây hằng năm", "xếp hạng hằng tháng": what something is called.
_RATE_BEFORE = re.compile(rf"(?<!\w)(?<!cây )(?<!hoạch )(?<!hạng ){_EVERY} ({_RATE})(?!\w)")
_CLAUSE_START = re.compile(r"[;:.(\"\n]")
_SHARE_AFTER = re.compile(r" ?/ ?[^\W\d]+[0-9²³]?(?: (?:viên|nhân|động|khẩu|dân|sinh))?(?!\w)")
_LONGEST_CUE = 24  # characters before a number in which its qualifier can begin


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityMention:
    """One quantity in a normal text.

    ``span`` runs from the qualifier to the unit or rate; ``number`` covers the digits or words alone
    (both ends of a range). ``unit`` is a key of ``lexicon/units.yml``, None without a unit word.
    ``of`` is the whole of a fraction ("21/22 thôn" -> 22). ``alternative`` is the other reading of a
    doubtful mark, in the same unit. ``scale`` is that of the number's last words ("10 tỷ" -> 10**9).
    """

    span: Span
    number: Span
    low: Decimal
    high: Decimal
    qualifier: Qualifier
    qualifier_word: str
    unit: str | None
    per: str | None
    in_words: bool
    of: Decimal | None = None
    alternative: Decimal | None = None
    scale: Decimal = Decimal(1)


def parse_quantity(text: str) -> Quantity | None:
    """Read a whole string as one quantity, nouns after it allowed ("trên 14.000 lượt"); else None.

    Unlike in a text, the string must begin with the quantity: "chi hơn 1,2 tỷ đồng" is None.
    """
    phrase = re.sub(r"\s+", " ", modern(text)).strip()
    mention = next(find_quantities(phrase), None)
    if mention is None or mention.span.start != 0:
        return None
    return Quantity(low=mention.low, high=mention.high, qualifier=mention.qualifier, unit=mention.unit)


def find_quantities(text: str) -> Iterator[QuantityMention]:
    """Yield every number of a normal text with its qualifier, unit and rate, in reading order.

    Dates, document numbers and the like come out too: a reader with context leaves them out.
    """
    lower = lowered(text)
    numbers = list(find_numbers(text))
    at = 0
    while at < len(numbers):
        mention, used = _read(lower, numbers, at)
        at += used
        yield mention
        while at < len(numbers) and numbers[at].span.start < mention.span.end:
            at += 1  # "triệu đồng/người/năm": the year of a rate is no five


def _read(lower: str, numbers: Sequence[NumberMention], at: int) -> tuple[QuantityMention, int]:
    first = numbers[at]
    start, previous_end = first.span.start, numbers[at - 1].span.end if at else 0
    prefix = _UNIT_PREFIX.search(lower, max(previous_end, start - 6), start)
    if prefix:
        start = prefix.start()
    unit, factor, end = _unit(lower, first.span.end)
    opening = _RANGE_FROM.search(lower, max(previous_end, start - _LONGEST_CUE), start)
    low = high = first.value * factor
    of, used, last = None, 1, first
    if at + 1 < len(numbers):
        second = numbers[at + 1]
        if unit and lower[end : second.span.start] == "/" and _unit(lower, second.span.end)[0] == unit:
            used, last = 2, second  # "560 triệu đồng/500 triệu đồng"
            _, other, end = _unit(lower, second.span.end)
            of = _plain(second.value * other)
        elif _is_fraction(lower, first, second):
            used, last = 2, second
            unit, factor, end = _unit(lower, second.span.end)
            of = _plain(second.value * factor)
            low = high = first.value * factor * (second.scale if first.scale == 1 else 1)  # "8,4/9,2 tỷ đồng"
        elif (ends := _range(lower, first, second, end, opening is not None)) is not None:
            low, high, unit, end = ends
            used, last = 2, second
            start = opening.start() if opening else start
    if prefix and unit is None:
        unit = _PREFIXES[prefix.group().strip()]
    after = _AFTER.match(lower, end)
    if opening and after and used == 1:
        start = opening.start()
    cue = _qualifier_before(lower, max(previous_end, start - _LONGEST_CUE), start)
    qualifier: Qualifier = "range" if high != low else "exact"
    if cue:
        start = cue[0]
        qualifier = qualifier if qualifier == "range" else _QUALIFIERS[cue[1]]
    if after and qualifier != "range":
        qualifier, end = "over" if after["over"] else "up_to", after.end()
    per, end = _rate(lower, end, unit)
    mention = QuantityMention(
        span=Span(start, end),
        number=Span(first.span.start, last.span.end),
        low=_plain(low),
        high=_plain(high),
        qualifier=qualifier,
        qualifier_word=cue[1] if cue else "",
        unit=unit,
        per=per,
        in_words=first.in_words,
        of=of,
        alternative=None if used == 2 or first.alternative is None else first.alternative * factor,
        scale=last.scale,
    )
    return mention, used


def _plain(value: Decimal) -> Decimal:
    """Whole values without places: 2,4 triệu is 2400000, not 2400000.0."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def _qualifier_before(lower: str, floor: int, at: int) -> tuple[int, str] | None:
    """Where the longest qualifier directly before ``at`` begins, and its words; a table is faster than a pattern."""
    floor = max(floor, lower.rfind("\n", floor, at) + 1)
    words = lower[floor:at].split(" ")
    if at <= floor or words[-1]:
        return None  # no blank before the number
    words = [word.lstrip("(\"'") for word in words if word]
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        form = " ".join(words[-count:])
        if form in _QUALIFIERS:
            for word in reversed(words[-count:]):  # back over the words: blanks may be double
                at = lower.rfind(word, floor, at)
            return at, form
    return None


def _unit(lower: str, at: int) -> tuple[str | None, Decimal, int]:
    match = _UNIT.match(lower, at)
    if match is None:
        return None, Decimal(1), at
    thousands = Decimal(1000) if match["thousands"] or match["bare"] else Decimal(1)
    if match["bare"]:
        return None, thousands, match.end()
    key, factor = _UNITS[form_of(match["unit"])]
    return key, factor * thousands, match.end()


def _is_fraction(lower: str, first: NumberMention, second: NumberMention) -> bool:
    if lower[first.span.end : second.span.start] != "/" or first.in_words or second.in_words:
        return False
    # "3.215/3.000 hội viên": more than planned; ten times as many would be something else.
    low, whole = first.value * (second.scale if first.scale == 1 else 1), second.value
    is_counted = low == low.to_integral_value() and whole == whole.to_integral_value()
    return (is_counted or second.scale != 1) and 0 <= low <= 10 * whole and whole > 0


def _range(
    lower: str, first: NumberMention, second: NumberMention, unit_end: int, opened: bool
) -> tuple[Decimal, Decimal, str | None, int] | None:
    """Low, high, unit and end of a range; the unit may stand at both ends, the scale at the last only."""
    if first.in_words != second.in_words or lower[first.span.start : first.span.end] == "năm":
        return None  # "cuối năm tới mười hai điểm cầu"
    stop = second.span.start
    prefix = _UNIT_PREFIX.search(lower, first.span.end, stop)
    stop = prefix.start() if prefix else stop
    if stop - first.span.end > 16:
        return None
    joined = _RANGE_TO.match(lower, unit_end, stop) or (opened and _BETWEEN.match(lower, unit_end, stop))
    if not joined:
        return None
    own_unit, own_factor, _ = _unit(lower, first.span.end)
    unit, factor, end = _unit(lower, second.span.end)
    low, high = first.value * (own_factor if own_unit else factor), second.value * factor
    if first.scale == 1 and second.scale != 1 and low * second.scale < high:
        low *= second.scale  # "8 - 10 triệu"
    if low >= high or (own_unit and unit and own_unit != unit):
        return None
    return low, high, unit or own_unit, end


def scaled_like(first: QuantityMention, second: QuantityMention) -> QuantityMention:
    """ "từ 31.200 lên 34.150 tỷ đồng": the scale stands once; "từ 950.000 lên 1,2 triệu" has its own."""
    low = first.low * second.scale
    is_far = first.scale != 1 or first.low <= 0 or second.low <= 0
    if is_far or max(low / second.low, second.low / low) > max(first.low / second.low, second.low / first.low):
        return first
    return replace(first, low=low, high=low, scale=second.scale)


def has_comma(text: str, quantity: QuantityMention) -> bool:
    """Whether the number has a comma that may mark thousands or decimals ("1,250")."""
    return quantity.alternative is not None and "," in text[quantity.number.start : quantity.number.end]


def bound_after(lower: str, start: int, end: int) -> tuple[int, Qualifier, int] | None:
    """Bound around a noun, "từ 35 giải … trở lên": where it begins, which it is, where it ends."""
    after = _AFTER.match(lower, end)
    if after is None:
        return None
    opening = _RANGE_FROM.search(lower, max(0, start - _LONGEST_CUE), start)
    return opening.start() if opening else start, "over" if after["over"] else "up_to", after.end()


def rate_after(lower: str, at: int) -> tuple[str | None, int]:
    """The rate that stands at ``at`` ("/ngày", "mỗi tuần") and where it ends; None and ``at`` without one."""
    match = _RATE_AFTER.match(lower, at)
    if match is None:
        return None, at
    return _RATES[next(word for word in match.group("slash", "slash_last", "each") if word)], match.end()


def rate_before(lower: str, floor: int, at: int) -> str | None:
    """The rate that the clause names before a number at ``at`` ("mỗi năm kết nạp …"); None without one."""
    clause = max((mark.end() for mark in _CLAUSE_START.finditer(lower, floor, at)), default=floor)
    match = _RATE_BEFORE.search(lower, clause, at)
    return _RATES[match[1]] if match else None


def _rate(lower: str, at: int, unit: str | None) -> tuple[str | None, int]:
    if unit is None:
        return None, at
    per, end = rate_after(lower, at)
    if per is not None:
        return per, end
    if share := _SHARE_AFTER.match(lower, at):
        return None, share.end()
    return None, at
