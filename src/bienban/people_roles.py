"""What the persons of one group do, read from the words before and after them.

"Kết luận hội nghị, đồng chí … đề nghị" concludes; "… dự và phát biểu chỉ đạo" speaks. The strongest wins:
chair, concluded, presenter, speaker, attended.

Not here: the cues (``lexicon/roles.yml``); which persons stand together (``people_mentions.py``).
"""

import re
from dataclasses import dataclass

from bienban.lexicon import alternation, form_of, load_lexicon, whole_words
from bienban.records import Role

_LEXICON = load_lexicon("roles")
CITED = "people.attended.cited"  # the rule of a person who is spoken of and not said to be there
ACCUSED = "people.attended.accused"  # the rule of a person who is punished or accused: no guest, whatever he said
STRENGTH: tuple[Role, ...] = ("chair", "concluded", "presenter", "speaker", "attended")

_SAYS = {role: frozenset(_LEXICON[role].forms) for role in STRENGTH}
_ROLE_OF_SAYING: dict[str, Role] = {form: role for role in reversed(STRENGTH) for form in _SAYS[role]}
_ROLE_OF_OPENING: dict[str, Role] = {
    form: role for role in reversed(STRENGTH) for form in _LEXICON[role].fields["opens"]
}
# What may stand between a person and the verb: "đã", "thay mặt Ban Thường vụ", a bracket.
# "Bà Chướng A Múi ở xã Thanh Sơn cho biết", "Chị Thào Thị Sua, cô đỡ bản Háng Gàng, xã Lao Chải, kể"
_AT_HOME = (
    r"(?:\s(?:ở|ngụ|trú tại|trú|quê)\s[^,.;:\n]{2,50}?"
    rf"|(?:,\s\d{{1,3}} tuổi)?(?:,\s{alternation(_LEXICON['walks_of_life'].forms)}\s[^,.;:\n]{{1,60}}?)"
    r"(?:,\s[^,.;:\n]{1,60}?){0,2})?"
)
_FILLER = (
    rf"{_AT_HOME}[\s,)-]{{0,4}}"
    r"(?:(?:sáng|chiều|tối|ngày|hôm)(?: nay| qua)?(?:,? ?\(?[\d/.-]{3,10}\)?)?,?\s)?"
    r"(?:(?:thì|lại|rất|đã|sẽ|cũng|trực tiếp|lần lượt|thay nhau|chia nhau|luân phiên|"
    r"vừa|đồng thời|tiếp tục(?! giữ)|ân cần|trân trọng|nhiệt liệt|cùng|"
    r"(?:thay mặt|đại diện|thừa ủy quyền|được sự ủy quyền của|được ủy quyền)[^.;:\n]{0,70}?)\s{1,2},?\s?){0,3}"
)
_SAYING = re.compile(rf"{_FILLER}(?P<cue>{alternation(_ROLE_OF_SAYING)})(?!\w)")
_SPOKEN_OF = re.compile(rf"[\s,)-]{{0,4}}(?:đã\s)?{alternation(_LEXICON['spoken_of'].forms)}(?!\w)")
_THEN = re.compile(
    rf"[^.;:\n]{{0,40}}?(?:,|\svà|\skhi)\s{{1,2}}(?P<cue>{alternation(_LEXICON['attended'].fields['then'])})(?!\w)"
)
# Past an apposition that is no position the lexicon knows: ", Cụm trưởng Cụm thi đua chủ trì".
_LATER = rf"[^.;:\n]{{2,90}}?[\s)]{{1,2}}(?P<cue>{alternation(_LEXICON['apposed'].forms)})(?!\w)"
_APPOSED = re.compile(rf"\s{{0,2}}[,(-]\s{{0,2}}{_LATER}")
_PAST_TASK = re.compile(_LATER)
_TASK = re.compile(rf"[\s,]{{1,2}}{alternation(_LEXICON['chair'].fields['tasks'])}(?!\w)")
_AS_NOUN = re.compile(rf"(?<!\w){alternation(_LEXICON['chair'].fields['as_noun'])}\s{{1,2}}\Z")
_ASSIGNED = re.compile(rf"(?<!\w){alternation(_LEXICON['assigned'].forms)}\s{{1,2}}\Z")
_WITH_OBJECT = frozenset(_LEXICON["presenter"].fields["with_object"])
_OBJECT = re.compile(rf"[^.;:\n]{{0,30}}?{whole_words(_LEXICON['presenter'].fields['objects'])}")
_CLAUSE = r"(?:[,;:(-]\s{0,2}|\.\s|\bthì\s)[\s\"'*•+-]{0,4}(?:\bvà\s)?"
_OPENING = re.compile(rf"(?:\A[\s\"'*•+-]{{0,6}}|{_CLAUSE})(?P<cue>{alternation(_ROLE_OF_OPENING)})(?!\w)")
_ROLE_OF_DEED = {form: role for role in STRENGTH for form, value in _LEXICON["deeds"].forms.items() if value == role}
_BY = re.compile(rf"(?<!\w)(?P<cue>{alternation(_ROLE_OF_DEED)})(?!\w)[^.;:,\n]{{0,50}}\scủa\s{{1,2}}\Z")
_IS = re.compile(rf"{alternation(_LEXICON['attended'].forms)}(?!\w)[^.;:\n]{{0,50}}\slà\s{{1,2}}\Z")
_PUNISHED = re.compile(rf"(?<!\w){alternation(_LEXICON['punished'].forms)}(?: (?:đối với|với|của|cho))?\s{{1,2}}\Z")
_TO_PRESS = re.compile(rf"(?<!\w){alternation(_LEXICON['to_the_press'].forms)}[^.;:\n]{{0,40}}, \Z")
_BEFORE = 260  # characters before a group in which a clause may open


