"""Which numbers of a report are no figures: dates, names, ordinals, numbers of documents, slogans.

Not here: the words (``lexicon/traps.yml``).
"""

import re

from bienban.counted_nouns import NounPhrase
from bienban.letters import UPPER
from bienban.lexicon import alternation, any_form, load_lexicon
from bienban.quantities import QuantityMention

_NOT_NAMES = alternation(load_lexicon("traps")["names_before"].fields["unless_after"])
_NAMES = re.compile(
    rf"(?<!\w)(?P<unless>{_NOT_NAMES} {{1,2}})?(?P<name>{any_form('traps', 'names_before')})"
    rf"(?: số)?[ :.\-]{{1,3}}$"
)
_ORDINALS = frozenset(load_lexicon("traps")["names_before"].fields["ordinals"])
_ALWAYS = frozenset(load_lexicon("traps")["names_before"].fields["always"])
_NO_AFTER = alternation(load_lexicon("traps")["words_after"].fields["but_before"])
_AFTER = re.compile(rf" {{0,2}}{any_form('traps', 'words_after')}(?!\w)(?! {_NO_AFTER}(?!\w))")
_LIMIT = re.compile(rf"(?<!\w){any_form('traps', 'limits')} {{1,2}}(?:từ {{1,2}})?$")
_ONE = re.compile(rf"(?<!\w){any_form('traps', 'one_after')} {{1,2}}$")
# "35-NQ/TW", "118/2025/NĐ-CP", "4.0", "1/3" of a page, "12)" of a list: what stands against the number.
_GLUED_AFTER = re.compile(r" {0,2}- ?[A-ZĐ]{2}|/[A-ZĐ]{2}|/\d|\.\d|[A-Za-zĐđ_]|°|h\d|:\d")
_GLUED_BEFORE = re.compile(r"(?:[^\W\d_] ?-|[^\W\d_]/|[@#_])$")
_COPYRIGHT = re.compile(r"(?:©|\(c\)) ?$")
_LIST_NUMBER = re.compile(r"(?:^|\n)[ \t\-+(]*$")
_TIME_UNITS = frozenset({"day", "other:giờ", "other:phút", "other:tuần", "other:tháng", "other:năm"})
_OPENS_CLAUSE = re.compile(r"(?:^|[^\w ] ?)trong {1,2}$")
_DUTY = re.compile(rf",? (?:[^\W\d]+ ){{0,6}}{any_form('traps', 'duties')}(?!\w)")
_ELAPSED = re.compile(
    r"(?<!\w)(?:sau|hơn|gần|suốt|qua|trong hơn|kéo dài|trải qua|chỉ trong(?: vòng)?"
    r"|(?:diễn ra|làm việc|họp)(?: trong)?) {1,2}$"
)
_ONE_BEFORE = re.compile(any_form("traps", "one_before"))
_AND_NUMBER = re.compile(r" (?:và|cùng) [0-9]")
_GAINED = re.compile(r" {1,2}(?:\w+ ){0,2}(?:đạt|được|đoạt|giành) ")
_WON = re.compile(r" {1,2}(?:\w+ ){0,3}(?:đạt|đoạt|giành) (?:\w+ )?(?:giải|huy chương)")
_EACH_ONE = re.compile(r"(?<!\w)mỗi(?: (?!là |như |có )[^\W\d]+){1,5} {1,2}$")  # "mỗi người nhận một túi dụng cụ"
_A_YEAR = re.compile(r"(?<!\w)(?:mỗi|hằng|hàng|từng|cả|trong|theo|đầu|giữa|cuối|là) {1,2}$")
# "quyết định 217" names, "quyết định 7 nội dung" counts.
_VERBS = frozenset(load_lexicon("traps")["names_before"].fields["verbs"])
_LARGEST_NAME = 40  # wards, teams and classes have lower numbers; "nghị quyết 35" is barred by its own word
# "thời hạn vay 5 năm", "rút thời gian chuẩn bị hồ sơ từ 24 tháng xuống 18 tháng"
_TERM_OF = re.compile(
    r"(?<!\w)(?:thời hạn (?:vay )?|(?:rút|giảm|tăng|kéo dài|gia hạn)(?: ngắn)? thời (?:gian|hạn)[^.;,]{0,40})$"
)
_CLOCK = re.compile(r"(?<!\w)(?:trước|lúc|vào|khoảng) $")
_EVERY = re.compile(r"(?<!\w)(?:mỗi|hằng|hàng|một) (?:ngày|tuần|tháng) $")
_AVERAGE = re.compile(r"(?<!\w)(?:trung bình|bình quân) $")  # "trung bình một ngày có 25 tin": a rate
_OFTEN = re.compile(r"(?<!\w)(?:ít nhất|tối thiểu|mỗi \w+|chỉ|không quá) $")
_NOTHING_COUNTS = 10**21  # the assets of the world are some 10**19 đồng
_CASH = frozenset({"vnd", "other:usd", "other:eur"})
_BASES = frozenset({1_000, 10_000, 100_000})
_SPEED = re.compile(r" ?km ?/ ?(?:h|giờ)(?!\w)")
_TIMES = re.compile(
    r"(?<!\w)(?:gấp|tăng|giảm|hơn|bằng|cao|nhiều|lớn|lên|xuống|ít nhất|mỗi|từng|định kỳ|tổ chức|họp)(?: \w+){0,2} ?$"
)
# "cầu Đại Ngãi 2 thông xe": a name with its number.
_NUMBERED_NAME = re.compile(rf"(?<![^\W\d_])[{UPPER}][^\W\d_]+ [{UPPER}][^\W\d_]+ $")
_RELEASE = re.compile(r"\d\.0")  # "cách mạng công nghiệp 4.0"
# "hai ngày 25 - 26/12": which days they were.
_WHICH_DAYS = re.compile(r",? {0,2}\(?(?:ngày )?\d{1,2}(?: ?[-–,/]| và)")
_YEARS = re.compile(r"(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?")


