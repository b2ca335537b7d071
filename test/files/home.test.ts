import { describe, expect, it } from 'vitest';
import { coreSocket, homeFolder } from '../../src/main/files/home.ts';

describe('the data folder', () => {
  const userFolder = '/home/ada';
  it.each([
    ['linux', {}, undefined, '/home/ada/.local/share/innerloop'],
    ['linux', { XDG_DATA_HOME: '/data' }, undefined, '/data/innerloop'],
    ['darwin', {}, undefined, '/home/ada/Library/Application Support/Innerloop'],
    ['linux', { INNERLOOP_HOME: '/mine', XDG_DATA_HOME: '/data' }, undefined, '/mine'],
    ['linux', { INNERLOOP_HOME: '/mine' }, '/given', '/given'],
    ['linux', { INNERLOOP_HOME: '' }, '', '/home/ada/.local/share/innerloop'],
  ] as const)('on %s with %j and --home %s is %s', (platform, env, given, expected) => {
    expect(homeFolder({ env, platform, given, userFolder })).toBe(expected);
  });

  it('is absolute, also when a relative one was given', () => {
    expect(homeFolder({ env: {}, platform: 'linux', given: 'here', userFolder })).toBe(`${process.cwd()}/here`);
  });

  it('lies under the local application data on Windows', () => {
    const place = homeFolder({ env: { LOCALAPPDATA: 'C:/Users/ada/Local' }, platform: 'win32', userFolder });
    expect(place).toMatch(/Local.Innerloop$/);
  });
});

describe('the socket', () => {
  const linux = { env: {}, platform: 'linux', temporaryFolder: '/tmp' } as const;

  it('stands in the data folder', () => {
    expect(coreSocket('/home/ada/x', linux)).toEqual({ path: '/home/ada/x/core.sock', folder: null });
  });

  it('moves to a folder of this user, named by a hash, when its path would be too long', () => {
    const long = `/home/${'a'.repeat(100)}`;
    const place = coreSocket(long, linux);
    expect(place.path).toMatch(/^\/tmp\/innerloop-\d+\/[0-9a-f]{20}\.sock$/);
    expect(place.path.startsWith(`${place.folder}/`)).toBe(true);
    expect(coreSocket(`${long}b`, linux).path).not.toBe(place.path);
    expect(coreSocket(`${long}/`, linux).path).toBe(place.path);
    expect(coreSocket(long, { ...linux, env: { XDG_RUNTIME_DIR: '/run/user/5' } }).folder).toBe(
      '/run/user/5/innerloop',
    );
  });

  it('counts bytes, not letters', () => {
    expect(coreSocket(`/home/${'é'.repeat(45)}`, linux).folder).not.toBeNull();
  });

  it('is a named pipe on Windows', () => {
    expect(coreSocket('C:/x', { ...linux, platform: 'win32' }).path).toMatch(/^\\\\\.\\pipe\\innerloop-[0-9a-f]{20}$/);
  });
});
