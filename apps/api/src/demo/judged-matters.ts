import { makePublicId, splitPublicId } from '@tongxin/contract'
import { prepared } from '../db/prepared.ts'
import { photographed } from './pictures.ts'
import { buildingCode } from './places.ts'
import type { Walk } from './records.ts'
import { PROPERTY } from './units.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const idsIn = async (walk: Walk, id: string, table: 'ratings' | 'objections' | 'calls_owed'): Promise<string[]> => {
  const { communityCode, id: issueId } = splitPublicId(id)
  const column = table === 'calls_owed' ? 'rating_id' : 'id'
  const rows = await prepared<{ id: string }>(
    walk.tx,
    `demo_${table}`,
    `select ${column} as id from ${table} where community_code = $1 and issue_id = $2 order by 1`,
    [communityCode, issueId],
  )
  return rows.map((row) => makePublicId(communityCode, row.id))
}
const last = (ids: string[]): string => ids.at(-1) ?? ''

/** Whoever was drawn was called: the demo's desk owes nothing of last year. */
export const answerDraws = async (walk: Walk, id: string): Promise<void> => {
  for (const ratingId of await idsIn(walk, id, 'calls_owed'))
    await walk.take('secretary', id, 'call_back', {
      ratingId,
      reached: true,
      contacted: true,
      solved: 'yes',
      level: 5,
      callBackOutcome: 'confirmed',
      text: '电话核实，与评价一致。',
    })
}

interface Told {
  raiser: string
  building: number
  categoryCode: string
  title: string
  body: string
  publicTitle: string
  publicText: string
  result: string
}

/** Raised, handled by the property company and made public, in about four days. */
const publicized = async (walk: Walk, told: Told): Promise<string> => {
  const { raiser, building, categoryCode, title, body, publicTitle, publicText, result } = told
  const id = await walk.raise(raiser, { kind: 'problem', title, body, regionCode: buildingCode(building) })
  walk.pass(2 * HOUR)
  const triage = { categoryCode, urgency: 'ordinary', route: 'direct', publicTitle, publicText }
  await walk.take('officer', id, 'accept', triage)
  walk.pass(HOUR)
  await walk.take('officer', id, 'dispatch', { leadUnitId: walk.units[PROPERTY] })
  await work(walk, id, result)
  return id
}

const work = async (walk: Walk, id: string, result: string): Promise<void> => {
  walk.pass(HOUR)
  await walk.take('unit_handler', id, 'sign')
  walk.pass(2 * DAY)
  await walk.take('unit_handler', id, 'submit', { result })
  walk.pass(2 * HOUR)
  const photos = [await photographed(walk, 'grid_worker', 'path_mended')]
  await walk.take('grid_worker', id, 'verify', { finding: '现场查看。', photos })
  walk.pass(2 * HOUR)
  await walk.take('officer2', id, 'publicize', { result })
  walk.pass(DAY)
}

/** A bad rating, called back, upheld, put right in a second round, and closed. */
const rectified = async (walk: Walk): Promise<void> => {
  const id = await publicized(walk, {
    raiser: 'resident2',
    building: 2,
    categoryCode: '209017',
    title: '儿童滑梯护栏松动',
    body: '滑梯上面的护栏一推就晃，孩子靠着很危险。',
    publicTitle: '儿童滑梯护栏松动',
    publicText: '中心广场儿童滑梯护栏松动。',
    result: '已紧固护栏螺栓。',
  })
  const bad = { level: 2, contacted: true, solved: 'partly', reasons: ['came_back', 'not_solved'] }
  await walk.take('resident2', id, 'evaluate', { ...bad, comment: '两天又松了。' })
  walk.pass(3 * HOUR)
  const ratingId = last(await idsIn(walk, id, 'ratings'))
  await walk.take('secretary', id, 'call_back', { ratingId, reached: false })
  walk.pass(3 * HOUR)
  await walk.take('secretary', id, 'call_back', {
    ratingId,
    reached: true,
    contacted: true,
    solved: 'partly',
    level: 2,
    callBackOutcome: 'upheld',
    text: '螺栓孔已磨大，只紧固不行，要换护栏。',
  })
  await work(walk, id, '更换整段护栏，承重试验合格。')
  await walk.take('resident2', id, 'evaluate', {
    level: 5,
    contacted: true,
    solved: 'yes',
    reasons: ['solved_well', 'kept_informed'],
  })
  await answerDraws(walk, id)
  walk.pass(10 * DAY)
  await walk.close(id)
}

