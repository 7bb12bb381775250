"""The time spine: every day of the calendar once, and no unknown one."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToEqual(
        value=13_149,
        severity="critical",
        notes="36 years with nine leap days are 13,149 days.",
    ),
    gxe.ExpectColumnValuesToNotBeNull(
        column="calendar_day",
        severity="critical",
        notes="A null in a time spine would add a row without a day to every answer over time.",
    ),
]
