#!/usr/bin/env node
// A double of a browser whose policy forbids that programs drive it: it runs, starts a child as browsers
// do, and answers nothing on the pipe. It writes both ids down, so that a test can look for them.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
if (process.env.TMPDIR) writeFileSync(`${process.env.TMPDIR}/silent-browser`, `${process.pid} ${child.pid}`);
setInterval(() => undefined, 1000);
