import { type Body, type councilRoutes, MOST_PAPERS, splitPublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { findHead } from '../../evidence/append-event.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertPublishable } from '../../personal-data/assert-publishable.ts'
import { bindAttachments, discardAttachment, lockAttachments } from '../attachments/index.ts'
import { insertPapers, liesSomewhere, listPapers, removePaperRow } from './items.queries.ts'
import { lockFor } from './lock-for.ts'
import { type MeetingKey, saveMeeting } from './meetings.queries.ts'
import { recordMeetingEvent } from './record-council-event.ts'
import { itemOf } from './take-up.ts'

/** @throws AppError not_found; unprocessable beyond what one item may have, and for titles that look like personal data; what `bindAttachments` throws */
export const attachPapers = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
  itemId: string,
  { papers, reviewed }: Body<typeof councilRoutes.attachPapers>,
): Promise<void> => {
  const { meeting } = await lockFor(tx, deps, key, actor, 'attach_papers', version)
  const item = await itemOf(tx, key, itemId)
  const there = (await listPapers(tx, key)).filter((paper) => paper.itemId === item.id)
  if (there.length + papers.length > MOST_PAPERS)
    throw new AppError('unprocessable', { reason: 'too_many_papers', detail: `一项议程最多附 ${MOST_PAPERS} 份材料` })
  assertPublishable(reviewed, Object.fromEntries(papers.map(({ title }, index) => [`papers.${index}.title`, title])))
  const at = deps.clock.now()
  const by = personOf(actor)
  const { communityCode } = key
  const hashes = await bindAttachments(tx, {
    communityCode,
    ids: papers.map(({ attachmentId }) => attachmentId),
    subjectType: 'meeting',
    subjectId: key.id,
    eventSeq: ((await findHead(tx, communityCode, 'meeting', key.id))?.seq ?? 0) + 1,
    by: { personId: by },
    now: at,
    papers: true,
  })
  const added = papers.map(({ attachmentId, title }) => ({ id: splitPublicId(attachmentId).id, title }))
  await insertPapers(tx, key, item.id, added, at)
  await saveMeeting(tx, meeting)
  const { state } = meeting
  const record = { itemId: item.id, added, papers: hashes }
  await recordMeetingEvent(tx, deps, key, 'attach_papers', { from: state, to: state, by, at, record })
}

/** Its file goes after the commit, unless it lies at another meeting as well; that it was there, and its hash, stay on record. @throws AppError not_found */
export const removePaper = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
  { itemId, paperId }: { itemId: string; paperId: string },
): Promise<void> => {
  const { meeting } = await lockFor(tx, deps, key, actor, 'remove_papers', version)
  const item = await itemOf(tx, key, itemId)
  const { communityCode, id } = splitPublicId(paperId)
  const there = communityCode === key.communityCode ? await listPapers(tx, key) : []
  if (!there.some((paper) => paper.id === id && paper.itemId === item.id)) throw new AppError('not_found')
  const at = deps.clock.now()
  // Two who take it off at two meetings at once would each see it lie at the other's.
  await lockAttachments(tx, communityCode, [id])
  await removePaperRow(tx, key, id, at)
  if (!(await liesSomewhere(tx, communityCode, id))) await discardAttachment(tx, communityCode, id, at)
  await saveMeeting(tx, meeting)
  const { state } = meeting
  const it = { from: state, to: state, by: personOf(actor), at, record: { itemId: item.id, paperId: id } }
  await recordMeetingEvent(tx, deps, key, 'remove_paper', it)
}
