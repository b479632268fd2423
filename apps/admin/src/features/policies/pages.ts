import type { RouteRecordRaw } from 'vue-router'

export const policyPages: RouteRecordRaw[] = [
  {
    path: '/settings/policies',
    name: 'policies',
    component: () => import('./PoliciesPage.vue'),
    meta: { title: 'policies.title' },
  },
]
