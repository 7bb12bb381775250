"""The records of bienban: frozen values, no parsing.

Shapes follow the extraction contract: offsets are half-open code points of ``Article.text`` as it
was handed in, and every record's ``quote`` equals ``text[span.start:span.end]``.

Not here: how a record is found (one finder per record type), how it is stored (``bienban.io``).
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from bienban.text import NormalText, normalise

DatePrecision = Literal[
    "day", "week", "month", "quarter", "half", "year", "none"
]  # week: of a phrase, never of a meeting
PartOfDay = Literal["morning", "afternoon", "evening"]
Qualifier = Literal["exact", "over", "under", "about", "range", "up_to"]
FigureStatus = Literal["result", "target"]
Disagreement = Literal["share", "sum"]
Role = Literal["chair", "concluded", "presenter", "speaker", "attended"]
FieldState = Literal["found", "absent", "not_looked"]
UnitLevel = Literal["central", "province", "district", "commune", "organisation"]


class Span(NamedTuple):
    """Half-open code point offsets [start, end)."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article as handed in. ``text`` is never changed; ``normal`` is its matching form."""

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    published_on: date | None = None

    @cached_property
    def normal(self) -> NormalText:
        """The normal form of the text with its offset map (computed once)."""
        return normalise(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Inclusive days."""

    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan:
    """A day, month, quarter, half or year as the text names it; unknown parts are None."""

    year: int | None
    month: int | None
    day: int | None
    start: date | None  # first day, None while the year is unknown
    end: date | None
    precision: DatePrecision


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with what qualifies it, in canonical units (2,4 triệu -> 2400000)."""

    low: Decimal
    high: Decimal
    qualifier: Qualifier
    unit: str | None  # a key of lexicon/units.yml, or "other:<text>"; None: no unit word


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One version of an administrative unit, valid from ``valid_from`` to ``valid_to`` (inclusive)."""

    unit_id: str  # durable across versions
    code: str | None  # official code of this version's period
    name: str  # without its kind
    kind: str  # "huyện", "phường" …
    level: UnitLevel
    parent: str | None  # unit_id of the parent in this version
    province: str | None  # name of the province, itself for a province
    valid_from: date | None  # None: before the register knows
    valid_to: date | None  # None: stands today


class UnitMatch(NamedTuple):
    """A place in a text that names a unit. Candidates of one span are listed best first."""

    unit: Unit
    span: Span
    score: float  # 0..1
    method: str  # "full_name", "with_kind", "bare_name", "alias", "former_name" …


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What every record carries: where it stands and which rule found it."""

    span: Span
    quote: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Found):
    """A person in a public office, as this article names them."""

    name: str  # modern tone placement, no honorific, no rank
    role: Role
    positions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Found):
    """A cited document that carries a number."""

    kind: str
    number: str  # no spaces, plain hyphens
    issuer: str | None = None
    dated: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Found):
    """One number exactly as one article states it. Never corrected, never merged."""

    low: Decimal  # in `unit`; Decimal because budgets must add up
    high: Decimal
    qualifier: Qualifier
    counted: str
    unit: str
    status: FigureStatus
    of: Decimal | None = None
    per: str | None = None
    period: Period | None = None
    metric: str | None = None  # a code of lexicon/metrics.yml
    is_cumulative: bool = False
    disagreement: Disagreement | None = None  # with the figures beside it; nothing is corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class HostUnit:
    """The unit of the body that holds the meeting, named as on its day."""

    level: UnitLevel
    kind: str | None
    name: str | None
    province: str | None
    unit_id: str | None = None  # of the register, when it decides
    code: str | None = None
    place_id: str | None = None  # of an organisation: the smallest unit of the register that the text puts it in


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The organising body with its unit."""

    name: str
    body: str
    unit: HostUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Found):
    """The meeting that the article reports."""

    headline: str | None  # the article's title in modern spelling, on one line
    session_types: tuple[str, ...]
    held_on: date | None
    date_precision: DatePrecision
    held_on_basis: str  # phrase | title | period | published_on | none
    part_of_day: PartOfDay | None
    reviewed_period: Period | None
    planned_period: Period | None
    host: Host


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline(Found):
    """Who signed the article."""

    authors: tuple[str, ...] = ()
    agency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything one article yields."""

    article_id: str
    is_meeting_report: bool
    confidence: float
    meeting: Meeting | None = None
    people: tuple[Person, ...] = ()  # chairs first, then in reading order
    documents: tuple[Document, ...] = ()
    figures: tuple[Figure, ...] = ()
    byline: Byline | None = None
    fields: dict[str, FieldState] = field(default_factory=dict)
