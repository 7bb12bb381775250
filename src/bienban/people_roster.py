"""The persons of one article while it is read: one entry per person, however often and however spelled.

Not here: when two spellings are one name (``people_names.py``); who is kept (``people.py``).
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from bienban.people_mentions import Mention
from bienban.people_names import has_double_letter, is_same_name, name_key
from bienban.people_roles import ACCUSED, CITED, STRENGTH, RoleFound


@dataclass(slots=True)
class Known:
    """One person. ``mention`` is the first one with positions, else the first one."""

    mention: Mention
    spellings: dict[str, int] = field(default_factory=dict)
    role: RoleFound | None = None
    is_announced: bool = False
    is_accused: bool = False

    def add(self, mention: Mention, role: RoleFound | None) -> None:
        """Take in a further mention: the strongest role stays, positions are those of the first full mention."""
        self.spellings[mention.name] = self.spellings.get(mention.name, 0) + 1
        self.is_announced |= mention.is_announced
        if mention.positions and not self.mention.positions:
            self.mention = mention
        if role:
            self.act(role)

    def act(self, role: RoleFound) -> None:
        """Take in a deed: the strongest role stays."""
        self.is_accused |= role.rule == ACCUSED
        if self.role is None or _strength(role) < _strength(self.role):
            self.role = role

    @property
    def name(self) -> str:
        """The spelling that is met most often; of equals one without a letter typed twice, then the first one."""
        return max(self.spellings, key=lambda name: (self.spellings[name], not has_double_letter(name)))


class Roster:
    """Finds the entry of a name in constant time: by its words, by all words but one, by its last words."""

    def __init__(self) -> None:
        self.people: list[Known] = []
        self._by_name: dict[tuple[str, ...], Known] = {}
        self._but_one: defaultdict[tuple[str, ...], list[Known]] = defaultdict(list)
        self._by_end: defaultdict[tuple[str, ...], list[Known]] = defaultdict(list)

    def add(self, mention: Mention, role: RoleFound | None) -> None:
        """Enter a mention; a short name without a position ("ông Sương") only speaks of a known person."""
        key = name_key(mention.name)
        one = self._by_name.get(key) or self._misspelled(key, mention.name)
        if one is None and not mention.positions and len(short_for := self._by_end.get(key, [])) == 1:
            one = short_for[0]
        if one is None and (len(key) > 1 or "'" in mention.name):
            one = Known(mention)
            self._enter(one, key)
        if one is not None:
            if mention.name.count(" ") < one.mention.name.count(" "):
                mention = replace(mention, name=one.mention.name)  # "ông Sương" is no spelling of his name
            one.add(mention, role)
            self._by_name.setdefault(key, one)

    def holder_of(self, office: str) -> Known | None:
        """The only person with the position ``office`` (lower case), alone or with its unit; else None."""
        if len(self.people) > _MOST_HOLDERS:
            return None
        holders = [one for one in self.people if any(_is_office(held, office) for held in one.mention.positions)]
        return holders[0] if len(holders) == 1 else None

    def _misspelled(self, key: tuple[str, ...], name: str) -> Known | None:
        near = (one for masked in _but_one(key) for one in self._but_one.get(masked, ()))
        return next((one for one in near if is_same_name(one.mention.name, name)), None)

    def _enter(self, one: Known, key: tuple[str, ...]) -> None:
        self.people.append(one)
        for masked in _but_one(key):
            if len(self._but_one[masked]) < _MOST_NAMESAKES:
                self._but_one[masked].append(one)
        for start in range(1, len(key)):
            self._by_end[key[start:]].append(one)


# An article names a handful of people alike but for one word; a list of thousands is no report.
_MOST_NAMESAKES = 20
_MOST_HOLDERS = 200


def _but_one(key: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [(*key[:at], "", *key[at + 1 :]) for at in range(len(key))]


def _is_office(held: str, office: str) -> bool:
    """ "Bí thư Huyện ủy Đức Trọng" is "Bí thư Huyện ủy"."""
    known = held.casefold()
    return known == office or known.startswith(f"{office} ")


def _strength(role: RoleFound) -> int:
    return len(STRENGTH) if role.rule in (CITED, ACCUSED) else STRENGTH.index(role.role)
