"""The calendar: every day of 2000 to 2035 once, and the unknown day."""

import great_expectations.expectations as gxe

from expectations.rules import each_row

EXPECTATIONS = [
    gxe.ExpectTableRowCountToEqual(
        value=13_150,
        severity="critical",
        notes="36 years with nine leap days are 13,149 days; one more for the unknown day.",
    ),
    each_row(
        "every column is that of its day",
        """coalesce((date_key, year_number, half_of_year, quarter_of_year, month_of_year, day_of_month, day_of_week,
            is_weekend) is not distinct from (
            to_char(calendar_day, 'YYYY-MM-DD'), extract(year from calendar_day)::integer,
            (extract(month from calendar_day)::integer + 5) / 6, extract(quarter from calendar_day)::integer,
            extract(month from calendar_day)::integer, extract(day from calendar_day)::integer,
            extract(isodow from calendar_day)::integer, extract(isodow from calendar_day) in (6, 7)
        ) or date_key = 'unknown' and num_nonnulls(calendar_day, year_number, half_of_year, quarter_of_year,
            month_of_year, day_of_month, day_of_week, is_weekend) = 0, false)""",
        key="date_key",
        columns=(
            "date_key", "calendar_day", "year_number", "half_of_year", "quarter_of_year", "month_of_year",
            "day_of_month", "day_of_week", "is_weekend",
        ),
        notes="A calendar can be computed: any difference is a fault.",
    ),
]  # fmt: skip
