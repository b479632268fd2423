import type { Context, PartFacts, Payload } from '../issue.ts'
import { handleTerm } from '../policy.ts'
import { calendarOfUnit } from '../service-hours.ts'
import { addSpan } from '../work-time.ts'
import { by, choice, type Guard, instantOf } from './guard.ts'

interface Named {
  unitId?: unknown
  dueAt?: unknown
}

/** The parts a dispatch gives to co-units. */
export const partsOf = ({ coUnits }: Payload): Named[] =>
  Array.isArray(coUnits) ? coUnits.filter((part) => typeof part === 'object' && part !== null) : []

/** Whether it would go to a unit that returned it in this round. */
const isGivenAgain = ({ facts: { returns }, payload }: Context): boolean =>
  [payload.leadUnitId, payload.unitId, ...partsOf(payload).map(({ unitId }) => unitId)].some((id) =>
    returns?.unitIds.includes(String(id)),
  )

/**
 * A dispatch that a unit disputed: returned as often as the policy lets it be, or given once more to a unit that returned it in
 * this round. The secretary says whose it is, and what the secretary says is not returned.
 */
export const isDisputed = (c: Context): boolean =>
  (c.facts.returns?.ofLead ?? 0) >= c.policy.returns_to_secretary || isGivenAgain(c)

/** The open part named by `unitId`; before one is named those the person could mean, for a co-unit's handler their own. */
const partsMeant = ({ facts, payload, as }: Context): readonly PartFacts[] =>
  (facts.parts ?? []).filter(({ unitId, mine }) =>
    payload.unitId === undefined ? as !== 'part_handler' || mine : unitId === payload.unitId,
  )

const somePart =
  (test: (part: PartFacts, c: Context) => boolean) =>
  (c: Context): boolean =>
    partsMeant(c).some((part) => test(part, c))

const askedDate = ({ payload }: Context, part: PartFacts): unknown =>
  payload.requestedDueAt ?? payload.dueAt ?? (payload.approved === true ? part.extensionAskedFor : undefined)

/** The end of the lead's clock: as it runs, else as this dispatch would begin it. */
const leadDueAt = ({ issue, payload, policy, now }: Context): number => {
  if (payload.dueAt !== undefined && payload.leadUnitId !== undefined) return instantOf(payload.dueAt)
  if (issue.handleDueAt !== null) return issue.handleDueAt.getTime()
  const { span } = handleTerm(issue, policy)
  return span === null ? Number.POSITIVE_INFINITY : addSpan(now, span, policy.calendar).getTime()
}

