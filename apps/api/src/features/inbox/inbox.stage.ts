import type { Action } from '@tongxin/lifecycle'
import { send, type Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { onDutyNow } from '../duty/index.ts'
import type { Decided, Effects, Stage } from '../issues/index.ts'
import { type Audience, findCalled, findOpenParts, findOrderers, tell } from './inbox.queries.ts'
import { type Addressee, STEPS, type Step } from './steps.ts'

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Looks up who stands behind the duties, as the matter stands after the action. */
const audienceOf = async (
  tx: Tx,
  decided: Decided,
  { directory }: Deps,
  duties: readonly Addressee[],
): Promise<Audience> => {
  const { key, issue, after, payload, now } = decided
  const tree = await directory.regions.tree()
  const street = tree.streetOf(key.communityCode)
  const to: Audience = { roles: [], units: [], street: null, people: [], offices: [] }
  for (const duty of duties) {
    const ofCommunity = (role: 'officer' | 'secretary') =>
      to.roles.push(...[...tree.upwards(key.communityCode)].map(({ code }) => ({ role, region: code })))
    switch (duty) {
      case 'on_duty': {
        const onDuty = await onDutyNow(tx, { directory }, key.communityCode, now)
        if (onDuty) to.people.push(onDuty.personId)
        else ofCommunity('officer')
        break
      }
      case 'officer':
      case 'secretary':
        ofCommunity(duty)
        break
      case 'street':
        if (street) to.roles.push({ role: 'supervisor', region: street })
        break
      case 'lead':
        if (after.leadUnitId) to.units.push(after.leadUnitId)
        break
      case 'parts':
        to.units.push(...(await findOpenParts(tx, key)))
        break
      case 'unit':
        to.units.push(...[text(payload.unitId) ?? text(payload.about)].filter((id) => id !== null))
        break
      case 'taker':
        to.people.push(...[text(payload.handlerId)].filter((id) => id !== null))
        break
      case 'called': {
        const called = await findCalled(tx, key)
        if (called?.unitId) to.units.push(called.unitId)
        else if (called) to.street = called.streetCode
        break
      }
      case 'asker':
        if (issue.extensionBy) to.people.push(issue.extensionBy)
        break
      case 'orderers':
        to.people.push(...(await findOrderers(tx, key, now)))
    }
  }
  if (to.people.length > 0) {
    // What a street raises itself carries its code and zeros.
    const place = tree.get(key.communityCode) ? key.communityCode : key.communityCode.slice(0, 9)
    to.offices.push(...[...tree.upwards(place)].map(({ code }) => code), ...tree.subtree(place, new Set(['grid'])))
  }
  return to
}

const tellOf =
  (steps: readonly Step[]) =>
  async (tx: Tx, decided: Decided, deps: Deps): Promise<undefined> => {
    const { key, after, payload, personId, seq, now } = decided
    for (const { step, when, to } of steps) {
      if (when && !when(decided)) continue
      const duties = typeof to === 'function' ? to(decided) : to
      const audience = await audienceOf(tx, decided, deps, duties)
      const isClock = decided.action === 'remind'
      const telling = {
        step,
        seq,
        at: now,
        clock: isClock ? text(payload.clock) : null,
        dueAt: text(payload.dueAt),
        except: personId,
        complainedUnitId: after.complainedUnitId,
      }
      send(tx, tell(tx, key, audience, telling))
    }
    return undefined
  }

const actions = new Set<Action>(STEPS.flatMap(({ on }) => on))

/**
 * Tells those whose duty it is, in the transaction that brings it about: what is told is told once and only if it happened. It stands
 * behind the other stages, whose orders and whistles say whom.
 */
export const inboxStage: Stage = {
  effects: Object.fromEntries(
    [...actions].map((action) => [action, tellOf(STEPS.filter(({ on }) => on.includes(action)))]),
  ) as Effects,
}
