import { randomBytes } from 'node:crypto';

const letters = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's 32: none looks like another

/** A new opaque id, such as `k3v90w2mzt`: 50 random bits, safe as a file name, short enough to type a part of. */
export const newId = (): string => [...randomBytes(10)].map((byte) => letters[byte % 32]).join('');
