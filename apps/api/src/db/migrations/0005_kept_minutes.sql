-- What was confirmed stays as it was; what was said about it, too.
create trigger minutes_unchanged before update on minutes
  for each row when (old.state = 'confirmed') execute function keep_row_unchanged();

create trigger minutes_kept before delete on minutes
  for each row execute function keep_row_unchanged();

create trigger minutes_amendments_unchanged before update on minutes_amendments
  for each row when (old.state <> 'open') execute function keep_row_unchanged();

create trigger minutes_amendments_kept before delete on minutes_amendments
  for each row execute function keep_row_unchanged();

create trigger minutes_confirmations_kept before update or delete on minutes_confirmations
  for each row execute function keep_row_unchanged();

create trigger minutes_numbers_kept before update or delete on minutes_numbers
  for each row execute function keep_row_unchanged();

create trigger motion_proposals_kept before update or delete on motion_proposals
  for each row execute function keep_row_unchanged();
