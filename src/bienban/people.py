"""Persons that an article names with what they do: chairs, concluders, presenters, speakers, guests.

Captions are read (a picture's line often names the speaker), bylines and boilerplate are not. One person
in two spellings is one record; its positions are those of the first full mention.

Not here: names (``people_names.py``), positions (``people_positions.py``), roles (``people_roles.py``).
"""

import re

from bienban.layout import Layout, Paragraph
from bienban.lexicon import load_lexicon, lowered, whole_words
from bienban.people_mentions import Mention, find_mentions, groups
from bienban.people_roles import CITED, RoleFound, cited_before, is_assigned, role_after, role_before, strongest
from bienban.people_roster import Known, Roster
from bienban.people_titles import read_titles
from bienban.records import Article, Person, Role, Span

_MEETING = re.compile(whole_words(load_lexicon("people")["meeting_words"].forms))
# "theo chỉ đạo của Tổng Bí thư …": the person is spoken of, nothing says that he was there.
_CITED = re.compile(r"(?<!\w)(?:của|theo|về|với|cho|tới|gửi|mời|từ|bởi|thăm|gặp|nhớ)\s{1,2}\Z")
_ACCORDING = re.compile(r"(?:^|[.\n;,:\"] ?|còn |cũng |và )theo\s{1,2}\Z")
_GOES_ON = re.compile(
    r"\s{0,2}[,:]\s(?P<time>(?:trong |qua |sau )?(?:\d{1,2} tháng|năm |quý |nhiệm kỳ|đến nay|tính đến|từ đầu))?"
)
_WHO_LED = re.compile(
    r"[\s,]{1,3}(?:cũng )?(?:là )?người (?:chủ trì|điều hành|điều khiển|chủ tọa|cầm trịch|cầm nhịp)(?!\w)"
)
_UNKNOWN_ACT = re.compile(r"[\s,)\"]{0,3}[a-zà-ỹđ]{2,}")
# "… và Thủ tướng Lê Văn Tám tại cuộc họp - Ảnh: …": no act, but the place
_THERE = re.compile(r"[\s,)\"]{0,3}(?:(?:tại|trong|ở|trên)(?!\w)|và đại diện|và các)")

_OPENING_PARTS = 4  # title, lead and the paragraphs in which a paper says what was held


def find_people(article: Article, layout: Layout) -> list[Person]:
    """The persons of the article, chairs first, then in the order of their first full mention.

    Who has neither a position nor a part in a meeting (a witness, an accused, a player) is left out.
    Spans are of ``article.text`` and cover the name with its positions.
    """
    text = article.normal.text
    lower = lowered(text)
    roster = Roster()
    for paragraph in layout.paragraphs:
        if paragraph.kind in ("lead", "body", "caption") and not paragraph.is_side_event:
            _read_paragraph(text, lower, paragraph, roster)
    for paragraph in layout.of_kind("lead", "body") if roster.people else ():
        if not paragraph.is_side_event:
            read_titles(text, lower, paragraph, roster)
    kept = [one for one in roster.people if _is_kept(one)]
    if any(not one.mention.positions for one in kept) and not _is_of_a_meeting(lower, layout):
        kept = [one for one in kept if one.mention.positions]
    people = [_person(article, one) for one in kept]
    return sorted(people, key=lambda person: (person.role != "chair", person.span))


def _read_paragraph(text: str, lower: str, paragraph: Paragraph, roster: Roster) -> None:
    for sentence in paragraph.sentences:
        mentions = find_mentions(text, lower, sentence)
        reached = sentence.start
        inherited: RoleFound | None = None
        seen = 0
        for group in groups(text, mentions):
            seen += len(group)
            following = mentions[seen].start if seen < len(mentions) else sentence.end
            role = _role(lower, reached, group, following, inherited, is_first=reached == sentence.start)
            only_last = len(group) > 1 and _WHO_LED.match(lower, group[-1].end, following)
            for mention in group:
                own = mention is group[-1] or not only_last
                roster.add(
                    mention, role if own else _present(lower, reached, group, is_first=reached == sentence.start)
                )
            inherited = role if role and role.rule.endswith((".opens", ".inherited")) else None
            reached = group[-1].end


def _role(
    lower: str, start: int, group: list[Mention], end: int, inherited: RoleFound | None, *, is_first: bool
) -> RoleFound | None:
    if is_assigned(lower, start, group[0].start):
        return RoleFound("attended", CITED, 0.1)
    if cited := cited_before(lower, start, group[0].start):
        return cited
    if _WHO_LED.match(lower, group[-1].end, end):
        return RoleFound("chair", "people.chair.says", 0.9)
    after = role_after(lower, group[-1].end, end)
    before = role_before(lower, start, group[0].start, is_first=is_first)
    if after and before:
        role = strongest(after.role, before.role)
        return after if after.role == role else before
    if after or before:
        return after or before
    if according := _according(lower, group, end):
        return according
    if inherited:
        return RoleFound(inherited.role, f"people.{inherited.role}.inherited", 0.7)
    if _CITED.search(lower, max(start, group[0].start - 12), group[0].start):
        return RoleFound("attended", CITED, 0.1)
    if group[-1].positions and _THERE.match(lower, group[-1].end, end):
        return RoleFound("attended", "people.attended.named", 0.4)
    if group[-1].positions and _UNKNOWN_ACT.match(lower, group[-1].end, end):
        return RoleFound("speaker", "people.speaker.unknown_act", 0.5)
    return None


def _present(lower: str, start: int, group: list[Mention], *, is_first: bool) -> RoleFound:
    """The role of those beside one who led: "Tham dự có các vị: A; B, Phó Bí thư, người điều hành hội nghị"."""
    before = role_before(lower, start, group[0].start, is_first=is_first)
    return before or RoleFound("attended", "people.attended.named", 0.4)


def _according(lower: str, group: list[Mention], end: int) -> RoleFound | None:
    """ "Theo TS. Ngô Thị Kim Xoàn, Phó Hiệu trưởng, …": what follows are his words; results of a time are a report."""
    if not _ACCORDING.search(lower, max(0, group[0].start - 14), group[0].start):
        return None
    goes_on = _GOES_ON.match(lower, group[-1].end, end)
    if goes_on is None:
        return None
    role: Role = "presenter" if goes_on["time"] else "speaker"
    return RoleFound(role, f"people.{role}.according", 0.8)


def _is_kept(one: Known) -> bool:
    if one.is_accused or (one.role and one.role.rule == CITED):
        return False
    if one.mention.positions:
        return one.role is not None or one.is_announced
    return one.is_announced and one.role is not None


def _is_of_a_meeting(lower: str, layout: Layout) -> bool:
    opening = layout.of_kind("title", "lead", "body")[:_OPENING_PARTS]
    return any(_MEETING.search(lower, *part.span) for part in opening)


def _person(article: Article, one: Known) -> Person:
    mention = one.mention
    role = one.role or RoleFound("attended", "people.attended.named", 0.4)
    start = min(mention.name_span.start, mention.end)
    given = Span(*article.normal.original_span((start, mention.end)))
    return Person(
        span=given,
        quote=article.text[given.start : given.end],
        rule=role.rule,
        confidence=role.confidence,
        name=one.name,
        role=role.role,
        positions=mention.positions,
    )
