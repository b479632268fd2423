create extension if not exists btree_gin;
create extension if not exists pg_trgm;
