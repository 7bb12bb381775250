from decimal import Decimal

import pytest

from bienban.quantities import find_quantities, parse_quantity


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier", "unit"),
    [
        pytest.param("chi hơn", None, None, None, None, id="no number"),
        pytest.param("hơn 1,2 tỷ đồng", "1200000000", "1200000000", "over", "vnd", id="a lower bound of money"),
        pytest.param("từ 8 - 10 triệu đồng", "8000000", "10000000", "range", "vnd", id="the scale stands once"),
        pytest.param("từ 4% đến 5%", "4", "5", "range", "percent", id="the unit stands twice"),
        pytest.param("giữa 1000 và 2000 đồng", "1000", "2000", "range", "vnd", id="between"),
        pytest.param("từ 98% trở lên", "98", "98", "over", "percent", id="a bound after the number"),
        pytest.param("không quá 5 năm", "5", "5", "up_to", "other:năm", id="an upper bound"),
        pytest.param("không  dưới 95%", "95", "95", "over", "percent", id="double blanks"),
        pytest.param("15 đồng chí", "15", "15", "exact", None, id="comrades are not money"),
        pytest.param("1,62 tấn/ha", "1.62", "1.62", "exact", "other:tấn/ha", id="a yield"),
        pytest.param("$10.000", "10000", "10000", "exact", "other:usd", id="a sign before the number"),
    ],
)
def test_parse_quantity(text, low, high, qualifier, unit):
    found = parse_quantity(text)
    if low is None:
        assert found is None
    else:
        assert found is not None
        assert (found.low, found.high, found.qualifier, found.unit) == (Decimal(low), Decimal(high), qualifier, unit)


def test_the_string_must_begin_with_the_quantity():
    assert parse_quantity("chi hơn 1,2 tỷ đồng") is None


@pytest.mark.parametrize(
    ("text", "quote", "of", "per"),
    [
        pytest.param("vận động 21/22 thôn", "21/22", "22", None, id="a fraction has its whole"),
        pytest.param("đạt 38,6 triệu đồng/người/năm", "38,6 triệu đồng/người/năm", None, "year", id="a double rate"),
        pytest.param("giá 34,8 triệu đồng/tấn", "34,8 triệu đồng/tấn", None, None, id="per tonne is no time"),
        pytest.param("dùng trên 3 giờ mỗi ngày", "trên 3 giờ mỗi ngày", None, "day", id="each day"),
    ],
)
def test_find_quantities(text, quote, of, per):
    (found,) = find_quantities(text)
    assert text[found.span.start : found.span.end] == quote
    assert (found.of, found.per) == (Decimal(of) if of else None, per)
