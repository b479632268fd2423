import { parentPort, workerData } from 'node:worker_threads'
import { drawMap, type ToDraw } from './draw-map.ts'

parentPort?.postMessage(drawMap(workerData as ToDraw))
