import { addSpan } from './clocks.ts'
import type { Context, FactSlice } from './issue.ts'
import { isStaffRole } from './roles.ts'

/** What can make a guard that fails now hold later. The walk of the graph checks that each really can happen. */
export type FreedBy =
  | { action: string }
  /** An instant that arrives by itself. */
  | { time: true }
  /** Somebody else, or another choice in the payload, is always to be had. */
  | { choice: true }
  /** The council's own procedure: sessions and motions are open to the community at any time. */
  | { council: true }

export interface Guard {
  /** 409 when the matter is not ready for it, 403 when this person is not the one to do it. */
  status: 403 | 409
  zh: string
  en: string
  freedBy: readonly FreedBy[]
  /** The slices of facts it reads. */
  needs?: readonly FactSlice[]
  /** Reads the payload, so that it cannot be answered before one is given. */
  ofPayload?: true
  holds(c: Context): boolean
}

const DAY = 86_400_000
const withinDays = (since: Date | null, days: number, now: Date) =>
  since !== null && now.getTime() - since.getTime() <= days * DAY
const after = (at: Date | null, now: Date) => at === null || at <= now
const choice = [{ choice: true }] as const
const by = (...actions: string[]) => actions.map((action) => ({ action }))

const periodsOver = ({ issue, now }: Context) => after(issue.noticeEndsAt, now) && after(issue.evaluationEndsAt, now)
const everyRaiserContent = ({ issue, now }: Context) =>
  issue.raiserCount > 0 && issue.contentRaisers >= issue.raiserCount && after(issue.noticeEndsAt, now)

const MERGEABLE = new Set([
  'accepted',
  'scheduled',
  'deliberating',
  'adopted',
  'dispatched',
  'handling',
  'suspended',
  'verifying',
])

