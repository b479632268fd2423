import { makePublicId } from '@tongxin/contract'
import { checkIn, closeMeeting, countMotion, openMeeting, proposeMotion } from '../features/council/index.ts'
import { personOf } from '../http/actor.ts'
import { announceMeetingOn, PRESENT } from './meetings.ts'
import { confirmDemoMinutes, proposeDemoAmendment, publishDemoMinutes } from './minutes.ts'
import { buildingCode, COMMUNITY } from './places.ts'
import type { Walk } from './records.ts'
import { PROPERTY, STREET_OFFICE } from './units.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A sitting whose minutes are confirmed, and whose resolution the unit it proposed is still at work on. Takes about ten days. */
export const holdEarlierMeeting = async (walk: Walk): Promise<void> => {
  const issueId = await walk.raise('resident7', {
    kind: 'suggestion',
    title: '中心花园照明不足，建议增设庭院灯',
    body: '中心花园晚上很暗，散步的老人多，建议沿步道增设庭院灯。',
    regionCode: buildingCode(2),
  })
  walk.pass(2 * HOUR)
  await walk.take('officer', issueId, 'accept', {
    categoryCode: '209022',
    urgency: 'hard',
    route: 'council',
    publicTitle: '中心花园增设庭院灯',
    publicText: '中心花园夜间照明不足，建议沿步道增设庭院灯。',
  })
  walk.pass(HOUR)
  await walk.take('secretary', issueId, 'schedule')
  const { key, heldAt } = await announceMeetingOn(walk, '居民议事会（照明改造）', 5, [{ issueId }])

  const { tx, door, units } = walk
  const { deps } = door
  walk.pass(Date.parse(heldAt) - deps.clock.now().getTime())
  const secretary = await walk.actorOf('secretary')
  await openMeeting(tx, deps, key, secretary, 3)
  for (const member of PRESENT)
    await checkIn(tx, deps, key, secretary, { personId: personOf(await walk.actorOf(member)) })
  await walk.take('secretary', issueId, 'deliberate')
  walk.pass(HOUR)
  const motion = await proposeMotion(tx, deps, key, secretary, {
    issueId,
    text: '同意沿中心花园步道增设庭院灯十盏，由物业服务中心组织实施。',
    reviewed: false,
    rule: 'majority',
    proposes: 'act',
    proposal: {
      leadUnitId: units[PROPERTY],
      coUnitIds: [units[STREET_OFFICE]].filter((id) => id !== undefined),
      dueDays: 60,
      budgetFen: 2_350_000,
      budgetSource: '为民服务资金',
    },
  })
  await countMotion(tx, deps, motion, secretary, { for: 7, against: 0, abstain: 0 })
  await walk.take('secretary', issueId, 'adopt', { motionId: makePublicId(COMMUNITY, motion.id) })
  const adopted = deps.clock.now().getTime()
  await closeMeeting(tx, door, key, secretary, 4)

  await publishDemoMinutes(walk, key, {
    issueId,
    note: '会议听取了现场勘查情况：步道长约一百二十米，现有庭院灯四盏，间距过大。',
    remarks: '下次会议讨论无障碍改造，请各网格提前收集意见。',
  })
  await walk.take('officer', issueId, 'dispatch', {
    leadUnitId: units[PROPERTY],
    dueAt: new Date(adopted + 60 * DAY).toISOString(),
    instructions: '按议事会决议增设庭院灯十盏，施工前张贴告示。',
  })
  walk.pass(HOUR)
  await walk.take('unit_handler', issueId, 'sign')
  await proposeDemoAmendment(walk, key, issueId, '请写明灯杆高度不遮挡低层住户窗户的要求。')
  await confirmDemoMinutes(
    walk,
    key,
    '会议听取了现场勘查情况：步道长约一百二十米，现有庭院灯四盏，间距过大。代表要求灯杆高度和朝向不影响低层住户。',
  )
  walk.pass(DAY)
  await walk.take('unit_handler', issueId, 'progress', { progressText: '灯具已下单，基础开挖完成六处。' })
}
