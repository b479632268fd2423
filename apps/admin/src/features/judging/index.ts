import type { RouteRecordRaw } from 'vue-router'

export { default as IssueLink } from './IssueLink.vue'
export { default as JudgedLine } from './JudgedLine.vue'
export { default as WorkList } from './WorkList.vue'

export const judgingPages: RouteRecordRaw[] = [
  {
    path: '/judging/:list(calls|objections|contests)?',
    name: 'judging',
    component: () => import('./JudgingPage.vue'),
    props: true,
    meta: { title: 'judging.nav' },
  },
]
