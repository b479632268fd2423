import type { RouteRecordRaw } from 'vue-router'

export const ownersPages: RouteRecordRaw[] = [
  {
    path: '/owners-roll',
    name: 'owners-roll',
    component: () => import('./RollPage.vue'),
    meta: { title: 'owners.roll.title' },
  },
]
