-- An event happened once and for good. What may change is one thing: its personal payload goes, and its salt with it.
create function keep_event() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.personal is null and new.personal_salt is null
      and to_jsonb(new) - 'personal' - 'personal_salt' = to_jsonb(old) - 'personal' - 'personal_salt'
    then
      return new;
    end if;
  end if;
  raise exception 'Events are never changed or deleted' using errcode = 'restrict_violation';
end
$$;

create trigger events_unchanged before update or delete on events
  for each row execute function keep_event();

create trigger events_not_truncated before truncate on events
  for each statement execute function keep_event();
