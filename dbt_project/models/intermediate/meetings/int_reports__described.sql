-- Grain: one row per meeting report, with its body and what tells its meeting apart.
{{ made_by('record_id', touched_by='slotted_record', tells=['component_id']) }}
{{ config(indexes=[{'columns': ['record_id']}, {'columns': ['component_id']}]) }}

select
    reports.*,
    spellings.body_key,
    spellings.body_words,
    spellings.body_type,
    array_position(array['morning', 'afternoon', 'evening'], reports.part_of_day) as part,
    slots.has_day,
    slots.place_rank,
    slots.day_rank,
    slots.release_id,
    slots.told_apart_by,
    slots.told_apart_value,
    slots.slot,
    coalesce(components.component_id, slots.slot) as component_id,
    hash_record_extended(
        row(
            reports.article_fingerprint, spellings.body_key, spellings.body_words, spellings.body_type,
            slots.release_id
        ),
        0
    ) as fingerprint
from {{ ref('int_reports__slots') }} as slots
inner join {{ ref('int_reports__current') }} as reports using (record_id)
inner join {{ ref('int_bodies__spellings') }} as spellings using (place_id, host_body)
left join {{ ref('int_reports__components') }} as components using (slot)
where {{ touched('slots.record_id') }}
