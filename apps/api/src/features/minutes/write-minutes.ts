import type { Body, councilRoutes, MinutesContent } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { enqueueAll, newJob } from '../../jobs/enqueue.ts'
import { assertPublishable } from '../../personal-data/assert-publishable.ts'
import { type MeetingEvent, type MeetingKey, recordMeetingEvent } from '../council/index.ts'
import { composeMinutes } from './compose-minutes.ts'
import { lockMinutes, type WholeMinutes } from './lock-minutes.ts'
import { type MinutesRow, saveMinutes } from './minutes.queries.ts'
import { assertInMinutes, hashOfContent, notesOf, withNote } from './minutes-text.ts'

const DAY = 86_400_000

/** Writes the next version of the minutes and its event; confirmations of an earlier one count no more. */
export const writeVersion = async (
  tx: Tx,
  deps: Deps,
  { meeting, minutes }: WholeMinutes,
  action: MeetingEvent,
  it: {
    by: string
    /** What the rows beside it say, too. */
    at: Date
    content?: MinutesContent
    change?: Partial<Pick<MinutesRow, 'state' | 'publishedAt' | 'amendUntil'>>
    record?: Record<string, unknown>
    personal?: Record<string, unknown>
  },
): Promise<void> => {
  const content = it.content ?? minutes.content
  const hashName = deps.config.evidenceHash
  const contentHash = hashOfContent(hashName, content)
  const version = minutes.version + 1
  await saveMinutes(tx, { ...minutes, ...it.change, content, contentHash, hashName, version })
  const { state } = meeting
  await recordMeetingEvent(tx, deps, meeting, action, {
    from: state,
    to: state,
    by: it.by,
    at: it.at,
    record: { ...it.record, hash: contentHash, hashName },
    ...(it.personal && { personal: it.personal }),
  })
}

/** @throws AppError unprocessable for what is no item of these minutes, and for what looks like personal data unless reviewed */
export const reviseMinutes = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
  { notes, remarks, reviewed }: Body<typeof councilRoutes.reviseMinutes>,
): Promise<void> => {
  const whole = await lockMinutes(tx, deps, key, actor, 'revise', version)
  let { content } = whole.minutes
  for (const [i, { issueId, text }] of notes.entries()) {
    assertInMinutes(content, issueId, `body.notes.${i}.issueId`)
    content = withNote(content, issueId, text)
  }
  const texts = Object.fromEntries(notes.map(({ text }, i) => [`notes.${i}.text`, text]))
  assertPublishable(reviewed, { ...texts, remarks })
  if (remarks !== undefined) {
    content = withNote(content, null, remarks)
  }
  await writeVersion(tx, deps, whole, 'revise_minutes', { by: personOf(actor), at: deps.clock.now(), content })
}

/** Puts the text before those who were there, as its facts stand now, until a moment the community's rules set. */
export const publishMinutes = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
): Promise<void> => {
  const whole = await lockMinutes(tx, deps, key, actor, 'publish', version)
  const { meeting, minutes } = whole
  const now = deps.clock.now()
  const policy = await deps.directory.policies.policyFor(key.communityCode, now)
  const until = new Date(now.getTime() + policy.minutes_amendment_days * DAY)
  const content = await composeMinutes(tx, deps, meeting, minutes.content.number, notesOf(minutes.content))
  const amendUntil = until.toISOString()
  const change = { state: 'amending' as const, publishedAt: now.toISOString(), amendUntil }
  await writeVersion(tx, deps, whole, 'publish_minutes', {
    by: personOf(actor),
    at: now,
    content,
    change,
    record: { amendUntil },
  })
  await enqueueAll(tx, [
    newJob('tell_attendees', { ...key, about: 'amend' }),
    newJob('tell_attendees', { ...key, about: 'confirm' }, { runAt: new Date(until.getTime() + 1) }),
  ])
}

export const takeBackMinutes = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
  { reason, reviewed }: Body<typeof councilRoutes.takeBackMinutes>,
): Promise<void> => {
  const whole = await lockMinutes(tx, deps, key, actor, 'take_back', version)
  assertPublishable(reviewed, { reason })
  const change = { state: 'draft' as const, publishedAt: null, amendUntil: null }
  await writeVersion(tx, deps, whole, 'take_back_minutes', {
    by: personOf(actor),
    at: deps.clock.now(),
    change,
    record: { reason },
  })
}
