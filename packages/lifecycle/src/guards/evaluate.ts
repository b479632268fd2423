import { reasonFits } from '../fields.ts'
import type { Context } from '../issue.ts'
import { type Capacity, isStaffRole } from '../roles.ts'
import { anew, by, choice, type Guard, withinDays } from './guard.ts'
import { streetLeads } from './protect.ts'

const after = (at: Date | null, now: Date) => at === null || at <= now
const periodsOver = ({ issue, now }: Context) => after(issue.noticeEndsAt, now) && after(issue.evaluationEndsAt, now)
const everyRaiserContent = ({ issue, now }: Context) =>
  issue.raiserCount > 0 && issue.contentRaisers >= issue.raiserCount && after(issue.noticeEndsAt, now)

const HELPERS: ReadonlySet<Capacity> = new Set<Capacity>(['volunteer', 'grid_worker', 'officer'])

/** Guards of publication, objections, ratings and the end. */
export const EVALUATE_GUARDS = {
  rectify_owed: {
    status: 409,
    zh: '没有待整改的评价或异议',
    en: 'Nothing to rectify',
    freedBy: by('call_back', 'answer_objection'),
    holds: ({ issue }) => issue.rectifyOwed,
  },
  nothing_to_rectify: {
    status: 409,
    zh: '有评价或异议成立、尚待整改，不能办结',
    en: 'A rating or an objection was upheld: it must be rectified',
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
    zh: '有评价尚未完成回访',
    en: 'A rating was not called back',
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
    freedBy: anew,
    holds: ({ issue, policy, now }) => withinDays(issue.closedAt, policy.reopen_days, now),
  },
  secretary_reopens: {
    status: 403,
    zh: '第三次重启须由书记决定',
    en: 'The third reopening is the secretary’s',
    freedBy: choice,
    holds: ({ issue }) => issue.reopenings < 2,
  },
  notice_running: {
    status: 409,
    zh: '公示期已满',
    en: 'The notice period is over',
    freedBy: by('publicize', 'answer'),
    ofPayload: true,
    // An answer may come after the notice: asking for its review takes no more than the matter being still here.
    holds: ({ issue, payload, now }) =>
      payload.reviewOf !== undefined || (issue.noticeEndsAt !== null && issue.noticeEndsAt > now),
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
        : objection?.mine === true && !objection.open && !objection.reviewed,
  },
  objection_open: {
    status: 409,
    zh: '该异议不存在或已答复',
    en: 'That objection is not open',
    freedBy: by('object'),
    needs: ['objection'],
    ofPayload: true,
    holds: ({ issue, facts: { objection } }) => issue.openObjections > 0 && objection?.open === true,
  },
  review_by_secretary: {
    status: 403,
    zh: '异议复核由书记（或街道）答复',
    en: 'A review is the secretary’s to answer, or the street’s',
    freedBy: choice,
    needs: ['objection'],
    ofPayload: true,
    holds: ({ facts: { objection }, as }) => objection?.review !== true || as === 'secretary' || as === 'supervisor',
  },
  street_answers: {
    status: 403,
    zh: '街道只答复申请复核的异议，以及书记提出、或针对书记所办事项的异议',
    en: 'The street answers reviews, and objections the secretary made or that are to the secretary’s work',
    freedBy: choice,
    needs: ['objection'],
    ofPayload: true,
    holds: ({ facts: { objection } }) => objection?.review === true || objection?.ofSecretary === true,
  },
  objections_to_answer: {
    status: 409,
    zh: '没有待答复的异议',
    en: 'No objection is open',
    freedBy: by('object'),
    holds: ({ issue }) => issue.openObjections > 0,
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
    // Before a helper says whom they help, it is not their own rating that counts.
    holds: ({ facts: { judged }, as, payload }) =>
      !judged?.rated || (HELPERS.has(as) && payload.onBehalfOf === undefined),
  },
  staff_never_rate: {
    status: 403,
    zh: '工作人员不参与评价',
    en: 'Staff never rate',
    freedBy: choice,
    // Staff who raised the matter themselves are its raisers like anyone else: the right of a raiser is never lost.
    holds: ({ actor, as }) => as === 'raiser' || HELPERS.has(as) || !actor.roles.some(isStaffRole),
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
    holds: ({ issue, facts: { rating } }) =>
      rating?.open === true && (rating.sampled || (issue.openBadRatings > 0 && issue.state !== 'closed')),
  },
  calls_owed: {
    status: 409,
    zh: '没有待回访的评价',
    en: 'No rating is to be called back',
    freedBy: by('evaluate'),
    needs: ['calls'],
    holds: ({ facts: { calls } }) => (calls?.open ?? 0) > 0,
  },
  follow_ups_owed: {
    status: 409,
    zh: '没有限期解决的登记待跟踪',
    en: 'Nothing registered is to be followed up',
    freedBy: by('call_back'),
    needs: ['calls'],
    holds: ({ facts: { calls } }) => (calls?.followUps ?? 0) > 0,
  },
  follow_up_open: {
    status: 409,
    zh: '该评价没有待跟踪的限期登记',
    en: 'Nothing registered on that rating is to be followed up',
    freedBy: by('call_back'),
    needs: ['rating'],
    ofPayload: true,
    holds: ({ facts: { rating } }) => rating?.followUp === true,
  },
  followed_to_an_end: {
    status: 409,
    zh: '联系上了须填写是否解决；尚未解决、未联系上的须写明下次跟踪日期',
    en: 'Reached: is it solved? Not solved or not reached: when is it looked at next?',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload }) =>
      payload.reached === true
        ? payload.solved === 'yes' || (payload.solved !== undefined && payload.dueAt !== undefined)
        : payload.dueAt !== undefined,
  },
  reasons_fit_level: {
    status: 409,
    zh: '满意的评价选满意的理由，差评选不满意的理由',
    en: 'A good level takes good reasons, a bad one bad reasons',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload }) =>
      !Array.isArray(payload.reasons) || payload.reasons.every((code) => reasonFits(String(code), payload.level)),
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
  upheld_before_the_end: {
    status: 409,
    zh: '事项已办结，回访成立不会自动整改：请先重启事项，或登记限期解决并写明期限',
    en: 'The matter is closed, and nothing would be rectified: reopen it, or register it with a date',
    freedBy: choice,
    ofPayload: true,
    holds: ({ issue, payload }) => issue.state !== 'closed' || payload.callBackOutcome !== 'upheld',
  },
  unit_for_rectify: {
    status: 409,
    zh: '需整改时须指定主办单位；不能是被投诉单位，第三轮起须是街道的单位',
    en: 'Name a lead unit for the rectification: not the one complained about, from the third round on one of the street',
    freedBy: choice,
    needs: ['unit'],
    ofPayload: true,
    holds: (c) => {
      const { issue, payload, facts } = c
      if (payload.callBackOutcome !== 'upheld' && payload.callBackOutcome !== 'registered') return true
      if (issue.state !== 'publicized') return true
      const lead = payload.leadUnitId ?? issue.leadUnitId
      const exists = payload.leadUnitId === undefined ? lead !== null : facts.unit?.exists === true
      return exists && lead !== issue.complainedUnitId && streetLeads(c, issue.round + 1)
    },
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
  contests_to_decide: {
    status: 409,
    zh: '没有待决定的评价申诉',
    en: 'No contest is open',
    freedBy: by('contest_rating'),
    holds: ({ issue }) => issue.openContests > 0,
  },
  contest_open: {
    status: 409,
    zh: '该评价没有待决定的申诉',
    en: 'No contest is open on it',
    freedBy: by('contest_rating'),
    needs: ['rating'],
    ofPayload: true,
    holds: ({ issue, facts: { rating } }) => issue.openContests > 0 && rating?.openContest === true,
  },
} as const satisfies Record<string, Guard>
