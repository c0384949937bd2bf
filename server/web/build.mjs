// Builds or checks the page for Maven: `node build.mjs build|check TARGET`. A stamp file next to the result stores the hash of
// every input; if nothing changed, the step is skipped. Needs only Node and npm.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = dirname(fileURLToPath(import.meta.url));
const [task, target] = process.argv.slice(2);
if (!['build', 'check'].includes(task) || target === undefined) {
  console.error('usage: node build.mjs build|check TARGET');
  process.exit(2);
}

const LOCK = ['package.json', 'package-lock.json', '.npmrc'];
const TOOLS = [
  'build.mjs',
  'index.html',
  'tsconfig.json',
  'vite.config.ts',
  'eslint.config.js',
  '.prettierrc.json',
  '.prettierignore',
];
const installed = hash(LOCK);
const inputs = hash([...LOCK, ...TOOLS, ...files('src'), ...files('tests')]);

install();
if (task === 'build') {
  once(join(target, 'page.stamp'), existsSync(join(target, 'page', 'index.html')), () => {
    const page = join(target, 'page');
    npm('run', 'build', '--', '--outDir', page, '--emptyOutDir', '--logLevel', 'warn');
    const font = readFileSync(join(web, 'node_modules/@fontsource-variable/inter/LICENSE'), 'utf8');
    appendFileSync(join(page, 'licenses.md'), `\n## Inter (the typeface)\n\n${font}`);
  });
} else {
  once(join(target, 'page-check.stamp'), true, () => npm('run', 'check'));
}

/** Installs the versions of the lock file, unless they are installed already. */
function install() {
  const stamp = join(web, 'node_modules', '.fathom-stamp');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== installed) {
    npm('ci', '--no-audit', '--no-fund');
    writeFileSync(stamp, installed);
  }
}

function once(stamp, done, work) {
  if (done && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) {
    return;
  }
  rmSync(stamp, { force: true });
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, inputs);
}

/** Runs npm and prints its output only if it fails. */
function npm(...args) {
  const result = spawnSync('npm', args, { cwd: web, encoding: 'utf8', shell: process.platform === 'win32' });
  if (result.status !== 0) {
    console.error(`npm ${args.join(' ')} failed:\n${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`);
    process.exit(1);
  }
}

function files(folder) {
  return readdirSync(join(web, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(web.length + 1))
    .sort();
}

function hash(names) {
  const digest = createHash('sha256');
  for (const name of names) {
    digest
      .update(name.replaceAll('\\', '/'))
      .update('\0')
      .update(readFileSync(join(web, name)))
      .update('\0');
  }
  return digest.digest('hex');
}
