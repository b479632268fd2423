export {
  type Break,
  type BreakReason,
  type ChainChecker,
  canonicalLink,
  checkChain,
  createChainChecker,
  ERASING_ACTION,
  type Link,
  linkHash,
  type Payloads,
  type StoredLink,
  subjectName,
} from './chain.ts'
export { canonicalForm, HASH_NAMES, type HashName, hashText, isHashName, newSalt, payloadHash } from './hash.ts'
export { checkProof, leafHash, leafHashOf, merkleProof, merkleRoot, type SealLeaf } from './merkle.ts'
export { type Seal, sealHash } from './seal.ts'
