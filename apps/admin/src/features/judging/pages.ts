import type { RouteRecordRaw } from 'vue-router'

export const judgingPages: RouteRecordRaw[] = [
  {
    path: '/judging/:list(calls|publicized|objections|contests)?',
    name: 'judging',
    component: () => import('./JudgingPage.vue'),
    props: true,
    meta: { title: 'judging.nav' },
  },
]
