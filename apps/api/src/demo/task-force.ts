import { civilDate } from '../features/regions/index.ts'
import {
  addMilestone,
  changeTaskForce,
  createTaskForce,
  type ForceKey,
  findForce,
  listMilestones,
  reachMilestone,
} from '../features/task-forces/index.ts'
import { buildingCode, COMMUNITY } from './places.ts'
import type { Walk } from './records.ts'
import { CITY_MANAGEMENT, PROPERTY, STREET_OFFICE } from './units.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

interface Parking {
  building: number
  raiser: string
  categoryCode: string
  title: string
  body: string
  publicText: string
}

const PARKING: readonly Parking[] = [
  {
    building: 6,
    raiser: 'resident6',
    categoryCode: '200505',
    title: '六栋消防通道被车占住',
    body: '六栋东头的消防通道天天停满了车，救护车都进不来。',
    publicText: '六栋东侧消防通道长期被车辆占用。',
  },
  {
    building: 7,
    raiser: 'resident7',
    categoryCode: '209021',
    title: '大门口夜间乱停车',
    body: '晚上大门口两边都停车，公交站台也占了，进出很不方便。',
    publicText: '小区大门口夜间两侧乱停车，影响进出。',
  },
  {
    building: 10,
    raiser: 'resident10',
    categoryCode: '209021',
    title: '僵尸车占着车位',
    body: '十栋后面有三辆车一年多没动过，轮胎都瘪了，占着车位。',
    publicText: '十栋后有长期不动的车辆占用车位。',
  },
]

const versionOf = async (walk: Walk, key: ForceKey): Promise<number> => (await findForce(walk.tx, key))?.version ?? 0

/** The parking task force of three units: one milestone reached, one late, one to come; a member more than it began with. */
export const setUpTaskForce = async (walk: Walk): Promise<void> => {
  const { tx, door, people, units } = walk
  const { deps } = door
  const start = deps.clock.now().getTime()
  const day = (days: number) => civilDate(new Date(start + days * DAY))
  const matters: string[] = []
  for (const { building, raiser, categoryCode, title, body, publicText } of PARKING) {
    const id = await walk.raise(raiser, { kind: 'problem', title, body, regionCode: buildingCode(building) })
    walk.pass(HOUR)
    const triage = { categoryCode, urgency: 'ordinary', route: 'direct', publicTitle: title, publicText }
    await walk.take('officer', id, 'accept', triage)
    matters.push(id)
  }
  const [lane = '', gate = '', wrecks = ''] = matters
  walk.pass(HOUR)
  const secretary = await walk.actorOf('secretary')
  const property = { personId: people.unit_handler ?? '', unitId: units[PROPERTY] ?? '' }
  const management = { personId: people.unit_handler2 ?? '', unitId: units[CITY_MANAGEMENT] ?? '' }
  const street = { personId: people.street_handler ?? '', unitId: units[STREET_OFFICE] ?? '' }
  const officer = { personId: people.officer ?? '', unitId: null }
  const key = await createTaskForce(tx, deps, secretary, {
    community: COMMUNITY,
    name: '停车整治专班',
    purpose: '三个月内打通消防通道、清走僵尸车、规范大门口停车，能划的车位都划出来。',
    leaderId: management.personId,
    members: [management, property, officer],
    issueIds: [lane, gate],
  })
  const plan = async (title: string, dueOn: string) =>
    addMilestone(tx, deps, { key, actor: secretary, version: await versionOf(walk, key) }, { title, dueOn })
  await plan('摸清占道车辆和可划车位', day(6))
  await plan('消防通道划线、装隔离桩', day(17))
  await plan('新车位投入使用', day(60))

  await walk.take('officer', lane, 'dispatch', {
    leadUnitId: management.unitId,
    coUnits: [{ unitId: property.unitId, task: '配合通知车主，安装隔离桩' }],
  })
  walk.pass(2 * HOUR)
  await walk.take('unit_handler2', lane, 'sign')
  walk.pass(HOUR)
  await walk.take('officer', gate, 'dispatch', { leadUnitId: property.unitId })
  walk.pass(2 * HOUR)
  await walk.take('unit_handler', gate, 'sign')
  walk.pass(4 * DAY)
  const [survey] = await listMilestones(tx, key)
  await reachMilestone(
    tx,
    deps,
    { key, actor: await walk.actorOf('unit_handler'), version: await versionOf(walk, key) },
    { id: survey?.id ?? '', note: '占道车辆 38 辆，可划车位 21 个。' },
  )
  walk.pass(DAY)
  await walk.take('unit_handler', gate, 'submit', { result: '大门口两侧施划禁停线，安排夜间巡查。' })
  walk.pass(DAY)
  // Wrecks are towed by the street.
  await changeTaskForce(tx, deps, key, secretary, await versionOf(walk, key), {
    members: [management, property, officer, street],
    issueIds: [lane, gate, wrecks],
  })
}