@dataclass(frozen=True, slots=True)
class RoleFound:
    """A role and the kind of evidence for it."""

    role: Role
    rule: str
    confidence: float


def role_after(lower: str, at: int, end: int) -> RoleFound | None:
    """What the words after a group (and its positions) say."""
    if _SPOKEN_OF.match(lower, at, end):
        return RoleFound("attended", CITED, 0.1)
    said = _SAYING.match(lower, at, end) or _APPOSED.match(lower, at, end)
    if said is None:
        return None
    if form_of(said["cue"]) in _SAYS["chair"] and (
        _TASK.match(lower, said.end(), end) or _AS_NOUN.search(lower, at, said.start("cue"))
    ):
        said = _PAST_TASK.match(lower, said.end(), end)
        if said is None:
            return None
    role = _ROLE_OF_SAYING[form_of(said["cue"])]
    if form_of(said["cue"]) in _WITH_OBJECT and not _OBJECT.match(lower, said.end(), end):
        role = "speaker"  # "giới thiệu mô hình" tells of one's work, "giới thiệu Quy định" teaches it
    if role in ("attended", "speaker") and (then := _THEN.match(lower, said.end(), end)):
        role = strongest(role, _ROLE_OF_SAYING[form_of(then["cue"])])
    return RoleFound(role, f"people.{role}.says", 0.95)


def cited_before(lower: str, start: int, at: int) -> RoleFound | None:
    """ "… thi hành kỷ luật đối với ông A", "trao đổi với phóng viên, bà B": nobody says that they were there."""
    begin = max(start, at - 70)
    if _PUNISHED.search(lower, begin, at):
        return RoleFound("attended", ACCUSED, 0.1)
    return RoleFound("attended", CITED, 0.1) if _TO_PRESS.search(lower, begin, at) else None


def is_assigned(lower: str, start: int, at: int) -> bool:
    """Whether the group at ``at`` is only charged with a task ("… giao đồng chí Phó Chủ tịch chủ trì")."""
    return _ASSIGNED.search(lower, max(start, at - 20), at) is not None


def role_before(lower: str, start: int, at: int, *, is_first: bool) -> RoleFound | None:
    """What the clauses before a group say ("Dự và chủ trì hội nghị có …").

    Before a later group of a sentence the words up to the next clause still speak of the group before it.
    """
    found: Role | None = None
    window = lower[max(start, at - _BEFORE) : at]
    for opening in _OPENING.finditer(window):
        if opening.start() == 0 and not is_first:
            continue
        role = _ROLE_OF_OPENING[form_of(opening["cue"])]
        found = role if found is None else strongest(found, role)
    if by := _BY.search(window[-90:]):
        found = strongest(found or "attended", _ROLE_OF_DEED[form_of(by["cue"])])
    if found is None and _IS.search(window[-70:]):
        found = "attended"  # "Hội viên cao tuổi nhất dự Đại hội là bà …"
    return RoleFound(found, f"people.{found}.opens", 0.9) if found else None


def strongest(one: Role, other: Role) -> Role:
    """The stronger of two roles."""
    return min(one, other, key=STRENGTH.index)
