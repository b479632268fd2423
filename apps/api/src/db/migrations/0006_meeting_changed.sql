-- Whoever follows a meeting hears of a change at its commit, whoever made it: "{community}-{meeting}".
create function announce_meeting_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('meeting_changed', new.community_code || '-' || new.meeting_id);
  return null;
end
$$;

create function announce_own_meeting_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('meeting_changed', new.community_code || '-' || new.id);
  return null;
end
$$;

create trigger meetings_announce after insert or update on meetings
  for each row execute function announce_own_meeting_changed();

create trigger agenda_items_announce after insert or update on agenda_items
  for each row execute function announce_meeting_changed();

create trigger attendance_announce after insert or update on attendance
  for each row execute function announce_meeting_changed();

create trigger motions_announce after insert or update on motions
  for each row execute function announce_meeting_changed();

create trigger speakers_announce after insert or update on speakers
  for each row execute function announce_meeting_changed();

-- Turnout, while a ballot runs.
create function announce_motion_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('meeting_changed', m.community_code || '-' || m.meeting_id)
  from motions m where m.community_code = new.community_code and m.id = new.motion_id;
  return null;
end
$$;

create trigger motion_roll_announce after update of issued on motion_roll
  for each row execute function announce_motion_changed();

create trigger open_votes_announce after insert on open_votes
  for each row execute function announce_motion_changed();

create trigger secret_ballots_announce after insert on secret_ballots
  for each row execute function announce_motion_changed();
