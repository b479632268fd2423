import type { RouteRecordRaw } from 'vue-router'

export { default as GrantLine } from './GrantLine.vue'
export { default as RequestGrantDialog } from './RequestGrantDialog.vue'

export const grantPages: RouteRecordRaw[] = [
  {
    path: '/settings/grants',
    name: 'grants',
    component: () => import('./GrantsPage.vue'),
    meta: { title: 'grants.title' },
  },
]
