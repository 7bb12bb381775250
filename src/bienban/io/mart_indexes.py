"""The indexes of the marts: one on every reference, and those that the twelve questions were measured to need.

A publication makes what is missing, so an index declared here reaches homes that have published before. Nothing is
dropped: a warehouse may have indexes of its own. Measured in ``docs/decisions/physical-design.md``.

Not here: primary keys (``mart_shapes.py``), indexes of the models that lead to the marts (their own configuration).
"""

from dataclasses import dataclass
from typing import LiteralString

from psycopg import Connection, sql

from bienban.io.mart_shapes import MARTS, MartTable, names


@dataclass(frozen=True, slots=True, kw_only=True)
class MartIndex:
    """A B-tree; ``include`` is carried along, so that a query is answered without visiting the table."""

    columns: tuple[str, ...]
    include: tuple[str, ...] = ()
    where: LiteralString | None = None

    def fits(self, table: MartTable) -> bool:
        """Whether the table has all its columns; an older candidate may lack one."""
        return {*self.columns, *self.include} <= table.columns.keys()

    def name(self, table: MartTable) -> str:
        """Told apart from a plain one of the same columns, which homes may have from before."""
        kind = "covering" if self.include else "partial" if self.where else "idx"
        return "_".join([table.name, *self.columns, kind])


# By table. The first column of one of these serves the reference, too.
INDEXES: dict[str, tuple[MartIndex, ...]] = {
    # Units of a province, the metric of a code: where most questions begin.
    "dim_units": (MartIndex(columns=("province_name",)),),
    "dim_metrics": (MartIndex(columns=("metric_code",), where="metric_code is not null"),),
    # Days, months and years of all provinces together.
    "fct_meetings": (
        MartIndex(columns=("held_on_date_key",), include=("unit_key", "held_on_precision", "report_count")),
        MartIndex(columns=("held_on",)),
    ),
    "fct_metrics": (
        # Facts of a meeting are counted by metric.
        MartIndex(columns=("meeting_key",), include=("metric_key",)),
        # What a body told of one metric over time; a target beside its result.
        MartIndex(columns=("body_key", "metric_key", "period_from")),
        # Few facts are targets.
        MartIndex(columns=("unit_key", "metric_key"), where="status = 'target'"),
    ),
    "bridge_meeting_persons": (MartIndex(columns=("meeting_key", "role"), include=("person_key",)),),
    "agg_unit_metric_periods": (MartIndex(columns=("unit_key", "metric_key", "period_from")),),
}


def make_indexes(connection: Connection, tables: dict[str, MartTable]) -> None:
    """Make those that ``marts`` lacks. Readers go on meanwhile; writers are this transaction."""
    known = {name for (name,) in connection.execute("select indexname from pg_indexes where schemaname = %s", (MARTS,))}
    for table in tables.values():
        for index in wanted(table):
            if index.name(table) not in known:
                connection.execute(_definition(index, table))


def wanted(table: MartTable) -> list[MartIndex]:
    """The declared ones, and one on every column that points to another table and that no index begins with."""
    declared = [index for index in INDEXES.get(table.name, ()) if index.fits(table)]
    begun = {table.key[0], *(index.columns[0] for index in declared if index.where is None)}
    references = [c for c in table.columns if c.endswith("_key") or c == "article_id"]
    return [*declared, *(MartIndex(columns=(column,)) for column in references if column not in begun)]


def _definition(index: MartIndex, table: MartTable) -> sql.Composed:
    include = sql.SQL("include ({})").format(names(index.include)) if index.include else sql.SQL("")
    where = sql.SQL("where {}").format(sql.SQL(index.where)) if index.where else sql.SQL("")
    return sql.SQL("create index {} on {} ({}) {} {}").format(
        sql.Identifier(index.name(table)), table.in_schema(MARTS), names(index.columns), include, where
    )
