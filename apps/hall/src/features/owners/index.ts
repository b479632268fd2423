import type { RouteRecordRaw } from 'vue-router'

export { default as OwnersVotesHome } from './OwnersVotesHome.vue'

export const ownersPages: RouteRecordRaw[] = [
  {
    path: '/owners-votes',
    name: 'owners-votes',
    component: () => import('./OwnersVotesPage.vue'),
    meta: { title: 'owners.title' },
  },
  {
    path: '/owners-votes/:id',
    name: 'owners-vote',
    component: () => import('./OwnersVotePage.vue'),
    props: true,
    meta: { title: 'owners.one' },
  },
]
