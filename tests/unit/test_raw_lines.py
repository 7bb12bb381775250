"""Lines of JSON by their bytes: of those whose article names a gathering none is passed over."""

import json
import unicodedata

import numpy as np
import pyarrow as pa
import pytest

from bienban.candidates import NO_GATHERING, REASONS, filtered, gathering_lines

_PHRASES = ("hội nghị", "tọa đàm", "buổi làm việc", "đại hội", "họp")
_SPELLED = [
    pytest.param(lambda text: text, id="as written"),
    pytest.param(str.upper, id="upper case"),
    pytest.param(lambda text: text.title().replace("Đ", "Ð"), id="Eth for Đ"),
    pytest.param(lambda text: unicodedata.normalize("NFD", text), id="decomposed"),
    *(pytest.param(lambda text, blank=blank: text.replace(" ", blank), id=repr(blank)) for blank in "_\n\t\r\u00a0"),
    pytest.param(lambda text: text.replace(" ", "\r\n"), id="line ends of Windows"),
    pytest.param(lambda text: text.replace("ọa", "oạ").replace(" ", "  "), id="older tone placement, double blanks"),
]


@pytest.mark.parametrize("spelled", _SPELLED)
@pytest.mark.parametrize("escaped", [False, True], ids=["letters", "numbers of letters"])
def test_no_line_that_names_a_gathering_is_passed_over(spelled, escaped: bool) -> None:
    texts = [spelled(f"Xã {phrase} hôm qua.\nHết") for phrase in _PHRASES] + ["Trời nắng đẹp."]
    assert [REASONS[each] == NO_GATHERING for each in filtered(pa.array(texts))[-1:]] == [True]
    assert (filtered(pa.array(texts))[:-1] != REASONS.index(NO_GATHERING)).all()
    lines = [json.dumps({"text": text}, ensure_ascii=escaped).encode() for text in texts]
    begins = np.cumsum([0, *(len(line) + 1 for line in lines)])[:-1]
    told = gathering_lines().may_name(b"\n".join(lines), begins, lines)
    assert told[:-1].all()
    assert escaped or not told[-1]
