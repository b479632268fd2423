-- Audit records and policy versions are only ever added; audit records may go after the 6 months the law keeps them.
create function keep_row_unchanged() returns trigger language plpgsql as $$
begin
  raise exception 'Rows of % are never changed', tg_table_name using errcode = 'restrict_violation';
end $$;

create function keep_audit_six_months() returns trigger language plpgsql as $$
begin
  if old.at > now() - interval '6 months' then
    raise exception 'Audit records are kept for 6 months' using errcode = 'restrict_violation';
  end if;
  return old;
end $$;

create trigger audit_records_unchanged before update on audit_records
  for each row execute function keep_row_unchanged();

create trigger audit_records_kept before delete on audit_records
  for each row execute function keep_audit_six_months();

create trigger policies_unchanged before update or delete on policies
  for each row execute function keep_row_unchanged();

create trigger phrase_sets_unchanged before update or delete on phrase_sets
  for each row execute function keep_row_unchanged();

create trigger setting_changes_unchanged before update or delete on setting_changes
  for each row execute function keep_row_unchanged();
