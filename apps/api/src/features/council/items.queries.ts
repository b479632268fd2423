import type { AgendaKind, ItemState } from '@tongxin/contract'
import type { State } from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { MeetingKey } from './meetings.queries.ts'

/** Instants as ISO strings. */
export interface AgendaRow {
  /** A matter's own id, for the item that is a matter. */
  id: string
  kind: AgendaKind
  issueId: string | null
  number: string | null
  title: string | null
  publicTitle: string | null
  text: string | null
  issueState: State | null
  state: ItemState
  presenterPersonId: string | null
  presenterPersonCipher: string | null
  presenterUnitId: string | null
  presenterUnit: string | null
  presenterAffiliation: string | null
  presenterNameCipher: string | null
  minutes: number | null
  begunAt: string | null
  note: string | null
}

const AGENDA = `select a.id, a.kind, a.issue_id as "issueId", i.number, coalesce(a.title, i.title) as title,
    coalesce(a.title, i.public_title) as "publicTitle", a.text, i.state as "issueState", a.state,
    a.presenter_person_id as "presenterPersonId", p.name_cipher as "presenterPersonCipher",
    a.presenter_unit_id as "presenterUnitId", u.name as "presenterUnit", a.presenter_affiliation as "presenterAffiliation",
    a.presenter_name_cipher as "presenterNameCipher", a.minutes, a.begun_at as "begunAt", n.text as note
  from agenda_items a left join issues i on i.community_code = a.community_code and i.id = a.issue_id
    left join agenda_notes n on n.community_code = a.community_code and n.meeting_id = a.meeting_id and n.item_id = a.id
    left join people p on p.id = a.presenter_person_id left join units u on u.id = a.presenter_unit_id
  where a.community_code = $1 and a.meeting_id = $2 order by a.position, a.id`

/** In the order it is taken; what was dropped included. */
export const listAgenda = (on: Queryable, key: MeetingKey): Promise<AgendaRow[]> =>
  prepared<AgendaRow>(on, 'meeting_agenda', AGENDA, [key.communityCode, key.id])

/** The item the room is at: of those taken up and not at their end the one begun last. */
export const currentItem = <I extends Pick<AgendaRow, 'state' | 'begunAt'>>(items: readonly I[]): I | undefined =>
  items
    .filter(({ state, begunAt }) => state === 'discussing' && begunAt !== null)
    .reduce<I | undefined>((last, one) => (last && String(last.begunAt) > String(one.begunAt) ? last : one), undefined)

const HEARD = `update agenda_items set state = 'heard'
  where community_code = $1 and meeting_id = $2 and state = 'discussing' and kind <> 'issue' and ($3::uuid is null or id = $3)`

/** One of those being heard, or all. */
export const endHearing = async (tx: Tx, key: MeetingKey, itemId: string | null): Promise<void> => {
  await prepared(tx, 'agenda_heard', HEARD, [key.communityCode, key.id, itemId])
}

const BEGIN = `update agenda_items set state = 'discussing', begun_at = $4
  where community_code = $1 and meeting_id = $2 and id = $3`

export const beginItem = async (tx: Tx, key: MeetingKey, itemId: string, at: Date): Promise<void> => {
  await prepared(tx, 'agenda_begin', BEGIN, [key.communityCode, key.id, itemId, at.toISOString()])
}

const NOTE = `insert into agenda_notes (community_code, meeting_id, item_id, text, noted_by, noted_at)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (community_code, meeting_id, item_id)
  do update set text = excluded.text, noted_by = excluded.noted_by, noted_at = excluded.noted_at`

export const saveNote = async (
  tx: Tx,
  key: MeetingKey,
  itemId: string,
  it: { text: string; by: string; at: Date },
): Promise<void> => {
  await prepared(tx, 'agenda_note', NOTE, [key.communityCode, key.id, itemId, it.text, it.by, it.at.toISOString()])
}

