import { createHash, randomBytes } from 'node:crypto'
import { makePublicId, type NewIssue } from '@tongxin/contract'
import { dueOf, type Issue, KINDS, type Role } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { preparedOne } from '../../db/prepared.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdPersonByPhoneHash, registerPerson } from '../people/index.ts'
import type { RegionTree } from '../regions/index.ts'
import { createIssue } from './create-issue.ts'
import { insertRaiser } from './raisers.queries.ts'
import type { Door } from './take-action.ts'

/** May raise for others (代报). */
const PROXIES: readonly Role[] = ['volunteer', 'grid_worker', 'officer', 'secretary', 'party_member', 'representative']

const invalid = (path: string, message: string) =>
  new AppError('invalid_input', { errors: [{ path: `body.${path}`, message }] })

/** @throws AppError invalid_input for a place that is not of this community */
export const placeIn = (tree: RegionTree, community: string, regionCode: string | undefined) => {
  if (regionCode === undefined || regionCode === community) return { gridCode: null, buildingCode: null }
  const node = tree.get(regionCode)
  if (!node || tree.communityOf(regionCode) !== community) throw invalid('regionCode', '该网格或楼栋不在本社区')
  return node.level === 'building'
    ? { gridCode: node.parentCode, buildingCode: node.code }
    : { gridCode: node.code, buildingCode: null }
}

const KNOWN = `select
  ($1::text is null or exists (select 1 from categories where code = $1 and active)) as category,
  ($2::uuid is null or exists (select 1 from units where id = $2 and active)) as unit`

const checkKnown = async (tx: Tx, body: NewIssue): Promise<void> => {
  if (body.complainedUnitId !== undefined && body.kind !== 'complaint')
    throw invalid('complainedUnitId', '只有投诉可以写明被投诉单位')
  if (body.categoryCode === undefined && body.complainedUnitId === undefined) return
  const known = await preparedOne<{ category: boolean; unit: boolean }>(tx, 'raise_known', KNOWN, [
    body.categoryCode ?? null,
    body.complainedUnitId ?? null,
  ])
  if (!known?.category) throw invalid('categoryCode', '没有这个类别')
  if (!known.unit) throw invalid('complainedUnitId', '没有这个单位')
}

/** The token names its tenant, so that looking it up needs no index across communities. */
export const newTrackingToken = (communityCode: string): string =>
  `${communityCode}${randomBytes(18).toString('base64url')}`
/** Until when the community answers: another clock, such as that of the first contact, may end sooner. */
const respondBy = ({ clocks }: Issue, now: Date): string => {
  const respond = clocks.find(({ clock }) => clock === 'respond')
  return (respond ? dueOf(respond) : now).toISOString()
}

export const hashTracking = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Who hears of a matter later than this has it raised anew: reports of the time are made long ago. */
const SAID_DAYS = 30

/** When it was raised: for who writes for somebody else, when that one said so. @throws AppError invalid_input */
const raisedAt = ({ saidAt }: NewIssue, raiser: Raiser, now: Date): Date => {
  if (saidAt === undefined) return now
  const at = new Date(saidAt)
  if (raiser.as === 'raiser' || raiser.as === 'anyone') throw invalid('saidAt', '只有代报可以写明原话的时间')
  if (at > now) throw invalid('saidAt', '不能晚于现在')
  if (now.getTime() - at.getTime() > SAID_DAYS * 86_400_000) throw invalid('saidAt', `不能早于 ${SAID_DAYS} 天前`)
  return at
}

interface Raiser {
  personId: string | null
  typedBy: string | null
  as: string
  tracked: boolean
}

