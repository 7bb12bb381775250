"""Annotations against predictions, field by field.

Accuracies count over the articles that are meeting reports; a report without a predicted meeting is
wrong in all of them, a null where the annotation has null is right. Names, positions, documents,
authors and figures are F1 over all articles, so that anything found in a non-report counts as false.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from bienban.evaluation import figure_scores, people_scores
from bienban.evaluation.comparing import agree, body_name, document_key, person_name, unit_name, written_out
from bienban.evaluation.tally import Measure, Tally

Annotation = dict[str, Any]
_DATE_DIGITS = {"month": 7, "year": 4}

# key -> measure, whether it enters the micro average
FIELDS: dict[str, tuple[Measure, bool]] = {
    "is_meeting_report": ("f1", True),
    "held_on": ("accuracy", True),
    "held_on_dated": ("accuracy", False),
    "date_precision": ("accuracy", False),
    "part_of_day": ("accuracy", False),
    "session_primary": ("accuracy", True),
    "session_set": ("f1", True),
    "host_unit": ("accuracy", True),
    "host_level": ("accuracy", False),
    "host_province": ("accuracy", False),
    "host_body": ("accuracy", True),
    "reviewed_period": ("accuracy", True),
    "reviewed_stated": ("accuracy", False),
    "planned_period": ("accuracy", True),
    "planned_stated": ("accuracy", False),
    "chairs": ("f1", True),
    "people": ("f1", True),
    "positions": ("f1", True),
    "roles": ("accuracy", False),
    "documents": ("f1", True),
    "documents_number": ("f1", False),
    "doc_issuer": ("accuracy", False),
    "doc_dated": ("accuracy", False),
    "figures_value": ("f1", False),
    "figures_head": ("f1", True),
    "figures_strict": ("f1", False),
    **{f"fig_{name}": ("accuracy", False) for name in figure_scores.ATTRIBUTES},
    "authors": ("f1", True),
    "agency": ("accuracy", False),
}


@dataclass(slots=True)
class Scores:
    """A tally per field of FIELDS, and per article what was wrong."""

    articles: int = 0
    fields: dict[str, Tally] = field(
        default_factory=lambda: {key: Tally(measure) for key, (measure, _) in FIELDS.items()}
    )
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def micro(self) -> Tally:
        """All fields that enter the average, added up."""
        total = Tally()
        for key, (_, enters) in FIELDS.items():
            if enters:
                tally = self.fields[key]
                total.add(tally.right, tally.false, tally.missed)
        return total


def score(gold: list[Annotation], predictions: dict[str, Annotation]) -> Scores:
    """Score ``predictions`` (by id; a missing one counts as "no report, nothing found") against ``gold``."""
    scores = Scores(articles=len(gold))
    for wanted in gold:
        given = predictions.get(wanted["id"], {})
        _report(scores, wanted, given)
        if wanted["is_meeting_report"]:
            _meeting(scores, wanted["id"], wanted["meeting"], given.get("meeting"))
        _people(scores, wanted["id"], wanted.get("meeting") or {}, given.get("meeting") or {})
        _documents(scores, wanted, given)
        _byline(scores, wanted, given)
        _figures(scores, wanted, given)
    return scores


def _report(scores: Scores, wanted: Annotation, given: Annotation) -> None:
    want, got = bool(wanted["is_meeting_report"]), bool(given.get("is_meeting_report"))
    scores.fields["is_meeting_report"].add(want and got, got and not want, want and not got)
    if want != got:
        scores.errors[wanted["id"]].append(f"is_meeting_report: {want}, found {got}")


def _meeting(scores: Scores, article: str, want: Annotation, got: Annotation | None) -> None:
    has, given = got is not None, got or {}

    def answer(key: str, is_right: bool, wanted: object, found: object) -> None:
        scores.fields[key].answer(is_right and has, has and found not in (None, "", [], ()))
        if not (is_right and has) and FIELDS[key][1]:
            scores.errors[article].append(f"{key}: {wanted}, found {found}")

    day, found = want.get("held_on"), given.get("held_on")
    digits = _DATE_DIGITS.get(want.get("date_precision", ""), 10)
    is_day = (
        day == found or bool(day and found and found[:digits] == day[:digits]) or found in want.get("held_on_alt", [])
    )
    answer("held_on", is_day, day, found)
    if day:
        answer("held_on_dated", is_day, day, found)
    for key in ("date_precision", "part_of_day"):
        answer(key, want.get(key) == given.get(key), want.get(key), given.get(key))
    types, found_types = want.get("session_types") or [], given.get("session_types") or []
    answer("session_primary", types[:1] == found_types[:1], types[:1], found_types[:1])
    same = len({*types} & {*found_types})
    scores.fields["session_set"].add(same, len({*found_types}) - same, len({*types}) - same)
    _host(answer, want.get("host") or {}, given.get("host") or {})
    for key, stated in (("reviewed_period", "reviewed_stated"), ("planned_period", "planned_stated")):
        is_same = (want.get(key) or None) == (given.get(key) or None)
        answer(key, is_same, want.get(key), given.get(key))
        if want.get(key):
            answer(stated, is_same, want.get(key), given.get(key))


def _host(answer: Any, want: Annotation, got: Annotation) -> None:
    unit, found = want.get("unit") or {}, got.get("unit") or {}
    level = unit.get("level") == found.get("level")
    name = unit.get("level") == "central" or unit_name(unit.get("name")) == unit_name(found.get("name"))
    answer(
        "host_unit",
        level and name,
        f"{unit.get('level')} {unit.get('name')}",
        f"{found.get('level')} {found.get('name')}",
    )
    answer("host_level", level, unit.get("level"), found.get("level"))
    province = unit_name(unit.get("province")) == unit_name(found.get("province"))
    answer("host_province", province, unit.get("province"), found.get("province"))
    wanted = {body_name(body, unit) for body in (want.get("body"), *want.get("body_alt", []))}
    said = {body_name(got.get("body"), unit), body_name(got.get("body"), found)}
    answer("host_body", bool(wanted & said), want.get("body"), got.get("body"))


def _people(scores: Scores, article: str, want: Annotation, got: Annotation) -> None:
    wanted, given = people_scores.everyone(want), people_scores.everyone(got)
    chairs = ([p for p in wanted if p["role"] == "chair"], [p for p in given if p["role"] == "chair"])
    for key, (some, others) in {"chairs": chairs, "people": (wanted, given)}.items():
        pairs, missed, false = people_scores.match(some, others)
        scores.fields[key].add(sum(not person.get("optional") for person, _ in pairs), len(false), len(missed))
        scores.errors[article] += [f"{key}: missed {person['name']}" for person in missed]
        scores.errors[article] += [f"{key}: false {person['name']}" for person in false]
    pairs, missed, false = people_scores.match(wanted, given)
    for person, found in pairs:
        if not person.get("optional"):
            scores.fields["roles"].answer(person["role"] == found["role"])
            counts = people_scores.match_positions(person.get("positions") or [], found.get("positions") or [])
            scores.fields["positions"].add(*counts)
            if counts[1] or counts[2]:
                scores.errors[article].append(f"positions: {person.get('positions')}, found {found.get('positions')}")
    false_positions = sum(len(person.get("positions") or []) for person in false)
    scores.fields["positions"].add(0, false_positions, sum(len(person.get("positions") or []) for person in missed))


def _documents(scores: Scores, wanted: Annotation, given: Annotation) -> None:
    want = {document_key(document): document for document in wanted.get("documents") or []}
    got = {document_key(document): document for document in given.get("documents") or []}
    scores.fields["documents"].add(
        len(want.keys() & got.keys()), len(got.keys() - want.keys()), len(want.keys() - got.keys())
    )
    for key in want.keys() & got.keys():
        issuers = written_out(want[key].get("issuer")), written_out(got[key].get("issuer"))
        scores.fields["doc_issuer"].answer(agree(*issuers))
        scores.fields["doc_dated"].answer((want[key].get("dated") or None) == (got[key].get("dated") or None))
    numbers, found = {number for _, number in want}, {number for _, number in got}
    scores.fields["documents_number"].add(len(numbers & found), len(found - numbers), len(numbers - found))
    scores.errors[wanted["id"]] += [f"documents: missed {' '.join(key)}" for key in sorted(want.keys() - got.keys())]
    scores.errors[wanted["id"]] += [f"documents: false {' '.join(key)}" for key in sorted(got.keys() - want.keys())]


def _byline(scores: Scores, wanted: Annotation, given: Annotation) -> None:
    want, got = wanted.get("byline") or {}, given.get("byline") or {}
    names = {person_name(name) for name in want.get("authors") or []}
    found = {person_name(name) for name in got.get("authors") or []} - {""}
    scores.fields["authors"].add(len(names & found), len(found - names), len(names - found))
    scores.errors[wanted["id"]] += [f"authors: missed {name}" for name in sorted(names - found)]
    scores.errors[wanted["id"]] += [f"authors: false {name}" for name in sorted(found - names)]
    if want.get("agency") or got.get("agency"):
        is_same = agree(written_out(want.get("agency")), written_out(got.get("agency")))
        scores.fields["agency"].answer(is_same, bool(got.get("agency")))


def _figures(scores: Scores, wanted: Annotation, given: Annotation) -> None:
    want, got = wanted.get("figures") or [], given.get("figures") or []
    pairs = figure_scores.pair(want, got)
    errors = scores.errors[wanted["id"]]
    required, predicted = sum(not figure.get("optional") for figure in want), len(got)
    right = dict.fromkeys(("figures_value", "figures_head", "figures_strict"), 0)
    for i, j in pairs:
        if want[i].get("optional"):
            predicted -= 1
        elif not figure_scores.same_value(want[i], got[j]):
            errors.append(f"figures: {want[i]['quote']!r} is {want[i]['low']}, found {got[j]['low']}")
        else:
            marks = figure_scores.attributes(want[i], got[j])
            for name, is_right in marks.items():
                scores.fields[f"fig_{name}"].answer(is_right)
            head = marks["qualifier"] and marks["counted"]
            right["figures_value"] += 1
            right["figures_head"] += head
            right["figures_strict"] += all(marks.values())
            if wrong := [name for name, is_right in marks.items() if not is_right]:
                errors.append(f"figures: {want[i]['quote']!r} wrong in {', '.join(wrong)}")
    for key, count in right.items():
        scores.fields[key].add(count, predicted - count, required - count)
    paired, used = {i for i, _ in pairs}, {j for _, j in pairs}
    errors += [
        f"figures: missed {f['quote']!r}" for i, f in enumerate(want) if i not in paired and not f.get("optional")
    ]
    errors += [f"figures: false {f['quote']!r}" for j, f in enumerate(got) if j not in used]