export interface PaperRow {
  id: string
  itemId: string
  title: string
  mediaType: 'application/pdf' | 'image/jpeg'
  bytes: number
  hash: string
  addedAt: string
}

const PAPERS = `select p.attachment_id as id, p.item_id as "itemId", p.title, f.media_type as "mediaType", f.bytes,
    f.content_hash as hash, p.added_at as "addedAt"
  from agenda_papers p join attachments f on f.community_code = p.community_code and f.id = p.attachment_id
  where p.community_code = $1 and p.meeting_id = $2 and p.removed_at is null`

export const listPapers = (on: Queryable, key: MeetingKey): Promise<PaperRow[]> =>
  prepared<PaperRow>(on, 'agenda_papers', `${PAPERS} order by p.position, p.attachment_id`, [key.communityCode, key.id])

/** Undefined for what was taken off again, for papers to an item that was, and to outsiders for those of a matter that is not public. */
export const findPaper = (
  on: Queryable,
  key: MeetingKey,
  id: string,
  { inside }: { inside: boolean },
): Promise<PaperRow | undefined> =>
  preparedOne<PaperRow>(
    on,
    'agenda_paper',
    `${PAPERS} and p.attachment_id = $3 and exists (select from agenda_items a
      left join issues i on i.community_code = a.community_code and i.id = a.issue_id
      where a.community_code = $1 and a.meeting_id = $2 and a.id = p.item_id and a.state <> 'dropped'
      and ($4 or a.kind <> 'issue' or i.public_title is not null))`,
    [key.communityCode, key.id, id, inside],
  )

const ADD = `insert into agenda_papers (community_code, meeting_id, item_id, attachment_id, position, title, added_at)
  select $1, $2, $3, x.id, (select count(*)::int from agenda_papers where community_code = $1 and meeting_id = $2) + x.n,
    x.title, $6
  from unnest($4::uuid[], $5::text[]) with ordinality as x (id, title, n)`

export const insertPapers = async (
  tx: Tx,
  key: MeetingKey,
  itemId: string,
  papers: readonly { id: string; title: string }[],
  at: Date,
): Promise<void> => {
  const columns = [papers.map(({ id }) => id), papers.map(({ title }) => title)]
  await prepared(tx, 'agenda_papers_add', ADD, [key.communityCode, key.id, itemId, ...columns, at.toISOString()])
}

const CARRY = `insert into agenda_papers (community_code, meeting_id, item_id, attachment_id, position, title, added_at)
  select p.community_code, $3, p.item_id, p.attachment_id, p.position, p.title, $5
  from agenda_papers p where p.community_code = $1 and p.meeting_id = $2 and p.item_id = any($4::uuid[]) and p.removed_at is null
  on conflict do nothing returning attachment_id as id, item_id as "itemId", title`

/** The papers to these items lie at another meeting as well. */
export const carryPapers = (
  tx: Tx,
  from: MeetingKey,
  to: MeetingKey,
  itemIds: readonly string[],
  at: Date,
): Promise<{ id: string; itemId: string; title: string }[]> =>
  prepared(tx, 'agenda_papers_carry', CARRY, [from.communityCode, from.id, to.id, itemIds, at.toISOString()])

const LIES = `select 1 as one from agenda_papers where community_code = $1 and attachment_id = $2 and removed_at is null limit 1`

/** Whether a paper lies at any meeting. */
export const liesSomewhere = async (tx: Tx, communityCode: string, id: string): Promise<boolean> =>
  (await preparedOne(tx, 'agenda_paper_lies', LIES, [communityCode, id])) !== undefined

const REMOVE = `update agenda_papers set removed_at = $4 where community_code = $1 and meeting_id = $2 and attachment_id = $3`

export const removePaperRow = async (tx: Tx, key: MeetingKey, id: string, at: Date): Promise<void> => {
  await prepared(tx, 'agenda_paper_remove', REMOVE, [key.communityCode, key.id, id, at.toISOString()])
}
