import type { RouteRecordRaw } from 'vue-router'

export const dutyPages: RouteRecordRaw[] = [
  { path: '/duty', name: 'duty', component: () => import('./DutyPage.vue'), meta: { title: 'duty.nav' } },
]
