"""Sentences of reports, each with the figures that it tells (``figure_cases.yml``)."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from bienban.figures import FigureContext, find_figures
from bienban.layout import find_layout
from bienban.records import Article, Figure, Period

CASES = yaml.safe_load((Path(__file__).parent / "figure_cases.yml").read_text(encoding="utf-8"))
HEAD = (
    "Huyện tổng kết năm 2020\n\nChiều 22/12, Huyện ủy tổ chức hội nghị tổng kết công tác, triển khai "
    "nhiệm vụ cho thời gian sau đó tại trung tâm huyện.\n\n"
)
DAYS = {"held": ["2020-12-22"] * 2, "reviewed": ["2020-01-01", "2020-12-31"], "planned": ["2021-01-01", "2021-12-31"]}


def period(days: list[str | date] | None) -> Period | None:
    if days is None:
        return None
    start, end = (date.fromisoformat(str(day)) for day in days)
    return Period(start=start, end=end)


def context(case: dict) -> FigureContext:
    days = {name: period(value) for name, value in {**DAYS, **case.get("context", {})}.items() if name != "types"}
    types = tuple(case.get("context", {}).get("types", ()))
    return FigureContext(held_on=days["held"], reviewed=days["reviewed"], planned=days["planned"], session_types=types)


def said(figure: Figure, known: FigureContext) -> str:
    value = f"{figure.low:f}" if figure.low == figure.high else f"{figure.low:f}-{figure.high:f}"
    value += f"/{figure.of:f}" if figure.of is not None else ""
    names = {known.reviewed: "reviewed", known.planned: "planned", known.held_on: "held", None: "none"}
    when = names.get(figure.period) or f"{figure.period.start}..{figure.period.end}"
    head = f"{figure.qualifier} {value} | {figure.counted} | {figure.unit} | {figure.per or '-'}"
    return f"{head} | {figure.status} | {when}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_figure_cases(case):
    article = Article(id="case", text=HEAD + case["body"])
    known = context(case)
    found = list(find_figures(article, find_layout(article), known))
    wanted = [_named(line, known) for line in case["figures"]]
    assert [said(figure, known) for figure in found] == wanted


def _named(line: str, known: FigureContext) -> str:
    """A period written out that the context has is said by its name."""
    head, _, when = line.rpartition(" | ")
    if ".." not in when:
        return line
    days = period(when.split(".."))
    names = {known.held_on: "held", known.planned: "planned", known.reviewed: "reviewed"}
    return f"{head} | {names.get(days, when)}"