/** Guards of the co-units' parts: whose it is, what may be done with it, and until when. */
export const PART_GUARDS = {
  part_open: {
    status: 409,
    zh: '该单位没有待办的分工',
    en: 'That unit has no open part',
    freedBy: choice,
    needs: ['parts'],
    holds: (c) => c.issue.openParts > 0 && partsMeant(c).length > 0,
  },
  own_part: {
    status: 403,
    zh: '只能办理本单位的分工',
    en: 'A unit speaks for its own part',
    freedBy: choice,
    needs: ['parts'],
    holds: (c) => c.as !== 'part_handler' || partsMeant(c).some(({ mine }) => mine),
  },
  part_without_accounts: {
    status: 403,
    zh: '该协办单位有自己的经办人，不能代办',
    en: 'The co-unit has handlers of its own',
    freedBy: by('waive'),
    needs: ['parts'],
    // Where there is no such part, that is what is said.
    holds: (c) => partsMeant(c).length === 0 || partsMeant(c).some(({ hasAccounts }) => !hasAccounts),
  },
  note_of_own_order: {
    status: 403,
    zh: '只能记录本单位的进展',
    en: 'A unit notes its own progress',
    freedBy: choice,
    ofPayload: true,
    holds: ({ issue, payload, as }) =>
      payload.unitId === undefined || (as === 'lead_handler' && payload.unitId === issue.leadUnitId),
  },
  part_unsigned: {
    status: 409,
    zh: '该分工已签收',
    en: 'The part is signed for already',
    freedBy: choice,
    needs: ['parts'],
    holds: somePart(({ signed }) => !signed),
  },
  part_not_designated: {
    status: 409,
    zh: '书记指定的单位不得退单',
    en: 'A designated unit may not return',
    freedBy: by('waive'),
    needs: ['parts'],
    holds: somePart(({ designated }) => !designated),
  },
  part_return_in_time: {
    status: 409,
    zh: '已超过退单时限',
    en: 'The time to return is over',
    freedBy: choice,
    needs: ['parts'],
    holds: somePart(
      ({ unitId, madeAt }, { policy, now }) =>
        now <= addSpan(madeAt, { workingHours: policy.return_working_hours }, calendarOfUnit(policy, unitId, madeAt)),
    ),
  },
  no_part_extension_pending: {
    status: 409,
    zh: '该分工已有延期申请待批',
    en: 'An extension of the part is already asked for',
    freedBy: by('decide_part_extension'),
    needs: ['parts'],
    holds: somePart(({ extensionAskedFor }) => extensionAskedFor === null),
  },
  part_extension_pending: {
    status: 409,
    zh: '该分工没有待批的延期申请',
    en: 'No extension of the part is asked for',
    freedBy: by('request_part_extension'),
    needs: ['parts'],
    holds: somePart(({ extensionAskedFor }) => extensionAskedFor !== null),
  },
  not_part_extension_asker: {
    status: 403,
    zh: '申请延期的人不能自己批准',
    en: 'Whoever asked does not decide',
    freedBy: choice,
    needs: ['parts'],
    holds: somePart(
      ({ extensionBy }, { actor }) => extensionBy === null || actor.personId === null || extensionBy !== actor.personId,
    ),
  },
  part_later_than_due: {
    status: 409,
    zh: '新期限须晚于现期限，也须晚于现在',
    en: 'The new date must be later than the present one, and than now',
    freedBy: choice,
    needs: ['parts'],
    ofPayload: true,
    holds: somePart((part, c) => {
      const asked = askedDate(c, part)
      return asked === undefined || instantOf(asked) > Math.max(part.dueAt.getTime(), c.now.getTime())
    }),
  },
  part_extension_within_lead: {
    status: 409,
    zh: '分工期限不能晚于主办期限，请先申请延长主办期限',
    en: 'A part ends no later than the lead: the lead’s date is extended first',
    freedBy: by('decide_extension'),
    needs: ['parts'],
    ofPayload: true,
    holds: somePart((part, c) => {
      const asked = askedDate(c, part)
      return asked === undefined || c.issue.handleDueAt === null || instantOf(asked) <= c.issue.handleDueAt.getTime()
    }),
  },
  part_refused_before_asked: {
    status: 409,
    zh: '不同意时另定的期限须早于所申请的期限',
    en: 'Refused, the date set instead lies before the one asked for',
    freedBy: choice,
    needs: ['parts'],
    ofPayload: true,
    holds: somePart(
      ({ extensionAskedFor }, { payload }) =>
        payload.approved === true ||
        payload.dueAt === undefined ||
        (extensionAskedFor !== null && instantOf(payload.dueAt) < extensionAskedFor.getTime()),
    ),
  },
  parts_within_lead: {
    status: 409,
    zh: '协办单位的期限不能晚于主办单位的期限',
    en: 'A part ends no later than the lead',
    freedBy: choice,
    ofPayload: true,
    holds: (c) => {
      const parts = c.payload.unitId === undefined ? partsOf(c.payload) : [c.payload]
      return parts.every(({ dueAt }) => dueAt === undefined || instantOf(dueAt) <= leadDueAt(c))
    },
  },
  lead_not_late: {
    status: 409,
    zh: '主办期限已过：协办单位的期限不能晚于主办，请先延长主办期限',
    en: 'The lead is overdue, and a part ends no later than it: extend the lead first',
    freedBy: by('decide_extension'),
    holds: ({ issue, now }) => issue.handleDueAt === null || issue.handleDueAt > now,
  },
  not_given_again: {
    status: 403,
    zh: '该单位本轮已退过单，须由书记指定',
    en: 'The unit returned it in this round: only the secretary gives it there again',
    freedBy: choice,
    needs: ['returns'],
    ofPayload: true,
    holds: (c) => !isGivenAgain(c),
  },
  co_unit_addable: {
    status: 409,
    zh: '该单位不存在、已停用、不服务于本社区、被投诉或已有未办结的工单',
    en: 'No such unit here, or one complained about, or at work on the matter already',
    freedBy: choice,
    needs: ['added'],
    ofPayload: true,
    holds: ({ issue, payload, facts: { added } }) =>
      added?.fit === true && !added.atWork && payload.unitId !== issue.complainedUnitId,
  },
  own_order: {
    status: 403,
    zh: '只能移交本单位未办结的工单',
    en: 'A unit hands over its own open order',
    freedBy: choice,
    needs: ['handOver'],
    holds: ({ facts: { handOver } }) => handOver?.open === true && handOver.mine,
  },
  colleague_takes_over: {
    status: 409,
    zh: '请移交给本单位的其他经办人',
    en: 'It is handed to another handler of the same unit',
    freedBy: choice,
    needs: ['handOver'],
    ofPayload: true,
    holds: ({ facts: { handOver } }) => handOver?.fit === true && !handOver.inCharge,
  },
} as const satisfies Record<string, Guard>
