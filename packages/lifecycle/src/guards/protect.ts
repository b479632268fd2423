import type { Context } from '../issue.ts'
import { choice, type Guard } from './guard.ts'

const isMe = ({ actor }: Context, ...people: (string | null | undefined)[]): boolean =>
  actor.personId !== null && people.includes(actor.personId)

/** Separated duties, and the protection of those who complain: who of all who could may not. */
export const PROTECT_GUARDS = {
  not_submitter: {
    status: 403,
    zh: '申报办结的人不能核查、公示、回访同一事项，也不能答复对它的异议',
    en: 'Whoever submitted the work may not verify, publish, call back or answer objections on it',
    freedBy: choice,
    holds: ({ issue, actor }) => issue.submittedBy === null || issue.submittedBy !== actor.personId,
  },
  not_of_complained_unit: {
    status: 403,
    zh: '被投诉单位的人不能参与对此事的处理、核查、回访和评判',
    en: 'The unit complained about has no say here',
    freedBy: choice,
    // Whoever raised the matter keeps a raiser's rights, whatever they work for.
    holds: ({ issue, actor, as }) =>
      as === 'raiser' || issue.complainedUnitId === null || !actor.unitIds.includes(issue.complainedUnitId),
  },
  not_party_to_rating: {
    status: 403,
    zh: '评价人和代填人不能回访自己的评价',
    en: 'Neither who rated nor who helped calls back on that rating',
    freedBy: choice,
    needs: ['rating'],
    ofPayload: true,
    holds: (c) => !isMe(c, c.facts.rating?.ratedBy, c.facts.rating?.helpedBy),
  },
  another_decides_contest: {
    status: 403,
    zh: '评价申诉须由申诉人、评价人、办理人以外的人决定',
    en: 'A contest is decided by somebody who neither contested, rated nor did the work',
    freedBy: choice,
    needs: ['rating'],
    ofPayload: true,
    holds: (c) => {
      const { contestedBy, ratedBy, helpedBy } = c.facts.rating ?? {}
      return !isMe(c, contestedBy, ratedBy, helpedBy, c.issue.submittedBy)
    },
  },
  another_reviews: {
    status: 403,
    zh: '异议复核须由原答复人以外的人作出',
    en: 'A review is answered by somebody other than who gave the first answer',
    freedBy: choice,
    needs: ['objection'],
    ofPayload: true,
    holds: (c) => !isMe(c, c.facts.objection?.firstAnsweredBy),
  },
  not_objector: {
    status: 403,
    zh: '提出异议的人不能自己答复',
    en: 'Whoever objected does not answer it',
    freedBy: choice,
    needs: ['objection'],
    ofPayload: true,
    holds: ({ facts: { objection } }) => objection?.mine !== true,
  },
  complained_of_complaint: {
    status: 409,
    zh: '只有投诉可以写明被投诉单位',
    en: 'Only a complaint names the unit it is about',
    freedBy: choice,
    ofPayload: true,
    holds: ({ issue, payload }) =>
      payload.complainedUnitId === undefined || (payload.kind ?? issue.kind) === 'complaint',
  },
  complained_not_at_work: {
    status: 409,
    zh: '该单位不存在，或正在办理此事；请先改派或免办，再登记为被投诉单位',
    en: 'No such unit, or it is at work on the matter: replace it first',
    freedBy: choice,
    needs: ['complained'],
    ofPayload: true,
    holds: ({ payload, facts: { complained } }) =>
      payload.complainedUnitId === undefined || (complained?.exists === true && !complained.atWork),
  },
  target_about_same_unit: {
    status: 409,
    zh: '写明了被投诉单位的投诉只能并入投诉同一单位的事项',
    en: 'A complaint about a unit is merged only with another about the same unit',
    freedBy: choice,
    needs: ['target'],
    ofPayload: true,
    holds: ({ issue, facts: { target } }) =>
      issue.complainedUnitId === null || target?.complainedUnitId === issue.complainedUnitId,
  },
  street_leads: {
    status: 409,
    zh: '第三轮起由街道牵头，主办单位须是街道的单位',
    en: 'From the third round a unit of the street leads',
    freedBy: choice,
    needs: ['unit'],
    ofPayload: true,
    holds: (c) => streetLeads(c, c.issue.round),
  },
  street_rectifies: {
    status: 409,
    zh: '第三轮起由街道牵头，请指定街道的单位主办',
    en: 'From the third round on it is rectified under a unit of the street',
    freedBy: choice,
    needs: ['unit'],
    ofPayload: true,
    holds: (c) => streetLeads(c, c.issue.round + 1),
  },
} as const satisfies Record<string, Guard>

/** The round from which the street leads. */
export const STREET_ROUND = 3

/** Where the street has no unit on the register there is nobody to ask; its supervisor still hears of the escalation. */
export const streetLeads = ({ facts: { unit } }: Context, round: number): boolean =>
  round < STREET_ROUND || unit?.ofStreet === true || unit?.streetHasUnits === false
