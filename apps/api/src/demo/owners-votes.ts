import { makePublicId } from '@tongxin/contract'
import type { Choice } from '@tongxin/lifecycle'
import { sql } from 'drizzle-orm'
import { checkIn, closeMeeting, openMeeting } from '../features/council/index.ts'
import {
  appointProxy,
  countByStaff,
  enterPaper,
  importRoll,
  listOverlaps,
  postVote,
  ruleOverlap,
  type VoteKey,
  voteAsOwner,
} from '../features/owners/index.ts'
import { personOf } from '../http/actor.ts'
import { demoHouseholds } from './homes.ts'
import { announceMeetingOn, PRESENT } from './meetings.ts'
import { DEMO_PEOPLE, demoPhone } from './people.ts'
import { buildingCode, COMMUNITY } from './places.ts'
import type { Walk } from './records.ts'
import { PROPERTY } from './units.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const BUILDINGS = [1, 2, 3].map(buildingCode)
const SURNAMES = [...'汪程鲍查詹胡操韦郝路左右戴陶邢柯齐纪']

/** Everybody's paper is made up, as are they. */
const paperOf = (number: number) => `DEMO${String(number).padStart(6, '0')}`

/**
 * The flats of the first three buildings: who lives there as an owner owns them, the others belong to people without an account. One
 * owner of two flats, a couple, somebody who owns one more of their own, and two flats not sold.
 */
const rollLines = (): string[] => {
  const owners = new Map(
    DEMO_PEOPLE.flatMap(({ name, home }) =>
      home?.kind === 'owner' ? [[`${home.buildingCode} ${home.door}`, name] as const] : [],
    ),
  )
  const flats = demoHouseholds().filter((flat) => BUILDINGS.includes(flat.buildingCode))
  const others = flats.filter((flat) => !owners.has(`${flat.buildingCode} ${flat.door}`))
  return flats.flatMap((flat, i) => {
    const line = (use: string, owner: string, identity: string, share: string) =>
      [flat.buildingCode, flat.door, use, (flat.areaHundredths / 100).toFixed(2), owner, identity, share].join(',')
    const own = owners.get(`${flat.buildingCode} ${flat.door}`)
    if (own) return [line('住宅', own, paperOf(i), '1')]
    const other = others.indexOf(flat)
    const named = (number: number) => [`${SURNAMES[number % SURNAMES.length]}家业主`, paperOf(100 + number)] as const
    if (other === 0 || other === 1) return [line('住宅', ...named(0), '1')]
    if (other === 2) return [line('住宅', ...named(2), '1/2'), line('', ...named(3), '1/2')]
    if (other === 3) return [line('住宅', ...named(2), '1')]
    if (other === 4 || other === 5) return [line('未售', '滨江置业有限公司', '', '')]
    return [line('住宅', ...named(other), '1')]
  })
}

const keepRoll = async ({ tx, door, people }: Walk): Promise<void> => {
  const by = people.officer as string
  const text = ['楼栋,门牌,用途,专有部分面积,业主,证件号码,份额', ...rollLines()].join('\n')
  const report = await importRoll(tx, door.deps, { community: COMMUNITY, bytes: Buffer.from(text), dryRun: false, by })
  if (!report.applied) throw new Error(`The demo's roll has errors: ${JSON.stringify(report.errors)}`)
  for (const { fingerprint, groups } of await listOverlaps(tx, door.deps, COMMUNITY))
    await ruleOverlap(tx, door.deps, by, {
      community: COMMUNITY,
      fingerprint,
      heads: [groups.flatMap(({ flats }) => flats.map(({ householdId }) => householdId))],
      reason: '产权登记核对：夫妻共有一套，其中一人另有一套，按一户家庭协商合并为一人',
    })
}

interface Votes {
  online: Record<string, Choice>
  /** Whose vote whom of the others casts. */
  byProxy?: Record<string, string>
  /** On the paper of the head that comes in this place by area; null for none. */
  paper(place: number, withAccount: boolean): Choice | null
}

/** Who votes online, and the papers of the others, each read by two. */
const castVotes = async (walk: Walk, key: VoteKey, { online, byProxy = {}, paper }: Votes): Promise<void> => {
  const { tx, door, people } = walk
  const heads = await tx.execute<{ head: number; person: string | null }>(sql`
    select f.head_no as head, min(m.person_id::text) as person from vote_flats f
      left join household_members m on m.household_id = f.household_id and m.kind = 'owner'
    where f.community_code = ${key.communityCode} and f.motion_id = ${key.id}
    group by f.head_no order by sum(f.area_hundredths)`)
  const names = new Map(Object.entries(people).map(([username, id]) => [id, username]))
  for (const [place, { head: headNo, person }] of heads.rows.entries()) {
    const username = person === null ? undefined : names.get(person)
    const chosen = username === undefined ? undefined : online[username]
    walk.pass(HOUR)
    if (username !== undefined && chosen !== undefined) {
      const holder = byProxy[username]
      if (holder !== undefined) {
        const i = DEMO_PEOPLE.findIndex((one) => one.username === holder)
        const named = { headNo, name: DEMO_PEOPLE[i]?.name ?? '', phone: demoPhone(i) }
        await appointProxy(tx, door.deps, key, await walk.actorOf(username), named)
        walk.pass(HOUR)
      }
      await voteAsOwner(tx, door.deps, key, await walk.actorOf(holder ?? username), { headNo, choice: chosen })
      continue
    }
    const choice = paper(place, username !== undefined)
    if (choice === null) continue
    for (const reader of ['officer', 'grid_worker'])
      await enterPaper(tx, door.deps, key, await walk.actorOf(reader), {
        headNo,
        choice,
        signedByAll: false,
        byProxy: false,
        buildings: BUILDINGS,
      })
  }
}

