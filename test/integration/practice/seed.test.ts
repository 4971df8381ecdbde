import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ZeroAddress, Wallet, id, isCallException } from 'ethers';
import type { JsonRpcApiProvider } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readKeystore } from '../../support/practice-keystore.ts';