export const GUARDS = {
  route_council: {
    status: 409,
    zh: '该事项走直接办理路径，不列入议题',
    en: 'The matter takes the direct route',
    freedBy: by('reclassify'),
    holds: ({ issue }) => issue.route === 'council',
  },
  route_direct: {
    status: 409,
    zh: '该事项走议事会路径，须先形成决议再派单',
    en: 'The matter takes the council route',
    freedBy: by('reclassify', 'schedule'),
    holds: ({ issue }) => issue.state !== 'accepted' || issue.route === 'direct',
  },
  only_imported: {
    status: 409,
    zh: '该事项已在本社区办理，不能再录入历史答复',
    en: 'The matter has been taken up here since it was imported',
    freedBy: choice,
    holds: ({ issue }) => issue.channel === 'import' && issue.version === 1,
  },
  public_issue: {
    status: 409,
    zh: '不公开事项没有此项',
    en: 'A private matter has none of this',
    freedBy: choice,
    holds: ({ issue }) => issue.visibility === 'public',
  },
  private_takes_direct: {
    status: 409,
    zh: '不公开事项不上议事会，请选直接办理',
    en: 'A private matter takes the direct route',
    freedBy: choice,
    ofPayload: true,
    holds: ({ issue, payload }) => issue.visibility === 'public' || payload.route !== 'council',
  },
  public_text_given: {
    status: 409,
    zh: '公开事项须有经人工审定、不含个人信息的公开标题和内容',
    en: 'A public matter needs an approved public text',
    freedBy: choice,
    ofPayload: true,
    holds: ({ issue, payload }) =>
      issue.visibility === 'private' ||
      ((payload.publicTitle ?? issue.publicTitle) != null && (payload.publicText ?? issue.publicText) != null),
  },
  another_decides_appeal: {
    status: 403,
    zh: '申请复核须由原经办人以外的人决定',
    en: 'An appeal is decided by somebody else',
    freedBy: choice,
    holds: ({ issue, actor }) =>
      issue.appealOf === null || issue.decidedBy === null || issue.decidedBy !== actor.personId,
  },
  under_appeal: {
    status: 403,
    zh: '只有复核中的事项由书记或街道决定',
    en: 'Only under appeal',
    freedBy: by('appeal'),
    holds: ({ issue }) => issue.appealOf !== null,
  },
  appeal_in_time: {
    status: 409,
    zh: '已超过申请复核的期限',
    en: 'The time to appeal is over',
    freedBy: choice,
    holds: ({ issue, policy, now }) => withinDays(issue.stateSince, policy.appeal_days, now),
  },
  not_appealed: {
    status: 409,
    zh: '对同一决定只能申请一次复核',
    en: 'One appeal per decision',
    freedBy: by('decline', 'dismiss', 'refer'),
    holds: ({ issue }) => !issue.appealed,
  },
  target_open: {
    status: 409,
    zh: '并入的事项须是本社区另一件已受理、尚未公示、公开范围相同的事项',
    en: 'The target must be another matter of this community, accepted and not yet publicized, equally public',
    freedBy: choice,
    needs: ['target'],
    ofPayload: true,
    holds: ({ issue, facts: { target } }) =>
      target !== undefined &&
      target.exists &&
      !target.sameIssue &&
      target.visibility === issue.visibility &&
      MERGEABLE.has(target.state),
  },
  split_in_time: {
    status: 403,
    zh: '并案满十五日后只能由社区专干拆案',
    en: 'After fifteen days only an officer splits',
    freedBy: choice,
    holds: ({ issue, now }) => withinDays(issue.stateSince, 15, now),
  },
  resubmit_in_time: {
    status: 409,
    zh: '撤回满三十日后不能重新提交，请另提一件',
    en: 'Thirty days after withdrawal it must be raised anew',
    freedBy: choice,
    holds: ({ issue, now }) => withinDays(issue.stateSince, 30, now),
  },
  session_with_quorum: {
    status: 409,
    zh: '所列会议须在开会中且到会人数达到法定人数',
    en: 'The meeting must be in session with a quorum',
    freedBy: [{ council: true }],
    needs: ['council'],
    holds: ({ facts: { council } }) => council !== undefined && council.inSession && council.quorum,
  },
  no_open_ballot: {
    status: 409,
    zh: '表决尚未结束，不能续议',
    en: 'A ballot is still open',
    freedBy: [{ council: true }],
    needs: ['council'],
    holds: ({ facts: { council } }) => !council?.openBallot,
  },
  motion_passed: {
    status: 409,
    zh: '须有按规则通过的表决',
    en: 'A motion must have passed under its rule',
    freedBy: [{ council: true }],
    needs: ['council'],
    holds: ({ facts: { council } }) => council?.motion === 'passed',
  },
  motion_lost: {
    status: 409,
    zh: '须有未通过的表决，或一致同意不办',
    en: 'A motion must have failed, or all agreed not to act',
    freedBy: [{ council: true }],
    needs: ['council'],
    holds: ({ facts: { council } }) => council?.motion === 'failed' || council?.motion === 'consensus_not_to_act',
  },
  threshold_reached: {
    status: 409,
    zh: '附议户数未达到自动列入议题的数量',
    en: 'Not enough households endorsed it',
    freedBy: by('endorse'),
    holds: ({ issue, policy }) => issue.endorsingHouseholds >= policy.endorsement_threshold,
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
        ? issue.leadUnitId !== null
        : unit !== undefined && unit.exists && payload.leadUnitId !== issue.complainedUnitId,
  },
  secretary_designates: {
    status: 403,
    zh: '只有书记可以指定主办单位',
    en: 'Only the secretary designates',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload, as }) => payload.designated !== true || as === 'secretary',
  },
  unit_without_accounts: {
    status: 403,
    zh: '该单位有自己的经办人，不能代办',
    en: 'The unit has handlers of its own',
    freedBy: choice,
    needs: ['leadUnit'],
    holds: ({ facts: { leadUnit } }) => leadUnit !== undefined && !leadUnit.hasAccounts,
  },
  return_in_time: {
    status: 409,
    zh: '已超过退单时限',
    en: 'The time to return is over',
    freedBy: choice,
    holds: ({ issue, policy, now }) =>
      issue.dispatchedAt !== null &&
      now <= addSpan(issue.dispatchedAt, { workingHours: policy.return_working_hours }, policy.calendar),
  },
  not_designated: {
    status: 409,
    zh: '书记指定的主办单位不得退单',
    en: 'A designated unit may not return',
    freedBy: by('reassign'),
    holds: ({ issue }) => !issue.designated,
  },
  review_date_fit: {
    status: 409,
    zh: '复查日期须在今天之后、最长间隔之内',
    en: 'The review date must lie ahead, within the longest interval',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload, policy, now }) => {
      const at = new Date(String(payload.reviewAt)).getTime()
      return at > now.getTime() && at <= now.getTime() + policy.suspend_days * DAY
    },
  },
  street_renews: {
    status: 403,
    zh: '第二次续挂须由街道决定',
    en: 'The second renewal is the street’s to decide',
    freedBy: choice,
    holds: ({ issue }) => issue.suspensions < 2,
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
  verified: {
    status: 409,
    zh: '须先有核查记录',
    en: 'A verification must be on record',
    freedBy: by('verify'),
    holds: ({ issue }) => issue.verifiedBy !== null,
  },
  not_submitter: {
    status: 403,
    zh: '申报办结的人不能核查、公示或回访同一事项',
    en: 'Whoever submitted the work may not verify, publish or call back',
    freedBy: choice,
    holds: ({ issue, actor }) => issue.submittedBy === null || issue.submittedBy !== actor.personId,
  },
  not_of_complained_unit: {
    status: 403,
    zh: '被投诉单位不能参与核查和回访',
    en: 'The unit complained about has no say here',
    freedBy: choice,
    holds: ({ issue, actor }) => issue.complainedUnitId === null || !actor.unitIds.includes(issue.complainedUnitId),
  },
  rectify_owed: {
    status: 409,
    zh: '没有待整改的评价',
    en: 'Nothing to rectify',
    freedBy: by('call_back'),
    holds: ({ issue }) => issue.rectifyOwed,
  },
  nothing_to_rectify: {
    status: 409,
    zh: '有待整改的评价，不能办结',
    en: 'A rating was upheld: it must be rectified',
    freedBy: by('rectify'),
    holds: ({ issue }) => !issue.rectifyOwed,
  },
  periods_over: {
    status: 409,
    zh: '公示期、评价期未满（全部提出人评价基本满意以上且公示期满除外）',
    en: 'The notice and evaluation periods are not over',
    freedBy: [{ time: true }, ...by('evaluate')],
    holds: (c) => periodsOver(c) || everyRaiserContent(c),
  },
  objections_answered: {
    status: 409,
    zh: '有异议尚未答复',
    en: 'An objection is open',
    freedBy: by('answer_objection'),
    holds: ({ issue }) => issue.openObjections === 0,
  },
  bad_ratings_called_back: {
    status: 409,
    zh: '有差评尚未完成回访',
    en: 'A bad rating was not called back',
    freedBy: by('call_back', 'decide_contest'),
    holds: ({ issue }) => issue.openBadRatings === 0,
  },
  contests_decided: {
    status: 409,
    zh: '有评价申诉尚未决定',
    en: 'A contest is open',
    freedBy: by('decide_contest'),
    holds: ({ issue }) => issue.openContests === 0,
  },
  reopen_in_time: {
    status: 409,
    zh: '已超过重启期限，请另提一件',
    en: 'The time to reopen is over',
    freedBy: choice,
    holds: ({ issue, policy, now }) => withinDays(issue.closedAt, policy.reopen_days, now),
  },
  secretary_reopens: {
    status: 403,
    zh: '第三次重启须由书记决定',
    en: 'The third reopening is the secretary’s',
    freedBy: choice,
    holds: ({ issue }) => issue.reopenings < 2,
  },
  not_raiser: {
    status: 409,
    zh: '提出人不能附议自己的事项',
    en: 'A raiser does not endorse',
    freedBy: choice,
    holds: ({ actor }) => !actor.raiser,
  },
  not_endorsed: {
    status: 409,
    zh: '您已附议过',
    en: 'Already endorsed',
    freedBy: choice,
    needs: ['own'],
    holds: ({ facts: { own } }) => !own?.endorsed,
  },
  own_household: {
    status: 403,
    zh: '只能代表本人所在的家庭附议',
    en: 'Only for one’s own household',
    freedBy: choice,
    needs: ['household'],
    ofPayload: true,
    holds: ({ facts: { household } }) => household?.mine === true,
  },
  raiser_named: {
    status: 409,
    zh: '请写明删除哪位提出人的个人信息',
    en: 'Say whose data is to be erased',
    freedBy: choice,
    needs: ['erasure'],
    ofPayload: true,
    holds: ({ facts: { erasure } }) => erasure?.known === true,
  },
  seen_by_public: {
    status: 409,
    zh: '公开内容尚未审定',
    en: 'The public text is not approved yet',
    freedBy: by('accept'),
    holds: ({ issue }) => issue.publicTitle !== null,
  },
  route_only_while_accepted: {
    status: 409,
    zh: '只有已受理、未列议题或派单的事项可以改办理路径',
    en: 'The route changes only while accepted',
    freedBy: choice,
    ofPayload: true,
    holds: ({ issue, payload }) =>
      payload.route === undefined ||
      (issue.state === 'accepted' && (payload.route === 'direct' || issue.visibility === 'public')),
  },
  something_changes: {
    status: 409,
    zh: '请至少改一项',
    en: 'Change at least one thing',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload }) => ['categoryCode', 'urgency', 'kind', 'route'].some((field) => payload[field] !== undefined),
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
    zh: '新期限须晚于现期限',
    en: 'The new date must be later than the present one',
    freedBy: choice,
    ofPayload: true,
    holds: ({ issue, payload, now }) => {
      const asked = payload.requestedDueAt ?? payload.dueAt
      return asked === undefined || new Date(String(asked)) > (issue.handleDueAt ?? now)
    },
  },
  ahead: {
    status: 409,
    zh: '期限须在当前时间之后',
    en: 'The date must lie ahead',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload, now }) => payload.dueAt === undefined || new Date(String(payload.dueAt)) > now,
  },
  part_open: {
    status: 409,
    zh: '该单位没有待办的分工',
    en: 'That unit has no open part',
    freedBy: choice,
    needs: ['part'],
    ofPayload: true,
    holds: ({ facts: { part } }) => part?.open === true,
  },
  own_part: {
    status: 403,
    zh: '只能办结本单位的分工',
    en: 'Only one’s own unit’s part',
    freedBy: choice,
    needs: ['part'],
    ofPayload: true,
    holds: ({ facts: { part }, as }) => as !== 'part_handler' || part?.mine === true,
  },
  notice_running: {
    status: 409,
    zh: '公示期已满',
    en: 'The notice period is over',
    freedBy: by('publicize', 'answer'),
    holds: ({ issue, now }) => issue.noticeEndsAt !== null && issue.noticeEndsAt > now,
  },
  objects_once: {
    status: 409,
    zh: '每轮只能提出一次异议；对答复不服可申请一次复核',
    en: 'One objection per person and round, and one review',
    freedBy: choice,
    needs: ['judged', 'objection'],
    ofPayload: true,
    holds: ({ facts: { judged, objection }, payload }) =>
      payload.reviewOf === undefined
        ? !judged?.objected
        : objection !== undefined && objection.mine && !objection.open && !objection.reviewed,
  },
  objection_open: {
    status: 409,
    zh: '该异议不存在或已答复',
    en: 'That objection is not open',
    freedBy: by('object'),
    needs: ['objection'],
    ofPayload: true,
    holds: ({ facts: { objection } }) => objection?.open === true,
  },
  review_by_secretary: {
    status: 403,
    zh: '异议复核由书记答复',
    en: 'A review is the secretary’s to answer',
    freedBy: choice,
    needs: ['objection'],
    ofPayload: true,
    holds: ({ facts: { objection }, as }) => objection?.review !== true || as === 'secretary',
  },
  publicized_now: {
    status: 403,
    zh: '已转介的事项只由提出人评价',
    en: 'A referral is rated by its raisers alone',
    freedBy: by('recall'),
    holds: ({ issue }) => issue.state === 'publicized',
  },
  not_rated: {
    status: 409,
    zh: '本轮已评价过',
    en: 'Already rated in this round',
    freedBy: by('rectify', 'recall'),
    needs: ['judged'],
    holds: ({ facts: { judged } }) => !judged?.rated,
  },
  staff_never_rate: {
    status: 403,
    zh: '工作人员不参与评价',
    en: 'Staff never rate',
    freedBy: choice,
    // Staff who raised the matter themselves are its raisers like anyone else: the right of a raiser is never lost.
    holds: ({ actor, as, payload }) =>
      as === 'raiser' || payload.onBehalfOf !== undefined || !actor.roles.some(isStaffRole),
  },
  helps_a_raiser: {
    status: 409,
    zh: '代填评价须写明代哪位提出人',
    en: 'Say which raiser is helped',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload }) => payload.onBehalfOf !== undefined,
  },
  not_helped: {
    status: 409,
    zh: '本人评价不填代填对象',
    en: 'One’s own rating is on behalf of nobody',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload }) => payload.onBehalfOf === undefined,
  },
  had_no_part: {
    status: 403,
    zh: '经办过该事项的人不能代填评价',
    en: 'Somebody with no part in the matter helps',
    freedBy: choice,
    needs: ['own'],
    holds: ({ facts: { own } }) => !own?.hadPart,
  },
  rating_open: {
    status: 409,
    zh: '该评价不存在或已完成回访',
    en: 'That rating needs no call-back',
    freedBy: by('evaluate'),
    needs: ['rating'],
    ofPayload: true,
    holds: ({ facts: { rating } }) => rating?.open === true,
  },
  date_when_registered: {
    status: 409,
    zh: '登记限期解决须写明期限',
    en: 'Registering needs a date',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload }) => payload.callBackOutcome !== 'registered' || payload.dueAt !== undefined,
  },
  outcome_when_reached: {
    status: 409,
    zh: '联系上了须填写回访结论',
    en: 'Reached: an outcome is needed',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload }) => payload.reached !== true || payload.callBackOutcome !== undefined,
  },
  unit_for_rectify: {
    status: 409,
    zh: '该事项没有主办单位，需整改时须指定一个',
    en: 'Name a lead unit for the rectification',
    freedBy: choice,
    needs: ['unit'],
    ofPayload: true,
    holds: ({ issue, payload, facts: { unit } }) =>
      (payload.callBackOutcome !== 'upheld' && payload.callBackOutcome !== 'registered') ||
      issue.state !== 'publicized' ||
      (payload.leadUnitId === undefined
        ? issue.leadUnitId !== null
        : unit !== undefined && unit.exists && payload.leadUnitId !== issue.complainedUnitId),
  },
  rating_contestable: {
    status: 409,
    zh: '只能对本轮一条未申诉过的差评申诉',
    en: 'Only a bad rating not contested before',
    freedBy: by('evaluate'),
    needs: ['rating'],
    ofPayload: true,
    holds: ({ facts: { rating } }) => rating?.bad === true && !rating.contested,
  },
  contest_open: {
    status: 409,
    zh: '该评价没有待决定的申诉',
    en: 'No contest is open on it',
    freedBy: by('contest_rating'),
    needs: ['rating'],
    ofPayload: true,
    holds: ({ facts: { rating } }) => rating?.openContest === true,
  },
  not_escalated: {
    status: 409,
    zh: '已吹哨，待街道报到',
    en: 'Already escalated',
    freedBy: by('report_in'),
    holds: ({ issue }) => !issue.escalated,
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
  community_named: {
    status: 409,
    zh: '转介其他社区须写明社区',
    en: 'Name the community',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload }) => payload.recipient !== 'community' || payload.communityCode !== undefined,
  },
} as const satisfies Record<string, Guard>

export type GuardCode = keyof typeof GUARDS
