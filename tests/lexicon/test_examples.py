"""Every example and counter-example of every lexicon is read back."""

import sys
from pathlib import Path

import pytest

from bienban.lexicon import Entry, LexiconError, _entry, load_lexicon, names

sys.path.insert(0, str(Path(__file__).parent))
import readers_meetings as meetings
import readers_units
from readers import COUNTER_READERS, READERS, holds_a_form

READERS |= {
    "bodies": meetings.bodies,
    "boilerplate": meetings.boilerplate,
    "bylines": meetings.bylines,
    "candidates": meetings.candidates,
    "documents": meetings.documents,
    "roles": meetings.roles,
    "sessions": meetings.sessions,
    "surnames": meetings.names_of_people,
    "unit_words": readers_units.units,
}
COUNTER_READERS |= {
    "bodies": meetings.not_bodies,
    "boilerplate": meetings.not_boilerplate,
    "candidates": meetings.not_candidates,
    "documents": meetings.not_documents,
    "people": meetings.no_people,
    "surnames": meetings.no_people,
    "unit_words": readers_units.not_units,
}


def _cases(readers, counter):
    for name in names():
        for entry in load_lexicon(name).values():
            texts = dict.fromkeys(entry.counter_examples, "") if counter else dict(entry.examples)
            for text, value in texts.items():
                if name in readers or not counter:
                    yield pytest.param(name, entry, text, value, id=f"{name}.{entry.key}: {text}")


@pytest.mark.parametrize(("name", "entry", "text", "value"), _cases(READERS, counter=False))
def test_examples(name: str, entry: Entry, text: str, value: str):
    if name not in READERS and not entry.forms:
        pytest.skip("an entry without forms is read by its finder's own test")
    READERS.get(name, holds_a_form)(entry, text, value)


@pytest.mark.parametrize(("name", "entry", "text", "value"), _cases(COUNTER_READERS, counter=True))
def test_counter_examples(name: str, entry: Entry, text: str, value: str):
    COUNTER_READERS[name](entry, text, value)


@pytest.mark.parametrize("name", names())
def test_every_lexicon_loads(name: str):
    assert load_lexicon(name)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("text", id="an entry is a mapping"),
        pytest.param({"forms": {"đồng": 1}}, id="values are quoted"),
        pytest.param({"forms": [12]}, id="forms are quoted"),
        pytest.param({"forms": {"hòa": "1", "hoà": "2"}}, id="one spelling has one value"),
    ],
)
def test_a_broken_entry_is_named(broken):
    with pytest.raises(LexiconError, match=r"units\.yml: vnd"):
        _entry("units", "vnd", broken)
