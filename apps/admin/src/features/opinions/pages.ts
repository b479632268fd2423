import type { RouteRecordRaw } from 'vue-router'

export const opinionPages: RouteRecordRaw[] = [
  {
    path: '/issues/:id/opinions',
    name: 'opinions',
    component: () => import('./OpinionsPage.vue'),
    props: true,
    meta: { title: 'opinions.title' },
  },
]
