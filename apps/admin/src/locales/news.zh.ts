export const newsZh = { missing: '实时更新已中断，正在重新连接' }
