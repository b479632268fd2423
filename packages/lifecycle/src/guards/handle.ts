import { calendarOfUnit } from '../service-hours.ts'
import { addSpan } from '../work-time.ts'
import { by, choice, daysAfter, type Guard, instantOf } from './guard.ts'
import { isDisputed, partsOf } from './parts.ts'

const unitIdsOf = (parts: unknown): unknown[] =>
  Array.isArray(parts) ? parts.map((part: { unitId?: unknown } | null) => part?.unitId) : []

/** Guards of the joint office: units, dates, parts, verification, supervision. */
export const HANDLE_GUARDS = {
  route_direct: {
    status: 409,
    zh: '该事项走议事会路径，须先形成决议再派单',
    en: 'The matter takes the council route',
    freedBy: by('reclassify'),
    holds: ({ issue }) => issue.state !== 'accepted' || issue.route === 'direct',
  },
  lead_unit_fit: {
    status: 409,
    zh: '主办单位须是本社区可用的单位，且不能是被投诉单位',
    en: 'The lead unit must exist here and not be the one complained about',
    freedBy: choice,
    needs: ['unit'],
    ofPayload: true,
    holds: ({ issue, facts: { unit }, payload }) =>
      payload.leadUnitId === undefined
        ? issue.leadUnitId !== null && issue.leadUnitId !== issue.complainedUnitId
        : unit?.exists === true && payload.leadUnitId !== issue.complainedUnitId,
  },
  co_units_fit: {
    status: 409,
    zh: '协办单位不能重复，也不能同时是主办单位',
    en: 'Co-units must differ from each other and from the lead unit',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload }) => {
      const units = [payload.leadUnitId, ...unitIdsOf(payload.coUnits)]
      return new Set(units).size === units.length
    },
  },
  secretary_designates: {
    status: 403,
    zh: '只有书记可以指定主办单位',
    en: 'Only the secretary designates',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload, as }) => payload.designated !== true || as === 'secretary',
  },
  secretary_reassigns: {
    status: 403,
    zh: '书记指定的主办单位只能由书记改派',
    en: 'Only the secretary replaces a unit the secretary designated',
    freedBy: choice,
    holds: ({ issue }) => !issue.designated,
  },
  ahead: {
    status: 409,
    zh: '期限须在当前时间之后',
    en: 'The date must lie ahead',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload, now }) =>
      [payload, ...partsOf(payload)].every(({ dueAt }) => dueAt === undefined || instantOf(dueAt) > now.getTime()),
  },
  settled_by_secretary: {
    status: 403,
    zh: '退单已达次数，或拟派单位本轮已退过单，须由书记指定',
    en: 'Returned as often as a dispatch may be, or by the unit named: the secretary names the unit',
    freedBy: choice,
    needs: ['returns'],
    holds: (c) => !isDisputed(c),
  },
  within_promise: {
    status: 409,
    zh: '承诺办结时间已定，重新派单不能延后，请申请延期',
    en: 'The promised date stands: another dispatch does not put it off, an extension does',
    freedBy: choice,
    ofPayload: true,
    holds: ({ issue, payload }) =>
      payload.dueAt === undefined ||
      issue.handleDueAt === null ||
      instantOf(payload.dueAt) <= issue.handleDueAt.getTime(),
  },
  unit_without_accounts: {
    status: 403,
    zh: '该单位有自己的经办人，不能代办',
    en: 'The unit has handlers of its own',
    freedBy: by('reassign'),
    needs: ['leadUnit'],
    holds: ({ facts: { leadUnit } }) => leadUnit !== undefined && !leadUnit.hasAccounts,
  },
  not_designated: {
    status: 409,
    zh: '书记指定的主办单位不得退单',
    en: 'A designated unit may not return',
    freedBy: by('reassign'),
    holds: ({ issue }) => !issue.designated,
  },
  return_in_time: {
    status: 409,
    zh: '已超过退单时限',
    en: 'The time to return is over',
    freedBy: choice,
    holds: ({ issue, policy, now }) =>
      issue.dispatchedAt !== null &&
      now <=
        addSpan(
          issue.dispatchedAt,
          { workingHours: policy.return_working_hours },
          calendarOfUnit(policy, issue.leadUnitId, issue.dispatchedAt),
        ),
  },
  review_date_fit: {
    status: 409,
    zh: '复查日期须在今天之后、最长间隔之内',
    en: 'The review date must lie ahead, within the longest interval',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload, policy, now }) => {
      const at = instantOf(payload.reviewAt)
      return at > now.getTime() && at <= daysAfter(now, policy.suspend_days)
    },
  },
  street_renews: {
    status: 403,
    zh: '第二次续挂须由街道决定',
    en: 'The second renewal is the street’s to decide',
    freedBy: choice,
    holds: ({ issue }) => issue.suspensions < 2,
  },
  secretary_renews: {
    status: 403,
    zh: '前两次挂账由书记决定',
    en: 'The first two times are the secretary’s to decide',
    freedBy: choice,
    holds: ({ issue }) => issue.suspensions >= 2,
  },
  review_date_come: {
    status: 409,
    zh: '未到复查日期',
    en: 'The review date has not come',
    freedBy: [{ time: true }],
    holds: ({ issue, now }) => issue.reviewAt !== null && issue.reviewAt <= now,
  },
  parts_done: {
    status: 409,
    zh: '尚有协办单位未办结或免办',
    en: 'A co-unit has not finished',
    freedBy: by('finish_part', 'waive'),
    holds: ({ issue }) => issue.openParts === 0,
  },
  no_extension_pending: {
    status: 409,
    zh: '已有延期申请待批',
    en: 'An extension is already asked for',
    freedBy: by('decide_extension'),
    holds: ({ issue }) => issue.extensionAskedFor === null,
  },
  extension_pending: {
    status: 409,
    zh: '没有待批的延期申请',
    en: 'No extension is asked for',
    freedBy: by('request_extension'),
    holds: ({ issue }) => issue.extensionAskedFor !== null,
  },
  not_extension_asker: {
    status: 403,
    zh: '申请延期的人不能自己批准',
    en: 'Whoever asked does not decide',
    freedBy: choice,
    holds: ({ issue, actor }) => issue.extensionBy === null || issue.extensionBy !== actor.personId,
  },
  later_than_due: {
    status: 409,
    zh: '新期限须晚于现期限，也须晚于现在',
    en: 'The new date must be later than the present one, and than now',
    freedBy: choice,
    ofPayload: true,
    holds: ({ issue, payload, now }) => {
      // Granted without a date of its own, it is the date that was asked for, which may have gone by.
      const asked =
        payload.requestedDueAt ?? payload.dueAt ?? (payload.approved === true ? issue.extensionAskedFor : undefined)
      const soonest = Math.max((issue.handleDueAt ?? now).getTime(), now.getTime())
      return asked === undefined || asked === null || instantOf(asked) > soonest
    },
  },
  refused_before_asked: {
    status: 409,
    zh: '不同意时另定的期限须早于所申请的期限',
    en: 'Refused, the date set instead lies before the one asked for',
    freedBy: choice,
    ofPayload: true,
    holds: ({ issue, payload }) =>
      payload.approved === true ||
      payload.dueAt === undefined ||
      (issue.extensionAskedFor !== null && instantOf(payload.dueAt) < issue.extensionAskedFor.getTime()),
  },
  verified: {
    status: 409,
    zh: '须先有核查记录',
    en: 'A verification must be on record',
    freedBy: by('verify'),
    holds: ({ issue }) => issue.verifiedBy !== null,
  },
  verify_photos_given: {
    status: 409,
    zh: '公开事项的现场核查须附照片',
    en: 'A public matter is verified with photos',
    freedBy: choice,
    ofPayload: true,
    // A private matter may be somebody's home: there a photo would show more than the check needs.
    holds: ({ issue, payload: { photos }, policy }) =>
      issue.visibility === 'private' ||
      policy.verify_photos_required === 0 ||
      (Array.isArray(photos) && photos.length > 0),
  },
  not_escalated: {
    status: 409,
    zh: '已吹哨，待街道报到',
    en: 'Already escalated',
    freedBy: by('report_in'),
    holds: ({ issue }) => !issue.escalated,
  },
  street_unit_called: {
    status: 409,
    zh: '吹哨的单位须是本街道的单位，且不能是被投诉单位',
    en: 'Only a unit of the street is called, and never the one complained about',
    freedBy: choice,
    needs: ['unit'],
    ofPayload: true,
    holds: ({ issue, payload, facts: { unit } }) =>
      payload.streetUnitId === undefined ||
      (unit?.ofStreet === true && payload.streetUnitId !== issue.complainedUnitId),
  },
  escalated: {
    status: 409,
    zh: '没有待报到的吹哨',
    en: 'Nothing was escalated',
    freedBy: by('escalate'),
    holds: ({ issue }) => issue.escalated,
  },
  supervised: {
    status: 409,
    zh: '没有待答复的督办',
    en: 'No supervision awaits a reply',
    freedBy: by('supervise'),
    holds: ({ issue }) => issue.supervisions > 0,
  },
} as const satisfies Record<string, Guard>
