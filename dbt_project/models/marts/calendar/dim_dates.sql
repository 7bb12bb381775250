-- Grain: one row per calendar day from 2000 to 2035, and the day that no text tells.
{{ made_once('date_key') }}

with days as (
    select cast(day as date) as calendar_day
    from generate_series(timestamp '2000-01-01', timestamp '2035-12-31', interval '1 day') as series (day)
)

select
    to_char(calendar_day, 'YYYY-MM-DD') as date_key,
    calendar_day,
    cast(date_part('year', calendar_day) as integer) as year_number,
    cast(ceil(date_part('month', calendar_day) / 6) as integer) as half_of_year,
    cast(date_part('quarter', calendar_day) as integer) as quarter_of_year,
    cast(date_part('month', calendar_day) as integer) as month_of_year,
    cast(date_part('day', calendar_day) as integer) as day_of_month,
    cast(date_part('isodow', calendar_day) as integer) as day_of_week,
    date_part('isodow', calendar_day) > 5 as is_weekend
from days

union all

select
    {{ unknown() }} as date_key,
    null as calendar_day,
    null as year_number,
    null as half_of_year,
    null as quarter_of_year,
    null as month_of_year,
    null as day_of_month,
    null as day_of_week,
    null as is_weekend
