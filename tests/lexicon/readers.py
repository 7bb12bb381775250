"""How the examples of each lexicon are read back: lexicon name -> checks.

A reader gets one text and what the lexicon says of it and fails when the package reads it otherwise.
Lexicons without a reader of their own are checked for form: an example must hold a form of its entry.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from bienban.dates import find_dates, find_periods, parse_date, parse_period
from bienban.figures import FigureContext, find_figures
from bienban.layout import Layout, Paragraph, PartKind
from bienban.lexicon import Entry
from bienban.numerals import parse_number
from bienban.quantities import find_quantities, parse_quantity
from bienban.records import Article, Figure, Period, Span

REFERENCE = date(2017, 2, 2)
CONTEXT = FigureContext(
    held_on=Period(start=date(2018, 1, 20), end=date(2018, 1, 20)),
    reviewed=Period(start=date(2017, 1, 1), end=date(2017, 12, 31)),
    planned=Period(start=date(2018, 1, 1), end=date(2018, 12, 31)),
)
Reader = Callable[[Entry, str, str], None]


def figures_of(text: str, context: FigureContext = CONTEXT, kind: PartKind = "body") -> list[Figure]:
    """The figures of one sentence, read as a paragraph of the body."""
    article = Article(id="example", text=text)
    span = Span(0, len(article.normal.text))
    layout = Layout(paragraphs=(Paragraph(span=span, kind=kind, text=article.normal.text),))
    return list(find_figures(article, layout, context))


def same(text: str) -> str:
    return " ".join(text.lower().split())


def numerals(entry: Entry, text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


def not_numerals(entry: Entry, text: str, value: str) -> None:
    assert parse_number(text) is None


def dates(entry: Entry, text: str, value: str) -> None:
    mentions = list(find_dates(text))
    assert mentions
    mention = mentions[0]
    if entry.key in ("parts_of_day", "near_weekdays"):
        assert mention.part_of_day == value
    elif entry.key == "weekdays":
        assert mention.weekday == int(value)
    elif entry.key in ("deictics", "deictic_tails"):
        assert mention.deictic == int(value)
    elif entry.key == "month_names":
        assert mention.date.month == int(value)
    elif entry.key in ("lunar", "lunar_months"):
        assert mention.is_lunar
        assert mention.date.start is None
    else:
        assert mention.is_marked


def not_dates(entry: Entry, text: str, value: str) -> None:
    assert not [mention for mention in find_dates(text) if mention.is_marked]


def periods(entry: Entry, text: str, value: str) -> None:
    if entry.key == "relative_years":
        assert [mention.year_offset for mention in find_periods(text)] == [int(value)]
        return
    if entry.key == "rests":
        assert [mention.kind for mention in find_periods(text)] == [value]
        assert parse_period(text) is None
        return
    first, last = (date.fromisoformat(day) for day in value.split(".."))
    assert parse_period(text) == (first, last)


def not_periods(entry: Entry, text: str, value: str) -> None:
    assert not list(find_periods(text))


def relative_dates(entry: Entry, text: str, value: str) -> None:
    found = parse_date(text, REFERENCE)
    assert found is not None
    assert found.start == date.fromisoformat(value)


def not_relative_dates(entry: Entry, text: str, value: str) -> None:
    assert parse_date(text, REFERENCE) is None


def units(entry: Entry, text: str, value: str) -> None:
    found = parse_quantity(text)
    assert found is not None
    assert (found.low, found.unit) == (Decimal(value), entry.key)


def not_units(entry: Entry, text: str, value: str) -> None:
    assert entry.key not in [mention.unit for mention in find_quantities(text)]


def qualifiers(entry: Entry, text: str, value: str) -> None:
    found = parse_quantity(text)
    assert found is not None
    assert found.qualifier == value


def not_qualifiers(entry: Entry, text: str, value: str) -> None:
    found = parse_quantity(text)
    assert found is None or found.qualifier != ("range" if entry.key.startswith("range") else entry.key)


def rates(entry: Entry, text: str, value: str) -> None:
    assert [figure.per for figure in figures_of(text)] == [value]


def not_rates(entry: Entry, text: str, value: str) -> None:
    assert [figure.per for figure in figures_of(text)] == [None]


def nouns(entry: Entry, text: str, value: str) -> None:
    assert [(same(figure.counted), figure.unit) for figure in figures_of(f"Có 12 {text}.")] == [(same(text), "count")]


def counted(entry: Entry, text: str, value: str) -> None:
    assert figures_of(text)[-1].counted.lower() == value.lower()


def scopes(entry: Entry, text: str, value: str) -> None:
    found = figures_of(text)[0]
    period = {"target": CONTEXT.planned, "result": CONTEXT.reviewed, "meeting": CONTEXT.held_on, "standing": None}
    period["agenda"] = CONTEXT.held_on
    assert (found.status, found.period) == ("target" if value in ("target", "agenda") else "result", period[value])


def occasions(entry: Entry, text: str, value: str) -> None:
    kind: PartKind = "lead" if entry.key in ("meeting_nouns", "with") else "body"
    is_review = kind == "lead" or value == "result"
    context = CONTEXT if is_review else FigureContext(held_on=CONTEXT.held_on)
    found = figures_of(text, context, kind)[-1]
    wanted = CONTEXT.reviewed if value == "result" else CONTEXT.held_on
    assert (found.status, found.period) == ("result", wanted)


def figure_periods(entry: Entry, text: str, value: str) -> None:
    period = figures_of(text)[-1].period
    assert (f"{period.start}..{period.end}" if period else "none") == value


def figure_checks(entry: Entry, text: str, value: str) -> None:
    assert all(figure.disagreement is None for figure in figures_of(text))


def not_figure_checks(entry: Entry, text: str, value: str) -> None:
    assert any(figure.disagreement for figure in figures_of(text))


def traps(entry: Entry, text: str, value: str) -> None:
    found = figures_of(text)
    if value:
        assert [figure.low for figure in found] == [Decimal(value)]
    else:
        assert not found


def not_traps(entry: Entry, text: str, value: str) -> None:
    # "Counter" to a trap is a figure; to a word that lets a number count ("ra mắt một …") it is none.
    assert bool(figures_of(text)) == (entry.key in ("names_before", "words_after"))


def metrics(entry: Entry, text: str, value: str) -> None:
    code = entry.fields.get("of", entry.key)
    assert figures_of(text)[-1].metric == (None if code == "none" else code)


def not_metrics(entry: Entry, text: str, value: str) -> None:
    figures = figures_of(text)
    assert figures and figures[-1].metric != entry.fields.get("of", entry.key)


def holds_a_form(entry: Entry, text: str, value: str) -> None:
    forms = "|".join(re.escape(form.lower()) for form in entry.forms)
    assert re.search(rf"(?<!\w)(?:{forms})(?!\w)", text.lower())


READERS: dict[str, Reader] = {
    "numerals": numerals,
    "dates": dates,
    "periods": periods,
    "relative_dates": relative_dates,
    "units": units,
    "qualifiers": qualifiers,
    "rates": rates,
    "nouns": nouns,
    "noun_edges": counted,
    "measures": counted,
    "figure_scopes": scopes,
    "figure_occasions": occasions,
    "figure_periods": figure_periods,
    "figure_checks": figure_checks,
    "traps": traps,
    "metrics": metrics,
}
COUNTER_READERS: dict[str, Reader] = {
    "figure_checks": not_figure_checks,
    "metrics": not_metrics,
    "numerals": not_numerals,
    "dates": not_dates,
    "periods": not_periods,
    "relative_dates": not_relative_dates,
    "units": not_units,
    "qualifiers": not_qualifiers,
    "rates": not_rates,
    "traps": not_traps,
}