/** An objection in the notice period, answered; neighbours rate as well. */
const objected = async (walk: Walk): Promise<void> => {
  const id = await publicized(walk, {
    raiser: 'resident5',
    building: 5,
    categoryCode: '209022',
    title: '五栋门前路灯太亮',
    body: '新换的路灯正对卧室窗户，晚上照得睡不着。',
    publicTitle: '五栋门前路灯眩光',
    publicText: '五栋门前路灯正对住户窗户，夜间眩光。',
    result: '已加装遮光罩并调低角度。',
  })
  await walk.take('resident6', id, 'object', { personalReason: '调低以后台阶那一段又暗了，老人看不清。' })
  walk.pass(5 * HOUR)
  await walk.take('secretary', id, 'answer_objection', {
    objectionId: last(await idsIn(walk, id, 'objections')),
    upheld: false,
    answer: '当晚复测台阶照度符合要求；已另在台阶侧面加装一盏低位灯，请您再看看。',
  })
  walk.pass(DAY)
  await walk.take('resident5', id, 'evaluate', { level: 4, contacted: true, solved: 'yes', reasons: ['quick'] })
  await walk.take('representative', id, 'evaluate', {
    level: 5,
    contacted: false,
    solved: 'yes',
    reasons: ['well_explained'],
  })
  await walk.take('resident6', id, 'evaluate', { level: 3, contacted: true, solved: 'partly' })
  await answerDraws(walk, id)
}

/** A bad rating that was meant for something else: contested, set aside by the secretary. */
const contested = async (walk: Walk): Promise<void> => {
  const id = await publicized(walk, {
    raiser: 'resident8',
    building: 8,
    categoryCode: '209017',
    title: '八栋雨棚漏水',
    body: '单元门口雨棚接缝漏水，下雨天进出都要淋到。',
    publicTitle: '八栋单元门雨棚漏水',
    publicText: '八栋单元门口雨棚接缝漏水。',
    result: '重做接缝防水，淋水试验不漏。',
  })
  await walk.take('resident8', id, 'evaluate', { level: 5, contacted: true, solved: 'yes', reasons: ['solved_well'] })
  await answerDraws(walk, id)
  const before = new Set(await idsIn(walk, id, 'ratings'))
  await walk.take('resident7', id, 'evaluate', {
    level: 1,
    contacted: false,
    solved: 'no',
    reasons: ['too_slow'],
    comment: '快递柜还是没装。',
  })
  walk.pass(2 * HOUR)
  const ratingId = (await idsIn(walk, id, 'ratings')).find((each) => !before.has(each)) ?? ''
  await walk.take('unit_handler', id, 'contest_rating', { ratingId, reason: '评价说的是快递柜，与雨棚漏水无关。' })
  walk.pass(3 * HOUR)
  await walk.take('secretary', id, 'decide_contest', {
    ratingId,
    upheld: true,
    reason: '与评价人核实，确是把两件事弄混了；快递柜一事另行登记。',
  })
}

/** A volunteer typed the rating for an old raiser; it waits for its call-back, with an attempt that failed. */
const helped = async (walk: Walk): Promise<void> => {
  const id = await publicized(walk, {
    raiser: 'resident9',
    building: 9,
    categoryCode: '209017',
    title: '楼梯扶手断了一截',
    body: '三楼到四楼的扶手断了一截，我腿脚不好，下楼没处抓。',
    publicTitle: '楼梯扶手断裂',
    publicText: '九栋三层至四层楼梯扶手断裂。',
    result: '已焊接扶手并打磨。',
  })
  const { communityCode, id: issueId } = splitPublicId(id)
  const [raiser] = await prepared<{ id: string }>(
    walk.tx,
    'demo_raiser',
    'select id from raisers where community_code = $1 and issue_id = $2',
    [communityCode, issueId],
  )
  await walk.take('volunteer', id, 'evaluate', {
    level: 4,
    contacted: true,
    solved: 'yes',
    reasons: ['good_manner'],
    comment: '老人口述，志愿者代填。',
    onBehalfOf: makePublicId(communityCode, raiser?.id ?? ''),
  })
  walk.pass(HOUR)
  await walk.take('secretary', id, 'call_back', { ratingId: last(await idsIn(walk, id, 'ratings')), reached: false })
}

/** What the public had to say of four matters, each when it began. */
export const JUDGED_MATTERS: readonly { daysAgo: number; walk(walk: Walk): Promise<void> }[] = [
  { daysAgo: 40, walk: rectified },
  { daysAgo: 6, walk: objected },
  { daysAgo: 5.5, walk: contested },
  { daysAgo: 4.5, walk: helped },
]
