create extension if not exists btree_gin;
create extension if not exists pg_trgm;
--> statement-breakpoint
CREATE TABLE "agenda_items" (
	"community_code" text NOT NULL,
	"meeting_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"issue_id" uuid,
	"title" text,
	"text" text,
	"presenter_person_id" uuid,
	"presenter_unit_id" uuid,
	"presenter_affiliation" text,
	"presenter_name_cipher" text,
	"minutes" integer,
	"position" integer NOT NULL,
	"state" text NOT NULL,
	"begun_at" timestamp (3) with time zone,
	CONSTRAINT "agenda_items_pkey" PRIMARY KEY("community_code","meeting_id","id"),
	CONSTRAINT "agenda_items_matter" UNIQUE("community_code","meeting_id","issue_id"),
	CONSTRAINT "agenda_items_kind_known" CHECK ("agenda_items"."kind" in ('issue', 'report', 'information', 'resolutions_due')),
	CONSTRAINT "agenda_items_matter_or_words" CHECK (case "agenda_items"."kind" when 'issue' then "agenda_items"."issue_id" = "agenda_items"."id" and "agenda_items"."title" is null and "agenda_items"."text" is null
        else "agenda_items"."issue_id" is null and "agenda_items"."title" is not null end),
	CONSTRAINT "agenda_items_one_presenter" CHECK (num_nonnulls("agenda_items"."presenter_person_id", "agenda_items"."presenter_unit_id", "agenda_items"."presenter_affiliation") <= 1
        and ("agenda_items"."presenter_name_cipher" is null or "agenda_items"."presenter_affiliation" is not null)),
	CONSTRAINT "agenda_items_minutes" CHECK ("agenda_items"."minutes" between 1 and 240),
	CONSTRAINT "agenda_items_state_known" CHECK ("agenda_items"."state" in ('pending', 'discussing', 'decided', 'heard', 'deferred', 'dropped')
        and ("agenda_items"."kind" = 'issue') >= ("agenda_items"."state" = 'decided') and ("agenda_items"."kind" <> 'issue') >= ("agenda_items"."state" = 'heard'))
);
--> statement-breakpoint
CREATE TABLE "agenda_notes" (
	"community_code" text NOT NULL,
	"meeting_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"text" text NOT NULL,
	"noted_by" uuid NOT NULL,
	"noted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "agenda_notes_pkey" PRIMARY KEY("community_code","meeting_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "agenda_papers" (
	"community_code" text NOT NULL,
	"meeting_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"attachment_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "agenda_papers_pkey" PRIMARY KEY("community_code","meeting_id","attachment_id")
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"media_type" text NOT NULL,
	"content_hash" text NOT NULL,
	"thumb_hash" text,
	"width" integer,
	"height" integer,
	"bytes" integer NOT NULL,
	"uploaded_by" uuid,
	"upload_token_hash" text,
	"source_hash" text NOT NULL,
	"uploaded_at" timestamp with time zone NOT NULL,
	"taken_at" timestamp with time zone,
	"place_encrypted" text,
	"subject_type" text,
	"subject_id" uuid,
	"subject_seq" integer,
	"bound_at" timestamp with time zone,
	"erased_at" timestamp with time zone,
	CONSTRAINT "attachments_pk" PRIMARY KEY("community_code","id"),
	CONSTRAINT "attachments_photo_whole" CHECK (num_nulls("attachments"."thumb_hash", "attachments"."width", "attachments"."height") = case "attachments"."media_type" when 'image/jpeg' then 0 when 'application/pdf' then 3 end),
	CONSTRAINT "attachments_bound_whole" CHECK (num_nulls("attachments"."subject_type", "attachments"."subject_id", "attachments"."subject_seq", "attachments"."bound_at") in (0, 4)),
	CONSTRAINT "attachments_have_an_uploader" CHECK (num_nonnulls("attachments"."uploaded_by", "attachments"."upload_token_hash") = 1)
);
--> statement-breakpoint
CREATE TABLE "ballot_keys" (
	"community_code" text NOT NULL,
	"motion_id" uuid NOT NULL,
	"private_key_cipher" text NOT NULL,
	CONSTRAINT "ballot_keys_pkey" PRIMARY KEY("community_code","motion_id")
);
--> statement-breakpoint
CREATE TABLE "motion_roll" (
	"community_code" text NOT NULL,
	"motion_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"class" text NOT NULL,
	"entitled_since" timestamp (3) with time zone NOT NULL,
	"in_room" boolean NOT NULL,
	"proxy_id" uuid,
	"issued" boolean DEFAULT false NOT NULL,
	"blinded" text,
	CONSTRAINT "motion_roll_pkey" PRIMARY KEY("community_code","motion_id","person_id"),
	CONSTRAINT "motion_roll_class_known" CHECK ("motion_roll"."class" in ('representative', 'party_member', 'unit_member', 'staff_member')),
	CONSTRAINT "motion_roll_not_in_two_places" CHECK ("motion_roll"."proxy_id" is null or not "motion_roll"."in_room")
);
--> statement-breakpoint
CREATE TABLE "open_votes" (
	"community_code" text NOT NULL,
	"motion_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"cast_by" uuid NOT NULL,
	"choice" text NOT NULL,
	"cast_at" timestamp (3) with time zone NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "open_votes_pkey" PRIMARY KEY("community_code","motion_id","person_id"),
	CONSTRAINT "open_votes_choice_known" CHECK (choice in ('for', 'against', 'abstain'))
);
--> statement-breakpoint
CREATE TABLE "proxies" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"meeting_id" uuid NOT NULL,
	"principal_id" uuid NOT NULL,
	"holder_id" uuid NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	"entered_by" uuid,
	"ended_at" timestamp (3) with time zone,
	"ended" text,
	CONSTRAINT "proxies_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "proxies_not_oneself" CHECK ("proxies"."principal_id" <> "proxies"."holder_id"),
	CONSTRAINT "proxies_entered_by_another" CHECK ("proxies"."entered_by" <> "proxies"."principal_id" and "proxies"."entered_by" <> "proxies"."holder_id"),
	CONSTRAINT "proxies_ended_whole" CHECK (("proxies"."ended_at" is null) = ("proxies"."ended" is null)),
	CONSTRAINT "proxies_ended_known" CHECK ("proxies"."ended" in ('revoked', 'checked_in', 'deputy_came'))
);
--> statement-breakpoint
CREATE TABLE "secret_ballots" (
	"community_code" text NOT NULL,
	"motion_id" uuid NOT NULL,
	"token" text NOT NULL,
	"choice" text NOT NULL,
	"signature" text NOT NULL,
	CONSTRAINT "secret_ballots_pkey" PRIMARY KEY("community_code","motion_id","token"),
	CONSTRAINT "secret_ballots_choice_known" CHECK (choice in ('for', 'against', 'abstain'))
);
--> statement-breakpoint
CREATE TABLE "categories" (
	"code" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"class" text NOT NULL,
	"name" text NOT NULL,
	"default_urgency" text NOT NULL,
	"default_route" text NOT NULL,
	"handle_limit_working_days" integer,
	"handle_limit_hours" integer,
	"active" boolean DEFAULT true NOT NULL,
	"provenance" text NOT NULL,
	"changes_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "categories_code_form" CHECK ("categories"."code" ~ '^[0-9]{6}$'),
	CONSTRAINT "categories_kind_known" CHECK ("categories"."kind" in ('event', 'component', 'local')),
	CONSTRAINT "categories_urgency_known" CHECK ("categories"."default_urgency" in ('emergency', 'urgent', 'ordinary', 'hard')),
	CONSTRAINT "categories_route_known" CHECK ("categories"."default_route" in ('council', 'direct')),
	CONSTRAINT "categories_one_limit" CHECK (("categories"."handle_limit_working_days" is null or "categories"."handle_limit_hours" is null)
        and coalesce("categories"."handle_limit_working_days", "categories"."handle_limit_hours", 1) > 0)
);
--> statement-breakpoint
CREATE TABLE "api_client_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"last_four" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	CONSTRAINT "api_client_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "api_clients" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"name" text NOT NULL,
	"operator" text NOT NULL,
	"operator_phone" text,
	"region_code" text NOT NULL,
	"scopes" text[] NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	"refused_by" uuid,
	"refused_at" timestamp with time zone,
	"refused_reason" text,
	"revoked_by" uuid,
	"revoked_at" timestamp with time zone,
	"revoked_reason" text,
	"last_used_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "api_clients_person_unique" UNIQUE("person_id"),
	CONSTRAINT "api_clients_second_approver" CHECK ("api_clients"."approved_by" <> "api_clients"."requested_by"),
	CONSTRAINT "api_clients_answered_once" CHECK (("api_clients"."approved_at" is null or "api_clients"."refused_at" is null) and ("api_clients"."revoked_at" is null or "api_clients"."approved_at" is not null)),
	CONSTRAINT "api_clients_have_scopes" CHECK (cardinality("api_clients"."scopes") > 0)
);
--> statement-breakpoint
CREATE TABLE "cobuilding_items" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"unit_id" uuid,
	"resource" text NOT NULL,
	"title" text NOT NULL,
	"detail" text NOT NULL,
	"from_on" date,
	"until_on" date,
	"state" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "cobuilding_items_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "cobuilding_items_kind_known" CHECK ("cobuilding_items"."kind" in ('offer', 'need')),
	CONSTRAINT "cobuilding_items_state_known" CHECK ("cobuilding_items"."state" in ('open', 'closed')),
	CONSTRAINT "cobuilding_items_run_forward" CHECK ("cobuilding_items"."until_on" >= "cobuilding_items"."from_on")
);
--> statement-breakpoint
CREATE TABLE "cobuilding_project_units" (
	"community_code" text NOT NULL,
	"project_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	CONSTRAINT "cobuilding_project_units_pkey" PRIMARY KEY("community_code","project_id","unit_id")
);
--> statement-breakpoint
CREATE TABLE "cobuilding_projects" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"title" text NOT NULL,
	"plan" text NOT NULL,
	"offer_id" uuid,
	"need_id" uuid,
	"starts_on" date NOT NULL,
	"state" text NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"result" text,
	"figures" jsonb NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "cobuilding_projects_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "cobuilding_projects_state_known" CHECK ("cobuilding_projects"."state" in ('running', 'done', 'dropped')),
	CONSTRAINT "cobuilding_projects_end_with_a_result" CHECK (("cobuilding_projects"."state" = 'running') = ("cobuilding_projects"."closed_at" is null) and ("cobuilding_projects"."closed_at" is null) = ("cobuilding_projects"."result" is null))
);
--> statement-breakpoint
CREATE TABLE "calendar_feeds" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "calendar_feeds_token" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "meeting_guests" (
	"community_code" text NOT NULL,
	"meeting_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"guest_id" text NOT NULL,
	CONSTRAINT "meeting_guests_pkey" PRIMARY KEY("community_code","meeting_id","kind","guest_id"),
	CONSTRAINT "meeting_guests_kind_known" CHECK ("meeting_guests"."kind" in ('community', 'unit'))
);
--> statement-breakpoint
CREATE TABLE "meeting_invitations" (
	"community_code" text NOT NULL,
	"meeting_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"class" text NOT NULL,
	"guest_kind" text,
	"guest_id" text,
	"answer" text NOT NULL,
	"note" text,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "meeting_invitations_pkey" PRIMARY KEY("community_code","meeting_id","person_id"),
	CONSTRAINT "meeting_invitations_class_known" CHECK ("meeting_invitations"."class" in ('representative', 'party_member', 'unit_member', 'staff_member', 'staff', 'guest')),
	CONSTRAINT "meeting_invitations_guests_of" CHECK (num_nulls("meeting_invitations"."guest_kind", "meeting_invitations"."guest_id") = case when "meeting_invitations"."class" = 'guest' then 0 else 2 end),
	CONSTRAINT "meeting_invitations_answered_whole" CHECK ("meeting_invitations"."answer" in ('pending', 'accepted', 'declined', 'tentative')
        and ("meeting_invitations"."answer" = 'pending') = ("meeting_invitations"."answered_at" is null) and ("meeting_invitations"."answer" <> 'pending' or "meeting_invitations"."note" is null))
);
--> statement-breakpoint
CREATE TABLE "meeting_messages" (
	"community_code" text NOT NULL,
	"meeting_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"word" text NOT NULL,
	"sequence" integer NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "meeting_messages_pkey" PRIMARY KEY("community_code","meeting_id","person_id","word","sequence"),
	CONSTRAINT "meeting_messages_word_known" CHECK ("meeting_messages"."word" in ('announced', 'changed', 'reminder', 'cancelled', 'withdrawn', 'amend', 'confirm', 'proxy'))
);
--> statement-breakpoint
CREATE TABLE "meeting_notices" (
	"community_code" text NOT NULL,
	"meeting_id" uuid NOT NULL,
	"announced_at" timestamp (3) with time zone NOT NULL,
	"announced_by" uuid NOT NULL,
	"notice_days" integer NOT NULL,
	"days_ahead" integer NOT NULL,
	"short_notice_reason" text,
	"sequence" integer NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"cancel_reason" text,
	CONSTRAINT "meeting_notices_pkey" PRIMARY KEY("community_code","meeting_id"),
	CONSTRAINT "meeting_notices_short_says_why" CHECK ("meeting_notices"."days_ahead" >= "meeting_notices"."notice_days" or "meeting_notices"."short_notice_reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "meeting_series" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"title" text NOT NULL,
	"place" text NOT NULL,
	"rule" text NOT NULL,
	"day" integer,
	"week" integer,
	"weekday" integer,
	"time" text NOT NULL,
	"on_holiday" text NOT NULL,
	"move_from_weekends" boolean NOT NULL,
	"presider_id" uuid,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"set_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "meeting_series_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "meeting_series_rule_whole" CHECK (("meeting_series"."rule" = 'day_of_month' and "meeting_series"."day" between 1 and 31 and num_nulls("meeting_series"."week", "meeting_series"."weekday") = 2)
        or ("meeting_series"."rule" = 'nth_weekday' and "meeting_series"."day" is null and "meeting_series"."week" in (1, 2, 3, 4, -1) and "meeting_series"."weekday" between 1 and 7)),
	CONSTRAINT "meeting_series_moves_known" CHECK ("meeting_series"."on_holiday" in ('next_workday', 'previous_workday', 'keep'))
);
--> statement-breakpoint
CREATE TABLE "series_meetings" (
	"community_code" text NOT NULL,
	"series_id" uuid NOT NULL,
	"month" text NOT NULL,
	"meeting_id" uuid NOT NULL,
	"planned_on" date NOT NULL,
	"moved" text,
	CONSTRAINT "series_meetings_pkey" PRIMARY KEY("community_code","series_id","month"),
	CONSTRAINT "series_meetings_meeting" UNIQUE("community_code","meeting_id"),
	CONSTRAINT "series_meetings_moved_known" CHECK ("series_meetings"."moved" in ('holiday', 'weekend'))
);
--> statement-breakpoint
CREATE TABLE "attendance" (
	"community_code" text NOT NULL,
	"meeting_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"class" text NOT NULL,
	"stands_for" uuid,
	"checked_in_at" timestamp (3) with time zone NOT NULL,
	"left_at" timestamp (3) with time zone,
	CONSTRAINT "attendance_pkey" PRIMARY KEY("community_code","meeting_id","person_id"),
	CONSTRAINT "attendance_class_known" CHECK ("attendance"."class" in ('representative', 'party_member', 'unit_member', 'staff_member', 'staff'))
);
--> statement-breakpoint
CREATE TABLE "motions" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"meeting_id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"amends_id" uuid,
	"text" text NOT NULL,
	"original_text" text,
	"rule" text NOT NULL,
	"proposes" text NOT NULL,
	"state" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"heads_for" integer,
	"heads_against" integer,
	"heads_abstain" integer,
	"entitled_heads" integer,
	"sustained_objections" integer,
	"area_for" bigint,
	"area_against" bigint,
	"area_abstain" bigint,
	"entitled_area" bigint,
	"counted_by" uuid,
	"counted_at" timestamp (3) with time zone,
	"method" text DEFAULT 'hands' NOT NULL,
	"place" text DEFAULT 'room' NOT NULL,
	"opens_at" timestamp (3) with time zone,
	"closes_at" timestamp (3) with time zone,
	"opened_at" timestamp (3) with time zone,
	"mover_id" uuid,
	"seconder_id" uuid,
	"parts" jsonb,
	"ballots_cast" integer,
	"public_key" text,
	"list_hash" text,
	CONSTRAINT "motions_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "motions_rule_known" CHECK (rule in ('consensus', 'majority', 'two_thirds', 'owners_ordinary', 'owners_major', 'households')),
	CONSTRAINT "motions_proposes_known" CHECK ("motions"."proposes" in ('act', 'not_to_act')),
	CONSTRAINT "motions_state_known" CHECK ("motions"."state" in ('moved', 'open', 'passed', 'failed', 'accepted', 'withdrawn')),
	CONSTRAINT "motions_amendment_whole" CHECK (("motions"."amends_id" is null and "motions"."state" <> 'accepted') or ("motions"."amends_id" is not null and "motions"."place" = 'room'
        and "motions"."rule" in ('consensus', 'majority', 'two_thirds') and "motions"."original_text" is null)),
	CONSTRAINT "motions_method_known" CHECK ("motions"."method" in ('hands', 'open', 'secret')),
	CONSTRAINT "motions_place_known" CHECK ("motions"."place" in ('room', 'online', 'both')),
	CONSTRAINT "motions_window_whole" CHECK (("motions"."place" = 'room') = ("motions"."closes_at" is null) and ("motions"."place" = 'room' or "motions"."method" <> 'hands')
        and ("motions"."opens_at" is null or "motions"."opens_at" < "motions"."closes_at")),
	CONSTRAINT "motions_ballot_whole" CHECK (("motions"."ballots_cast" is null) = ("motions"."parts" is null)
        and ("motions"."method" = 'hands' or "motions"."rule" in ('owners_ordinary', 'owners_major', 'households') or ("motions"."parts" is null) = ("motions"."counted_at" is null))),
	CONSTRAINT "motions_owners_over_a_window" CHECK ("motions"."rule" not in ('owners_ordinary', 'owners_major', 'households') or ("motions"."method" = 'open' and "motions"."place" = 'online' and "motions"."opens_at" is not null)),
	CONSTRAINT "motions_key_of_secret" CHECK (("motions"."method" = 'secret') = ("motions"."public_key" is not null)),
	CONSTRAINT "motions_counted_whole" CHECK (("motions"."state" in ('passed', 'failed')) = ("motions"."counted_at" is not null)
        and num_nulls("motions"."heads_for", "motions"."heads_against", "motions"."heads_abstain", "motions"."entitled_heads", "motions"."counted_at") in (0, 5)
        and num_nulls("motions"."area_for", "motions"."area_against", "motions"."area_abstain", "motions"."entitled_area") in (0, 4)),
	CONSTRAINT "motions_nobody_counts_twice" CHECK ("motions"."heads_for" + "motions"."heads_against" + "motions"."heads_abstain" <= "motions"."entitled_heads"
        and ("motions"."entitled_area" is null or "motions"."area_for" + "motions"."area_against" + "motions"."area_abstain" <= "motions"."entitled_area"))
);
--> statement-breakpoint
CREATE TABLE "duty_hand_overs" (
	"community_code" text NOT NULL,
	"shift_id" uuid NOT NULL,
	"to_shift_id" uuid NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"note" text NOT NULL,
	"matters" jsonb NOT NULL,
	"confirmed_by" uuid,
	"confirmed_at" timestamp (3) with time zone,
	CONSTRAINT "duty_hand_overs_pkey" PRIMARY KEY("community_code","shift_id"),
	CONSTRAINT "duty_hand_overs_confirmed_by_somebody" CHECK (("duty_hand_overs"."confirmed_by" is null) = ("duty_hand_overs"."confirmed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "duty_names" (
	"community_code" text NOT NULL,
	"person_id" uuid NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "duty_names_pkey" PRIMARY KEY("community_code","person_id")
);
--> statement-breakpoint
CREATE TABLE "duty_plans" (
	"community_code" text PRIMARY KEY NOT NULL,
	"phone" text,
	"pattern" jsonb NOT NULL,
	"version" integer NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "duty_shifts" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"person_id" uuid NOT NULL,
	"planned_for" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "duty_shifts_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "duty_shifts_kind_known" CHECK ("duty_shifts"."kind" in ('day', 'night')),
	CONSTRAINT "duty_shifts_run_forward" CHECK ("duty_shifts"."ends_at" > "duty_shifts"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "duty_stand_ins" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"shift_id" uuid NOT NULL,
	"from_person" uuid NOT NULL,
	"to_person" uuid NOT NULL,
	"reason" text NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "duty_stand_ins_pkey" PRIMARY KEY("community_code","id")
);
--> statement-breakpoint
CREATE TABLE "call_back_attempts" (
	"community_code" text NOT NULL,
	"rating_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"issue_id" uuid NOT NULL,
	"event_seq" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" uuid NOT NULL,
	"reached" boolean NOT NULL,
	"contacted" boolean,
	"solved" text,
	"level" smallint,
	"outcome" text,
	"due_at" timestamp (3) with time zone,
	"follow_up" boolean NOT NULL,
	"script_version" smallint NOT NULL,
	CONSTRAINT "call_back_attempts_pkey" PRIMARY KEY("community_code","rating_id","attempt"),
	CONSTRAINT "call_back_attempts_outcome_when_reached" CHECK ("call_back_attempts"."reached" = ("call_back_attempts"."outcome" is not null) or ("call_back_attempts"."follow_up" and "call_back_attempts"."outcome" is null)),
	CONSTRAINT "call_back_attempts_level" CHECK ("call_back_attempts"."level" is null or "call_back_attempts"."level" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "calls_owed" (
	"community_code" text NOT NULL,
	"rating_id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"rank" smallint NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "calls_owed_pkey" PRIMARY KEY("community_code","rating_id"),
	CONSTRAINT "calls_owed_reason_known" CHECK ("calls_owed"."reason" in ('bad', 'helped', 'sampled', 'registered'))
);
--> statement-breakpoint
CREATE TABLE "objections" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"event_seq" integer NOT NULL,
	"person_id" uuid,
	"raiser_id" uuid,
	"made_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"answer" text,
	"upheld" boolean,
	"answered_by" uuid,
	"answered_at" timestamp (3) with time zone,
	"review_of" uuid,
	CONSTRAINT "objections_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "objections_of_somebody" CHECK (num_nonnulls("objections"."person_id", "objections"."raiser_id") = 1),
	CONSTRAINT "objections_state_known" CHECK ("objections"."state" in ('open', 'answered')),
	CONSTRAINT "objections_answered_whole" CHECK (("objections"."state" = 'answered') = ("objections"."answered_at" is not null) and num_nulls("objections"."answer", "objections"."upheld", "objections"."answered_at") in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "rating_contests" (
	"community_code" text NOT NULL,
	"rating_id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"contested_by" uuid NOT NULL,
	"contested_at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"decision_reason" text,
	CONSTRAINT "rating_contests_pkey" PRIMARY KEY("community_code","rating_id"),
	CONSTRAINT "rating_contests_state_known" CHECK ("rating_contests"."state" in ('open', 'upheld', 'rejected')),
	CONSTRAINT "rating_contests_decided_whole" CHECK (("rating_contests"."state" = 'open') = ("rating_contests"."decided_at" is null))
);
--> statement-breakpoint
CREATE TABLE "ratings" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"event_seq" integer NOT NULL,
	"person_id" uuid,
	"raiser_id" uuid,
	"helper_id" uuid,
	"level" smallint NOT NULL,
	"contacted" boolean NOT NULL,
	"solved" text NOT NULL,
	"rater_group" text NOT NULL,
	"reasons" text[] NOT NULL,
	"rated_at" timestamp (3) with time zone NOT NULL,
	"call_reason" text,
	"call_back" text NOT NULL,
	"call_back_due_at" timestamp (3) with time zone,
	"call_back_outcome" text,
	"concluded_at" timestamp (3) with time zone,
	"set_aside" boolean NOT NULL,
	CONSTRAINT "ratings_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "ratings_group_known" CHECK ("ratings"."rater_group" in ('raiser', 'endorser', 'council', 'resident')),
	CONSTRAINT "ratings_called_with_a_reason" CHECK (("ratings"."call_back" = 'none') = ("ratings"."call_reason" is null)),
	CONSTRAINT "ratings_level" CHECK ("ratings"."level" between 1 and 5),
	CONSTRAINT "ratings_solved_known" CHECK ("ratings"."solved" in ('yes', 'partly', 'no')),
	CONSTRAINT "ratings_of_somebody" CHECK (num_nonnulls("ratings"."person_id", "ratings"."raiser_id") = 1),
	CONSTRAINT "ratings_call_back_known" CHECK ("ratings"."call_back" in ('none', 'open', 'concluded')),
	CONSTRAINT "ratings_concluded_whole" CHECK (("ratings"."call_back" = 'concluded') = ("ratings"."concluded_at" is not null) and ("ratings"."concluded_at" is null) = ("ratings"."call_back_outcome" is null))
);
--> statement-breakpoint
CREATE TABLE "events" (
	"community_code" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"action" text NOT NULL,
	"from_state" text,
	"to_state" text,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"record" jsonb NOT NULL,
	"record_salt" text NOT NULL,
	"record_hash" text NOT NULL,
	"personal" jsonb,
	"personal_salt" text,
	"personal_hash" text,
	"previous" text,
	"hash" text NOT NULL,
	"hash_name" text NOT NULL,
	CONSTRAINT "events_pkey" PRIMARY KEY("community_code","subject_type","subject_id","seq"),
	CONSTRAINT "events_subject_known" CHECK (subject_type in ('issue', 'meeting', 'motion', 'meeting_series', 'policy', 'grant', 'statement', 'opinion_map', 'owners_roll', 'task_force', 'sitting')),
	CONSTRAINT "events_personal_with_salt" CHECK (("events"."personal" is null) = ("events"."personal_salt" is null)),
	CONSTRAINT "events_previous" CHECK (("events"."seq" = 1) = ("events"."previous" is null))
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"region_code" text NOT NULL,
	"unit_id" uuid,
	"deputy_for" uuid,
	"requested_by" uuid NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	"refused_by" uuid,
	"refused_at" timestamp with time zone,
	"refused_reason" text,
	"revoked_by" uuid,
	"revoked_at" timestamp with time zone,
	"revoked_reason" text,
	"valid_from" timestamp with time zone,
	"valid_to" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "grants_role_known" CHECK ("grants"."role" in ('representative', 'party_member', 'volunteer', 'grid_worker', 'officer', 'secretary',
        'unit_handler', 'supervisor', 'administrator', 'care_worker', 'teacher', 'mediator')),
	CONSTRAINT "grants_handlers_have_units" CHECK ("grants"."role" = 'representative' or ("grants"."role" = 'unit_handler') = ("grants"."unit_id" is not null)),
	CONSTRAINT "grants_deputies_of_members" CHECK ("grants"."deputy_for" is null or ("grants"."role" in ('representative', 'party_member') and "grants"."deputy_for" <> "grants"."person_id")),
	CONSTRAINT "grants_not_to_oneself" CHECK ("grants"."requested_by" <> "grants"."person_id" and "grants"."approved_by" <> "grants"."person_id"),
	CONSTRAINT "grants_second_approver" CHECK ("grants"."approved_by" <> "grants"."requested_by"),
	CONSTRAINT "grants_answered_once" CHECK (("grants"."approved_at" is null or "grants"."refused_at" is null) and ("grants"."revoked_at" is null or "grants"."approved_at" is not null)),
	CONSTRAINT "grants_validity_runs_forward" CHECK ("grants"."valid_to" is null or "grants"."valid_from" is null or "grants"."valid_to" > "grants"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "household_invitations" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"household_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"share_numerator" integer,
	"share_denominator" integer,
	"issued_by" uuid NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_by" uuid,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "household_members" (
	"household_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"community_code" text NOT NULL,
	"kind" text NOT NULL,
	"share_numerator" integer,
	"share_denominator" integer,
	"bound_by" text NOT NULL,
	"bound_by_person" uuid NOT NULL,
	"bound_at" timestamp with time zone NOT NULL,
	CONSTRAINT "household_members_pkey" PRIMARY KEY("household_id","person_id"),
	CONSTRAINT "household_members_kind_known" CHECK ("household_members"."kind" in ('owner', 'family', 'tenant')),
	CONSTRAINT "household_members_bound_by_known" CHECK ("household_members"."bound_by" in ('code', 'staff')),
	CONSTRAINT "household_members_owners_have_shares" CHECK (("household_members"."kind" = 'owner') = ("household_members"."share_numerator" is not null)
        and ("household_members"."share_numerator" is null) = ("household_members"."share_denominator" is null)
        and ("household_members"."share_numerator" is null or ("household_members"."share_numerator" > 0 and "household_members"."share_numerator" <= "household_members"."share_denominator")))
);
--> statement-breakpoint
CREATE TABLE "households" (
	"id" uuid PRIMARY KEY NOT NULL,
	"building_code" text NOT NULL,
	"door_cipher" text NOT NULL,
	"door_hash" text NOT NULL,
	"area_hundredths" bigint,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "households_door_unique" UNIQUE("building_code","door_hash"),
	CONSTRAINT "households_area_positive" CHECK ("households"."area_hundredths" is null or "households"."area_hundredths" > 0)
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"status" integer,
	"headers" jsonb,
	"body" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY("scope","key")
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"community_code" text NOT NULL,
	"import_id" uuid NOT NULL,
	"row_number" integer NOT NULL,
	"outcome" text NOT NULL,
	"external_id" text,
	"issue_id" uuid,
	"code" text,
	"reason" text,
	CONSTRAINT "import_rows_pkey" PRIMARY KEY("community_code","import_id","row_number"),
	CONSTRAINT "import_rows_outcome_known" CHECK ("import_rows"."outcome" in ('created', 'updated', 'unchanged', 'rejected')),
	CONSTRAINT "import_rows_rejected_say_why" CHECK (("import_rows"."outcome" = 'rejected') = ("import_rows"."reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"stored_as" text,
	"kept_until" timestamp with time zone,
	"dry_run" boolean NOT NULL,
	"options" jsonb NOT NULL,
	"state" text NOT NULL,
	"preset" text,
	"source" text,
	"sheet" text,
	"unused_columns" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"unread_sheets" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"total_rows" integer,
	"last_row" integer DEFAULT 0 NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"rejected" integer DEFAULT 0 NOT NULL,
	"error_code" text,
	"error_message" text,
	"requested_by" uuid,
	"requested_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "imports_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "imports_state_known" CHECK ("imports"."state" in ('waiting', 'running', 'finished', 'failed')),
	CONSTRAINT "imports_kept_are_stored" CHECK ("imports"."kept_until" is null or ("imports"."dry_run" and "imports"."stored_as" is not null)),
	CONSTRAINT "imports_failed_say_why" CHECK (("imports"."state" = 'failed') = ("imports"."error_code" is not null))
);
--> statement-breakpoint
CREATE TABLE "inbox_items" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"step" text NOT NULL,
	"issue_id" uuid NOT NULL,
	"event_seq" integer NOT NULL,
	"clock" text,
	"due_at" timestamp (3) with time zone,
	"made_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "inbox_items_pkey" PRIMARY KEY("community_code","id")
);
--> statement-breakpoint
CREATE TABLE "endorsements" (
	"community_code" text NOT NULL,
	"issue_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"household_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "endorsements_pkey" PRIMARY KEY("community_code","issue_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "issue_numbers" (
	"community_code" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "issue_numbers_pkey" PRIMARY KEY("community_code","year")
);
--> statement-breakpoint
CREATE TABLE "issues" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"last_seq" integer NOT NULL,
	"head_hash" text NOT NULL,
	"state" text NOT NULL,
	"stage" text GENERATED ALWAYS AS ((case state when 'raised' then 'raise' when 'accepted' then 'raise' when 'declined' then 'raise' when 'withdrawn' then 'raise' when 'merged' then 'raise' when 'referred' then 'raise' when 'scheduled' then 'deliberate' when 'deliberating' then 'deliberate' when 'adopted' then 'deliberate' when 'dismissed' then 'deliberate' when 'dispatched' then 'handle' when 'handling' then 'handle' when 'suspended' then 'handle' when 'verifying' then 'handle' when 'publicized' then 'evaluate' when 'closed' then 'evaluate' end)) STORED NOT NULL,
	"version" integer NOT NULL,
	"round" integer NOT NULL,
	"kind" text NOT NULL,
	"visibility" text NOT NULL,
	"anonymous" boolean NOT NULL,
	"channel" text NOT NULL,
	"route" text,
	"urgency" text,
	"category_code" text,
	"grid_code" text,
	"building_code" text,
	"title" text,
	"body" text,
	"public_title" text,
	"public_text" text,
	"result" text,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"state_since" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"contacted_at" timestamp (3) with time zone,
	"first_dispatched_at" timestamp (3) with time zone,
	"dispatched_at" timestamp (3) with time zone,
	"submitted_at" timestamp (3) with time zone,
	"publicized_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"clocks" jsonb NOT NULL,
	"due_clock" text,
	"due_at" timestamp (3) with time zone,
	"handle_due_at" timestamp (3) with time zone,
	"notice_ends_at" timestamp (3) with time zone,
	"evaluation_ends_at" timestamp (3) with time zone,
	"review_at" timestamp (3) with time zone,
	"raiser_count" integer NOT NULL,
	"content_raisers" integer NOT NULL,
	"endorsing_households" integer NOT NULL,
	"rating_count" integer NOT NULL,
	"open_bad_ratings" integer NOT NULL,
	"open_objections" integer NOT NULL,
	"open_contests" integer NOT NULL,
	"open_parts" integer NOT NULL,
	"lead_unit_id" uuid,
	"designated" boolean NOT NULL,
	"complained_unit_id" uuid,
	"decided_by" uuid,
	"submitted_by" uuid,
	"verified_by" uuid,
	"appeal_of" text,
	"appealed" boolean NOT NULL,
	"merged_into" text,
	"suspended_from" text,
	"suspensions" integer NOT NULL,
	"reopenings" integer NOT NULL,
	"rectify_owed" boolean NOT NULL,
	"extension_asked_for" timestamp (3) with time zone,
	"extension_by" uuid,
	"escalated" boolean NOT NULL,
	"supervisions" integer NOT NULL,
	"supervision_due_at" timestamp (3) with time zone,
	"external_support" integer NOT NULL,
	"import_source" text,
	"external_id" text,
	"import_hash" text,
	"wake_at" timestamp (3) with time zone,
	"search" "tsvector" NOT NULL,
	"public_search" "tsvector",
	CONSTRAINT "issues_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "issues_state_known" CHECK (state in ('raised', 'accepted', 'declined', 'withdrawn', 'merged', 'referred', 'scheduled', 'deliberating', 'adopted', 'dismissed', 'dispatched', 'handling', 'suspended', 'verifying', 'publicized', 'closed')),
	CONSTRAINT "issues_counts_not_negative" CHECK (least(raiser_count, content_raisers, endorsing_households, rating_count,
      open_bad_ratings, open_objections, open_contests, open_parts, supervisions) >= 0),
	CONSTRAINT "issues_private_show_nothing" CHECK ("issues"."visibility" = 'public' or "issues"."public_title" is null)
);
--> statement-breakpoint
CREATE TABLE "raisers" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"person_id" uuid,
	"name_cipher" text,
	"contact_consent" boolean NOT NULL,
	"tracking_hash" text,
	"typed_by" uuid,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"merged_from" uuid,
	"merged_at" timestamp (3) with time zone,
	"detached_at" timestamp (3) with time zone,
	"erased_at" timestamp (3) with time zone,
	CONSTRAINT "raisers_pkey" PRIMARY KEY("community_code","id")
);
--> statement-breakpoint
CREATE TABLE "job_requests" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "job_requests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"jobs" json NOT NULL,
	"refused" text
);
--> statement-breakpoint
CREATE TABLE "meetings" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"title" text NOT NULL,
	"held_at" timestamp (3) with time zone NOT NULL,
	"place" text NOT NULL,
	"state" text NOT NULL,
	"presider_id" uuid,
	"representatives" integer,
	"party_members" integer,
	"unit_members" integer,
	"staff_members" integer,
	"representatives_percent" integer,
	"party_members_percent" integer,
	"unit_members_percent" integer,
	"staff_members_percent" integer,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"version" integer NOT NULL,
	CONSTRAINT "meetings_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "meetings_state_known" CHECK ("meetings"."state" in ('draft', 'announced', 'in_session', 'closed', 'cancelled')),
	CONSTRAINT "meetings_opened_whole" CHECK (num_nulls("meetings"."opened_at", "meetings"."representatives", "meetings"."party_members", "meetings"."representatives_percent",
        "meetings"."party_members_percent", "meetings"."unit_members", "meetings"."staff_members", "meetings"."unit_members_percent", "meetings"."staff_members_percent") in (0, 9)
        and ("meetings"."state" <> 'in_session' or ("meetings"."opened_at" is not null and "meetings"."presider_id" is not null)))
);
--> statement-breakpoint
CREATE TABLE "minutes" (
	"community_code" text NOT NULL,
	"meeting_id" uuid NOT NULL,
	"state" text NOT NULL,
	"content" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"hash_name" text NOT NULL,
	"version" integer NOT NULL,
	"drafted_by" uuid NOT NULL,
	"drafted_at" timestamp (3) with time zone NOT NULL,
	"published_at" timestamp (3) with time zone,
	"amend_until" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone,
	CONSTRAINT "minutes_pkey" PRIMARY KEY("community_code","meeting_id"),
	CONSTRAINT "minutes_state_known" CHECK ("minutes"."state" in ('draft', 'amending', 'confirmed')),
	CONSTRAINT "minutes_published_whole" CHECK (("minutes"."state" = 'draft') = ("minutes"."published_at" is null) and ("minutes"."state" = 'draft') = ("minutes"."amend_until" is null)
        and ("minutes"."state" = 'confirmed') = ("minutes"."confirmed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "minutes_amendments" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"meeting_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"issue_id" uuid,
	"text" text NOT NULL,
	"state" text NOT NULL,
	"reply" text,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"answered_by" uuid,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "minutes_amendments_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "minutes_amendments_state_known" CHECK ("minutes_amendments"."state" in ('open', 'accepted', 'rejected')),
	CONSTRAINT "minutes_amendments_answered_whole" CHECK (num_nulls("minutes_amendments"."reply", "minutes_amendments"."answered_by", "minutes_amendments"."answered_at") = case when "minutes_amendments"."state" = 'open' then 3 else 0 end)
);
--> statement-breakpoint
CREATE TABLE "minutes_confirmations" (
	"community_code" text NOT NULL,
	"meeting_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"as" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "minutes_confirmations_pkey" PRIMARY KEY("community_code","meeting_id","version","person_id"),
	CONSTRAINT "minutes_confirmations_as_known" CHECK ("minutes_confirmations"."as" in ('chair', 'secretary', 'member'))
);
--> statement-breakpoint
CREATE TABLE "minutes_counters" (
	"community_code" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "minutes_counters_pkey" PRIMARY KEY("community_code","year")
);
--> statement-breakpoint
CREATE TABLE "minutes_numbers" (
	"community_code" text NOT NULL,
	"meeting_id" uuid NOT NULL,
	"number" text NOT NULL,
	CONSTRAINT "minutes_numbers_pkey" PRIMARY KEY("community_code","meeting_id")
);
--> statement-breakpoint
CREATE TABLE "motion_proposals" (
	"community_code" text NOT NULL,
	"motion_id" uuid NOT NULL,
	"lead_unit_id" uuid,
	"co_unit_ids" uuid[] NOT NULL,
	"due_days" integer,
	"budget_fen" bigint,
	"budget_source" text,
	CONSTRAINT "motion_proposals_pkey" PRIMARY KEY("community_code","motion_id"),
	CONSTRAINT "motion_proposals_source_of_a_budget" CHECK ("motion_proposals"."budget_source" is null or "motion_proposals"."budget_fen" is not null),
	CONSTRAINT "motion_proposals_positive" CHECK ("motion_proposals"."due_days" > 0 and "motion_proposals"."budget_fen" > 0)
);
--> statement-breakpoint
CREATE TABLE "work_orders" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"unit_id" uuid NOT NULL,
	"role" text NOT NULL,
	"state" text NOT NULL,
	"task" text,
	"due_at" timestamp (3) with time zone NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"sign_due_at" timestamp (3) with time zone,
	"signed_at" timestamp (3) with time zone,
	"handler_id" uuid,
	"designated" boolean DEFAULT false NOT NULL,
	"extension_asked_for" timestamp (3) with time zone,
	"extension_by" uuid,
	"first_due_at" timestamp (3) with time zone GENERATED ALWAYS AS (case when signed_at is null and sign_due_at < due_at then sign_due_at else due_at end) STORED NOT NULL,
	"result" text,
	"ended_by" uuid,
	CONSTRAINT "work_orders_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "work_orders_role_known" CHECK ("work_orders"."role" in ('lead', 'co')),
	CONSTRAINT "work_orders_state_known" CHECK ("work_orders"."state" in ('open', 'finished', 'waived', 'returned', 'replaced')),
	CONSTRAINT "work_orders_end_with_a_time" CHECK (("work_orders"."state" = 'open') = ("work_orders"."ended_at" is null))
);
--> statement-breakpoint
CREATE TABLE "erased_statements" (
	"community_code" text NOT NULL,
	"issue_id" uuid NOT NULL,
	"author_hash" text NOT NULL,
	"erased" smallint NOT NULL,
	CONSTRAINT "erased_statements_pkey" PRIMARY KEY("community_code","issue_id","author_hash"),
	CONSTRAINT "erased_statements_few" CHECK ("erased_statements"."erased" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "opinion_maps" (
	"community_code" text NOT NULL,
	"issue_id" uuid NOT NULL,
	"computed_at" timestamp (3) with time zone NOT NULL,
	"voters" integer NOT NULL,
	"answers" integer NOT NULL,
	"map" jsonb NOT NULL,
	"basis" jsonb NOT NULL,
	"recorded_at" timestamp (3) with time zone,
	"recorded_map" jsonb,
	CONSTRAINT "opinion_maps_pkey" PRIMARY KEY("community_code","issue_id"),
	CONSTRAINT "opinion_maps_recorded_whole" CHECK (("opinion_maps"."recorded_at" is null) = ("opinion_maps"."recorded_map" is null))
);
--> statement-breakpoint
CREATE TABLE "statement_answers" (
	"community_code" text NOT NULL,
	"issue_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"text_version" smallint NOT NULL,
	"answer" smallint NOT NULL,
	"answered_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "statement_answers_pkey" PRIMARY KEY("community_code","issue_id","person_id","statement_id"),
	CONSTRAINT "statement_answers_known" CHECK ("statement_answers"."answer" between -1 and 1)
);
--> statement-breakpoint
CREATE TABLE "statements" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"author_id" uuid,
	"ordinal" smallint NOT NULL,
	"text" text NOT NULL,
	"text_version" smallint NOT NULL,
	"text_key" text NOT NULL,
	"state" text NOT NULL,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"reason" text,
	"answers" integer NOT NULL,
	CONSTRAINT "statements_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "statements_wording" UNIQUE("community_code","id","text_version"),
	CONSTRAINT "statements_state_known" CHECK ("statements"."state" in ('pending', 'accepted', 'rejected', 'erased')),
	CONSTRAINT "statements_erased_whole" CHECK (("statements"."state" = 'erased') = ("statements"."text" = '') and ("statements"."state" <> 'erased' or "statements"."author_id" is null)),
	CONSTRAINT "statements_few_each" CHECK ("statements"."ordinal" between 1 and 5),
	CONSTRAINT "statements_decided_whole" CHECK (("statements"."state" in ('pending', 'erased')) = ("statements"."decided_at" is null) and ("statements"."decided_at" is null) = ("statements"."decided_by" is null)
        and ("statements"."state" = 'rejected') = ("statements"."reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "flat_titles" (
	"community_code" text NOT NULL,
	"household_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"share_numerator" integer NOT NULL,
	"share_denominator" integer NOT NULL,
	CONSTRAINT "flat_titles_pkey" PRIMARY KEY("community_code","household_id","owner_id"),
	CONSTRAINT "flat_titles_share_fits" CHECK ("flat_titles"."share_numerator" > 0 and "flat_titles"."share_numerator" <= "flat_titles"."share_denominator")
);
--> statement-breakpoint
CREATE TABLE "head_rulings" (
	"community_code" text NOT NULL,
	"roll_id" uuid NOT NULL,
	"fingerprint" text NOT NULL,
	"reason" text NOT NULL,
	"decided_by" uuid NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "head_rulings_pkey" PRIMARY KEY("community_code","roll_id","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "owner_rolls" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"imported_by" uuid NOT NULL,
	"imported_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "owner_rolls_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "owner_rolls_one" UNIQUE("community_code")
);
--> statement-breakpoint
CREATE TABLE "ruled_flats" (
	"community_code" text NOT NULL,
	"roll_id" uuid NOT NULL,
	"fingerprint" text NOT NULL,
	"household_id" uuid NOT NULL,
	"head_no" integer NOT NULL,
	CONSTRAINT "ruled_flats_pkey" PRIMARY KEY("community_code","roll_id","fingerprint","household_id"),
	CONSTRAINT "ruled_flats_head_positive" CHECK ("ruled_flats"."head_no" > 0)
);
--> statement-breakpoint
CREATE TABLE "title_owners" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"name_cipher" text NOT NULL,
	"identity_hash" text NOT NULL,
	"developer" boolean NOT NULL,
	CONSTRAINT "title_owners_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "title_owners_identity" UNIQUE("community_code","identity_hash")
);
--> statement-breakpoint
CREATE TABLE "head_objections" (
	"community_code" text NOT NULL,
	"motion_id" uuid NOT NULL,
	"head_no" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"objected_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "head_objections_pkey" PRIMARY KEY("community_code","motion_id","head_no")
);
--> statement-breakpoint
CREATE TABLE "head_proxies" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"motion_id" uuid NOT NULL,
	"head_no" integer NOT NULL,
	"holder_id" uuid NOT NULL,
	"given_by" uuid,
	"entered_by" uuid,
	"attachment_id" uuid,
	"given_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended" text,
	CONSTRAINT "head_proxies_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "head_proxies_given_once" CHECK (num_nulls("head_proxies"."given_by", "head_proxies"."entered_by") = 1),
	CONSTRAINT "head_proxies_paper_kept" CHECK (("head_proxies"."entered_by" is null) = ("head_proxies"."attachment_id" is null)),
	CONSTRAINT "head_proxies_to_another" CHECK ("head_proxies"."holder_id" <> coalesce("head_proxies"."given_by", "head_proxies"."entered_by")),
	CONSTRAINT "head_proxies_ended_whole" CHECK (("head_proxies"."ended_at" is null) = ("head_proxies"."ended" is null)),
	CONSTRAINT "head_proxies_ended_known" CHECK ("head_proxies"."ended" in ('revoked', 'voted', 'objected'))
);
--> statement-breakpoint
CREATE TABLE "head_votes" (
	"community_code" text NOT NULL,
	"motion_id" uuid NOT NULL,
	"head_no" integer NOT NULL,
	"way" text NOT NULL,
	"choice" text NOT NULL,
	"signed_by_all" boolean NOT NULL,
	"cast_by" uuid NOT NULL,
	"cast_at" timestamp (3) with time zone NOT NULL,
	"proxy_id" uuid,
	CONSTRAINT "head_votes_pkey" PRIMARY KEY("community_code","motion_id","head_no"),
	CONSTRAINT "head_votes_one_signer" CHECK ("head_votes"."proxy_id" is null or not "head_votes"."signed_by_all"),
	CONSTRAINT "head_votes_way_known" CHECK ("head_votes"."way" in ('online', 'paper')),
	CONSTRAINT "head_votes_choice_known" CHECK ("head_votes"."choice" in ('for', 'against', 'abstain'))
);
--> statement-breakpoint
CREATE TABLE "owners_messages" (
	"community_code" text NOT NULL,
	"motion_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"word" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "owners_messages_pkey" PRIMARY KEY("community_code","motion_id","person_id","word")
);
--> statement-breakpoint
CREATE TABLE "owners_votes" (
	"community_code" text NOT NULL,
	"motion_id" uuid NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	"heads" integer NOT NULL,
	"flats" integer NOT NULL,
	"area_hundredths" bigint NOT NULL,
	"papers_open" integer,
	CONSTRAINT "owners_votes_pkey" PRIMARY KEY("community_code","motion_id"),
	CONSTRAINT "owners_votes_somebody" CHECK ("owners_votes"."heads" > 0 and "owners_votes"."flats" >= "owners_votes"."heads" and "owners_votes"."area_hundredths" > 0)
);
--> statement-breakpoint
CREATE TABLE "paper_entries" (
	"community_code" text NOT NULL,
	"motion_id" uuid NOT NULL,
	"head_no" integer NOT NULL,
	"entered_by" uuid NOT NULL,
	"choice" text NOT NULL,
	"signed_by_all" boolean NOT NULL,
	"by_proxy" boolean NOT NULL,
	"entered_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "paper_entries_pkey" PRIMARY KEY("community_code","motion_id","head_no","entered_by"),
	CONSTRAINT "paper_entries_choice_known" CHECK ("paper_entries"."choice" in ('for', 'against', 'abstain'))
);
--> statement-breakpoint
CREATE TABLE "vote_flats" (
	"community_code" text NOT NULL,
	"motion_id" uuid NOT NULL,
	"household_id" uuid NOT NULL,
	"head_no" integer NOT NULL,
	"area_hundredths" bigint NOT NULL,
	"developer" boolean NOT NULL,
	CONSTRAINT "vote_flats_pkey" PRIMARY KEY("community_code","motion_id","household_id"),
	CONSTRAINT "vote_flats_area_positive" CHECK ("vote_flats"."area_hundredths" > 0)
);
--> statement-breakpoint
CREATE TABLE "audit_records" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"person_id" uuid NOT NULL,
	"action" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"purpose" text NOT NULL,
	"region_code" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name_cipher" text,
	"name_hash" text,
	"phone_cipher" text,
	"phone_hash" text,
	"level" text DEFAULT 'guest' NOT NULL,
	"region_code" text,
	"large_type" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"anonymised_at" timestamp with time zone,
	"merged_into" uuid,
	"merged_at" timestamp with time zone,
	CONSTRAINT "people_phone_hash_unique" UNIQUE("phone_hash"),
	CONSTRAINT "people_named_by_hash" CHECK (("people"."name_cipher" is null) = ("people"."name_hash" is null)),
	CONSTRAINT "people_merged_whole" CHECK (("people"."merged_into" is null) = ("people"."merged_at" is null) and "people"."merged_into" <> "people"."id"),
	CONSTRAINT "people_level_known" CHECK ("people"."level" in ('guest', 'phone', 'resident', 'owner')),
	CONSTRAINT "people_phone_found_by_hash" CHECK (("people"."phone_cipher" is null) = ("people"."phone_hash" is null)),
	CONSTRAINT "people_anonymised_hold_nothing" CHECK ("people"."anonymised_at" is null or ("people"."name_cipher" is null and "people"."phone_cipher" is null))
);
--> statement-breakpoint
CREATE TABLE "phrase_sets" (
	"community_code" text NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" uuid NOT NULL,
	"items" jsonb NOT NULL,
	CONSTRAINT "phrase_sets_pkey" PRIMARY KEY("community_code","version")
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"region_code" text NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"value" integer NOT NULL,
	"effective_from" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"running" boolean NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "policies_pkey" PRIMARY KEY("region_code","key","version")
);
--> statement-breakpoint
CREATE TABLE "regions" (
	"code" text PRIMARY KEY NOT NULL,
	"level" text NOT NULL,
	"name" text NOT NULL,
	"parent_code" text,
	"valid_from" date DEFAULT '2000-01-01' NOT NULL,
	"valid_to" date,
	"geojson" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "regions_level_known" CHECK ("regions"."level" in ('district', 'street', 'community', 'grid', 'building')),
	CONSTRAINT "regions_code_fits_level" CHECK ("regions"."code" ~ case "regions"."level"
        when 'district' then '^[0-9]{6}$' when 'street' then '^[0-9]{9}$' when 'community' then '^[0-9]{12}$'
        when 'grid' then '^[0-9]{15}$' else '^[0-9]{15}B[0-9]{2,3}$' end),
	CONSTRAINT "regions_only_districts_are_roots" CHECK (("regions"."parent_code" is null) = ("regions"."level" = 'district')),
	CONSTRAINT "regions_validity_runs_forward" CHECK ("regions"."valid_to" is null or "regions"."valid_to" > "regions"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "kept_reports" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"month" text NOT NULL,
	"format" text NOT NULL,
	"content_hash" text NOT NULL,
	"rows" integer NOT NULL,
	"bytes" integer NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"asked_by" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "kept_reports_pkey" PRIMARY KEY("community_code","id")
);
--> statement-breakpoint
CREATE TABLE "report_schedules" (
	"community_code" text NOT NULL,
	"kind" text NOT NULL,
	"on" boolean NOT NULL,
	"format" text NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_schedules_pkey" PRIMARY KEY("community_code","kind"),
	CONSTRAINT "report_schedules_format_known" CHECK ("report_schedules"."format" in ('csv', 'xlsx'))
);
--> statement-breakpoint
CREATE TABLE "seal_leaves" (
	"community_code" text NOT NULL,
	"seal_seq" integer NOT NULL,
	"index" integer NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"subject_seq" integer NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "seal_leaves_pkey" PRIMARY KEY("community_code","seal_seq","index"),
	CONSTRAINT "seal_leaves_event_once" UNIQUE("community_code","subject_type","subject_id","subject_seq")
);
--> statement-breakpoint
CREATE TABLE "seals" (
	"community_code" text NOT NULL,
	"seq" integer NOT NULL,
	"date" date NOT NULL,
	"root" text NOT NULL,
	"leaf_count" integer NOT NULL,
	"block_roots" text[] NOT NULL,
	"previous" text,
	"hash" text NOT NULL,
	"hash_name" text NOT NULL,
	"sealed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "seals_pkey" PRIMARY KEY("community_code","seq"),
	CONSTRAINT "seals_one_a_day" UNIQUE("community_code","date"),
	CONSTRAINT "seals_previous" CHECK (("seals"."seq" = 1) = ("seals"."previous" is null))
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"password_hash" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "accounts_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "phone_codes" (
	"phone_hash" text PRIMARY KEY NOT NULL,
	"code_hash" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"seed" "bytea" NOT NULL,
	"rotation" integer DEFAULT 0 NOT NULL,
	"method" text NOT NULL,
	"device" text,
	"created_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "sessions_method_known" CHECK ("sessions"."method" in ('password', 'phone'))
);
--> statement-breakpoint
CREATE TABLE "sign_ins" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"last_at" timestamp with time zone,
	"locked_at" timestamp with time zone,
	"locked_by" uuid,
	"locked_reason" text,
	CONSTRAINT "sign_ins_locked_whole" CHECK (("sign_ins"."locked_at" is null) = ("sign_ins"."locked_by" is null) and ("sign_ins"."locked_at" is null) = ("sign_ins"."locked_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "throttles" (
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"failures" integer NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone NOT NULL,
	CONSTRAINT "throttles_pkey" PRIMARY KEY("kind","subject")
);
--> statement-breakpoint
CREATE TABLE "setting_changes" (
	"kind" text NOT NULL,
	"code" text NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" uuid NOT NULL,
	"effective_from" timestamp (3) with time zone NOT NULL,
	"reason" text,
	"changes" jsonb NOT NULL,
	CONSTRAINT "setting_changes_pkey" PRIMARY KEY("kind","code","version"),
	CONSTRAINT "setting_changes_kind_known" CHECK ("setting_changes"."kind" in ('category', 'region')),
	CONSTRAINT "setting_changes_not_retroactive" CHECK ("setting_changes"."effective_from" >= "setting_changes"."at")
);
--> statement-breakpoint
CREATE TABLE "sitting_items" (
	"community_code" text NOT NULL,
	"sitting_id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"note" text,
	"action" text,
	"event_seq" integer,
	CONSTRAINT "sitting_items_pkey" PRIMARY KEY("community_code","sitting_id","issue_id"),
	CONSTRAINT "sitting_items_state_known" CHECK ("sitting_items"."state" in ('waiting', 'decided', 'noted')),
	CONSTRAINT "sitting_items_decided_whole" CHECK (num_nulls("sitting_items"."action", "sitting_items"."event_seq") = case when "sitting_items"."state" = 'decided' then 0 else 2 end)
);
--> statement-breakpoint
CREATE TABLE "sitting_units" (
	"community_code" text NOT NULL,
	"sitting_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"present" boolean NOT NULL,
	CONSTRAINT "sitting_units_pkey" PRIMARY KEY("community_code","sitting_id","unit_id")
);
--> statement-breakpoint
CREATE TABLE "sittings" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"number" integer,
	"state" text NOT NULL,
	"held_at" timestamp (3) with time zone NOT NULL,
	"place" text NOT NULL,
	"presider_id" uuid NOT NULL,
	"opened_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"cancel_reason" text,
	"version" integer NOT NULL,
	CONSTRAINT "sittings_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "sittings_state_known" CHECK ("sittings"."state" in ('announced', 'in_session', 'closed', 'cancelled')),
	CONSTRAINT "sittings_numbered_when_opened" CHECK (("sittings"."number" is null) = ("sittings"."opened_at" is null)),
	CONSTRAINT "sittings_cancelled_with_a_reason" CHECK (("sittings"."state" = 'cancelled') = ("sittings"."cancel_reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "speakers" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"meeting_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"state" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"began_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"seconds" integer,
	CONSTRAINT "speakers_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "speakers_state_known" CHECK ("speakers"."state" in ('waiting', 'speaking', 'spoken', 'withdrawn')),
	CONSTRAINT "speakers_times_whole" CHECK (("speakers"."state" in ('speaking', 'spoken')) = ("speakers"."began_at" is not null)
        and ("speakers"."began_at" is null) = ("speakers"."seconds" is null)
        and ("speakers"."state" in ('spoken', 'withdrawn')) = ("speakers"."ended_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "stat_cells" (
	"community_code" text NOT NULL,
	"span" text NOT NULL,
	"starts_on" date NOT NULL,
	"grid" text NOT NULL,
	"unit" text NOT NULL,
	"category" text NOT NULL,
	"figures" jsonb NOT NULL,
	"others" jsonb NOT NULL,
	CONSTRAINT "stat_cells_pkey" PRIMARY KEY("community_code","span","starts_on","grid","unit","category"),
	CONSTRAINT "stat_cells_span_known" CHECK ("stat_cells"."span" in ('day', 'month'))
);
--> statement-breakpoint
CREATE TABLE "stat_entries" (
	"community_code" text NOT NULL,
	"issue_id" uuid NOT NULL,
	"measure" text NOT NULL,
	"nth" smallint NOT NULL,
	"day" date NOT NULL,
	"grid" text NOT NULL,
	"unit" text NOT NULL,
	"category" text NOT NULL,
	"value" bigint NOT NULL,
	CONSTRAINT "stat_entries_pkey" PRIMARY KEY("community_code","issue_id","measure","nth")
);
--> statement-breakpoint
CREATE TABLE "uncounted_events" (
	"community_code" text NOT NULL,
	"issue_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "uncounted_events_pkey" PRIMARY KEY("community_code","issue_id","seq")
);
--> statement-breakpoint
CREATE TABLE "supervisions" (
	"community_code" text NOT NULL,
	"issue_id" uuid NOT NULL,
	"event_seq" integer NOT NULL,
	"order_text" text NOT NULL,
	"ordered_by" uuid,
	"made_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"answer" text,
	"answered_at" timestamp (3) with time zone,
	"answered_by" uuid,
	CONSTRAINT "supervisions_pkey" PRIMARY KEY("community_code","issue_id","event_seq"),
	CONSTRAINT "supervisions_state_known" CHECK ("supervisions"."state" in ('open', 'answered')),
	CONSTRAINT "supervisions_answered_whole" CHECK (("supervisions"."state" = 'answered') = ("supervisions"."answered_at" is not null) and ("supervisions"."answer" is null) = ("supervisions"."answered_at" is null))
);
--> statement-breakpoint
CREATE TABLE "whistles" (
	"community_code" text NOT NULL,
	"issue_id" uuid NOT NULL,
	"event_seq" integer NOT NULL,
	"round" integer NOT NULL,
	"street_code" text NOT NULL,
	"unit_id" uuid,
	"reason" text,
	"made_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"reported_at" timestamp (3) with time zone,
	"reported_by" uuid,
	"reporting_unit_id" uuid,
	"report" text,
	CONSTRAINT "whistles_pkey" PRIMARY KEY("community_code","issue_id","event_seq"),
	CONSTRAINT "whistles_state_known" CHECK ("whistles"."state" in ('open', 'reported')),
	CONSTRAINT "whistles_reported_whole" CHECK (("whistles"."state" = 'reported') = ("whistles"."reported_at" is not null) and ("whistles"."report" is null) = ("whistles"."reported_at" is null))
);
--> statement-breakpoint
CREATE TABLE "task_force_issues" (
	"community_code" text NOT NULL,
	"force_id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"attached_at" timestamp (3) with time zone NOT NULL,
	"released_at" timestamp (3) with time zone,
	CONSTRAINT "task_force_issues_pkey" PRIMARY KEY("community_code","force_id","issue_id")
);
--> statement-breakpoint
CREATE TABLE "task_force_members" (
	"community_code" text NOT NULL,
	"force_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"unit_id" uuid,
	"joined_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "task_force_members_pkey" PRIMARY KEY("community_code","force_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "task_force_milestones" (
	"community_code" text NOT NULL,
	"force_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"title" text NOT NULL,
	"due_on" date NOT NULL,
	"reached_at" timestamp (3) with time zone,
	"reached_by" uuid,
	"note" text,
	CONSTRAINT "task_force_milestones_pkey" PRIMARY KEY("community_code","force_id","id"),
	CONSTRAINT "task_force_milestones_reached_whole" CHECK (num_nulls("task_force_milestones"."reached_at", "task_force_milestones"."reached_by") in (0, 2))
);
--> statement-breakpoint
CREATE TABLE "task_forces" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"purpose" text NOT NULL,
	"state" text NOT NULL,
	"leader_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" uuid NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"result" text,
	"version" integer NOT NULL,
	CONSTRAINT "task_forces_pkey" PRIMARY KEY("community_code","id"),
	CONSTRAINT "task_forces_state_known" CHECK ("task_forces"."state" in ('active', 'closed')),
	CONSTRAINT "task_forces_close_with_a_result" CHECK (num_nulls("task_forces"."closed_at", "task_forces"."result") = case when "task_forces"."state" = 'closed' then 0 else 2 end)
);
--> statement-breakpoint
CREATE TABLE "unit_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" uuid NOT NULL,
	"what" text NOT NULL,
	"details" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unit_contacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" uuid NOT NULL,
	"name_cipher" text NOT NULL,
	"phone_cipher" text NOT NULL,
	"post" text,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unit_duties" (
	"unit_id" uuid NOT NULL,
	"category_code" text NOT NULL,
	"standing" text DEFAULT 'takes' NOT NULL,
	CONSTRAINT "unit_duties_pkey" PRIMARY KEY("unit_id","category_code"),
	CONSTRAINT "unit_duties_standing_known" CHECK ("unit_duties"."standing" in ('leads', 'takes', 'refuses'))
);
--> statement-breakpoint
CREATE TABLE "unit_hours" (
	"unit_id" uuid NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	"hours" jsonb,
	CONSTRAINT "unit_hours_pkey" PRIMARY KEY("unit_id","set_at")
);
--> statement-breakpoint
CREATE TABLE "units" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_code" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"has_accounts" boolean DEFAULT true NOT NULL,
	"phone_cipher" text,
	"active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "units_kind_known" CHECK ("units"."kind" in ('department', 'property', 'partner', 'committee', 'street'))
);
--> statement-breakpoint
CREATE TABLE "matter_views" (
	"community_code" text NOT NULL,
	"id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"filters" jsonb NOT NULL,
	"columns" text[] NOT NULL,
	"layout" text NOT NULL,
	"shared" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "matter_views_pkey" PRIMARY KEY("community_code","id")
);
--> statement-breakpoint
ALTER TABLE "agenda_items" ADD CONSTRAINT "agenda_items_presenter_person_id_people_id_fk" FOREIGN KEY ("presenter_person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_items" ADD CONSTRAINT "agenda_items_presenter_unit_id_units_id_fk" FOREIGN KEY ("presenter_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_items" ADD CONSTRAINT "agenda_items_meeting" FOREIGN KEY ("community_code","meeting_id") REFERENCES "public"."meetings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_items" ADD CONSTRAINT "agenda_items_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_notes" ADD CONSTRAINT "agenda_notes_noted_by_people_id_fk" FOREIGN KEY ("noted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_notes" ADD CONSTRAINT "agenda_notes_item" FOREIGN KEY ("community_code","meeting_id","item_id") REFERENCES "public"."agenda_items"("community_code","meeting_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_papers" ADD CONSTRAINT "agenda_papers_item" FOREIGN KEY ("community_code","meeting_id","item_id") REFERENCES "public"."agenda_items"("community_code","meeting_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_papers" ADD CONSTRAINT "agenda_papers_file" FOREIGN KEY ("community_code","attachment_id") REFERENCES "public"."attachments"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_community_code_regions_code_fk" FOREIGN KEY ("community_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_uploaded_by_people_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_keys" ADD CONSTRAINT "ballot_keys_motion" FOREIGN KEY ("community_code","motion_id") REFERENCES "public"."motions"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "motion_roll" ADD CONSTRAINT "motion_roll_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "motion_roll" ADD CONSTRAINT "motion_roll_motion" FOREIGN KEY ("community_code","motion_id") REFERENCES "public"."motions"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "motion_roll" ADD CONSTRAINT "motion_roll_proxy" FOREIGN KEY ("community_code","proxy_id") REFERENCES "public"."proxies"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_votes" ADD CONSTRAINT "open_votes_cast_by_people_id_fk" FOREIGN KEY ("cast_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_votes" ADD CONSTRAINT "open_votes_roll" FOREIGN KEY ("community_code","motion_id","person_id") REFERENCES "public"."motion_roll"("community_code","motion_id","person_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proxies" ADD CONSTRAINT "proxies_principal_id_people_id_fk" FOREIGN KEY ("principal_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proxies" ADD CONSTRAINT "proxies_holder_id_people_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proxies" ADD CONSTRAINT "proxies_entered_by_people_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proxies" ADD CONSTRAINT "proxies_meeting" FOREIGN KEY ("community_code","meeting_id") REFERENCES "public"."meetings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_ballots" ADD CONSTRAINT "secret_ballots_motion" FOREIGN KEY ("community_code","motion_id") REFERENCES "public"."motions"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_client_keys" ADD CONSTRAINT "api_client_keys_client_id_api_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."api_clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_client_keys" ADD CONSTRAINT "api_client_keys_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_requested_by_people_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_approved_by_people_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_refused_by_people_id_fk" FOREIGN KEY ("refused_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_revoked_by_people_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cobuilding_items" ADD CONSTRAINT "cobuilding_items_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cobuilding_items" ADD CONSTRAINT "cobuilding_items_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cobuilding_project_units" ADD CONSTRAINT "cobuilding_project_units_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cobuilding_project_units" ADD CONSTRAINT "cobuilding_project_units_project" FOREIGN KEY ("community_code","project_id") REFERENCES "public"."cobuilding_projects"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cobuilding_projects" ADD CONSTRAINT "cobuilding_projects_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cobuilding_projects" ADD CONSTRAINT "cobuilding_projects_offer" FOREIGN KEY ("community_code","offer_id") REFERENCES "public"."cobuilding_items"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cobuilding_projects" ADD CONSTRAINT "cobuilding_projects_need" FOREIGN KEY ("community_code","need_id") REFERENCES "public"."cobuilding_items"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_guests" ADD CONSTRAINT "meeting_guests_meeting" FOREIGN KEY ("community_code","meeting_id") REFERENCES "public"."meetings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_invitations" ADD CONSTRAINT "meeting_invitations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_invitations" ADD CONSTRAINT "meeting_invitations_meeting" FOREIGN KEY ("community_code","meeting_id") REFERENCES "public"."meetings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_messages" ADD CONSTRAINT "meeting_messages_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_messages" ADD CONSTRAINT "meeting_messages_meeting" FOREIGN KEY ("community_code","meeting_id") REFERENCES "public"."meetings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_notices" ADD CONSTRAINT "meeting_notices_announced_by_people_id_fk" FOREIGN KEY ("announced_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_notices" ADD CONSTRAINT "meeting_notices_meeting" FOREIGN KEY ("community_code","meeting_id") REFERENCES "public"."meetings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_series" ADD CONSTRAINT "meeting_series_presider_id_people_id_fk" FOREIGN KEY ("presider_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_series" ADD CONSTRAINT "meeting_series_set_by_people_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series_meetings" ADD CONSTRAINT "series_meetings_series" FOREIGN KEY ("community_code","series_id") REFERENCES "public"."meeting_series"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series_meetings" ADD CONSTRAINT "series_meetings_of" FOREIGN KEY ("community_code","meeting_id") REFERENCES "public"."meetings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_stands_for_people_id_fk" FOREIGN KEY ("stands_for") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_meeting" FOREIGN KEY ("community_code","meeting_id") REFERENCES "public"."meetings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "motions" ADD CONSTRAINT "motions_proposed_by_people_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "motions" ADD CONSTRAINT "motions_counted_by_people_id_fk" FOREIGN KEY ("counted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "motions" ADD CONSTRAINT "motions_mover_id_people_id_fk" FOREIGN KEY ("mover_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "motions" ADD CONSTRAINT "motions_seconder_id_people_id_fk" FOREIGN KEY ("seconder_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "motions" ADD CONSTRAINT "motions_item" FOREIGN KEY ("community_code","meeting_id","issue_id") REFERENCES "public"."agenda_items"("community_code","meeting_id","issue_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "motions" ADD CONSTRAINT "motions_amends" FOREIGN KEY ("community_code","amends_id") REFERENCES "public"."motions"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_hand_overs" ADD CONSTRAINT "duty_hand_overs_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_hand_overs" ADD CONSTRAINT "duty_hand_overs_confirmed_by_people_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_hand_overs" ADD CONSTRAINT "duty_hand_overs_shift" FOREIGN KEY ("community_code","shift_id") REFERENCES "public"."duty_shifts"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_hand_overs" ADD CONSTRAINT "duty_hand_overs_next" FOREIGN KEY ("community_code","to_shift_id") REFERENCES "public"."duty_shifts"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_names" ADD CONSTRAINT "duty_names_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_plans" ADD CONSTRAINT "duty_plans_set_by_people_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_shifts" ADD CONSTRAINT "duty_shifts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_shifts" ADD CONSTRAINT "duty_shifts_planned_for_people_id_fk" FOREIGN KEY ("planned_for") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_stand_ins" ADD CONSTRAINT "duty_stand_ins_from_person_people_id_fk" FOREIGN KEY ("from_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_stand_ins" ADD CONSTRAINT "duty_stand_ins_to_person_people_id_fk" FOREIGN KEY ("to_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_stand_ins" ADD CONSTRAINT "duty_stand_ins_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_stand_ins" ADD CONSTRAINT "duty_stand_ins_shift" FOREIGN KEY ("community_code","shift_id") REFERENCES "public"."duty_shifts"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_back_attempts" ADD CONSTRAINT "call_back_attempts_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_back_attempts" ADD CONSTRAINT "call_back_attempts_rating" FOREIGN KEY ("community_code","rating_id") REFERENCES "public"."ratings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls_owed" ADD CONSTRAINT "calls_owed_rating" FOREIGN KEY ("community_code","rating_id") REFERENCES "public"."ratings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_answered_by_people_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_review_of" FOREIGN KEY ("community_code","review_of") REFERENCES "public"."objections"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rating_contests" ADD CONSTRAINT "rating_contests_contested_by_people_id_fk" FOREIGN KEY ("contested_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rating_contests" ADD CONSTRAINT "rating_contests_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rating_contests" ADD CONSTRAINT "rating_contests_rating" FOREIGN KEY ("community_code","rating_id") REFERENCES "public"."ratings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_helper_id_people_id_fk" FOREIGN KEY ("helper_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_deputy_for_people_id_fk" FOREIGN KEY ("deputy_for") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_requested_by_people_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_approved_by_people_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_refused_by_people_id_fk" FOREIGN KEY ("refused_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_revoked_by_people_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_invitations" ADD CONSTRAINT "household_invitations_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_invitations" ADD CONSTRAINT "household_invitations_issued_by_people_id_fk" FOREIGN KEY ("issued_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_invitations" ADD CONSTRAINT "household_invitations_used_by_people_id_fk" FOREIGN KEY ("used_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_members" ADD CONSTRAINT "household_members_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_members" ADD CONSTRAINT "household_members_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_members" ADD CONSTRAINT "household_members_community_code_regions_code_fk" FOREIGN KEY ("community_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_members" ADD CONSTRAINT "household_members_bound_by_person_people_id_fk" FOREIGN KEY ("bound_by_person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "households" ADD CONSTRAINT "households_building_code_regions_code_fk" FOREIGN KEY ("building_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_fkey" FOREIGN KEY ("community_code","import_id") REFERENCES "public"."imports"("community_code","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_community_code_regions_code_fk" FOREIGN KEY ("community_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_requested_by_people_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_items" ADD CONSTRAINT "inbox_items_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_items" ADD CONSTRAINT "inbox_items_grant_id_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."grants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_items" ADD CONSTRAINT "inbox_items_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endorsements" ADD CONSTRAINT "endorsements_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endorsements" ADD CONSTRAINT "endorsements_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "raisers" ADD CONSTRAINT "raisers_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "raisers" ADD CONSTRAINT "raisers_typed_by_people_id_fk" FOREIGN KEY ("typed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "raisers" ADD CONSTRAINT "raisers_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_presider_id_people_id_fk" FOREIGN KEY ("presider_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_drafted_by_people_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_meeting" FOREIGN KEY ("community_code","meeting_id") REFERENCES "public"."meetings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_amendments" ADD CONSTRAINT "minutes_amendments_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_amendments" ADD CONSTRAINT "minutes_amendments_answered_by_people_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_amendments" ADD CONSTRAINT "minutes_amendments_minutes" FOREIGN KEY ("community_code","meeting_id") REFERENCES "public"."minutes"("community_code","meeting_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_confirmations" ADD CONSTRAINT "minutes_confirmations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_confirmations" ADD CONSTRAINT "minutes_confirmations_minutes" FOREIGN KEY ("community_code","meeting_id") REFERENCES "public"."minutes"("community_code","meeting_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_numbers" ADD CONSTRAINT "minutes_numbers_meeting" FOREIGN KEY ("community_code","meeting_id") REFERENCES "public"."meetings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "motion_proposals" ADD CONSTRAINT "motion_proposals_lead_unit_id_units_id_fk" FOREIGN KEY ("lead_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "motion_proposals" ADD CONSTRAINT "motion_proposals_motion" FOREIGN KEY ("community_code","motion_id") REFERENCES "public"."motions"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_orders" ADD CONSTRAINT "work_orders_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_orders" ADD CONSTRAINT "work_orders_handler_id_people_id_fk" FOREIGN KEY ("handler_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_orders" ADD CONSTRAINT "work_orders_extension_by_people_id_fk" FOREIGN KEY ("extension_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_orders" ADD CONSTRAINT "work_orders_ended_by_people_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_orders" ADD CONSTRAINT "work_orders_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erased_statements" ADD CONSTRAINT "erased_statements_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opinion_maps" ADD CONSTRAINT "opinion_maps_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_answers" ADD CONSTRAINT "statement_answers_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_answers" ADD CONSTRAINT "statement_answers_statement" FOREIGN KEY ("community_code","statement_id","text_version") REFERENCES "public"."statements"("community_code","id","text_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_author_id_people_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flat_titles" ADD CONSTRAINT "flat_titles_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flat_titles" ADD CONSTRAINT "flat_titles_owner" FOREIGN KEY ("community_code","owner_id") REFERENCES "public"."title_owners"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "head_rulings" ADD CONSTRAINT "head_rulings_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "head_rulings" ADD CONSTRAINT "head_rulings_roll" FOREIGN KEY ("community_code","roll_id") REFERENCES "public"."owner_rolls"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owner_rolls" ADD CONSTRAINT "owner_rolls_imported_by_people_id_fk" FOREIGN KEY ("imported_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ruled_flats" ADD CONSTRAINT "ruled_flats_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ruled_flats" ADD CONSTRAINT "ruled_flats_ruling" FOREIGN KEY ("community_code","roll_id","fingerprint") REFERENCES "public"."head_rulings"("community_code","roll_id","fingerprint") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "head_objections" ADD CONSTRAINT "head_objections_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "head_objections" ADD CONSTRAINT "head_objections_vote" FOREIGN KEY ("community_code","motion_id") REFERENCES "public"."owners_votes"("community_code","motion_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "head_proxies" ADD CONSTRAINT "head_proxies_holder_id_people_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "head_proxies" ADD CONSTRAINT "head_proxies_given_by_people_id_fk" FOREIGN KEY ("given_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "head_proxies" ADD CONSTRAINT "head_proxies_entered_by_people_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "head_proxies" ADD CONSTRAINT "head_proxies_vote" FOREIGN KEY ("community_code","motion_id") REFERENCES "public"."owners_votes"("community_code","motion_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "head_proxies" ADD CONSTRAINT "head_proxies_paper" FOREIGN KEY ("community_code","attachment_id") REFERENCES "public"."attachments"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "head_votes" ADD CONSTRAINT "head_votes_cast_by_people_id_fk" FOREIGN KEY ("cast_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "head_votes" ADD CONSTRAINT "head_votes_vote" FOREIGN KEY ("community_code","motion_id") REFERENCES "public"."owners_votes"("community_code","motion_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "head_votes" ADD CONSTRAINT "head_votes_proxy" FOREIGN KEY ("community_code","proxy_id") REFERENCES "public"."head_proxies"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owners_messages" ADD CONSTRAINT "owners_messages_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owners_messages" ADD CONSTRAINT "owners_messages_vote" FOREIGN KEY ("community_code","motion_id") REFERENCES "public"."owners_votes"("community_code","motion_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owners_votes" ADD CONSTRAINT "owners_votes_motion" FOREIGN KEY ("community_code","motion_id") REFERENCES "public"."motions"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_entries" ADD CONSTRAINT "paper_entries_entered_by_people_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_entries" ADD CONSTRAINT "paper_entries_vote" FOREIGN KEY ("community_code","motion_id") REFERENCES "public"."owners_votes"("community_code","motion_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote_flats" ADD CONSTRAINT "vote_flats_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote_flats" ADD CONSTRAINT "vote_flats_vote" FOREIGN KEY ("community_code","motion_id") REFERENCES "public"."owners_votes"("community_code","motion_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_records" ADD CONSTRAINT "audit_records_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_records" ADD CONSTRAINT "audit_records_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_merged_into_people_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phrase_sets" ADD CONSTRAINT "phrase_sets_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_set_by_people_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "regions" ADD CONSTRAINT "regions_parent_code_regions_code_fk" FOREIGN KEY ("parent_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kept_reports" ADD CONSTRAINT "kept_reports_asked_by_people_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_schedules" ADD CONSTRAINT "report_schedules_set_by_people_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seal_leaves" ADD CONSTRAINT "seal_leaves_seal" FOREIGN KEY ("community_code","seal_seq") REFERENCES "public"."seals"("community_code","seq") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_ins" ADD CONSTRAINT "sign_ins_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_ins" ADD CONSTRAINT "sign_ins_locked_by_people_id_fk" FOREIGN KEY ("locked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "setting_changes" ADD CONSTRAINT "setting_changes_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sitting_items" ADD CONSTRAINT "sitting_items_of" FOREIGN KEY ("community_code","sitting_id") REFERENCES "public"."sittings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sitting_items" ADD CONSTRAINT "sitting_items_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sitting_units" ADD CONSTRAINT "sitting_units_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sitting_units" ADD CONSTRAINT "sitting_units_of" FOREIGN KEY ("community_code","sitting_id") REFERENCES "public"."sittings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sittings" ADD CONSTRAINT "sittings_presider_id_people_id_fk" FOREIGN KEY ("presider_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "speakers" ADD CONSTRAINT "speakers_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "speakers" ADD CONSTRAINT "speakers_meeting" FOREIGN KEY ("community_code","meeting_id") REFERENCES "public"."meetings"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stat_entries" ADD CONSTRAINT "stat_entries_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervisions" ADD CONSTRAINT "supervisions_ordered_by_people_id_fk" FOREIGN KEY ("ordered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervisions" ADD CONSTRAINT "supervisions_answered_by_people_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervisions" ADD CONSTRAINT "supervisions_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whistles" ADD CONSTRAINT "whistles_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whistles" ADD CONSTRAINT "whistles_reported_by_people_id_fk" FOREIGN KEY ("reported_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whistles" ADD CONSTRAINT "whistles_reporting_unit_id_units_id_fk" FOREIGN KEY ("reporting_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whistles" ADD CONSTRAINT "whistles_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_force_issues" ADD CONSTRAINT "task_force_issues_of" FOREIGN KEY ("community_code","force_id") REFERENCES "public"."task_forces"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_force_issues" ADD CONSTRAINT "task_force_issues_issue" FOREIGN KEY ("community_code","issue_id") REFERENCES "public"."issues"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_force_members" ADD CONSTRAINT "task_force_members_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_force_members" ADD CONSTRAINT "task_force_members_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_force_members" ADD CONSTRAINT "task_force_members_of" FOREIGN KEY ("community_code","force_id") REFERENCES "public"."task_forces"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_force_milestones" ADD CONSTRAINT "task_force_milestones_reached_by_people_id_fk" FOREIGN KEY ("reached_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_force_milestones" ADD CONSTRAINT "task_force_milestones_of" FOREIGN KEY ("community_code","force_id") REFERENCES "public"."task_forces"("community_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_forces" ADD CONSTRAINT "task_forces_leader_id_people_id_fk" FOREIGN KEY ("leader_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_forces" ADD CONSTRAINT "task_forces_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_changes" ADD CONSTRAINT "unit_changes_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_changes" ADD CONSTRAINT "unit_changes_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_contacts" ADD CONSTRAINT "unit_contacts_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_duties" ADD CONSTRAINT "unit_duties_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_duties" ADD CONSTRAINT "unit_duties_category_code_categories_code_fk" FOREIGN KEY ("category_code") REFERENCES "public"."categories"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_hours" ADD CONSTRAINT "unit_hours_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_region_code_regions_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matter_views" ADD CONSTRAINT "matter_views_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agenda_items_one_waiting" ON "agenda_items" USING btree ("community_code","issue_id") WHERE "agenda_items"."state" in ('pending', 'discussing');--> statement-breakpoint
CREATE INDEX "agenda_papers_lie" ON "agenda_papers" USING btree ("community_code","attachment_id");--> statement-breakpoint
CREATE INDEX "attachments_subject" ON "attachments" USING btree ("community_code","subject_type","subject_id","subject_seq");--> statement-breakpoint
CREATE INDEX "attachments_content" ON "attachments" USING btree ("community_code","content_hash");--> statement-breakpoint
CREATE INDEX "attachments_thumbnail" ON "attachments" USING btree ("community_code","thumb_hash");--> statement-breakpoint
CREATE INDEX "attachments_source" ON "attachments" USING btree ("community_code","source_hash","uploaded_at");--> statement-breakpoint
CREATE INDEX "attachments_upload_token" ON "attachments" USING btree ("community_code","upload_token_hash") WHERE "attachments"."bound_at" is null;--> statement-breakpoint
CREATE INDEX "motion_roll_by_person" ON "motion_roll" USING btree ("community_code","person_id");--> statement-breakpoint
CREATE INDEX "motion_roll_by_proxy" ON "motion_roll" USING btree ("community_code","proxy_id") WHERE "motion_roll"."proxy_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "proxies_one_standing" ON "proxies" USING btree ("community_code","meeting_id","principal_id") WHERE "proxies"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "proxies_by_holder" ON "proxies" USING btree ("community_code","meeting_id","holder_id");--> statement-breakpoint
CREATE INDEX "api_client_keys_client" ON "api_client_keys" USING btree ("client_id","id");--> statement-breakpoint
CREATE INDEX "api_clients_region" ON "api_clients" USING btree ("region_code","id");--> statement-breakpoint
CREATE INDEX "cobuilding_items_by_time" ON "cobuilding_items" USING btree ("community_code","kind","state","made_at","id");--> statement-breakpoint
CREATE INDEX "cobuilding_projects_by_time" ON "cobuilding_projects" USING btree ("community_code","made_at","id");--> statement-breakpoint
CREATE INDEX "cobuilding_projects_by_offer" ON "cobuilding_projects" USING btree ("community_code","offer_id");--> statement-breakpoint
CREATE INDEX "cobuilding_projects_by_need" ON "cobuilding_projects" USING btree ("community_code","need_id");--> statement-breakpoint
CREATE INDEX "meeting_invitations_by_person" ON "meeting_invitations" USING btree ("person_id","community_code","meeting_id");--> statement-breakpoint
CREATE UNIQUE INDEX "attendance_one_deputy" ON "attendance" USING btree ("community_code","meeting_id","stands_for") WHERE "attendance"."stands_for" is not null and "attendance"."left_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "motions_one_open" ON "motions" USING btree ("community_code","meeting_id") WHERE "motions"."state" = 'open' and "motions"."place" = 'room';--> statement-breakpoint
CREATE UNIQUE INDEX "motions_one_open_on_matter" ON "motions" USING btree ("community_code","issue_id") WHERE "motions"."state" in ('moved', 'open') and "motions"."amends_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "motions_one_moved" ON "motions" USING btree ("community_code","meeting_id") WHERE "motions"."state" = 'moved' and "motions"."amends_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "motions_one_amendment" ON "motions" USING btree ("community_code","amends_id") WHERE "motions"."state" in ('moved', 'open') and "motions"."amends_id" is not null;--> statement-breakpoint
CREATE INDEX "motions_by_item" ON "motions" USING btree ("community_code","meeting_id","issue_id","id");--> statement-breakpoint
CREATE INDEX "duty_hand_overs_by_time" ON "duty_hand_overs" USING btree ("community_code","made_at","shift_id");--> statement-breakpoint
CREATE UNIQUE INDEX "duty_shifts_by_time" ON "duty_shifts" USING btree ("community_code","starts_at");--> statement-breakpoint
CREATE INDEX "duty_stand_ins_by_shift" ON "duty_stand_ins" USING btree ("community_code","shift_id","id");--> statement-breakpoint
CREATE INDEX "call_back_attempts_by_issue" ON "call_back_attempts" USING btree ("community_code","issue_id");--> statement-breakpoint
CREATE INDEX "call_back_attempts_by_time" ON "call_back_attempts" USING btree ("community_code","at","rating_id","attempt");--> statement-breakpoint
CREATE INDEX "calls_owed_by_issue" ON "calls_owed" USING btree ("community_code","issue_id");--> statement-breakpoint
CREATE INDEX "calls_owed_by_rank" ON "calls_owed" USING btree ("community_code","rank","due_at","rating_id");--> statement-breakpoint
CREATE UNIQUE INDEX "objections_one_a_person" ON "objections" USING btree ("community_code","issue_id","round","person_id") WHERE "objections"."review_of" is null and "objections"."person_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "objections_one_a_raiser" ON "objections" USING btree ("community_code","issue_id","round","raiser_id") WHERE "objections"."review_of" is null and "objections"."raiser_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "objections_one_review" ON "objections" USING btree ("community_code","review_of") WHERE "objections"."review_of" is not null;--> statement-breakpoint
CREATE INDEX "objections_open" ON "objections" USING btree ("community_code","due_at","id") WHERE "objections"."state" = 'open';--> statement-breakpoint
CREATE INDEX "objections_by_person" ON "objections" USING btree ("person_id") WHERE "objections"."person_id" is not null;--> statement-breakpoint
CREATE INDEX "objections_by_issue" ON "objections" USING btree ("community_code","issue_id","made_at");--> statement-breakpoint
CREATE INDEX "rating_contests_by_issue" ON "rating_contests" USING btree ("community_code","issue_id");--> statement-breakpoint
CREATE INDEX "rating_contests_open" ON "rating_contests" USING btree ("community_code","contested_at","rating_id") WHERE "rating_contests"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "ratings_one_a_person" ON "ratings" USING btree ("community_code","issue_id","round","person_id") WHERE "ratings"."person_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "ratings_one_a_raiser" ON "ratings" USING btree ("community_code","issue_id","round","raiser_id") WHERE "ratings"."raiser_id" is not null;--> statement-breakpoint
CREATE INDEX "ratings_by_person" ON "ratings" USING btree ("person_id") WHERE "ratings"."person_id" is not null;--> statement-breakpoint
CREATE INDEX "ratings_by_issue" ON "ratings" USING btree ("community_code","issue_id","rated_at");--> statement-breakpoint
CREATE INDEX "ratings_by_conclusion" ON "ratings" USING btree ("community_code","concluded_at","id") WHERE "ratings"."concluded_at" is not null;--> statement-breakpoint
CREATE INDEX "events_by_recording" ON "events" USING btree ("community_code","recorded_at");--> statement-breakpoint
CREATE INDEX "grants_person" ON "grants" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "grants_region" ON "grants" USING btree ("region_code","id");--> statement-breakpoint
CREATE INDEX "grants_unit" ON "grants" USING btree ("unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "grants_one_standing" ON "grants" USING btree ("person_id","role","region_code",coalesce("unit_id", '00000000-0000-0000-0000-000000000000'::uuid),coalesce("deputy_for", '00000000-0000-0000-0000-000000000000'::uuid)) WHERE "grants"."refused_at" is null and "grants"."revoked_at" is null and "grants"."valid_to" is null;--> statement-breakpoint
CREATE INDEX "grants_deputies" ON "grants" USING btree ("deputy_for") WHERE "grants"."deputy_for" is not null;--> statement-breakpoint
CREATE INDEX "household_invitations_household" ON "household_invitations" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "household_members_person" ON "household_members" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "household_members_bindings" ON "household_members" USING btree ("community_code","bound_by","bound_at","household_id","person_id");--> statement-breakpoint
CREATE INDEX "households_building" ON "households" USING btree ("building_code","id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "import_rows_outcome" ON "import_rows" USING btree ("community_code","import_id","outcome","row_number");--> statement-breakpoint
CREATE INDEX "imports_kept" ON "imports" USING btree ("kept_until") WHERE "imports"."kept_until" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_items_once" ON "inbox_items" USING btree ("community_code","issue_id","event_seq","step","person_id");--> statement-breakpoint
CREATE INDEX "inbox_items_by_person" ON "inbox_items" USING btree ("person_id","made_at","id");--> statement-breakpoint
CREATE INDEX "inbox_items_unread" ON "inbox_items" USING btree ("person_id") WHERE "inbox_items"."read_at" is null;--> statement-breakpoint
CREATE INDEX "inbox_items_by_age" ON "inbox_items" USING btree ("community_code","made_at");--> statement-breakpoint
CREATE INDEX "endorsements_household" ON "endorsements" USING btree ("community_code","issue_id","household_id");--> statement-breakpoint
CREATE INDEX "endorsements_by_person" ON "endorsements" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "issues_number" ON "issues" USING btree ("community_code","number");--> statement-breakpoint
CREATE UNIQUE INDEX "issues_import" ON "issues" USING btree ("community_code","import_source","external_id") WHERE "issues"."import_source" is not null;--> statement-breakpoint
CREATE INDEX "issues_by_time" ON "issues" USING btree ("community_code","raised_at","id");--> statement-breakpoint
CREATE INDEX "issues_by_state" ON "issues" USING btree ("community_code","state","raised_at","id");--> statement-breakpoint
CREATE INDEX "issues_by_stage" ON "issues" USING btree ("community_code","stage","raised_at","id");--> statement-breakpoint
CREATE INDEX "issues_by_grid" ON "issues" USING btree ("community_code","grid_code","raised_at","id");--> statement-breakpoint
CREATE INDEX "issues_by_category" ON "issues" USING btree ("community_code","category_code","raised_at","id");--> statement-breakpoint
CREATE INDEX "issues_by_unit" ON "issues" USING btree ("community_code","lead_unit_id","raised_at","id") WHERE "issues"."lead_unit_id" is not null;--> statement-breakpoint
CREATE INDEX "issues_by_due" ON "issues" USING btree ("community_code","due_at","id") WHERE "issues"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "issues_waiting_contact" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"contact"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_respond" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"respond"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_appeal" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"appeal"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_schedule" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"schedule"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_decide" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"decide"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_dispatch" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"dispatch"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_sign" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"sign"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_handle" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"handle"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_part" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"part"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_verify" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"verify"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_referral" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"referral"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_extension" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"extension"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_objection" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"objection"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_call_back" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"call_back"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_report_in" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"report_in"}]';--> statement-breakpoint
CREATE INDEX "issues_waiting_supervision" ON "issues" USING btree ("community_code","due_at","id") WHERE due_at is not null and clocks @> '[{"clock":"supervision"}]';--> statement-breakpoint
CREATE INDEX "issues_extension_asked" ON "issues" USING btree ("community_code","extension_asked_for","id") WHERE "issues"."extension_asked_for" is not null;--> statement-breakpoint
CREATE INDEX "issues_to_wake" ON "issues" USING btree ("community_code","wake_at") WHERE "issues"."wake_at" is not null;--> statement-breakpoint
CREATE INDEX "issues_public_by_time" ON "issues" USING btree ("community_code","raised_at","id") WHERE "issues"."visibility" = 'public' and "issues"."public_title" is not null;--> statement-breakpoint
CREATE INDEX "issues_on_notice" ON "issues" USING btree ("community_code","notice_ends_at","id") WHERE "issues"."state" = 'publicized' and "issues"."visibility" = 'public' and "issues"."public_title" is not null;--> statement-breakpoint
CREATE INDEX "issues_publicized" ON "issues" USING btree ("community_code","state_since","id") WHERE "issues"."state" = 'publicized';--> statement-breakpoint
CREATE INDEX "issues_suspended" ON "issues" USING btree ("community_code","review_at","id") WHERE "issues"."state" = 'suspended';--> statement-breakpoint
CREATE INDEX "issues_search" ON "issues" USING gin ("community_code","search");--> statement-breakpoint
CREATE INDEX "issues_public_search" ON "issues" USING gin ("community_code","public_search") WHERE "issues"."public_search" is not null;--> statement-breakpoint
CREATE INDEX "raisers_by_issue" ON "raisers" USING btree ("community_code","issue_id");--> statement-breakpoint
CREATE INDEX "raisers_by_person" ON "raisers" USING btree ("person_id","joined_at","id");--> statement-breakpoint
CREATE INDEX "raisers_by_tracking" ON "raisers" USING btree ("community_code","tracking_hash") WHERE "raisers"."tracking_hash" is not null;--> statement-breakpoint
CREATE INDEX "meetings_by_time" ON "meetings" USING btree ("community_code","held_at","id");--> statement-breakpoint
CREATE INDEX "meetings_by_state" ON "meetings" USING btree ("community_code","state","held_at","id");--> statement-breakpoint
CREATE INDEX "minutes_amendments_of_meeting" ON "minutes_amendments" USING btree ("community_code","meeting_id","proposed_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "minutes_numbers_once" ON "minutes_numbers" USING btree ("community_code","number");--> statement-breakpoint
CREATE INDEX "work_orders_by_issue" ON "work_orders" USING btree ("community_code","issue_id","unit_id");--> statement-breakpoint
CREATE INDEX "work_orders_extension_asked" ON "work_orders" USING btree ("community_code","extension_asked_for","id") WHERE "work_orders"."extension_asked_for" is not null;--> statement-breakpoint
CREATE INDEX "work_orders_by_due" ON "work_orders" USING btree ("community_code","state","first_due_at","id");--> statement-breakpoint
CREATE INDEX "work_orders_by_unit" ON "work_orders" USING btree ("community_code","unit_id","state","first_due_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "work_orders_one_open" ON "work_orders" USING btree ("community_code","issue_id","unit_id") WHERE "work_orders"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "work_orders_one_lead" ON "work_orders" USING btree ("community_code","issue_id") WHERE "work_orders"."state" = 'open' and "work_orders"."role" = 'lead';--> statement-breakpoint
CREATE INDEX "statement_answers_by_statement" ON "statement_answers" USING btree ("community_code","statement_id");--> statement-breakpoint
CREATE INDEX "statement_answers_by_person" ON "statement_answers" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "statements_ordinal" ON "statements" USING btree ("community_code","issue_id","author_id","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "statements_text_once" ON "statements" USING btree ("community_code","issue_id","text_key") WHERE "statements"."state" in ('pending', 'accepted');--> statement-breakpoint
CREATE INDEX "statements_by_state" ON "statements" USING btree ("community_code","issue_id","state","id");--> statement-breakpoint
CREATE INDEX "flat_titles_by_owner" ON "flat_titles" USING btree ("community_code","owner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "head_proxies_one_standing" ON "head_proxies" USING btree ("community_code","motion_id","head_no") WHERE "head_proxies"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "head_proxies_by_holder" ON "head_proxies" USING btree ("community_code","motion_id","holder_id");--> statement-breakpoint
CREATE INDEX "head_proxies_by_time" ON "head_proxies" USING btree ("community_code","motion_id","given_at","id");--> statement-breakpoint
CREATE INDEX "owners_votes_by_time" ON "owners_votes" USING btree ("community_code","posted_at","motion_id");--> statement-breakpoint
CREATE INDEX "vote_flats_by_head" ON "vote_flats" USING btree ("community_code","motion_id","head_no");--> statement-breakpoint
CREATE INDEX "audit_records_region" ON "audit_records" USING btree ("region_code","id");--> statement-breakpoint
CREATE INDEX "audit_records_subject" ON "audit_records" USING btree ("subject_type","subject_id","id");--> statement-breakpoint
CREATE INDEX "people_region" ON "people" USING btree ("region_code","id");--> statement-breakpoint
CREATE INDEX "people_alike" ON "people" USING btree ("region_code","name_hash","id") WHERE "people"."name_hash" is not null;--> statement-breakpoint
CREATE INDEX "people_merged" ON "people" USING btree ("merged_into") WHERE "people"."merged_into" is not null;--> statement-breakpoint
CREATE INDEX "policies_in_effect" ON "policies" USING btree ("region_code","key","effective_from");--> statement-breakpoint
CREATE INDEX "regions_parent" ON "regions" USING btree ("parent_code","code");--> statement-breakpoint
CREATE UNIQUE INDEX "kept_reports_once" ON "kept_reports" USING btree ("community_code","kind","month","format");--> statement-breakpoint
CREATE INDEX "kept_reports_by_time" ON "kept_reports" USING btree ("community_code","made_at","id");--> statement-breakpoint
CREATE INDEX "kept_reports_by_expiry" ON "kept_reports" USING btree ("community_code","expires_at");--> statement-breakpoint
CREATE INDEX "sessions_person" ON "sessions" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "throttles_age" ON "throttles" USING btree ("blocked_until");--> statement-breakpoint
CREATE UNIQUE INDEX "sitting_items_one_waiting" ON "sitting_items" USING btree ("community_code","issue_id") WHERE "sitting_items"."state" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "sittings_number" ON "sittings" USING btree ("community_code","number");--> statement-breakpoint
CREATE INDEX "sittings_by_time" ON "sittings" USING btree ("community_code","held_at","id");--> statement-breakpoint
CREATE INDEX "speakers_of_meeting" ON "speakers" USING btree ("community_code","meeting_id","asked_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "speakers_one_speaking" ON "speakers" USING btree ("community_code","meeting_id") WHERE "speakers"."state" = 'speaking';--> statement-breakpoint
CREATE UNIQUE INDEX "speakers_ask_once" ON "speakers" USING btree ("community_code","meeting_id","person_id") WHERE "speakers"."state" in ('waiting', 'speaking');--> statement-breakpoint
CREATE INDEX "stat_entries_by_day" ON "stat_entries" USING btree ("community_code","measure","day","issue_id","nth");--> statement-breakpoint
CREATE INDEX "supervisions_by_due" ON "supervisions" USING btree ("community_code","state","due_at","issue_id","event_seq");--> statement-breakpoint
CREATE INDEX "whistles_by_due" ON "whistles" USING btree ("community_code","state","due_at","issue_id","event_seq");--> statement-breakpoint
CREATE UNIQUE INDEX "task_force_issues_one_owner" ON "task_force_issues" USING btree ("community_code","issue_id") WHERE "task_force_issues"."released_at" is null;--> statement-breakpoint
CREATE INDEX "task_force_members_by_person" ON "task_force_members" USING btree ("community_code","person_id","force_id");--> statement-breakpoint
CREATE INDEX "unit_changes_unit" ON "unit_changes" USING btree ("unit_id","id");--> statement-breakpoint
CREATE INDEX "unit_contacts_unit" ON "unit_contacts" USING btree ("unit_id","id");--> statement-breakpoint
CREATE INDEX "unit_duties_category" ON "unit_duties" USING btree ("category_code","unit_id");--> statement-breakpoint
CREATE INDEX "units_region" ON "units" USING btree ("region_code","id");--> statement-breakpoint
CREATE INDEX "units_region_name" ON "units" USING btree ("region_code","name");--> statement-breakpoint
CREATE UNIQUE INDEX "matter_views_name" ON "matter_views" USING btree ("community_code","owner_id","name");--> statement-breakpoint
CREATE INDEX "matter_views_shared" ON "matter_views" USING btree ("community_code","name","id") WHERE "matter_views"."shared";