-- Grain: one reviewed correction or alias, with what became of it: how many rows it changes.
-- A correction of a fact stops when the extracted value is no longer the one that was reviewed.
{{ made_as_a_whole('correction_id') }}

with facts as (
    select
        corrections.metric_value_key,
        corrections.column_name,
        corrections.old_value,
        corrections.new_value,
        corrections.decided_by,
        corrections.reason,
        facts.metric_value_key is not null as is_met,
        coalesce({{ still_as_reviewed('facts', 'corrections') }}, false) as is_as_reviewed
    from {{ ref('fact_corrections') }} as corrections
    left join {{ ref('int_figures__facts') }} as facts
        on corrections.metric_value_key = facts.metric_value_key and facts.mention = 1
),

body_aliases as (
    select
        aliases.alias,
        aliases.place_id,
        aliases.body_name,
        aliases.decided_by,
        aliases.reason,
        count(spellings.host_body) as applied_rows
    from {{ ref('body_aliases') }} as aliases
    left join {{ ref('int_bodies__spellings') }} as spellings
        on
            aliases.place_id in ('*', spellings.place_id)
            and aliases.body_name = spellings.body_name
            and spellings.host_body <> spellings.body_name
    group by aliases.alias, aliases.place_id, aliases.body_name, aliases.decided_by, aliases.reason
),

unit_aliases as (
    select
        aliases.*,
        (
            select count(*) from {{ ref('int_reports__current') }} as reports
            where
                reports.unit_id = aliases.unit_id
                and reports.host_unit_level = aliases.unit_level
                and {{ fold('reports.unit_as_reported') }} = {{ fold('aliases.alias') }}
        ) as applied_rows
    from {{ ref('unit_aliases') }} as aliases
),

metric_aliases as (
    select
        aliases.*,
        (
            select count(*) from {{ ref('int_figures__facts') }} as facts
            where
                facts.mapped_code = aliases.metric_code
                and facts.metric_code is null
                and facts.measure_unit = aliases.measure_unit
                and facts.counted_folded = {{ fold('aliases.counted') }}
        ) as applied_rows
    from {{ ref('metric_aliases') }} as aliases
),

person_aliases as (
    select
        aliases.*,
        (
            select count(*) from {{ ref('int_persons__seen') }} as persons
            where
                persons.body_key = aliases.body_key
                and persons.display_name = aliases.person_name
                and {{ fold('persons.person_name') }} = {{ fold('aliases.alias') }}
        ) as applied_rows
    from {{ ref('person_aliases') }} as aliases
),

together as (
    select
        'fct_metrics' as table_name,
        metric_value_key as record_key,
        column_name,
        old_value,
        new_value,
        decided_by,
        reason,
        cast(is_as_reviewed as integer) as applied_rows,
        is_met and not is_as_reviewed as is_changed_since
    from facts

    union all

    select
        'dim_bodies' as table_name,
        place_id as record_key,
        'body_name' as column_name,
        alias as old_value,
        body_name as new_value,
        decided_by,
        reason,
        applied_rows,
        false as is_changed_since
    from body_aliases

    union all

    select
        'dim_units' as table_name,
        concat_ws('/', unit_level, province_name) as record_key,
        'unit_id' as column_name,
        alias as old_value,
        unit_id as new_value,
        decided_by,
        reason,
        applied_rows,
        false as is_changed_since
    from unit_aliases

    union all

    select
        'dim_metrics' as table_name,
        measure_unit as record_key,
        'metric_code' as column_name,
        counted as old_value,
        metric_code as new_value,
        decided_by,
        reason,
        applied_rows,
        false as is_changed_since
    from metric_aliases

    union all

    select
        'dim_persons' as table_name,
        body_key as record_key,
        'display_name' as column_name,
        alias as old_value,
        person_name as new_value,
        decided_by,
        reason,
        applied_rows,
        false as is_changed_since
    from person_aliases
)

select
    {{ key(['table_name', 'record_key', 'column_name', 'old_value', 'new_value', 'decided_by', 'reason']) }}
        as correction_id,
    table_name,
    record_key,
    column_name,
    old_value,
    new_value,
    decided_by,
    reason,
    cast(applied_rows as bigint) as applied_rows,
    case
        when applied_rows > 0 then 'applied'
        when is_changed_since then 'changed_since'
        else 'matches_nothing'
    end as state
from together
