import type { RouteRecordRaw } from 'vue-router'

export const ownersPages: RouteRecordRaw[] = [
  {
    path: '/owners-votes',
    name: 'owners-votes',
    component: () => import('./OwnersVotesPage.vue'),
    meta: { title: 'owners.nav' },
  },
  {
    path: '/owners-votes/:id',
    name: 'owners-vote',
    component: () => import('./OwnersVotePage.vue'),
    props: true,
    meta: { title: 'owners.nav' },
  },
  {
    path: '/owners-roll',
    name: 'owners-roll',
    component: () => import('./RollPage.vue'),
    meta: { title: 'owners.roll.title' },
  },
]