def is_trap(text: str, lower: str, quantity: QuantityMention, noun: NounPhrase | None) -> bool:
    """Whether the number is no figure, judged by what stands against it in the normal text."""
    start, end = quantity.number
    before = lower[max(0, quantity.span.start - 24) : quantity.span.start]
    unit = quantity.unit
    if max(quantity.high, quantity.of or 0) >= _NOTHING_COUNTS:
        return True  # keys and serial numbers; no table could hold it either
    if before.endswith(("một trong ", "cứ ")) or (unit in _CASH and quantity.high == 0):
        return True  # "là một trong 5 nội dung", "cứ 10.000 dân", "gian hàng 0 đồng"
    if quantity.high == 1 and unit is None and _AVERAGE.search(before):
        return True  # "bình quân 1 xã đạt 17,5 tiêu chí"
    is_base = quantity.qualifier_word == "trên" and quantity.low in _BASES
    if is_base and noun is not None and lower.startswith("dân", noun.span.start):
        return True  # "30 giường bệnh trên một vạn dân"
    if unit == "km" and _SPEED.match(lower, end):
        return True
    if unit == "other:lần" and quantity.per is None and quantity.qualifier == "exact" and not _TIMES.search(before):
        return True  # "sau 4 lần thất bại"
    if unit == "other:phút" and before.endswith("giờ "):
        return True  # "14 giờ 30 phút"
    if unit in _TIME_UNITS:
        return not _is_limit(lower, quantity)
    if unit == "other:lần" and quantity.per is None and lower[start:end] == "một":
        return not _OFTEN.search(before)  # "bảo hiểm xã hội một lần"
    if unit is not None:
        return False
    if _GLUED_AFTER.match(text, end) or _RELEASE.fullmatch(text, start, end):
        return True
    if _COPYRIGHT.search(lower, max(0, start - 4), start):
        return True
    if (noun is None or noun.kind is None) and _GLUED_BEFORE.search(text, max(0, start - 3), start):
        return True  # but "18 vụ/25 đối tượng" counts both
    if _is_name(before, quantity, noun) or _AFTER.match(lower, end):
        return True
    is_digit = end - start == 1 and (noun is None or noun.kind is None)
    if is_digit and _NUMBERED_NAME.search(text, max(0, start - 24), start):
        return True
    if quantity.in_words:
        return _is_word_trap(text, lower, quantity, noun)
    if _is_year_like(text, quantity) and (noun is None or noun.kind is None):
        return True
    if text[start] == "0" and end - start > 1 and text[start + 1].isdecimal():
        return noun is None or noun.kind is None or end - start > 2
    return False


