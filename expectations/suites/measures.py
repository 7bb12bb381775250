"""Measures of this candidate against what earlier publications let expect.

How bounds are learned: expectations/measures.py.

The rows that a failure shows name the runs that the bound was learned from.
"""

from typing import Any

from expectations.rules import rows_must_not_exist

SCHEMA = "audit"

_COLUMNS = ("measure", "value", "floor", "ceiling")


def _bound(name: str, condition: str, *, notes: str, severity: str) -> Any:
    return rows_must_not_exist(
        name,
        f"""select measure as measure_code, value, floor, ceiling, learned_from from batch
        where measured_at = (select max(measured_at) from batch) and {condition}""",
        notes=notes,
        severity=severity,
        columns=_COLUMNS,
    )


EXPECTATIONS = [
    _bound(
        "no volume fell",
        "measure like 'rows:%' and value < floor",
        notes="Raw only grows: less than nine tenths of the last publication, with the same code and nothing withdrawn "
        "or taken down, was lost by the build. A tenth of tolerance for revised texts and merged meetings.",
        severity="critical",
    ),
    _bound(
        "no volume grew beyond its articles",
        "measure like 'rows:%' and value > ceiling",
        notes="More than one and a half times what the growth of the articles explains: a join that multiplies "
        "rows, or a dump of another kind.",
        severity="warning",
    ),
    _bound(
        "no field was lost",
        "measure like 'filled:%' and value < floor / 3",
        notes="Filled in less than a third of what the range of history allows at least: not another kind of articles, "
        "but a column that the build dropped.",
        severity="critical",
    ),
    _bound(
        "no fill rate left its range",
        "measure like 'filled:%' and (value < floor or value > ceiling)",
        notes="Range of the last ten publications, widened by 0.1 and the sampling error: another kind of articles, or "
        "a rule that broke.",
        severity="warning",
    ),
    _bound(
        "no distribution left its range",
        "measure like 'share:%' and (value < floor or value > ceiling)",
        notes="Shares of dated meetings, qualifiers, targets, units: the same range as for fill rates.",
        severity="warning",
    ),
    _bound(
        "no mean left its range",
        "measure like 'mean:%' and (value < floor or value > ceiling)",
        notes="Figures of a meeting, mentions of a fact, reports of a meeting: twice or half is drift.",
        severity="warning",
    ),
    _bound(
        "something is new",
        "measure like 'fresh:%' and value < floor",
        notes="Told by the identities of articles, never by dates: an empty dump, the same dump again and a dump of "
        "yesterday's articles bring none that no version showed before. A first publication is fresh.",
        severity="warning",
    ),
    _bound(
        "the extractor scores no less than the published one",
        "measure like 'score:%.micro' and value < floor",
        notes="Micro average over the gold set, measured when the extractor was released; of the same gold set only.",
        severity="critical",
    ),
    _bound(
        "no field scores less than in the published version",
        "measure like 'score:%' and value < floor",
        notes="Two points of tolerance: fields with few answers move by one of them.",
        severity="warning",
    ),
    _bound(
        "the released scores are those of the running extractor",
        "measure like 'released:%' and value < floor",
        notes="After a change of rules or lexicons they are measured again: docs/gate.md says how.",
        severity="info",
    ),
    rows_must_not_exist(
        "this candidate was measured",
        """select count(*) as measures from batch
        where measured_at = (select max(measured_at) from batch) having count(*) < 60""",
        notes="A gate without measures would let any volume pass.",
        columns=("measure",),
    ),
]
