import { makePublicId, splitPublicId } from '@tongxin/contract'
import {
  attendSitting,
  closeSitting,
  createSitting,
  findSitting,
  noteItem,
  openSitting,
  type SittingKey,
} from '../features/sittings/index.ts'
import { buildingCode, COMMUNITY } from './places.ts'
import type { Walk } from './records.ts'
import { CITY_MANAGEMENT, PROPERTY, STREET_OFFICE } from './units.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

interface Stuck {
  building: number
  raiser: string
  categoryCode: string
  title: string
  body: string
  publicText: string
}

const STUCK: readonly [Stuck, Stuck, Stuck, Stuck, Stuck] = [
  {
    building: 3,
    raiser: 'resident3',
    categoryCode: '209026',
    title: '楼顶种菜漏水扯皮',
    body: '楼顶有人垒池子种菜，顶楼漏水，找了几家都说不归自己管。',
    publicText: '楼顶垒池种菜造成渗漏，各方责任不清。',
  },
  {
    building: 8,
    raiser: 'resident8',
    categoryCode: '200404',
    title: '化粪池满溢',
    body: '八栋北边的化粪池又冒出来了，味道很大。',
    publicText: '八栋北侧化粪池满溢，有异味。',
  },
  {
    building: 12,
    raiser: 'resident12',
    categoryCode: '200101',
    title: '围墙边私搭棚子',
    body: '围墙边新搭了一个铁皮棚，占了消防通道的转弯处。',
    publicText: '围墙边新搭铁皮棚，占用消防通道转弯处。',
  },
  {
    building: 2,
    raiser: 'resident2',
    categoryCode: '100126',
    title: '健身器材没人管',
    body: '健身器材坏了两样，物业说是体育局的，找不到人修。',
    publicText: '两件健身器材损坏，管护责任不清。',
  },
  {
    building: 9,
    raiser: 'resident9',
    categoryCode: '100118',
    title: '后门路口太暗',
    body: '后门出去那个路口没有灯，下晚自习的孩子走着害怕。',
    publicText: '小区后门路口夜间无照明。',
  },
]

const versionOf = async (walk: Walk, key: SittingKey): Promise<number> =>
  (await findSitting(walk.tx, key))?.version ?? 0

const accepted = async (walk: Walk, { building, raiser, categoryCode, title, body, publicText }: Stuck) => {
  const id = await walk.raise(raiser, { kind: 'problem', title, body, regionCode: buildingCode(building) })
  walk.pass(HOUR)
  const triage = { categoryCode, urgency: 'ordinary', route: 'direct', publicTitle: title, publicText }
  await walk.take('officer', id, 'accept', triage)
  return id
}

/** One sitting held, with three decisions and a matter left for the next one, which is called. */
export const holdSitting = async (walk: Walk): Promise<void> => {
  const { tx, door, people, units } = walk
  const { deps } = door
  const [roof, cesspit, shed, gym, crossing] = STUCK
  const unowned = await accepted(walk, roof)
  const pit = await accepted(walk, cesspit)
  await walk.take('officer', pit, 'dispatch', { leadUnitId: units[PROPERTY] })
  const hut = await accepted(walk, shed)
  await walk.take('officer', hut, 'dispatch', { leadUnitId: units[PROPERTY] })
  const machines = await accepted(walk, gym)
  walk.pass(2 * HOUR)
  await walk.take('unit_handler', pit, 'sign')
  await walk.take('unit_handler', hut, 'sign')
  walk.pass(3 * DAY)
  const until = new Date(deps.clock.now().getTime() + 25 * DAY).toISOString()
  await walk.take('unit_handler', pit, 'request_extension', {
    requestedDueAt: until,
    reason: '要等市政管网疏通车排期。',
  })

  const secretary = await walk.actorOf('secretary')
  const asked = [units[PROPERTY] ?? '', units[CITY_MANAGEMENT] ?? '', units[STREET_OFFICE] ?? '']
  const call = { community: COMMUNITY, place: '社区三楼联席会议室', presiderId: people.secretary ?? '', units: asked }
  const key = await createSitting(tx, deps, secretary, {
    ...call,
    heldAt: new Date(deps.clock.now().getTime() + DAY).toISOString(),
    issueIds: [unowned, pit, hut, machines],
  })
  walk.pass(DAY)
  const hold = async () => ({ key, actor: secretary, version: await versionOf(walk, key) })
  await openSitting(tx, deps, await hold())
  await attendSitting(tx, deps, await hold(), asked.slice(0, 2))
  const sitting = makePublicId(key.communityCode, key.id)
  const parts = [{ unitId: units[CITY_MANAGEMENT], task: '责令拆除池子' }]
  const lead = { leadUnitId: units[PROPERTY], coUnits: parts, designated: true, instructions: '先止漏，再分清责任。' }
  await walk.take('secretary', unowned, 'dispatch', lead, sitting)
  const granted = { approved: true, dueAt: until, reason: '疏通车已排期，其间由物业每日清掏。' }
  await walk.take('secretary', pit, 'decide_extension', granted, sitting)
  const moved = { leadUnitId: units[CITY_MANAGEMENT], reason: '私搭乱建属城管职责。' }
  await walk.take('secretary', hut, 'reassign', moved, sitting)
  const left = { issueId: splitPublicId(machines).id, note: '请街道先问清体育局的管护合同。' }
  await noteItem(tx, deps, await hold(), left)
  await closeSitting(tx, deps, await hold())

  walk.pass(2 * DAY)
  const dark = await accepted(walk, crossing)
  await createSitting(tx, deps, secretary, {
    ...call,
    heldAt: new Date(deps.clock.now().getTime() + 7 * DAY).toISOString(),
    issueIds: [machines, dark],
  })
}
