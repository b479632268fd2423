import type { RouteRecordRaw } from 'vue-router'

export const auditPages: RouteRecordRaw[] = [
  {
    path: '/settings/audit',
    name: 'audit',
    component: () => import('./AuditPage.vue'),
    meta: { title: 'audit.title' },
  },
]
