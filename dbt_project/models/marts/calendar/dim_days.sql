-- Grain: one row per calendar day, without the row for the day that no text tells: a time spine has no null.
{{ made_once('calendar_day') }}

select calendar_day from {{ ref('dim_dates') }}
where calendar_day is not null
