export { replayedForce, replayedForceIssues, replayedForceMembers, replayedMilestones } from './replay-task-forces.ts'
export { serveTaskForces } from './task-forces.routes.ts'
