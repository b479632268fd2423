import { buffer } from 'node:stream/consumers'
import { type AgendaItemBody, makePublicId } from '@tongxin/contract'
import { sql } from 'drizzle-orm'
import { uploadPaper } from '../features/attachments/index.ts'
import {
  announceMeeting,
  answerInvitation,
  attachPapers,
  checkIn,
  closeMeeting,
  countMotion,
  createMeeting,
  createSeries,
  listAgenda,
  type MeetingKey,
  openMeeting,
  proposeMotion,
  setAgenda,
  setGuests,
} from '../features/council/index.ts'
import { openOfficialPage } from '../features/minutes/index.ts'
import { civilDate } from '../features/regions/index.ts'
import { personOf } from '../http/actor.ts'
import { proposeDemoAmendment, publishDemoMinutes } from './minutes.ts'
import { buildingCode, COMMUNITY, NEIGHBOUR } from './places.ts'
import type { Walk } from './records.ts'
import { COMMITTEE, PROPERTY } from './units.ts'

/** Two representatives and one Party member could not come. */
export const PRESENT = [
  ...['representative', 'representative2', 'representative3', 'representative5'],
  ...['party_member', 'party_member2', 'party_member4'],
  'officer',
]
const HOUR = 3_600_000
const DAY = 24 * HOUR

interface Guests {
  communities: string[]
  unitIds: string[]
}

/** A meeting organized by the officer, announced with this agenda, to be held in so many days. */
export const announceMeetingOn = async (
  walk: Walk,
  title: string,
  inDays: number,
  items: AgendaItemBody[],
  guests?: Guests,
) => {
  const { tx, door } = walk
  const officer = await walk.actorOf('officer')
  // Seven in the evening there, when people are home.
  const day = civilDate(new Date(door.deps.clock.now().getTime() + inDays * DAY))
  const heldAt = new Date(`${day}T19:00:00+08:00`).toISOString()
  const body = { community: COMMUNITY, title, place: '社区议事厅', heldAt, reviewed: false }
  const key = await createMeeting(tx, door.deps, officer, body)
  await setAgenda(tx, door.deps, key, officer, 1, { items, reviewed: false })
  if (guests) await setGuests(tx, door.deps, key, officer, 2, guests)
  await announceMeeting(tx, door.deps, key, officer, guests ? 3 : 2, { reviewed: false })
  return { key, heldAt }
}

type Answer = 'accepted' | 'declined' | 'tentative'

const reply = async ({ tx, door, actorOf }: Walk, key: MeetingKey, username: string, answer: Answer, note?: string) =>
  answerInvitation(tx, door.deps, key, await actorOf(username), { answer, note })

/** The council's monthly sitting; the drafts of the coming months come with it. */
export const foundSeries = async ({ tx, door, actorOf, people }: Walk): Promise<void> => {
  await createSeries(tx, door.deps, await actorOf('officer'), {
    community: COMMUNITY,
    title: '居民议事会（月度）',
    place: '社区议事厅',
    schedule: {
      rule: 'day_of_month',
      day: 1,
      week: null,
      weekday: null,
      time: '19:00',
      onHoliday: 'next_workday',
      moveFromWeekends: false,
    },
    presiderId: people.secretary,
    reviewed: false,
  })
}

/**
 * A sitting from its announcement to its end; what it adopted waits to be dispatched, its minutes for an amendment to be
 * answered. Takes about six days.
 */
