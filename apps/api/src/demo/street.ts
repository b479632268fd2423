import { buildingCode } from './places.ts'
import type { Walk } from './records.ts'
import { CITY_MANAGEMENT, PROPERTY, STREET_OFFICE } from './units.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

interface Asked {
  raiser: string
  building: number
  title: string
  body: string
  publicText: string
}

const accepted = async (walk: Walk, { raiser, building, title, body, publicText }: Asked): Promise<string> => {
  const id = await walk.raise(raiser, { kind: 'problem', title, body, regionCode: buildingCode(building) })
  walk.pass(HOUR)
  const triage = { categoryCode: '209017', urgency: 'ordinary', route: 'direct', publicTitle: title, publicText }
  await walk.take('officer', id, 'accept', triage)
  walk.pass(HOUR)
  return id
}

const later = (walk: Walk, milliseconds: number): string =>
  new Date(walk.door.deps.clock.now().getTime() + milliseconds).toISOString()

/** Called to the street, which reported in the same day and goes on with it. */
const reportedIn = async (walk: Walk): Promise<void> => {
  const id = await accepted(walk, {
    raiser: 'resident2',
    building: 2,
    title: '小区西门外占道堆料',
    body: '西门外的人行道被沿街店铺堆满装修材料，推婴儿车过不去。',
    publicText: '西门外人行道被沿街店铺堆放装修材料，影响通行。',
  })
  await walk.take('officer', id, 'escalate', {
    reason: '涉及沿街三家店铺，社区多次劝导无效，请街道牵头会同城管处理。',
    streetUnitId: walk.units[STREET_OFFICE],
  })
  walk.pass(3 * HOUR)
  await walk.take('street_handler', id, 'report_in', { progressText: '已到现场，约谈三家店铺，限两日内清理。' })
  walk.pass(HOUR)
  await walk.take('officer', id, 'dispatch', { leadUnitId: walk.units[CITY_MANAGEMENT] })
  walk.pass(HOUR)
  await walk.take('unit_handler2', id, 'sign')
  walk.pass(DAY)
  await walk.take('street_handler', id, 'progress', { progressText: '两家已清理完毕，第三家今晚搬离，明日复查。' })
}

/** Called today; nobody has reported in yet. */
const called = async (walk: Walk): Promise<void> => {
  const id = await accepted(walk, {
    raiser: 'resident6',
    building: 6,
    title: '六栋后污水管道外溢',
    body: '六栋后面的污水井连着两天外溢，市政管和小区管接口的地方。',
    publicText: '六栋后市政污水管与小区管网接口处外溢。',
  })
  await walk.take('secretary', id, 'escalate', { reason: '接口处属市政管网，需街道协调排水单位。' })
}

/** Supervised by the street, answered in time; supervised by the district, still open. */
const supervised = async (walk: Walk): Promise<void> => {
  const id = await accepted(walk, {
    raiser: 'resident9',
    building: 9,
    title: '九栋楼道长期堆放杂物',
    body: '九栋楼道里的旧家具堆了几个月，消防门都打不开。',
    publicText: '九栋楼道长期堆放旧家具，影响消防门开启。',
  })
  await walk.take('supervisor', id, 'supervise', {
    order: '消防通道问题，请三日内拿出清理方案。',
    dueAt: later(walk, 3 * DAY),
  })
  walk.pass(HOUR)
  await walk.take('officer', id, 'dispatch', { leadUnitId: walk.units[PROPERTY] })
  walk.pass(HOUR)
  await walk.take('unit_handler', id, 'sign')
  walk.pass(DAY)
  await walk.take('secretary', id, 'reply_supervision', { answer: '已逐户告知，周末由物业和网格员集中清运。' })
  walk.pass(DAY)
  await walk.take('district_supervisor', id, 'supervise', {
    order: '请报送清理前后对照和长效管理办法。',
    dueAt: later(walk, 8 * DAY),
  })
}

/** What goes on between the community and its street. */
export const STREET_MATTERS = [
  { daysAgo: 5, walk: reportedIn },
  { daysAgo: 0.15, walk: called },
  { daysAgo: 6, walk: supervised },
] as const
