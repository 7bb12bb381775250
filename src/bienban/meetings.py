"""When a meeting was held, and the record of it.

A day without a year takes it from, in this order: the same phrase, the title, the period under review
(a review of 2020 held on "14/1" is in 2021), the day of publication or the page's own date line. The
record says which of them decided. Nothing decides: no day, precision "none".

Not here: the forms of dates (``dates.py``), the periods (``meeting_periods.py``), the host (``hosts.py``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bienban.clause_words import NOUN
from bienban.date_forms import PARTS_OF_DAY, WEEKDAYS, DateMention, find_dates
from bienban.date_lines import day_of, is_date_line, is_stamped
from bienban.events import Event, is_minor
from bienban.layout import Layout
from bienban.lexicon import alternation, form_of, load_lexicon, whole_words
from bienban.meeting_periods import CAMPAIGN, Periods, named_years
from bienban.periods import PeriodMention, find_periods
from bienban.records import DatePrecision, DateSpan, PartOfDay, Period, Span

_LEXICON = load_lexicon("meetings")
# "Nghị quyết số 35-NQ/TW ngày 22/10/2018": the day belongs to the document before it.
_DOCUMENT_DAY = re.compile(
    rf"(?<!\w)(?<!pháp )(?:{alternation(_LEXICON['document_days'].forms)})(?: số)?[^,;.]{{0,40}}\Z"
)
_ISSUED = re.compile(r"[ )]{1,2}của (?!tháng|năm)")  # "ngày 02/01/2023 của UBND tỉnh"
_PROGRAMMES = alternation(_LEXICON["document_days"].fields["programmes"])
_PROGRAMME = re.compile(rf"(?<!\w){_PROGRAMMES}(?!\w)[^.;]{{0,60}}năm (?P<year>20\d\d)(?!\d)[^.;]{{0,70}}\Z")
_OWN_DAYS = re.compile(rf"{NOUN.pattern}(?: (?:lần )?thứ \w+)?,? ?\(\Z")  # "kỳ họp thứ 28 (từ 8 đến 13/12)"
_TO_LAST = re.compile(r"\s?(?:và|,|-|đến|tới)(?: hết| cuối)?(?: buổi)?\s")
_HAPPENED = re.compile(rf"{NOUN.pattern}|(?<!\w)(?:diễn ra|được tổ chức)(?!\w)")
_CLOCK = re.compile(r"\d{1,2}(?::|h|g)\d{2}")
_NO_ORDINAL = r"(?<!họp )(?<!lần )(?<!nghị )(?<!hội )"  # "Kỳ họp thứ 7"
_LAST_WEEKDAY = re.compile(
    rf"(?:(?P<part>{alternation(PARTS_OF_DAY)}) )?(?<!\w){_NO_ORDINAL}(?P<weekday>{alternation(WEEKDAYS)})(?!\w)"
    rf"(?P<before> {alternation(_LEXICON['last_weeks'].forms)}(?!\w))?"
)
# "kỷ niệm 76 năm Ngày Thương binh - Liệt sĩ (27/7/1947 - 27/7/2023)": the first and the last of many years
_ANNIVERSARY = re.compile(r"\([^()]{0,12}(?:1\d|20)\d{2} ?(?:-|đến) ?[^()]{0,12}(?P<year>(?:19|20)\d{2})\)")
# 'hội thảo "Điểm lại pháp luật kinh doanh năm 2018" sáng 15-1': held near the end of the year looked back on
_LOOKED_BACK = re.compile(
    rf"(?<!\w){alternation(_LEXICON['reviewed_cues'].fields['looks_back'])} [^,.;:()\n]{{0,60}}?"
    r"năm (?P<year>20\d\d)(?![\d/-])"
)
_UP_TO = re.compile(whole_words(_LEXICON["told_until"].forms) + r"\s(?=\S)")
_DEADLINE = re.compile(rf"{whole_words(_LEXICON['told_until'].fields['not_after'])}[^.;]{{0,60}}\Z")
_BEFORE_CUE = 90
_MIDYEAR = (7, 1)  # of a feast only the year is told
_DATE_CHARS = 30
_SHORT_LINE = 60
_TAIL_LINES = 4  # behind the text a date line comes with the signature, before what the page adds
_OPENING = 2  # paragraphs after the lead that may still tell the day
_LATE = timedelta(days=7)  # a report is not written before the meeting; a week for slips
_LONG_AGO = timedelta(days=250)  # … nor so long after it, when the day of writing says otherwise


@dataclass(frozen=True, slots=True)
class HeldOn:
    """The first day of the meeting, or of the span that the text gives."""

    day: date | None
    precision: DatePrecision
    basis: str  # phrase | title | period | published_on | none
    part_of_day: PartOfDay | None = None
    last: date | None = None  # of several days


DaySaid = tuple[int, int, int | None]  # year, month, day


@dataclass(frozen=True, slots=True)
class Calendar:
    """What an article knows about its own time."""

    written_on: date | None  # day of publication, else the date line
    title_years: frozenset[int]
    periods: Periods
    told_of: date | None = None  # "tính đến hết tháng 9/2023": the last day that figures are told of
    said: frozenset[DaySaid] = frozenset()  # days that the text names with their year, and months of captions


def calendar(lower: str, layout: Layout, published_on: date | None, periods: Periods, title: str) -> Calendar:
    """Gather what decides a missing year."""
    written = published_on or date_line(lower, layout)
    return Calendar(written, named_years(title), periods, _told_of(lower, layout), frozenset(_said(lower, layout)))


def _said(lower: str, layout: Layout) -> Iterator[DaySaid]:
    """ "Quang cảnh phiên họp ngày 31/5/2019", "thường kỳ tháng 5-2019" under a picture: the year of that day."""
    for paragraph in layout.of_kind("title", "lead", "body", "caption"):
        for mention in find_dates(lower[slice(*paragraph.span)]):
            told = mention.date
            is_month = told.precision == "month" and paragraph.kind == "caption"
            if told.year and told.month and (told.precision == "day" or is_month):
                yield told.year, told.month, told.day if told.precision == "day" else None


# The day up to which figures are told, or the year of the anniversary that the meeting keeps.
def _told_of(lower: str, layout: Layout) -> date | None:
    for paragraph in layout.of_kind("title", "lead"):
        if review := _LOOKED_BACK.search(lower, *paragraph.span):
            return date(int(review["year"]), 12, 31)
    for paragraph in layout.of_kind("lead", "body"):
        if feast := _ANNIVERSARY.search(lower, *paragraph.span):
            return date(int(feast["year"]), *_MIDYEAR)
        for cue in _UP_TO.finditer(lower, *paragraph.span):
            if _DEADLINE.search(lower, max(paragraph.span.start, cue.start() - _BEFORE_CUE), cue.start()):
                continue
            until = next(find_dates(lower[cue.end() : cue.end() + _DATE_CHARS]), None)
            if until is not None and until.span.start == 0 and until.date.precision in ("day", "month"):
                return until.date.end
    return None


def date_line(lower: str, layout: Layout) -> date | None:
    """The day of the page itself, above the text or right behind it: "10:23 | 03/10/2025", "Mai Thắm - 15/10/2020"."""
    text = [at for at, paragraph in enumerate(layout.paragraphs) if paragraph.kind in ("lead", "body")]
    if not text:
        return None
    for paragraph in reversed(layout.paragraphs[: text[0]]):
        line = lower[paragraph.span.start : paragraph.span.end]
        is_short = len(line) < _SHORT_LINE or _CLOCK.search(line)
        if paragraph.kind in ("boilerplate", "byline") and is_short and (day := day_of(line)):
            return day
    for paragraph in layout.paragraphs[text[-1] + 1 :][:_TAIL_LINES]:
        line = lower[paragraph.span.start : paragraph.span.end]
        if paragraph.kind in ("boilerplate", "byline") and (is_date_line(line) or is_stamped(line)):
            return day_of(line)
    return None


def find_held_on(lower: str, layout: Layout, event: Event | None, events: list[Event], known: Calendar) -> HeldOn:
    """When the meeting that ``event`` names was held."""
    day = next(_days(lower, layout, event, events), None)
    if (day is None or (day.date.precision != "day" and day.deictic is None)) and (
        weekday := _weekday(lower, event, known)
    ):
        return weekday
    if day is None:
        return _coarse(known)
    if day.deictic is not None and known.written_on and day.date.precision == "none":
        return HeldOn(day.on(known.written_on), "day", "published_on", day.part_of_day)
    if day.date.start is not None:
        last = day.last.start if day.last else None
        return HeldOn(day.date.start, day.date.precision, "phrase", day.part_of_day, last)
    year, basis = _missing_year(day, known)
    resolved = day.resolve(year) if year else None
    if resolved is None or resolved[0].start is None:
        return HeldOn(None, "none", "none", day.part_of_day)
    return HeldOn(resolved[0].start, day.date.precision, basis, day.part_of_day, resolved[1].end)


def _days(lower: str, layout: Layout, event: Event | None, events: list[Event]) -> Iterator[DateMention]:
    """Mentions that may be the meeting's day, best first: in its clause, in the lead, soon after it."""
    coarse: list[DateMention] = []
    for span in dict.fromkeys(_telling(lower, layout, event, events)):
        phrase = lower[span[0] : span[1]]
        topic = event.topic - span[0] if event and span == event.sentence else len(phrase)
        ranges = [period for period in find_periods(phrase) if period.kind == "days"]
        # "sơ kết đợt cao điểm, từ ngày 15/11 đến 14/2": behind the topic a span of days is what it looks back on.
        # "Chiến dịch diễn ra từ ngày 1/6 đến 15/8": a campaign lasts, a meeting does not.
        looked_back = [
            p.span
            for p in ranges
            if (p.span.start > topic and not _OWN_DAYS.search(phrase, topic, p.span.start))
            or CAMPAIGN.search(phrase, 0, p.span.start)
        ]
        feasts = list(_ANNIVERSARY.finditer(phrase))
        years_apart = [match.span() for match in feasts]
        mentions = list(find_dates(phrase))
        followed = dict(zip((m.span for m in mentions), mentions[1:], strict=False))
        for mention in sorted(mentions, key=lambda mention: mention.span.start > topic):
            if any(start <= mention.span.start < end for start, end in (*looked_back, *years_apart)):
                continue
            if mention.is_lunar or not mention.is_marked or _is_of_document(phrase, mention):
                continue
            if mention.date.precision == "day" or mention.deictic is not None:
                programme = _PROGRAMME.search(phrase, 0, mention.span.start) or next(iter(feasts), None)
                yield _with_year_of(mention, ranges, programme, _last_day(phrase, mention, followed))
            elif mention.date.precision == "month" and mention.span.start < topic:
                coarse.append(mention)
    yield from coarse


