import type { State } from '../states.ts'
import { anew, by, choice, type Guard, withinDays } from './guard.ts'

/** Another matter may be merged into one of these states. */
export const MERGEABLE: ReadonlySet<State> = new Set<State>([
  'accepted',
  'scheduled',
  'deliberating',
  'adopted',
  'dispatched',
  'handling',
  'suspended',
  'verifying',
])

/** Guards of raising and triage, and of whoever stands behind a matter. */
export const RAISE_GUARDS = {
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
    freedBy: anew,
    holds: ({ issue, policy, now }) => withinDays(issue.stateSince, policy.appeal_days, now),
  },
  not_appealed: {
    status: 409,
    zh: '对同一决定只能申请一次复核',
    en: 'One appeal per decision',
    freedBy: anew,
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
      target?.exists === true &&
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
    freedBy: anew,
    holds: ({ issue, now }) => withinDays(issue.stateSince, 30, now),
  },
  community_named: {
    status: 409,
    zh: '转介其他社区须写明社区',
    en: 'Name the community',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload }) => payload.recipient !== 'community' || payload.communityCode !== undefined,
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
    freedBy: by('accept', 'reclassify'),
    holds: ({ issue }) => issue.publicTitle !== null,
  },
  something_changes: {
    status: 409,
    zh: '请至少改一项',
    en: 'Change at least one thing',
    freedBy: choice,
    ofPayload: true,
    holds: ({ payload }) =>
      ['categoryCode', 'urgency', 'kind', 'complainedUnitId', 'route', 'publicTitle', 'publicText'].some(
        (field) => payload[field] !== undefined,
      ),
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
  alone_to_loosen: {
    status: 409,
    zh: '另有其他提出人，不能由一人改为公开',
    en: 'There are other raisers: none of them alone makes it public',
    freedBy: choice,
    ofPayload: true,
    holds: ({ issue, payload }) => payload.visibility !== 'public' || issue.raiserCount <= 1,
  },
} as const satisfies Record<string, Guard>
