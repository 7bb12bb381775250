"""What a meeting was called for: review, briefing, congress …, the main purpose first.

Read from the title and from the clause of the lead that names the meeting; an article that has
neither is typed by the periods it reports on.

Not here: the words of each type (``lexicon/sessions.yml``), the periods (``meetings.py``).
"""

import re
from dataclasses import dataclass

from bienban.clause_words import NOUN
from bienban.events import Event
from bienban.lexicon import Entry, alternation, load_lexicon, lowered
from bienban.periods import find_periods
from bienban.records import Period, Span

_LEXICON = load_lexicon("sessions")
_HEAD_REACH = 60  # code points from the start of the noun phrase: "hội nghị trực tuyến toàn quốc giao ban"
_CLAUSE_ENDS = re.compile(r"\.\s|\n|(?<!\w)(?:do )?(?:đồng chí|đ/c|ông|bà) [^,;]{3,40}, ")
_TITLE_AFTER = 10_000  # the lead says more of the purpose than a headline: its cues come first


@dataclass(frozen=True, slots=True)
class _Cue:
    key: str
    pattern: re.Pattern[str]
    is_head: bool
    opens_titles: bool  # in a title only as its first words: "kiểm tra" is a meeting's purpose or anybody's
    rank: int


def _cue(key: str, entry: Entry) -> _Cue:
    # The words before and after that would make it something else, each of its own length.
    after = "".join(rf"(?<!{re.escape(word)} )" for word in entry.fields.get("not_after", []))
    before = entry.fields.get("not_before")
    not_before = rf"(?! {alternation(before)})" if before else ""
    pattern = re.compile(rf"(?<!\w){after}{alternation(entry.forms)}(?!\w){not_before}")
    is_head, opens_titles = entry.fields["reach"] == "head", bool(entry.fields.get("opens_titles"))
    return _Cue(key, pattern, is_head, opens_titles, int(entry.fields["rank"]))


_CUES = [_cue(key, entry) for key, entry in _LEXICON.items() if "reach" in entry.fields]
_ASSESSMENT = re.compile(rf"(?<!\w)(?<!kết quả ){alternation(_LEXICON['assessment'].forms)}(?!\w)")
_INSPECTORS = tuple(_LEXICON["inspection"].fields["hosts"])
_MOST_OF_A_HALF = 4  # "9 tháng đầu năm": months from the fifth on make a mid-term review
_COUNCILS = tuple(_LEXICON["council_session"].fields["hosts"])
_SITTING = tuple(load_lexicon("meetings")["work_verbs"].forms)
_AT_WORK = "làm việc tại hội trường"
_STANDING = tuple(_LEXICON["committee_meeting"].fields["hosts"])
_COMMITTEE_RANK = int(_LEXICON["committee_meeting"].fields["rank"])
_WITH_OTHERS = re.compile(
    r"(?:có )?(?:cuộc |buổi )?họp với "
)  # "họp với các sở, ngành để tìm giải pháp": no regular session
_ON_A_TOPIC = re.compile(
    rf"hội nghị (?:{alternation(_LEXICON['thematic'].fields['scopes'])} )*về |với chủ đề|mang chủ đề"
)
_VISITS = frozenset({"inspection", "working_session"})
_ALONE = frozenset({"congress", "council_session"})
_CLAUSE_CHARS = 400  # of a clause that names the meeting again; a sentence without an end has many


def session_types(
    lower: str,
    event: Event | None,
    title: str,
    periods: tuple[Period | None, Period | None] = (None, None),
    opening: tuple[Span, ...] = (),
) -> tuple[str, ...]:
    """The types of the meeting that ``event`` names, main one first, never empty.

    ``lower`` is the article's normal text in lower case, ``title`` its title in lower case ("" when
    it has none). ``periods``, reviewed and planned, decide when neither title nor lead says a type.
    ``opening``: the sentences that name the meeting again when ``event`` calls it by its noun alone.
    """
    clause = _clause(lower, event) if event else ""
    found = _found(clause)
    for key, (rank, at) in _found(title, is_title=True).items():
        if (key not in _ALONE and key != "inspection") or not found:
            found.setdefault(key, (rank, at + _TITLE_AFTER))
    if event and _is_inspection(lower, event):
        found["inspection"] = (1, 0)
    if found.keys() & _VISITS and "nhiệm vụ" in clause:
        found.pop("launch", None)  # "làm việc với … về tình hình năm 2023, nhiệm vụ năm 2024": what the talk was about
    _assessed(clause, found)
    found = found or _named_again(lower, opening)
    _by_host(lower, event, found)
    if not found and _ON_A_TOPIC.search(clause):
        return ("thematic",)
    if not found:
        return _from_periods(*periods) if not title else ("other",)
    ordered = sorted(found, key=lambda key: found[key])
    return (ordered[0],) if ordered[0] in _ALONE else tuple(ordered)


