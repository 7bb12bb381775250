import pytest

from bienban.lexicon import load_lexicon, lowered
from bienban.sessions import session_types
from bienban.text import modern

COUNTER_EXAMPLES = [(entry.key, text) for entry in load_lexicon("sessions").values() for text in entry.counter_examples]


@pytest.mark.parametrize(("key", "text"), COUNTER_EXAMPLES)
def test_counter_examples_of_the_lexicon(key, text):
    assert key not in session_types("", None, lowered(modern(text)))


@pytest.mark.parametrize(
    ("title", "types"),
    [
        pytest.param(
            "hội nghị giao ban quý i, triển khai nhiệm vụ quý ii", ("briefing", "launch"), id="the plan comes second"
        ),
        pytest.param("đại hội tổng kết nhiệm kỳ", ("congress",), id="a congress is nothing else"),
        pytest.param("quán triệt nghị quyết, phương hướng 2021", ("dissemination", "launch"), id="two purposes"),
        pytest.param("niềm vui ở bản xa", ("other",), id="a title that says nothing"),
    ],
)
def test_session_types_of_a_title(title, types):
    assert session_types("", None, title) == types
