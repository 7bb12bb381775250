"""Double blanks stand inside phrases of real pages; no table may be asked for a key with them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bienban.dates import find_dates, find_periods
from bienban.lexicon import all_forms
from bienban.numerals import find_numbers
from bienban.quantities import find_quantities

_WORDS = [
    *all_forms("dates"),
    *all_forms("periods"),
    *all_forms("numerals"),
    *all_forms("units"),
    *all_forms("qualifiers"),
]
_WORDS += ["5", "12", "2020", "/", "-", ",", "tháng", "ngày", "năm", "quý"]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=8), st.sampled_from([" ", "  "]))
def test_forms_in_any_order_are_read_without_an_error(words, blank):
    text = blank.join(words).replace(" ", blank)
    found = [*find_dates(text), *find_periods(text), *find_numbers(text), *find_quantities(text)]
    assert all(0 <= mention.span.start < mention.span.end <= len(text) for mention in found)
