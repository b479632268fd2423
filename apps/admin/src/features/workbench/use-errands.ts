import type { CouncilStep } from '@tongxin/contract'
import { COUNCIL_STEPS } from '@tongxin/contract/words'
import { type Loading, useWords } from '@tongxin/web'
import { computed } from 'vue'
import type { Errand } from './errands.ts'
import type { Proposals } from './use-proposals.ts'

const isOfMinutes = ({ kind }: CouncilStep) => kind.endsWith('_minutes') || kind === 'answer_amendments'

/** Steps at the council and proposals, in words. */
export function useErrands(council: Loading<{ items: CouncilStep[] }>, proposals: Loading<Proposals[]>) {
  const { t, named } = useWords()
  const ofCouncil = (step: CouncilStep): Errand => ({
    key: `${step.kind} ${step.meetingId}`,
    icon: 'council',
    of: t('nav.meetings'),
    title: named(COUNCIL_STEPS, step.kind),
    about: step.title,
    dueAt: step.dueAt,
    to: { name: isOfMinutes(step) ? 'minutes' : 'meeting', params: { id: step.meetingId } },
    mine: true,
  })
  const ofProposals = ({ kind, icon, mine, others }: Proposals): Errand[] => {
    const one = { icon, of: t(`workbench.of.${kind}`), dueAt: null, to: `/settings/${kind}` }
    const about = (count: string) => t('workbench.waiting', { count })
    return [
      { ...one, key: kind, title: t(`workbench.approvals.${kind}`), about: about(mine), mine: true },
      { ...one, key: `${kind} others`, title: t(`workbench.proposed.${kind}`), about: about(others), mine: false },
    ].filter((errand) => (errand.mine ? mine : others) !== '')
  }
  const all = computed(() => [
    ...(council.data.value?.items ?? []).map(ofCouncil),
    ...(proposals.data.value ?? []).flatMap(ofProposals),
  ])
  return {
    toDo: computed(() => all.value.filter(({ mine }) => mine)),
    waitedFor: computed(() => all.value.filter(({ mine }) => !mine)),
  }
}