/** Who raises: oneself, somebody an aide writes for, or a visitor known by the number they leave, or by nothing. */
const findRaiser = async (
  tx: Tx,
  door: Door,
  tree: RegionTree,
  actor: Actor,
  body: NewIssue,
  now: Date,
): Promise<Raiser> => {
  const { raiser } = body
  const given = raiser !== undefined && (raiser.name !== undefined || raiser.phone !== undefined)
  if (actor.personId !== null && !given && !actor.client)
    return { personId: actor.personId, typedBy: null, as: 'raiser', tracked: false }
  let as = 'anyone'
  if (actor.client) {
    if (!tree.covers(actor.client.regionCode, body.community))
      throw new AppError('forbidden', { detail: '该接口密钥只能在获准的区域提事' })
    as = 'api_client'
  } else if (actor.personId !== null) {
    const role = actor.grants.find(
      (grant) =>
        PROXIES.includes(grant.role) &&
        // A unit's seat speaks for the unit, not for residents.
        (grant.role !== 'representative' || grant.unitId === null) &&
        (tree.covers(grant.regionCode, body.community) || tree.communityOf(grant.regionCode) === body.community),
    )?.role
    if (!role) throw new AppError('forbidden', { detail: '只有工作人员、志愿者、居民代表和党员骨干可以代报' })
    as = role
  }
  const typedBy = actor.personId
  if (!given) return { personId: null, typedBy, as, tracked: true }
  const { cipher } = door.deps
  const known = raiser.phone ? await holdPersonByPhoneHash(tx, cipher.keyedHash(raiser.phone)) : undefined
  if (known && known.id === actor.personId) return { personId: known.id, typedBy: null, as: 'raiser', tracked: false }
  const person =
    known ??
    (await registerPerson(tx, cipher, {
      ...(raiser.name === undefined ? {} : { name: raiser.name }),
      ...(raiser.phone === undefined ? {} : { phone: raiser.phone }),
      regionCode: body.community,
      at: now,
    }))
  return { personId: person.id, typedBy, as, tracked: true }
}

export interface Receipt {
  id: string
  number: string
  hash: string
  trackingToken: string | null
  respondBy: string
}

/** @throws AppError invalid_input for a place, category or unit not of this community; forbidden for a proxy who may not */
export const raiseIssue = async (tx: Tx, door: Door, command: { actor: Actor; body: NewIssue }): Promise<Receipt> => {
  const { actor, body } = command
  const now = door.deps.clock.now()
  const tree = await door.deps.directory.regions.tree()
  if (tree.get(body.community)?.level !== 'community') throw invalid('community', '没有这个社区')
  const place = placeIn(tree, body.community, body.regionCode)
  await checkKnown(tx, body)
  const raiser = await findRaiser(tx, door, tree, actor, body, now)
  const occurredAt = raisedAt(body, raiser, now)
  const key = { communityCode: body.community, id: newId(now) }
  const raiserId = newId(now)
  const created = await createIssue(tx, door, {
    key,
    kind: body.kind,
    visibility: body.visibility ?? KINDS[body.kind].visibility,
    anonymous: body.anonymous,
    // A system says through which channel it was told; the hall's own it is not.
    channel: actor.client && body.channel === 'hall' ? 'api' : body.channel,
    urgency: body.urgency ?? null,
    categoryCode: body.categoryCode ?? null,
    ...place,
    complainedUnitId: body.complainedUnitId ?? null,
    title: body.title,
    body: body.body,
    raiserCount: 1,
    occurredAt,
    clocksFrom: occurredAt,
    as: raiser.as,
    personal: {
      actorId: actor.personId ?? raiser.personId,
      raiserId: makePublicId(key.communityCode, raiserId),
      ...(body.place ? { place: body.place } : {}),
      ...(body.contactConsent ? { contactConsent: true } : {}),
    },
    photos: { ids: body.photos, personId: actor.personId, uploadToken: body.uploadToken ?? null },
  })
  const trackingToken = raiser.tracked ? newTrackingToken(key.communityCode) : null
  await insertRaiser(tx, key, {
    id: raiserId,
    personId: raiser.personId,
    nameCipher: null,
    contactConsent: body.contactConsent,
    trackingHash: trackingToken && hashTracking(trackingToken),
    typedBy: raiser.typedBy,
    joinedAt: occurredAt,
  })
  return {
    id: makePublicId(key.communityCode, key.id),
    number: created.number,
    hash: created.hash,
    trackingToken,
    respondBy: respondBy(created.issue, now),
  }
}
