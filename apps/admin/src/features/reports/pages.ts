import type { RouteRecordRaw } from 'vue-router'

export const reportPages: RouteRecordRaw[] = [
  { path: '/reports', name: 'reports', component: () => import('./ReportsPage.vue'), meta: { title: 'reports.title' } },
]