export const holdMeeting = async (walk: Walk): Promise<void> => {
  const issueId = await walk.raise('resident11', {
    kind: 'suggestion',
    title: '六栋门前加装无障碍坡道',
    body: '六栋门前有四级台阶，轮椅和婴儿车上下很吃力，建议加装坡道和扶手。',
    regionCode: buildingCode(6),
  })
  walk.pass(2 * HOUR)
  await walk.take('officer', issueId, 'accept', {
    categoryCode: '209027',
    urgency: 'ordinary',
    route: 'council',
    publicTitle: '六栋门前加装无障碍坡道',
    publicText: '六栋门前有台阶，建议加装坡道和扶手。',
  })
  walk.pass(HOUR)
  await walk.take('secretary', issueId, 'schedule')
  const { key, heldAt } = await announceMeetingOn(walk, '居民议事会（无障碍改造）', 5, [{ issueId, minutes: 20 }])
  walk.pass(DAY)
  for (const member of ['secretary', ...PRESENT]) await reply(walk, key, member, 'accepted')
  await reply(walk, key, 'officer2', 'declined', '当晚入户走访')
  await reply(walk, key, 'representative6', 'declined', '出差在外')
  const { tx, door } = walk
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
    text: '同意在六栋门前加装坡道和扶手，费用申请为民服务资金。',
    reviewed: false,
    rule: 'majority',
    proposes: 'act',
    proposal: {
      leadUnitId: walk.units[COMMITTEE],
      coUnitIds: [walk.units[PROPERTY]].filter((id) => id !== undefined),
      dueDays: 30,
      budgetFen: 1_860_000,
      budgetSource: '为民服务资金',
    },
  })
  await countMotion(tx, deps, motion, secretary, { for: 6, against: 0, abstain: 1 })
  await walk.take('secretary', issueId, 'adopt', { motionId: makePublicId(COMMUNITY, motion.id) })
  await closeMeeting(tx, door, key, secretary, 4)
  await publishDemoMinutes(walk, key, {
    issueId,
    note: '会议听取了现场勘查情况：门前台阶四级，可设坡道一处、两侧扶手；代表要求施工期间保留临时通道。',
    remarks: '',
  })
  await proposeDemoAmendment(walk, key, issueId, '请写明坡道坡度按无障碍设计规范不大于 1:12。')
}

/** What the property company puts before the council. */
const servicePaper = async (at: Date): Promise<Buffer> => {
  const title = '第一季度物业服务情况报告'
  const page = await openOfficialPage({ title, author: '滨江物业服务中心', at })
  page.title(title)
  for (const text of [
    '一、保洁：楼道每日清扫，垃圾分类亭早晚各清运一次。',
    '二、绿化：补种草坪二百平方米，修剪行道树三十六棵。',
    '三、维修：更换楼道灯四十一盏，疏通下水管道九处，维修单元门六扇。',
    '四、收支：物业费收缴率百分之八十七，公共收益全部列入专户，明细在社区公示栏张贴。',
  ])
    page.paragraph(text)
  page.finish({ header: '滨江物业服务中心', check: '', across: null })
  return buffer(page.doc as unknown as NodeJS.ReadableStream)
}

/** The next sitting, with every matter that waits for one. */
export const announceNextMeeting = async (walk: Walk): Promise<void> => {
  const waiting = await walk.tx.execute<{ id: string }>(
    sql`select id from issues where community_code = ${COMMUNITY} and state = 'scheduled' order by raised_at`,
  )
  const { tx, door } = walk
  const officer = await walk.actorOf('officer')
  const items: AgendaItemBody[] = [
    {
      kind: 'report',
      title: '第一季度物业服务情况报告',
      text: '保洁、绿化、公共设施维修和费用收支，请代表审阅后提问。',
      minutes: 10,
      presenter: { unitId: walk.units[PROPERTY]! },
    },
    ...waiting.rows.map(({ id }) => ({ issueId: makePublicId(COMMUNITY, id), minutes: 20 })),
    { kind: 'resolutions_due', title: '前次决议落实情况', minutes: 10 },
  ]
  const guests = { communities: [NEIGHBOUR], unitIds: [walk.units[PROPERTY]!] }
  const { key } = await announceMeetingOn(walk, '居民议事会（公共空间）', 3, items, guests)
  const bytes = await servicePaper(door.deps.clock.now())
  const upload = { actor: officer, ip: '127.0.0.1', communityCode: COMMUNITY, bytes }
  const { id: attachmentId } = await uploadPaper(door.deps, upload)
  const [report] = await listAgenda(tx, key)
  const papers = { papers: [{ attachmentId, title: '第一季度物业服务情况报告' }], reviewed: false }
  await attachPapers(tx, door.deps, key, officer, 4, makePublicId(COMMUNITY, report!.id), papers)
  walk.pass(6 * HOUR)
  await reply(walk, key, 'representative', 'accepted')
  await reply(walk, key, 'secretary', 'accepted')
  await reply(walk, key, 'unit_handler', 'tentative', '抢修值班，尽量赶到')
}