def _telling(lower: str, layout: Layout, event: Event | None, events: list[Event]) -> Iterator[Span]:
    """The sentences that may say when it was, best first."""
    if event is not None:
        yield event.sentence
    told = [other for other in events if other.mode == "held" and not other.is_minor]
    yield from (other.sentence for other in told if other.part in ("lead", "title"))
    for paragraph in layout.of_kind("lead"):
        yield from paragraph.sentences
    opening = [p for p in layout.of_kind("body")[:_OPENING] if not p.is_side_event]
    yield from (other.sentence for other in told if any(p.span.start <= other.topic < p.span.end for p in opening))
    for paragraph in opening:
        for sentence in paragraph.sentences:
            if _HAPPENED.search(lower, *sentence) and not is_minor(lower, sentence):
                yield sentence


def _is_of_document(phrase: str, mention: DateMention) -> bool:
    if mention.part_of_day is not None or mention.deictic is not None:
        return False
    return (
        bool(_DOCUMENT_DAY.search(phrase[: mention.span.start])) or _ISSUED.match(phrase, mention.span.end) is not None
    )


def _last_day(phrase: str, mention: DateMention, followed: dict[Span, DateMention]) -> DateMention | None:
    """ "Từ sáng 6/11 đến hết buổi sáng 8/11/2023": the last of several days."""
    last = followed.get(mention.span)
    return last if last and _TO_LAST.fullmatch(phrase, mention.span.end, last.span.start) else None


