import type { MeetingKey } from '../features/council/index.ts'
import {
  answerAmendment,
  confirmMinutes,
  draftMinutes,
  proposeAmendment,
  publishMinutes,
  reviseMinutes,
} from '../features/minutes/index.ts'
import type { Walk } from './records.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

interface Written {
  issueId: string
  note: string
  remarks: string
}

/** Minutes drafted by the officer, with the recorder's notes, put before those who were there. */
export const publishDemoMinutes = async (
  { tx, door: { deps }, actorOf, pass }: Walk,
  key: MeetingKey,
  { issueId, note, remarks }: Written,
): Promise<void> => {
  const officer = await actorOf('officer')
  pass(HOUR)
  await draftMinutes(tx, deps, key, officer)
  pass(HOUR)
  const notes = [{ issueId, text: note }]
  await reviseMinutes(tx, deps, key, officer, 1, { notes, remarks, reviewed: false })
  await publishMinutes(tx, deps, key, officer, 2)
}

/** What a representative wants written, too. */
export const proposeDemoAmendment = async (
  { tx, door: { deps }, actorOf, pass }: Walk,
  key: MeetingKey,
  issueId: string,
  text: string,
): Promise<void> => {
  pass(5 * HOUR)
  await proposeAmendment(tx, deps, key, await actorOf('representative'), { issueId, text })
}

/** The only amendment is taken in, the time passes, and whoever presided and the members give their word. */
export const confirmDemoMinutes = async (
  { tx, door: { deps }, actorOf, pass }: Walk,
  key: MeetingKey,
  note: string,
): Promise<void> => {
  const { rows } = await tx.$client.query<{ id: string }>(
    'select id from minutes_amendments where community_code = $1 and meeting_id = $2',
    [key.communityCode, key.id],
  )
  pass(HOUR)
  const officer = await actorOf('officer')
  const taken = { accepted: true, reply: '已在记录中写明。', note, reviewed: false }
  for (const { id } of rows) await answerAmendment(tx, deps, key, officer, 3, id, taken)
  pass(3 * DAY)
  for (const member of ['secretary', 'representative', 'party_member'])
    await confirmMinutes(tx, deps, key, await actorOf(member), 3 + rows.length)
}
