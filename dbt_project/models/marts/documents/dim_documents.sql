-- Grain: one cited document. What most citations say of it stands, then the first in order.
{{ made_by('document_key') }}

select
    document_key,
    mode() within group (order by kind collate "C") as kind,
    mode() within group (order by number collate "C") as number,
    mode() within group (order by issuer collate "C") as issuer,
    mode() within group (order by dated_on) as dated_on
from {{ ref('int_documents__keyed') }}
where {{ touched('document_key') }}
group by document_key

union all

select
    {{ unknown() }} as document_key,
    'không rõ' as kind,
    null as number,
    null as issuer,
    null as dated_on
where not {{ goes_on() }}
