import type { RouteRecordRaw } from 'vue-router'

export const phrasePages: RouteRecordRaw[] = [
  {
    path: '/settings/phrases',
    name: 'phrases',
    component: () => import('./PhrasesPage.vue'),
    meta: { title: 'phrases.title' },
  },
]
