import { sep } from 'node:path';
import { describe, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ protocol: {} }));

const { contentSecurityPolicy, fileForAddress } = await import('../../src/main/shell/app-protocol.ts');
const root = `${sep}srv${sep}app`;

describe('the app protocol', () => {
  it.each([
    ['app://innerloop/', 'index.html'],
    ['app://innerloop/index.html', 'index.html'],
    ['app://innerloop/assets/main-abc.js', `assets${sep}main-abc.js`],
  ])('serves %s', (address, expected) => {
    expect(fileForAddress(address, root)?.path).toBe(`${root}${sep}${expected}`);
  });

  it.each([
    'app://innerloop/../secret.html',
    'app://innerloop/%2e%2e/%2e%2e/etc/passwd.html',
    'app://innerloop/..%2f..%2fsecret.js',
    'app://elsewhere/index.html',
    'file:///etc/passwd.html',
    'app://innerloop/run.sh',
    'app://innerloop/nul%00.html',
  ])('refuses %s or keeps it inside the app', (address) => {
    const file = fileForAddress(address, root);
    expect(file === null || file.path.startsWith(root + sep)).toBe(true);
    expect(file?.path ?? '').not.toContain('..');
  });

  it('allows no inline script, no eval and no connection', () => {
    expect(contentSecurityPolicy).not.toContain('unsafe');
    expect(contentSecurityPolicy).toContain("connect-src 'none'");
    expect(contentSecurityPolicy).toContain("default-src 'none'");
  });
});
