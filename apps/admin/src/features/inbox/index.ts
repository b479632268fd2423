import type { RouteRecordRaw } from 'vue-router'

export { default as InboxBell } from './InboxBell.vue'

export const inboxPages: RouteRecordRaw[] = [
  { path: '/inbox', name: 'inbox', component: () => import('./InboxPage.vue'), meta: { title: 'inbox.title' } },
]