def _with_year_of(
    mention: DateMention, ranges: list[PeriodMention], programme: re.Match[str] | None, last: DateMention | None
) -> DateMention:
    """ "Từ ngày 10/1 đến ngày 12/1/2023", "theo chương trình giám sát năm 2022, chiều 21/9": it has its year.

    So has "kỷ niệm 75 năm … (27/7/1947 - 27/7/2022), ngày 22/7".
    """
    around = next((p for p in ranges if p.span.start <= mention.span.start < p.span.end and p.year), None)
    year = around.year if around else int(programme["year"]) if programme else last.date.year if last else None
    resolved = mention.resolve(year) if year and mention.date.year is None else None
    return replace(mention, date=resolved[0]) if resolved else mention


def _weekday(lower: str, event: Event | None, known: Calendar) -> HeldOn | None:
    """ "Chiều thứ Sáu vừa qua": the last such day before the article was written."""
    if known.written_on is None or event is None:
        return None
    match = _LAST_WEEKDAY.search(lower, event.sentence.start, event.topic)
    if match is None:
        return None
    # WEEKDAYS counts as Python does, from Monday 0; written on that very day, the day itself is meant.
    back = (known.written_on.weekday() - WEEKDAYS[form_of(match["weekday"])]) % 7
    if match["before"] and back <= known.written_on.weekday():
        back += 7
    part = PARTS_OF_DAY.get(match["part"] or "")
    return HeldOn(known.written_on - timedelta(days=back), "day", "published_on", part)