def _clause(lower: str, event: Event) -> str:
    end = _CLAUSE_ENDS.search(lower, event.topic, event.sentence.end)
    return lower[event.topic : end.start() if end else event.sentence.end]


def _named_again(lower: str, opening: tuple[Span, ...]) -> dict[str, tuple[int, int]]:
    """ "Hội nghị do Ban Tuyên giáo tổ chức" after "tại hội nghị giao ban công tác xuất bản"."""
    for sentence in opening:
        for noun in NOUN.finditer(lower, *sentence):
            limit = min(sentence.end, noun.start() + _CLAUSE_CHARS)
            end = _CLAUSE_ENDS.search(lower, noun.start(), limit)
            if found := _found(lower[noun.start() : end.start() if end else limit]):
                return found
    return {}


def _found(phrase: str, *, is_title: bool = False) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for cue in _CUES:
        if is_title and cue.opens_titles and not cue.pattern.match(phrase[phrase.find(":") + 1 :].lstrip()):
            continue
        match = cue.pattern.search(phrase, 0, min(len(phrase), _HEAD_REACH) if cue.is_head else len(phrase))
        if match:
            found[cue.key] = (cue.rank, match.start())
    return found


def _is_inspection(lower: str, event: Event) -> bool:
    """ "Đoàn giám sát Ban Kinh tế - Ngân sách HĐND tỉnh làm việc với …": the visitors say why they came."""
    if event.host is None:
        return False
    around = lower[max(event.sentence.start, event.host.start - 45) : event.host.start + 20]
    return any(form in around for form in _INSPECTORS)


def _by_host(lower: str, event: Event | None, found: dict[str, tuple[int, int]]) -> None:
    """Only councils hold council sessions; a standing body that just meets holds its regular meeting."""
    if event is None or event.host is None:
        return
    body = lowered(event.host.body)
    # "Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh chủ tọa kỳ họp": the posts of a chair name several bodies.
    told = lower[slice(*event.sentence)] if event.shape == "office_chaired" else body
    is_council = any(form in told for form in _COUNCILS) and " - " not in told  # "Tỉnh ủy - HĐND - UBND"
    if "council_session" in found and not is_council:
        found.setdefault("committee_meeting", (_COMMITTEE_RANK, found.pop("council_session")[1]))
    if "committee_meeting" in found and body == "quốc hội":
        found["council_session"] = (0, found.pop("committee_meeting")[1])  # "phiên họp tổ Quốc hội"
    if "working_session" in found and lower.startswith("phiên", event.topic):
        # "phiên làm việc của Ủy ban Thường vụ Quốc hội": it sits, nobody is visited.
        sits = "council_session" if is_council and not body.startswith(_STANDING) else "committee_meeting"
        found[sits] = found.pop("working_session")
    if body.startswith(_COUNCILS) and lower.startswith(_SITTING, event.topic):
        found["council_session"] = (0, 0)  # "Chiều 16/6, Quốc hội cho ý kiến vào dự thảo luật"
    if found:
        return
    if is_council and (event.shape in ("subject_worked", "subject_met") or lower.startswith("phiên", event.topic)):
        found["council_session"] = (0, 0)
    elif _just_met(lower, event) and any(form in body for form in _STANDING):
        found["committee_meeting"] = (_COMMITTEE_RANK, 0)


def _just_met(lower: str, event: Event) -> bool:
    called = lower[event.topic : event.topic + 10]
    return ("họp" in called and _WITH_OTHERS.match(lower, event.topic) is None) or lower.startswith(
        _AT_WORK, event.topic
    )


def _assessed(clause: str, found: dict[str, tuple[int, int]]) -> None:
    """ "Đánh giá kết quả 6 tháng đầu năm" is a review, unless a committee or council does so in session."""
    ranks = {rank for rank, _ in found.values()}
    match = _ASSESSMENT.search(clause)
    if not match or ranks & {0, 1}:
        return
    period = next(find_periods(clause[match.end() : match.end() + 250]), None)
    if period is None or ("committee_meeting" in found and period.kind != "year"):
        return
    is_most_of_half = period.kind == "months" and period.last[0] - period.first[0] >= _MOST_OF_A_HALF
    if period.kind in ("half", "semester") or is_most_of_half:
        found["mid_term_review"] = (1, match.start())
    elif period.kind in ("year", "school_year", "relative_year"):
        found["year_end_review"] = (1, match.start())
    elif period.kind in ("quarter", "month"):
        found["briefing"] = (1, match.start())


def _from_periods(reviewed: Period | None, planned: Period | None) -> tuple[str, ...]:
    if reviewed is None:
        return ("launch",) if planned else ("other",)
    months = (reviewed.end.year - reviewed.start.year) * 12 + reviewed.end.month - reviewed.start.month + 1
    review = "year_end_review" if months >= 11 else "mid_term_review" if months >= 5 else "briefing"
    return (review, "launch") if planned else (review,)
