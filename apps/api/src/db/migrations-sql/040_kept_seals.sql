-- A seal that could be rewritten would seal nothing.
create trigger seals_unchanged before update or delete on seals
  for each row execute function keep_row_unchanged();

create trigger seal_leaves_unchanged before update or delete on seal_leaves
  for each row execute function keep_row_unchanged();