def _coarse(known: Calendar) -> HeldOn:
    """No day: a year that the title gives to the meeting itself ("đối thoại với thanh niên năm 2023")."""
    if known.periods.reviewed is None and known.periods.planned is None and len(known.title_years) == 1:
        return HeldOn(date(next(iter(known.title_years)), 1, 1), "year", "title")
    return HeldOn(None, "none", "none")


def _missing_year(day: DateMention, known: Calendar) -> tuple[int | None, str]:
    if year := _said_elsewhere(day, known):
        return year, "phrase"
    border = _border(known)
    if border is not None and known.periods.is_told and not _is_reviewed_then(day, border, known.periods):
        border = None
    if border is not None:
        year, basis = _nearest(day, border), "title" if border[1].year in known.title_years else "period"
    elif len(known.title_years) == 1:
        year, basis = next(iter(known.title_years)), "title"
    else:
        year, basis = None, "none"
    if known.written_on and (year is None or not _could_be_told(day.resolve(year), known.written_on)):
        return _last_before(day, known.written_on), "published_on"
    if year is None and known.told_of:
        return _nearest(day, (False, known.told_of)), "phrase"
    if year is None and known.periods.year:
        return known.periods.year, "phrase"
    return year, basis


def _said_elsewhere(day: DateMention, known: Calendar) -> int | None:
    """The only year with which the text names the same day, or a caption the same month."""
    own = day.date.month, day.date.day
    years = {year for year, *said in known.said if tuple(said) == own} or {
        year for year, month, only in known.said if only is None and month == own[0]
    }
    return years.pop() if len(years) == 1 else None


def _is_reviewed_then(day: DateMention, border: tuple[bool, date], periods: Periods) -> bool:
    """Whether a period that only the body tells may have been under review on the day that it would give."""
    year = _nearest(day, border)
    resolved = day.resolve(year) if year else None
    return bool(resolved and resolved[0].start and periods.reviewed_days(resolved[0].start))


def _could_be_told(resolved: tuple[DateSpan, DateSpan] | None, written: date) -> bool:
    """Whether a report written on that day may tell of the day: neither of one to come nor of one long past."""
    day = resolved[0].start if resolved else None
    return day is not None and written - _LONG_AGO <= day <= written + _LATE


def _border(known: Calendar) -> tuple[bool, date] | None:
    """The day between review and plan, near which such a meeting is held; whether a term begins there."""
    reviewed, planned = known.periods.reviewed_days(None), known.periods.planned_days(None)
    is_term = bool(known.periods.planned and known.periods.planned.kind == "term")
    if is_term and planned:
        # A congress stands between two terms; a plan for a stage alone tells no year of its meeting.
        return (True, planned.start) if reviewed else None
    if reviewed:
        return False, reviewed.end
    return (False, planned.start) if planned else None


def _nearest(day: DateMention, border: tuple[bool, date]) -> int | None:
    is_term, at = border
    if is_term:
        return at.year
    distances: dict[int, int] = {}
    for year in (at.year - 1, at.year, at.year + 1):
        resolved = day.resolve(year)
        if resolved and resolved[0].start:
            distances[year] = abs((resolved[0].start - at).days)
    return min(distances, key=lambda year: distances[year], default=None)


def _last_before(day: DateMention, written: date) -> int | None:
    resolved = day.resolve(written.year)
    if resolved is None or resolved[0].start is None:
        return written.year
    return written.year if resolved[0].start <= written + _LATE else written.year - 1


def meeting_days(held: HeldOn) -> Period | None:
    """First and last day, for what is counted at the meeting itself; None unless the day is known."""
    if held.day is None or held.precision != "day":
        return None
    return Period(start=held.day, end=max(held.last or held.day, held.day))
