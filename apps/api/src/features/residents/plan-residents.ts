import type { SheetError } from '@tongxin/contract'
import { newId } from '../../db/new-id.ts'
import type { householdMembers, households, people } from '../../db/schema/index.ts'
import type { Actor } from '../../http/actor.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { addShares, doorHash, sealDoor } from '../households/index.ts'
import { maskedName, maySee, openName, sealName, sealPhone } from '../people/index.ts'
import type { RegionTree } from '../regions/index.ts'
import { errorAt, type ResidentLine } from './read-residents.ts'
import type { listMembers } from './residents.queries.ts'

type Member = Awaited<ReturnType<typeof listMembers>>[number]

/** What is on record of the homes and the numbers that the file names. */
export interface OnRecord {
  homes: readonly (typeof households.$inferSelect)[]
  members: readonly Member[]
  /** Whose the numbers of the file are. */
  known: readonly { phoneHash: string | null; person: typeof people.$inferSelect }[]
}

export interface Setting {
  cipher: Cipher
  tree: RegionTree
  actor: Actor
  /** Who brings the file: nobody binds themselves. */
  by: string
  community: string
  at: Date
}

export interface ResidentPlan {
  errors: SheetError[]
  homes: (typeof households.$inferInsert)[]
  people: Map<string, typeof people.$inferInsert>
  members: (typeof householdMembers.$inferInsert)[]
  /** Those on record before whose level may have risen. */
  raised: Set<string>
  unchanged: number
}

const KIND_WORDS = { owner: '产权人', family: '家庭成员', tenant: '承租人' } as const

/** Home by home, and who they are: by their number, without one by their name among those of the home. */
export function planResidents(residents: readonly ResidentLine[], record: OnRecord, setting: Setting): ResidentPlan {
  const { cipher, at } = setting
  const errors: SheetError[] = []
  const plan: ResidentPlan = { errors, homes: [], people: new Map(), members: [], raised: new Set(), unchanged: 0 }
  const homeKey = (home: { buildingCode: string; doorHash: string }) => `${home.buildingCode} ${home.doorHash}`
  const homes = new Map(record.homes.map((home) => [homeKey(home), home]))
  const membersOf = Map.groupBy(record.members, ({ member }) => member.householdId)
  const whoOf = peopleOf(record, setting, plan)

  const byHome = Map.groupBy(residents, ({ buildingCode, door }) =>
    homeKey({ buildingCode, doorHash: doorHash(cipher, door) }),
  )
  // Sorted, new homes are listed in the order of the file.
  const ids = [...byHome].map(() => newId(at)).sort()
  for (const [i, [key, own]] of [...byHome].entries()) {
    const home = homes.get(key)
    const id = home?.id ?? ids[i] ?? ''
    const before = (home && membersOf.get(home.id)) ?? []
    const [first] = own
    if (!home && first)
      plan.homes.push({
        id,
        buildingCode: first.buildingCode,
        ...sealDoor(cipher, id, first.door),
        areaHundredths: null,
        createdAt: at,
        version: 1,
      })
    const here = new Set<string>()
    for (const resident of own) {
      const personId = whoOf(resident, id, before)
      if (personId === null) continue
      if (here.has(personId)) {
        errors.push(errorAt(resident.line, 'name', '这户在前面已写过此人，请合并为一行'))
        continue
      }
      here.add(personId)
      bind(plan, setting, { resident, id, personId, before: before.find(({ person }) => person.id === personId) })
    }
    assertShares(errors, own, home?.areaHundredths ?? null, before, here)
  }
  return plan
}

function bind(
  plan: ResidentPlan,
  { by, community, at }: Setting,
  found: { resident: ResidentLine; id: string; personId: string; before: Member | undefined },
): void {
  const { resident, id, personId, before } = found
  const { line, kind, share } = resident
  if (before) {
    const { member } = before
    const sameShare =
      BigInt(member.shareNumerator ?? 0) * BigInt(share?.denominator ?? 1) ===
      BigInt(share?.numerator ?? 0) * BigInt(member.shareDenominator ?? 1)
    if (member.kind === kind && sameShare) plan.unchanged++
    else {
      const now = KIND_WORDS[member.kind]
      plan.errors.push(errorAt(line, 'kind', `此人已绑定为${now}，身份或份额不同；要修改，请先在住户页解除绑定`))
    }
    return
  }
  plan.members.push({
    householdId: id,
    personId,
    communityCode: community,
    kind,
    shareNumerator: share?.numerator ?? null,
    shareDenominator: share?.denominator ?? null,
    boundBy: 'staff',
    boundByPerson: by,
    boundAt: at,
  })
  const added = plan.people.get(personId)
  if (!added) plan.raised.add(personId)
  else if (kind === 'owner') added.level = 'owner'
}

