"""What became of units: nobody succeeds itself, and successors come after."""

from expectations.reasons import rows_must_not_exist

EXPECTATIONS = [
    rows_must_not_exist(
        "no unit succeeds itself",
        "select predecessor_unit_key from batch where predecessor_unit_key = successor_unit_key",
        notes="A version that goes on has no succession.",
    ),
    rows_must_not_exist(
        "a predecessor has ended when its successor takes over",
        """select links.predecessor_unit_key, links.effective_on, units.valid_to
        from batch as links join marts_candidate.dim_units as units on units.unit_key = links.predecessor_unit_key
        where units.valid_to >= links.effective_on""",
        notes="Validity is counted in whole days: the last day of the one is before the first of the other.",
    ),
    rows_must_not_exist(
        "a unit goes whole into one successor only",
        """select predecessor_unit_key, effective_on, count(*) from batch where is_whole
        group by predecessor_unit_key, effective_on having count(distinct successor_unit_key) > 1""",
        notes="Whole means that nothing is left for another.",
    ),
]
