import { seeded } from './chance.ts'
import type { Matrix } from './matrix.ts'

/** More directions than are wanted travel along: the two that count then settle in fewer rounds. */
const BLOCK = 6
const MOST_ROUNDS = 300
const SETTLED = 1e-7

/** Makes the columns of `q` (`size` rows of `width`) orthonormal; a column that holds nothing of its own becomes zero. */
const orthonormalize = (q: Float64Array, size: number, width: number): void => {
  for (let j = 0; j < width; j++) {
    let before = 0
    for (let i = 0; i < size; i++) before += q[i * width + j]! ** 2
    // Twice is enough: the second pass takes away what rounding left of the first.
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < j; k++) {
        let dot = 0
        for (let i = 0; i < size; i++) dot += q[i * width + j]! * q[i * width + k]!
        for (let i = 0; i < size; i++) q[i * width + j]! -= dot * q[i * width + k]!
      }
    }
    let norm = 0
    for (let i = 0; i < size; i++) norm += q[i * width + j]! ** 2
    const scale = norm > before * 1e-20 && norm > 0 ? 1 / Math.sqrt(norm) : 0
    for (let i = 0; i < size; i++) q[i * width + j]! *= scale
  }
}

/** Eigenvalues and vectors (columns) of a small symmetric matrix, largest first, by Jacobi's rotations. */
export const symmetricEigen = (matrix: Float64Array, n: number): { values: number[]; vectors: Float64Array } => {
  const a = Float64Array.from(matrix)
  const v = new Float64Array(n * n)
  for (let i = 0; i < n; i++) v[i * n + i] = 1
  for (let sweep = 0; sweep < 50; sweep++) {
    let off = 0
    let on = 0
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        if (i === j) on += a[i * n + j]! ** 2
        else off += a[i * n + j]! ** 2
      }
    if (off <= on * 1e-30) break
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const apq = a[p * n + q]!
        if (apq === 0) continue
        const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq)
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1))
        const c = 1 / Math.hypot(t, 1)
        const s = t * c
        for (let k = 0; k < n; k++) {
          const [kp, kq] = [a[k * n + p]!, a[k * n + q]!]
          a[k * n + p] = c * kp - s * kq
          a[k * n + q] = s * kp + c * kq
        }
        for (let k = 0; k < n; k++) {
          const [pk, qk] = [a[p * n + k]!, a[q * n + k]!]
          a[p * n + k] = c * pk - s * qk
          a[q * n + k] = s * pk + c * qk
          const [vp, vq] = [v[k * n + p]!, v[k * n + q]!]
          v[k * n + p] = c * vp - s * vq
          v[k * n + q] = s * vp + c * vq
        }
      }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((x, y) => a[y * n + y]! - a[x * n + x]!)
  const vectors = new Float64Array(n * n)
  order.forEach((from, to) => {
    for (let k = 0; k < n; k++) vectors[k * n + to] = v[k * n + from]!
  })
  return { values: order.map((i) => a[i * n + i]!), vectors }
}

/** `y` becomes XᵀX q, in one pass along the answers; X is what was answered less its column's mean. */
const multiply = ({ rows, start, column, value, mean }: Matrix, q: Float64Array, y: Float64Array, width: number) => {
  y.fill(0)
  const t = new Float64Array(width)
  for (let row = 0; row < rows; row++) {
    t.fill(0)
    const end = start[row + 1]!
    for (let at = start[row]!; at < end; at++) {
      const x = value[at]! - mean[column[at]!]!
      const base = column[at]! * width
      for (let j = 0; j < width; j++) t[j]! += x * q[base + j]!
    }
    for (let at = start[row]!; at < end; at++) {
      const x = value[at]! - mean[column[at]!]!
      const base = column[at]! * width
      for (let j = 0; j < width; j++) y[base + j]! += x * t[j]!
    }
  }
}

/**
 * The two directions in which the voters differ most (principal components), `columns` × 2. What was not answered counts as the
 * statement's mean (Small et al. 2021, section 3), so the centred matrix is zero there and stays sparse: each round of the block
 * power iteration with Rayleigh–Ritz costs one pass along the answers.
 * @param from the components of the last map, by column, to start from
 */
export const findComponents = (matrix: Matrix, from: Float64Array | null): Float64Array => {
  const { columns } = matrix
  const width = Math.min(BLOCK, columns)
  const found = new Float64Array(columns * 2)
  if (width === 0) return found
  const chance = seeded(20_210_917)
  const q = Float64Array.from({ length: columns * width }, () => chance() - 0.5)
  if (from)
    for (let i = 0; i < columns; i++) for (let j = 0; j < Math.min(2, width); j++) q[i * width + j] = from[i * 2 + j]!
  orthonormalize(q, columns, width)
  const y = new Float64Array(columns * width)
  const projected = new Float64Array(width * width)
  const turned = new Float64Array(columns * width)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    multiply(matrix, q, y, width)
    projected.fill(0)
    for (let i = 0; i < columns; i++)
      for (let a = 0; a < width; a++)
        for (let b = 0; b < width; b++) projected[a * width + b]! += q[i * width + a]! * y[i * width + b]!
    const { values, vectors } = symmetricEigen(projected, width)
    const largest = values[0]!
    if (largest <= 1e-12) return found
    turned.fill(0)
    let rest = 0
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < width; j++) {
        let image = 0
        let vector = 0
        for (let k = 0; k < width; k++) {
          image += y[i * width + k]! * vectors[k * width + j]!
          vector += q[i * width + k]! * vectors[k * width + j]!
        }
        turned[i * width + j] = image
        if (j < 2) {
          found[i * 2 + j] = values[j]! > largest * 1e-9 ? vector : 0
          rest += (image - values[j]! * vector) ** 2
        }
      }
    }
    if (Math.sqrt(rest) <= SETTLED * largest) break
    q.set(turned)
    orthonormalize(q, columns, width)
  }
  orient(found, columns, from)
  return found
}

/** A component may point either way: as the last one did, else so that its heaviest statement lies on the positive side. */
const orient = (components: Float64Array, columns: number, from: Float64Array | null): void => {
  for (let j = 0; j < 2; j++) {
    let towards = 0
    let heaviest = 0
    for (let i = 0; i < columns; i++) {
      const x = components[i * 2 + j]!
      if (from) towards += x * from[i * 2 + j]!
      if (Math.abs(x) > Math.abs(heaviest) + 1e-9) heaviest = x
    }
    if ((towards || heaviest) >= 0) continue
    for (let i = 0; i < columns; i++) components[i * 2 + j]! *= -1
  }
}

/**
 * Where each voter stands, rows × 2. Whoever answered few statements would lie near the middle for that alone: the distance is
 * stretched by √(statements ÷ answered) (Small et al. 2021, "sparsity-aware scaling").
 */
export const project = (matrix: Matrix, components: Float64Array): Float64Array => {
  const { rows, columns, start, column, value, mean } = matrix
  const points = new Float64Array(rows * 2)
  for (let row = 0; row < rows; row++) {
    let [x, y] = [0, 0]
    for (let at = start[row]!; at < start[row + 1]!; at++) {
      const c = column[at]!
      const difference = value[at]! - mean[c]!
      x += difference * components[c * 2]!
      y += difference * components[c * 2 + 1]!
    }
    const stretch = Math.sqrt(columns / Math.max(1, start[row + 1]! - start[row]!))
    points[row * 2] = x * stretch
    points[row * 2 + 1] = y * stretch
  }
  return points
}
