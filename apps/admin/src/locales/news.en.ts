import type { newsZh } from './news.zh.ts'

export const newsEn: typeof newsZh = { missing: 'Live updates have stopped, reconnecting' }
