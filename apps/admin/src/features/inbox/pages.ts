import type { RouteRecordRaw } from 'vue-router'

export const inboxPages: RouteRecordRaw[] = [
  { path: '/inbox', name: 'inbox', component: () => import('./InboxPage.vue'), meta: { title: 'inbox.title' } },
]
