import type { RouteRecordRaw } from 'vue-router'

export const intakePages: RouteRecordRaw[] = [
  { path: '/raise', name: 'raise', component: () => import('./IntakePage.vue'), meta: { title: 'nav.raise' } },
]
