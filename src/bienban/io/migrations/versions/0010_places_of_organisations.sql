-- A school in a commune, a company in a district: until now only the province was kept.
alter table raw.meetings add column host_place_id text;
comment on column raw.meetings.host_place_id is
'Durable id of the smallest unit that the text says an organisation lies in; null for other hosts, and when it does not say.';
