import { latePart } from '../../loading/late-part.ts'

export { default as ActionButtons } from './actions/ActionButtons.vue'
export { useActionOverList } from './actions/use-action-over-list.ts'
export { default as DueMark } from './DueMark.vue'
export { default as CallHistory } from './detail/CallHistory.vue'
export { default as IssueContact } from './detail/ContactCard.vue'
export { default as IssueFacts } from './detail/IssueFacts.vue'
export { default as ProposalFacts } from './detail/ProposalFacts.vue'
export { useTold } from './detail/told.ts'
export { fetchIssuePage } from './fetch-ahead.ts'
export { default as IssueRow } from './list/IssueRow.vue'
export { default as MatterLine } from './MatterLine.vue'
export { default as OrderFacts } from './orders/OrderFacts.vue'
export { default as OrderStory } from './orders/OrderStory.vue'
export { default as OrdersPanel } from './orders/OrdersPanel.vue'
export { isOfPart, offersOf, storyOf } from './orders/order-story.ts'
export { default as StageMark } from './StageMark.vue'

/** The forms of all actions weigh as much as the lists over which they open: they come when the first is asked for. */
export const ActionDrawer = latePart(() => import('./actions/ActionDrawer.vue'))
