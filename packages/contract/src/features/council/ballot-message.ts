/** What is signed on a paper is a random token of 32 bytes, in front of these words. */
export const ballotMessage = (motionId: string): string => `tongxin ballot ${motionId}`
