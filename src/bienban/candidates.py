"""The candidate filter: which articles may report a meeting of a public body. Recall before precision.

Two stages over a batch of articles: every phrase that names a gathering is looked for in all texts at once; the few
articles that hold one are weighed by which phrases stand where. Pure functions without state, so that any engine can
map them over Arrow batches.

Not here: phrases (``lexicon/candidates.yml``), what is weighed (``candidate_features.py``), how the weights were learnt
(``bienban.evaluation.filter_training``); whether it is a report (the extractor).
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa

from bienban.candidate_features import Features, Floats, Heads, begins, features
from bienban.lexicon import load_lexicon
from bienban.phrases import PhraseScanner
from bienban.raw_lines import LineScanner
from bienban.spellings import without_longer

NO_GATHERING = "no_gathering"  # no phrase names one
IN_PASSING = "in_passing"  # named, but by nobody who could have held it, or far down
OTHER_TOPIC = "other_topic"  # sport, courts, other countries … outweigh what is named
REASONS = (NO_GATHERING, IN_PASSING, OTHER_TOPIC)
KEPT = -1


def is_candidate(text: str, title: str | None = None) -> bool:
    """``filtered`` of one article: whether it is kept."""
    texts, titles = pa.array([text], pa.large_string()), pa.array([title], pa.large_string())
    return bool(filtered(texts, titles)[0] == KEPT)


def filter_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches with their candidates only. Columns ``text`` and, where there is one, ``title``; others pass."""
    for batch in batches:
        titles = batch.column("title") if "title" in batch.schema.names else None
        yield batch.filter(pa.array(filtered(batch.column("text"), titles) == KEPT))


def filtered(texts: pa.Array, titles: pa.Array | None = None) -> npt.NDArray[np.int8]:
    """Per article KEPT, or why it is dropped as an index of REASONS. Arrays of (large) strings, nulls allowed.

    The answer is a function of the words of the article alone: in any case, normal form or tone placement, with
    blanks or underscores between the syllables.
    """
    outcome = np.full(len(texts), REASONS.index(NO_GATHERING), np.int8)
    rows, heads = gathering_heads(texts, titles)
    if len(rows):
        model = _model()
        weighed = model.features.of(heads) * model.weights
        score = weighed.sum(1)
        without = score - weighed[:, model.features.is_against].sum(1)
        dropped = np.where(without >= model.least, REASONS.index(OTHER_TOPIC), REASONS.index(IN_PASSING))
        outcome[rows] = np.where(score >= model.least, KEPT, dropped)
    return outcome


def gathering_heads(texts: pa.Array, titles: pa.Array | None = None) -> tuple[npt.NDArray[np.int64], Heads]:
    """The articles that name a gathering anywhere, ascending, and their begins."""
    found, in_titles = (_gatherings().scan(column) for column in (texts, texts[:0] if titles is None else titles))
    rows = np.union1d(found.rows, in_titles.rows)
    titled = None if titles is None else begins(titles, rows, in_titles.odd)
    return rows, Heads.of(begins(texts, rows, found.odd), titled)


class _Model(NamedTuple):
    features: Features
    weights: Floats  # per feature
    least: float  # the score of what is kept


@cache
def gathering_lines() -> LineScanner:
    """Tells which lines of JSON may hold an article that names a gathering: the text of no other need be looked at."""
    return LineScanner(_gathering_phrases())


@cache
def _gatherings() -> PhraseScanner:
    return PhraseScanner({"any": _gathering_phrases()})


def _gathering_phrases() -> list[str]:
    groups = (entry for entry in load_lexicon("candidates").values() if entry.fields.get("gathering"))
    return without_longer(form for entry in groups for form in entry.forms)


@cache
def _model() -> _Model:
    learnt = orjson.loads(resources.files("bienban").joinpath("candidate_weights.json").read_bytes())
    weights = learnt["weights"]
    found = features()
    return _Model(found, np.array([weights.get(name, 0.0) for name in found.names]), learnt["least"])