def _is_name(before: str, quantity: QuantityMention, noun: NounPhrase | None) -> bool:
    """Whether words before the number make it a name; a bounded or large number is none ("mỗi tổ 5-7 người")."""
    match = _NAMES.search(before)
    if match is None:
        return False
    if match["name"] in _ORDINALS:
        return True
    if match["unless"] and " " not in match["name"]:  # "giao ban Ban Chỉ đạo 35": two words are a word of their own
        return False
    if match["name"] in _ALWAYS:
        return True
    is_measured = quantity.qualifier != "exact" or quantity.scale != 1 or quantity.of is not None
    is_counting = noun is not None and noun.kind is not None
    if match["name"] not in _VERBS:
        is_counting = is_counting and quantity.low > _LARGEST_NAME
    return not is_measured and not is_counting


def is_list_number(text: str, quantity: QuantityMention) -> bool:
    """Whether the number opens a line as "1." or "2)" does."""
    start, end = quantity.number
    return text[end : end + 1] in (".", ")", "/") and bool(_LIST_NUMBER.search(text, max(0, start - 6), start))


def _is_word_trap(text: str, lower: str, quantity: QuantityMention, noun: NounPhrase | None) -> bool:
    start, end = quantity.number
    word = lower[start:end]
    if noun is None:
        return True
    if word == "năm" and _A_YEAR.search(lower, max(0, start - 8), start):
        return True  # "mỗi năm tổ chức 2 lớp", "năm 2018 là năm bản lề"
    if text[start].isupper() and start and text[start - 2 : start].strip(' "(') not in ("", ".", "-", ":", "•", "+"):
        before = text[max(0, start - 2) : start]
        if before[-1:] == " " and before[:1] not in ".:;-•+\n":
            return True  # "Bé Sáu", "Nguyễn Văn Hai": a name
    if word.endswith((" mười năm", " mươi năm")) or word == "mười năm":
        return noun.kind is None  # "mười năm toàn dân bảo vệ biên giới": ten years, no fifteen
    if word == "một":
        return not _counts_one(lower, start, noun)
    return " " not in word and noun.kind is None


def _counts_one(lower: str, start: int, noun: NounPhrase) -> bool:
    if _EACH_ONE.search(lower, max(0, start - 40), start):
        return True
    if noun.kind is None:
        return False
    if _ONE.search(lower, max(0, start - 24), start) or _ONE_BEFORE.fullmatch(lower, *noun.span):
        return True
    return _is_awarded(lower, start, noun) or bool(_AND_NUMBER.match(lower, noun.span.end))


def _is_awarded(lower: str, start: int, noun: NounPhrase) -> bool:
    # "có một dự án đạt giải ba": one thing delivered, not an article.
    if _WON.match(lower, noun.span.end):
        return True
    return lower.endswith("có ", 0, start) and _GAINED.match(lower, noun.span.end) is not None


def _is_year_like(text: str, quantity: QuantityMention) -> bool:
    return _YEARS.fullmatch(text, *quantity.number) is not None


def _is_limit(lower: str, quantity: QuantityMention) -> bool:
    start = quantity.span.start
    if _WHICH_DAYS.match(lower, quantity.span.end):
        return False
    if quantity.unit == "other:giờ" and _CLOCK.search(lower, max(0, start - 8), start):
        return False  # "gửi báo cáo trước 15 giờ hằng ngày"
    if quantity.unit == "other:giờ" and _EVERY.search(lower, max(0, start - 24), start):
        return True  # "đọc sách mỗi tuần ít nhất 2 giờ"
    if quantity.high == 1 and _AVERAGE.search(lower, max(0, start - 16), start):
        return False
    if quantity.qualifier == "up_to" or (quantity.per is not None and quantity.unit == "other:giờ"):
        return True
    if _ELAPSED.search(lower, max(0, start - 16), start):
        return False
    if _TERM_OF.search(lower, max(0, start - 64), start):
        return True
    if quantity.unit in ("other:năm", "other:tháng", "other:tuần"):
        return False
    if _OPENS_CLAUSE.search(lower, max(0, start - 8), start):
        # "Trong hai ngày, 4 và 5/8": the meeting's own length; "trong 10 ngày phải mở xong lớp" limits.
        return _DUTY.match(lower, quantity.span.end) is not None
    return _LIMIT.search(lower, max(0, start - 24), start) is not None and quantity.qualifier_word not in ("hơn", "gần")
