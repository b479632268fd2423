import { makePublicId, type TimelineEntry } from '@tongxin/contract'
import { ACTIONS, type Action, isAction, isResident, isStaffRole, ROLE_CODES } from '@tongxin/lifecycle'
import type { Cipher } from '../../personal-data/cipher.ts'
import { deIdentify } from '../../personal-data/de-identify.ts'
import { maskName } from '../../personal-data/mask.ts'
import { openName } from '../people/index.ts'
import type { View } from './issues.policy.ts'

export interface EventRow {
  seq: number
  action: string
  from: string | null
  to: string
  occurredAt: string
  recordedAt: string
  record: Record<string, unknown>
  personal: Record<string, unknown> | null
  erased: boolean
  hash: string
  /** Who acted and their sealed name, where the reader may be told. */
  actorId: string | null
  nameCipher: string | null
}

export interface Reader {
  view: View
  /** Whether an entry under this id is the reader's own. */
  isSelf: (id: unknown) => boolean
  photos: readonly { id: string; subjectSeq: number | null; contentHash: string; erasedAt?: unknown }[]
  cipher: Cipher
  communityCode: string
}

const AUDIENCES: Record<View, ReadonlySet<string>> = {
  staff: new Set(['public', 'raisers', 'staff']),
  supervisor: new Set(['public', 'raisers', 'staff']),
  handler: new Set(['public', 'raisers', 'staff']),
  raiser: new Set(['public', 'raisers']),
  public: new Set(['public']),
}

/** Whether a reader with this view may know of an entry for that audience. */
const mayReadEntry = (view: View, audience: string): boolean => AUDIENCES[view].has(audience)

/** Of whoever holds no post, staff read the surname: the name in full takes a purpose and leaves a record. */
const NO_POST = new Set<string>(ROLE_CODES.filter((role) => !isStaffRole(role)))
const isSurnameOnly = (as: unknown): boolean => isResident(as) || NO_POST.has(String(as))
/** What a unit's handler reads in people's own words; contact data is relayed by the community. */
const FOR_HANDLERS = new Set<string>(['note', 'verify'])
const HIDDEN_IN_RECORD = new Set(['as', 'channel', 'photos'])
/** What an approver let stand would tell others where to look. */
const HIDDEN_BUT_TO_STAFF = new Set([...HIDDEN_IN_RECORD, 'reviews'])
// An imported raiser's name stands with the raisers, masked; the text as it was before it was tidied is kept as evidence only.
const HIDDEN_IN_PERSONAL = new Set(['actorId', 'handlerId', 'raiserId', 'raiserName', 'original', 'position'])

/** A rating is its giver's, also where somebody typed it for them: other raisers read neither its words nor its photos. */
const isAnothersRating = (action: string, view: View, own: boolean): boolean =>
  action === 'evaluate' && view === 'raiser' && !own

/** Whether a reader with this view sees the photos that came with the action; of a rating also who gave it, a neighbour as well. */
export const mayReadPhotosOf = (action: Action, view: View, own: boolean): boolean =>
  action === 'evaluate' && own
    ? true
    : mayReadEntry(view, ACTIONS[action].audience) && !isAnothersRating(action, view, own)

const shown = (payload: Record<string, unknown>, hidden: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(payload).filter(([name]) => !hidden.has(name)))

const masked = (payload: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [name, typeof value === 'string' ? deIdentify(value).text : value]),
  )

const isOwn = ({ personal }: EventRow, isSelf: Reader['isSelf']): boolean => isSelf(personal?.actorId)

const personalFor = (event: EventRow, { view, isSelf }: Reader): Record<string, unknown> => {
  if (!event.personal) return {}
  const fields = shown(event.personal, HIDDEN_IN_PERSONAL)
  const own = isOwn(event, isSelf)
  switch (view) {
    case 'staff':
      return fields
    case 'supervisor':
      return masked(fields)
    case 'handler':
      return own || FOR_HANDLERS.has(event.action) ? fields : {}
    case 'raiser':
      if (isAnothersRating(event.action, view, own)) return {}
      // What staff wrote, they wrote to the raiser; what other residents wrote is theirs, but for comments.
      return own || event.action === 'comment' || !isResident(event.record.as) ? fields : {}
    case 'public':
      return {}
  }
}

/** One entry of the timeline as this reader may see it; null when they may not know of it. */
export const presentEvent = (event: EventRow, reader: Reader): TimelineEntry | null => {
  const action = event.action
  const row = isAction(action) ? ACTIONS[action as Action] : undefined
  if (!row || !mayReadEntry(reader.view, row.audience)) return null
  const { actorId, nameCipher } = event
  const name =
    reader.view === 'staff' && actorId ? openName(reader.cipher, { id: actorId, nameCipher, phoneCipher: null }) : null
  return {
    seq: event.seq,
    action: action as Action,
    from: event.from as TimelineEntry['from'],
    to: event.to as TimelineEntry['to'],
    occurredAt: event.occurredAt,
    recordedAt: event.recordedAt,
    as: event.record.as as TimelineEntry['as'],
    channel: event.record.channel as TimelineEntry['channel'],
    actorName: name !== null && isSurnameOnly(event.record.as) ? maskName(name) : name,
    fields: {
      ...shown(event.record, reader.view === 'staff' ? HIDDEN_IN_RECORD : HIDDEN_BUT_TO_STAFF),
      ...personalFor(event, reader),
    },
    photos: reader.photos
      .filter(
        (photo) =>
          mayReadPhotosOf(action as Action, reader.view, isOwn(event, reader.isSelf)) &&
          photo.subjectSeq === event.seq &&
          !photo.erasedAt,
      )
      .map((photo) => ({ id: makePublicId(reader.communityCode, photo.id), hash: photo.contentHash })),
    erased: event.erased,
    hash: event.hash,
  }
}
