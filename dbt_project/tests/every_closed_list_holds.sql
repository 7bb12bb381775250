-- Columns whose values are a closed list of the contract. Returns the values outside of it.
{% set periods = ['day', 'week', 'month', 'quarter', 'year'] %}
{% set closed = [
    ('fct_meetings', 'held_on_precision', ['day', 'month', 'quarter', 'half', 'year', 'none']),
    ('fct_meetings', 'part_of_day', ['morning', 'afternoon', 'evening']),
    ('fct_meetings', 'primary_session_type', [
        'mid_term_review', 'year_end_review', 'briefing', 'launch', 'dissemination', 'inspection', 'working_session',
        'training', 'congress', 'council_session', 'committee_meeting', 'consultation', 'dialogue', 'award',
        'thematic', 'other',
    ]),
    ('fct_metrics', 'qualifier', ['exact', 'over', 'under', 'about', 'range', 'up_to']),
    ('fct_metrics', 'per', periods),
    ('fct_metrics', 'status', ['result', 'target']),
    ('bridge_meeting_articles', 'joined_by', ['session', 'release', 'figures', 'day', 'period', 'publication']),
    ('bridge_meeting_claims', 'field', [
        'held_on', 'part_of_day', 'body', 'primary_session_type', 'reviewed_period', 'planned_period', 'figure',
    ]),
    ('bridge_meeting_claims', 'reason', ['most_reports', 'fuller_name', 'chosen_report']),
    ('dim_corrections', 'state', ['applied', 'changed_since', 'matches_nothing']),
    ('bridge_meeting_persons', 'role', ['chair', 'concluded', 'presenter', 'speaker', 'attended']),
    ('dim_units', 'unit_level', ['central', 'province', 'district', 'commune', 'organisation']),
    ('dim_units', 'unit_kind', [
        'quốc gia', 'tỉnh', 'thành phố', 'huyện', 'quận', 'thị xã', 'xã', 'phường', 'thị trấn', 'đặc khu',
        'công ty', 'trường', 'lực lượng vũ trang', 'tổ chức',
    ]),
] %}

{% for model, column, values in closed %}
    select
        '{{ model }}.{{ column }}' as closed_list,
        {{ column }} as outside
    from {{ rows_to_test(model) }}
    where {{ column }} not in ('{{ values | join("', '") }}')
    {% if not loop.last %}union all{% endif %}
{% endfor %}
