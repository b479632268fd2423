export { computeOpinionMap } from './compute-opinion-map.ts'
export { serveOpinions } from './opinions.routes.ts'
export { RECORDED_MAPS, replayedMap, replayedStatement } from './replay-opinions.ts'