const scheduledMatter = async (walk: Walk, raiser: string, title: string, body: string, building: number) => {
  const id = await walk.raise(raiser, { kind: 'suggestion', title, body, regionCode: buildingCode(building) })
  walk.pass(2 * HOUR)
  await walk.take('officer', id, 'accept', {
    categoryCode: '209022',
    urgency: 'hard',
    route: 'council',
    publicTitle: title,
    publicText: body,
  })
  walk.pass(HOUR)
  await walk.take('secretary', id, 'schedule')
  return id
}

/**
 * A sitting that puts two matters to the owners: one has passed and is being done, on the other they are voting still. Takes about five
 * weeks.
 */
export const putMattersToOwners = async (walk: Walk): Promise<void> => {
  const { tx, door } = walk
  const { deps } = door
  await keepRoll(walk)
  const pumps = await scheduledMatter(
    walk,
    'resident2',
    '更换二次供水水泵',
    '一至三栋的供水水泵常停，高层用水时有时无，建议用维修资金更换。',
    2,
  )
  const parking = await scheduledMatter(
    walk,
    'resident3',
    '三栋北侧绿地改建停车位',
    '三栋北侧绿地多年荒着，建议改建生态停车位，解决夜间停车难。',
    3,
  )
  const { key, heldAt } = await announceMeetingOn(walk, '居民议事会（共有部分）', 5, [
    { issueId: pumps },
    { issueId: parking },
  ])
  walk.pass(Date.parse(heldAt) - deps.clock.now().getTime())
  const secretary = await walk.actorOf('secretary')
  await openMeeting(tx, deps, key, secretary, 3)
  for (const member of PRESENT)
    await checkIn(tx, deps, key, secretary, { personId: personOf(await walk.actorOf(member)) })
  // Eight in the morning after the days of notice, and so many days from there until eight in the evening.
  const opens = Date.parse(heldAt) + 15 * DAY + 13 * HOUR
  const window = (days: number) => ({
    opensAt: new Date(opens).toISOString(),
    closesAt: new Date(opens + days * DAY + 12 * HOUR).toISOString(),
  })
  await walk.take('secretary', pumps, 'deliberate')
  const passing = await postVote(tx, deps, key, secretary, {
    issueId: pumps,
    text: '同意使用专项维修资金十二万八千元，更换一至三栋二次供水水泵两台。',
    reviewed: false,
    rule: 'owners_ordinary',
    ...window(8),
    proposal: {
      leadUnitId: walk.units[PROPERTY],
      coUnitIds: [],
      dueDays: 45,
      budgetFen: 12_800_000,
      budgetSource: '专项维修资金',
    },
  })
  await walk.take('secretary', parking, 'deliberate')
  const running = await postVote(tx, deps, key, secretary, {
    issueId: parking,
    text: '同意将三栋北侧绿地改建为生态停车位十六个。',
    reviewed: false,
    rule: 'owners_major',
    ...window(32),
  })
  walk.pass(HOUR)
  await closeMeeting(tx, door, key, secretary, 4)

  walk.pass(opens - deps.clock.now().getTime())
  await castVotes(walk, passing, {
    online: { resident: 'for', resident2: 'for', resident3: 'for', representative: 'for', representative2: 'against' },
    byProxy: { resident3: 'resident5' },
    paper: (place) => (place % 5 === 0 ? null : place % 7 === 0 ? 'against' : 'for'),
  })
  await castVotes(walk, running, {
    online: { representative: 'for', party_member2: 'against' },
    // Whoever has an account may still vote on the phone.
    paper: (place, withAccount) => (!withAccount && place % 3 === 0 ? 'for' : null),
  })
  walk.pass(opens + 8 * DAY + 13 * HOUR - deps.clock.now().getTime())
  await countByStaff(tx, deps, passing, walk.people.officer as string)
  walk.pass(14 * HOUR)
  await walk.take('secretary', pumps, 'adopt', { motionId: makePublicId(COMMUNITY, passing.id) })
  walk.pass(HOUR)
  await walk.take('officer', pumps, 'dispatch', { leadUnitId: walk.units[PROPERTY] })
  walk.pass(2 * HOUR)
  await walk.take('unit_handler', pumps, 'sign')
}
