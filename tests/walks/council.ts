import { councilRoutes } from '@tongxin/contract'
import type { TestApp } from '../../apps/api/test/support/index.ts'
import type { Cast } from './cast.ts'
import type { Chance } from './chance.ts'

/** What happens at the council beside the actions on the matter itself; refusals are answers too. */
export class Council {
  readonly #t: TestApp
  readonly #cast: Cast
  readonly #chance: Chance
  #meeting: { id: string; version: number } | null = null

  constructor(t: TestApp, cast: Cast, chance: Chance) {
    this.#t = t
    this.#cast = cast
    this.#chance = chance
  }

  /** A meeting with this matter on its agenda, opened, most of the members present. Statuses of every answer. */
  async meet(issueId: string): Promise<number[]> {
    if (this.#meeting) return []
    const { secretary, members } = this.#cast
    const body = { community: issueId.slice(0, 12), title: '议事会', place: '议事厅', heldAt: this.#t.clock.now() }
    const made = await secretary.call(councilRoutes.createMeeting, { body: body as never })
    if (made.status !== 201) return [made.status]
    const params = { id: made.body.id }
    const agenda = { params, ifMatch: made.body.version, body: { items: [{ issueId }] } }
    const set = await secretary.call(councilRoutes.setAgenda, agenda)
    const statuses = [made.status, set.status]
    let version = set.status === 200 ? set.body.version : made.body.version
    // Held at once, which its notice has to say why.
    const notice = { params, ifMatch: version, body: { shortNoticeReason: '事情紧急' } }
    const announced = await secretary.call(councilRoutes.announceMeeting, notice)
    if (announced.status === 200) version = announced.body.version
    const opened = await secretary.call(councilRoutes.openMeeting, { params, ifMatch: version })
    if (opened.status === 200) version = opened.body.version
    statuses.push(announced.status, opened.status)
    for (const member of members) {
      if (this.#chance.below(8) === 0) continue
      const body = { code: (await secretary.call(councilRoutes.readCheckInCode, { params })).body?.code }
      statuses.push((await member.call(councilRoutes.checkIn, { params, body })).status)
    }
    this.#meeting = { id: made.body.id, version }
    return statuses
  }

  /** A motion on the matter, mostly counted at once. */
  async vote(issueId: string): Promise<number[]> {
    if (!this.#meeting) return []
    const { secretary } = this.#cast
    const against = this.#chance.below(3) === 0
    const proposes = this.#chance.below(4) === 0 ? 'not_to_act' : 'act'
    const rule = proposes === 'act' ? this.#chance.oneOf(['majority', 'two_thirds', 'consensus'] as const) : 'consensus'
    const proposed = await secretary.call(councilRoutes.proposeMotion, {
      params: { id: this.#meeting.id },
      body: { issueId, text: '同意办理', rule, proposes },
    })
    if (proposed.status !== 201 || this.#chance.below(6) === 0) return [proposed.status]
    const heads = against ? { for: 0, against: 2, abstain: 0 } : { for: 2, against: 0, abstain: 0 }
    const counted = await secretary.call(councilRoutes.countMotion, { params: { id: proposed.body.id }, body: heads })
    return [proposed.status, counted.status]
  }

  async rise(): Promise<number[]> {
    if (!this.#meeting) return []
    const params = { id: this.#meeting.id }
    this.#meeting = null
    const now = await this.#cast.secretary.call(councilRoutes.readMeeting, { params })
    if (now.status !== 200) return [now.status]
    const closed = await this.#cast.secretary.call(councilRoutes.closeMeeting, { params, ifMatch: now.body.version })
    return [now.status, closed.status]
  }
}
