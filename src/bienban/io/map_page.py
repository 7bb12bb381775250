"""What the map page tells: meetings and figures by the province of today in which their units lie.

Counts follow the units of ``marts``: a unit that ended goes to what stands there today, an organisation to the
province that reports name. Every row counts once, so the rows of the table add up to the tables themselves.

Not here: where circles and names stand (``map_layout.py``), the page (``reports/map.html.j2``).
"""

from collections.abc import Sequence
from typing import Any, LiteralString

from psycopg import Connection
from psycopg.rows import dict_row

from bienban.map_layout import Drawing, Point, lay_out

_COUNTED = ("meetings", "figures")


def map_facts(connection: Connection) -> dict[str, Any]:
    """The page's values; ``version`` is None before marts hold units.

    ``places``: a row per province of today, most meetings first, then those without one: ``place`` is
    ``province``, ``central`` (bodies of the nation), ``several`` (the land of a unit that was split between
    provinces) or ``none`` (no unit, or an organisation of which no province is told).
    """
    if connection.execute("select to_regclass('marts.dim_units')").fetchone() == (None,):
        return {"version": None, "places": [], "totals": dict.fromkeys(_COUNTED, 0), "drawings": []}
    with connection.cursor(row_factory=dict_row) as cursor:
        places = cursor.execute(_PLACES).fetchall()
    return {
        "version": places[0]["version"],
        # Few units are ever split between provinces: an empty row would raise a question that nobody has.
        "places": [each for each in places if each["place"] != "several" or any(each[name] for name in _COUNTED)],
        "totals": {name: sum(each[name] for each in places) for name in _COUNTED},
        "drawings": [(name, _drawing(places, name)) for name in _COUNTED],
    }


def _drawing(places: Sequence[dict[str, Any]], counted: str) -> Drawing:
    return lay_out(
        [
            Point(
                name=each["unit_name"],
                latitude=float(each["latitude"]),
                longitude=float(each["longitude"]),
                count=each[counted],
            )
            for each in places
            if each["place"] == "province" and each["latitude"] is not None and each["longitude"] is not None
        ]
    )


# One statement: a publication between two would show counts of one version beside the number of another.
_PLACES: LiteralString = """
with recursive units as (select * from marts.dim_units),

meetings as (select unit_key, count(*) as rows from marts.fct_meetings group by unit_key),

figures as (select unit_key, count(*) as rows from marts.fct_metrics group by unit_key),

-- An organisation lies where its province lies, and a province may have ended since.
walk as (
    select
        units.unit_key as host_key,
        case when units.unit_level = 'organisation' then coalesce(provinces.unit_id, units.unit_id)
            else units.unit_id end as unit_id
    from units
    left join units as provinces on units.province_unit_key = provinces.unit_key
    where units.unit_key in (select unit_key from meetings union select unit_key from figures)

    union

    -- What took the place of a unit's last version on the day after it; parts given away earlier took no figures.
    select
        walk.host_key,
        successors.unit_id
    from walk
    inner join units as ended using (unit_id)
    inner join marts.bridge_unit_successions as successions
        on ended.unit_key = successions.predecessor_unit_key and successions.effective_on = ended.valid_to + 1
    inner join units as successors on successions.successor_unit_key = successors.unit_key
    where not exists (select 1 from units as standing where standing.unit_id = walk.unit_id and standing.is_current)
),

hosts as (
    select
        walk.host_key,
        case
            when bool_or(standing.unit_level = 'central') then 'central'
            when count(distinct provinces.unit_key) > 1 then 'several'
            when count(distinct provinces.unit_key) = 1 then 'province'
            else 'none'
        end as place,
        min(provinces.unit_key) as province_key
    from walk
    inner join units as standing on walk.unit_id = standing.unit_id and standing.is_current
    left join units as provinces on standing.province_unit_key = provinces.unit_key and provinces.is_current
    group by walk.host_key
),

counted as (
    select
        coalesce(hosts.place, 'none') as place,
        case when hosts.place = 'province' then hosts.province_key end as unit_key,
        sum(coalesce(meetings.rows, 0))::bigint as meetings,
        sum(coalesce(figures.rows, 0))::bigint as figures
    from meetings
    full join figures using (unit_key)
    left join hosts on unit_key = hosts.host_key
    group by 1, 2
),

places as (
    select 'province' as place, unit_key, unit_name, unit_name_ascii, latitude, longitude
    from units
    where unit_level = 'province' and is_current
    union all
    select place, null, null, null, null, null
    from unnest(array['central', 'several', 'none']) as place
)

select
    places.*,
    coalesce(counted.meetings, 0) as meetings,
    coalesce(counted.figures, 0) as figures,
    (select version from audit.published_versions where is_current) as version
from places
left join counted on places.place = counted.place and places.unit_key is not distinct from counted.unit_key
order by
    array_position(array['province', 'central', 'several', 'none'], places.place),
    meetings desc,
    figures desc,
    places.unit_name_ascii collate "C",
    places.unit_key
"""
