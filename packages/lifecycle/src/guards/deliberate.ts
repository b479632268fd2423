import { by, choice, type Guard } from './guard.ts'

/** Guards of the council’s part. */
export const DELIBERATE_GUARDS = {
  route_council: {
    status: 409,
    zh: '该事项走直接办理路径，不列入议题',
    en: 'The matter takes the direct route',
    freedBy: by('reclassify'),
    holds: ({ issue }) => issue.route === 'council',
  },
  private_now: {
    status: 409,
    zh: '只有转为不公开的事项由系统撤下',
    en: 'Only what became private is taken off by itself',
    freedBy: by('set_visibility'),
    holds: ({ issue }) => issue.visibility === 'private',
  },
  private_takes_direct: {
    status: 409,
    zh: '不公开事项不上议事会，请选直接办理',
    en: 'A private matter takes the direct route',
    freedBy: choice,
    ofPayload: true,
    holds: ({ issue, payload }) => issue.visibility === 'public' || payload.route !== 'council',
  },
  threshold_reached: {
    status: 409,
    zh: '附议户数未达到自动列入议题的数量',
    en: 'Not enough households endorsed it',
    freedBy: by('endorse'),
    holds: ({ issue, policy }) => issue.endorsingHouseholds >= policy.endorsement_threshold,
  },
  session_with_quorum: {
    status: 409,
    zh: '所列会议须在开会中且到会人数达到法定人数',
    en: 'The meeting must be in session with a quorum',
    freedBy: [{ council: true }],
    needs: ['council'],
    holds: ({ facts: { council } }) => council?.inSession === true && council.quorum,
  },
  no_open_ballot: {
    status: 409,
    zh: '表决尚未结束',
    en: 'A ballot is still open',
    // A ballot has a closing time.
    freedBy: [{ time: true }, { council: true }],
    needs: ['council'],
    holds: ({ facts: { council } }) => !council?.openBallot,
  },
  no_ballot_made_void: {
    status: 409,
    zh: '表决尚未结束，唯一提出人暂不能撤回',
    en: 'A ballot is open on it, and nobody else stands behind the matter',
    freedBy: [{ time: true }, { council: true }],
    needs: ['council'],
    holds: ({ issue, facts: { council } }) =>
      !council?.openBallot || issue.raiserCount > 1 || issue.endorsingHouseholds > 0,
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
} as const satisfies Record<string, Guard>
