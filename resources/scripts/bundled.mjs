// @ts-check
/** Packages that go into the built files: one file is read faster than a package's hundreds. What holds a binary stays one. */
export const bundled = ['ethers', 'zod', 'canonicalize', '@noble/hashes', 'commander', 'openid-client'];
