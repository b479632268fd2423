import type { RouteRecordRaw } from 'vue-router'

export const peoplePages: RouteRecordRaw[] = [
  { path: '/people', name: 'people', component: () => import('./PeoplePage.vue'), meta: { title: 'people.title' } },
  {
    path: '/people/:id',
    name: 'person',
    component: () => import('./PersonPage.vue'),
    props: true,
    meta: { title: 'people.title' },
  },
]
