-- Every process that keeps people's access in memory hears of a change at its commit, whoever made it.
create function announce_access_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('access_changed', coalesce(new.person_id, old.person_id)::text);
  return null;
end
$$;

create function announce_person_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('access_changed', old.id::text);
  return null;
end
$$;

create trigger grants_announce after insert or update or delete on grants
  for each row execute function announce_access_changed();

create trigger sessions_announce after update of revoked_at, person_id or delete on sessions
  for each row execute function announce_access_changed();

create trigger people_announce after update of level, anonymised_at, merged_into or delete on people
  for each row execute function announce_person_changed();
