-- A sample may quote an article: with a take-down all earlier samples go, their results stay.
create function audit.forget_samples() returns void
language plpgsql security definer set search_path = '' as $$
begin
    update audit.validation_results set sample = null
    where sample is not null and validated_at < (select max(taken_down_at) from audit.take_downs);
end
$$;
