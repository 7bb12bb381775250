"""What became of units: nobody succeeds itself, and successors come after."""

from expectations.rules import each_row, never_null, readable, references, rows_must_not_exist

_KEY = "predecessor_unit_key, successor_unit_key"

EXPECTATIONS = [
    never_null(
        "predecessor_unit_key", "successor_unit_key", "effective_on", "is_main", "is_whole", "share", "legal_act",
        key=_KEY,
    ),
    references({"predecessor_unit_key": "dim_units.unit_key", "successor_unit_key": "dim_units.unit_key"}, key=_KEY),
    each_row(
        "no unit succeeds itself",
        "predecessor_unit_key <> successor_unit_key",
        key=_KEY,
        columns=("predecessor_unit_key", "successor_unit_key"),
        notes="A version that goes on has no succession.",
    ),
    rows_must_not_exist(
        "a predecessor has ended when its successor takes over, which stands by then",
        """select batch.predecessor_unit_key, batch.successor_unit_key, batch.effective_on, ended.valid_to,
            begun.valid_from
        from batch
        join marts_candidate.dim_units as ended on ended.unit_key = batch.predecessor_unit_key
        join marts_candidate.dim_units as begun on begun.unit_key = batch.successor_unit_key
        where ended.valid_to >= batch.effective_on or begun.valid_from > batch.effective_on
            or begun.valid_to < batch.effective_on""",
        notes="Validity is counted in whole days: the last day of the one is before the first of the other.",
        columns=("effective_on",),
    ),
    each_row(
        "changes of units lie in the register's time",
        "effective_on between '1990-01-01' and current_date + 366",
        key=_KEY,
        columns=("effective_on",),
        notes="The register begins with the provinces of 1991; changes are enacted at most a year ahead.",
    ),
    rows_must_not_exist(
        "a unit goes whole into one successor only, and one successor is the main one",
        """select predecessor_unit_key, effective_on, count(distinct successor_unit_key) as successors from batch
        group by predecessor_unit_key, effective_on
        having count(distinct successor_unit_key) filter (where is_whole) > 1
            or count(distinct successor_unit_key) filter (where is_main) > 1
            or bool_or(is_whole) and count(distinct successor_unit_key) > 1""",
        notes="Whole means that nothing is left for another; the main successor took the larger part, or the seat.",
        columns=("is_whole", "is_main"),
    ),
    rows_must_not_exist(
        "the shares of a unit add up to one",
        """select predecessor_unit_key, effective_on, sum(share) as shares from batch
        group by predecessor_unit_key, effective_on
        having abs(sum(share) - 1) > 0.000001 or min(share) <= 0 or bool_or(is_whole and share <> 1)""",
        notes="Today's map shares figures out by them; twelve decimals, so that of 900 posts five ninths are 500.",
        columns=("share",),
    ),
    readable({"legal_act": 200}, key=_KEY, notes="An act is named by its number: 31 characters at most so far."),
]  # fmt: skip
