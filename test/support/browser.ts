import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import bundled, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** It looks for nobody outside this machine. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser that came with the packages, together with the libraries that a bare machine lacks. */
const fromPackage = async () => {
  const path = await bundled.executablePath();
  const packed = join(fileURLToPath(import.meta.resolve('@sparticuz/chromium')), '../../bin/al2023.tar.br');
  return { path, libraries: join(await inflate(packed), 'lib') };
};

const found = async (): Promise<{ path: string; libraries?: string } | undefined> => {
  const named = process.env.POLKU_BROWSER;
  if (named) return { path: named };
  if (process.platform === 'linux' && process.arch === 'x64') return fromPackage();
  const path = usual.find(existsSync);
  return path === undefined ? undefined : { path };
};

/**
 * Starts a browser without a window: the one that POLKU_BROWSER names, the one that came with the packages where it
 * runs, or one in a usual place. Undefined where there is none; where changes are checked (CI) that is an error.
 */
export const startBrowser = async (): Promise<Browser | undefined> => {
  const it = await found();
  if (!it) {
    if (process.env.CI) throw new Error('There is no browser: name one in POLKU_BROWSER');
    return undefined;
  }
  const { LD_LIBRARY_PATH = '', ...rest } = process.env;
  const env = Object.fromEntries(Object.entries(rest).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  const libraries = [it.libraries, LD_LIBRARY_PATH].filter(Boolean).join(':');
  return chromium.launch({
    executablePath: it.path,
    args,
    env: libraries ? { ...env, LD_LIBRARY_PATH: libraries } : env,
  });
};
