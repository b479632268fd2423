import type { ProposalBody } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { IssueKey } from '../issues/index.ts'
import type { MeetingKey } from './meetings.queries.ts'

/** What a row `m` of `motions` proposes to do, with the units' names; null where nothing was said. */
export const PROPOSAL = `(select json_build_object(
    'leadUnit', (select json_build_object('id', u.id, 'name', u.name) from units u where u.id = p.lead_unit_id),
    'coUnits', (select coalesce(json_agg(json_build_object('id', u.id, 'name', u.name) order by x.n), '[]')
      from unnest(p.co_unit_ids) with ordinality as x (id, n) join units u on u.id = x.id),
    'dueDays', p.due_days, 'budgetFen', p.budget_fen, 'budgetSource', p.budget_source)
  from motion_proposals p where p.community_code = m.community_code and p.motion_id = m.id) as proposal`

const INSERT = `insert into motion_proposals
  (community_code, motion_id, lead_unit_id, co_unit_ids, due_days, budget_fen, budget_source) values ($1, $2, $3, $4, $5, $6, $7)`

export const insertProposal = async (tx: Tx, { communityCode, id }: MeetingKey, it: ProposalBody): Promise<void> => {
  const { leadUnitId, coUnitIds, dueDays, budgetFen, budgetSource } = it
  const values = [leadUnitId ?? null, coUnitIds, dueDays ?? null, budgetFen ?? null, budgetSource ?? null]
  await prepared(tx, 'motion_proposal_insert', INSERT, [communityCode, id, ...values])
}

const LEAD = `select i.complained_unit_id is not distinct from $3::uuid as complained,
    i.category_code is not null and exists (select from unit_duties d where d.unit_id = $3)
      and not exists (select from unit_duties d
        where d.unit_id = $3 and d.category_code = i.category_code and d.standing <> 'refuses') as "outsideDuty"
  from issues i where i.community_code = $1 and i.id = $2`

/** What speaks against this unit leading: the matter complains of it, or its duty list, where it has one, lacks the category. */
export const findAgainstLead = (
  tx: Tx,
  issue: IssueKey,
  unitId: string,
): Promise<{ complained: boolean; outsideDuty: boolean } | undefined> =>
  preparedOne(tx, 'motion_proposal_lead', LEAD, [issue.communityCode, issue.id, unitId])