/** Who a line speaks of; null, and what is wrong, when that cannot be said. */
function peopleOf({ known }: OnRecord, setting: Setting, plan: ResidentPlan) {
  const { cipher, tree, actor, by, community, at } = setting
  const byHash = new Map(known.map(({ phoneHash, person }) => [phoneHash, person]))
  /** In this file: by their number, and by their name within a home. */
  const named = new Map<string, { id: string; name: string }>()
  const within = new Map<string, string>()

  const add = ({ name, phone }: ResidentLine): string => {
    const id = newId(at)
    plan.people.set(id, {
      id,
      ...sealName(cipher, id, name),
      ...(phone === null ? { phoneCipher: null, phoneHash: null } : sealPhone(cipher, id, phone)),
      level: 'resident',
      regionCode: community,
      largeType: false,
      createdAt: at,
      version: 1,
      anonymisedAt: null,
      mergedInto: null,
      mergedAt: null,
    })
    return id
  }

  return (resident: ResidentLine, homeId: string, before: readonly Member[]): string | null => {
    const { line, name, phone } = resident
    const wrong = (column: 'name' | 'phone', message: string) => {
      plan.errors.push(errorAt(line, column, message))
      return null
    }
    const sameName = before.find(({ person }) => openName(cipher, person) === name)
    if (phone === null) {
      if (sameName?.person.id === by) return wrong('name', '不能为自己绑定住户，请由其他工作人员办理')
      const id = within.get(`${homeId} ${name}`) ?? sameName?.person.id ?? add(resident)
      within.set(`${homeId} ${name}`, id)
      return id
    }
    const earlier = named.get(phone)
    if (earlier) return earlier.name === name ? earlier.id : wrong('name', '同一号码在前面写的是另一个姓名，请核对')
    const person = byHash.get(cipher.keyedHash(phone))
    if (person?.id === by) return wrong('phone', '不能为自己绑定住户，请由其他工作人员办理')
    if (person && !maySee(tree, actor, person))
      return wrong('phone', '这个号码登记在别的社区，请在住户页按号码查找后绑定')
    const onRecord = person ? openName(cipher, person) : null
    if (person && onRecord === null) return wrong('name', '这个号码的人还没有登记姓名，请在人员页补登后再导入')
    if (person && onRecord !== name) return wrong('name', `这个号码登记的姓名是“${maskedName(cipher, person)}”，请核对`)
    if (!person && sameName?.person.phoneCipher === null)
      return wrong('phone', '这户已有同名的人，还没有登记电话；请在人员页为其补登，再导入')
    const id = person?.id ?? add(resident)
    named.set(phone, { id, name })
    within.set(`${homeId} ${name}`, id)
    return id
  }
}

/** An owner's vote weighs area and share: both are on record, and shares never sum beyond one. */
function assertShares(
  errors: SheetError[],
  own: readonly ResidentLine[],
  area: number | null,
  before: readonly Member[],
  here: ReadonlySet<string>,
): void {
  const owners = own.flatMap(({ line, share }) => (share === null ? [] : [{ line, share }]))
  const last = owners.at(-1)
  if (!last) return
  if (area === null) {
    errors.push(
      errorAt(last.line, 'kind', '这户没有登记建筑面积，不能登记产权人；请先导入业主名册，或在住户页填写面积'),
    )
    return
  }
  const others = before.flatMap(({ member: { personId, shareNumerator: numerator, shareDenominator: denominator } }) =>
    here.has(personId) || numerator === null || denominator === null ? [] : [{ numerator, denominator }],
  )
  const { n, d } = addShares([...owners.map(({ share }) => share), ...others])
  if (n > d) errors.push(errorAt(last.line, 'share', `这户的份额合计为 ${n}/${d}，不能大于 1`))
}
