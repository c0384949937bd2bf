import { parseColormap, type Colormap } from '../model/colour';
import { decodeFloatMap, type FloatMap } from '../model/floatMap';
import type { Colormaps, Dataset, DatasetList, Problem, Revision, Spread } from './wire';

/** A failed request, with the fix. `status` is 0 if the server did not respond. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

const dataset = (name: string) => `/api/datasets/${encodeURIComponent(name)}`;
const sample = (name: string, id: string) => `${dataset(name)}/samples/${encodeURIComponent(id)}`;

/** The address of the picture. */
export function imageAddress(name: string, id: string, version: string): string {
  return `${sample(name, id)}/image?v=${encodeURIComponent(version)}`;
}

/** The address of a copy of the picture that is at most `side` pixels wide and high. */
export function thumbnailAddress(name: string, id: string, version: string, side: number): string {
  return `${sample(name, id)}/thumbnail?side=${side}&v=${encodeURIComponent(version)}`;
}

export function fetchDatasets(signal: AbortSignal): Promise<DatasetList> {
  return json('/api/datasets', signal);
}

export function fetchDataset(name: string, signal: AbortSignal): Promise<Dataset> {
  return json(dataset(name), signal);
}

/** Fetches the dataset's revision, which changes with the dataset; cheap enough for polling. */
export async function fetchRevision(name: string, signal: AbortSignal): Promise<string> {
  return (await json<Revision>(`${dataset(name)}/revision`, signal)).revision;
}

export function fetchSpread(name: string, layer: string, revision: string, signal: AbortSignal): Promise<Spread> {
  return json(`${dataset(name)}/spread/${encodeURIComponent(layer)}?v=${encodeURIComponent(revision)}`, signal);
}

export async function fetchColormaps(signal: AbortSignal): Promise<readonly Colormap[]> {
  const { colormaps } = await json<Colormaps>('/api/colormaps', signal);
  return colormaps.map(parseColormap);
}

/** Fetches one layer's raw values; if `side` is set, reduced by averaging to at most that many pixels per side. */
export async function fetchMap(
  name: string,
  id: string,
  layer: string,
  version: string,
  side: number | null,
  signal: AbortSignal,
): Promise<FloatMap> {
  const size = side === null ? '' : `&side=${side}`;
  const response = await get(
    `${sample(name, id)}/maps/${encodeURIComponent(layer)}?v=${encodeURIComponent(version)}${size}`,
    signal,
  );
  const width = Number(response.headers.get('X-Map-Width'));
  const height = Number(response.headers.get('X-Map-Height'));
  const channels = Number(response.headers.get('X-Map-Channels'));
  return decodeFloatMap(await response.arrayBuffer(), width, height, channels);
}

async function json<T>(address: string, signal: AbortSignal): Promise<T> {
  return (await (await get(address, signal)).json()) as T;
}

async function get(address: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, { signal, credentials: 'same-origin' });
  } catch (cause) {
    if (signal.aborted) {
      throw cause;
    }
    throw new ApiError(
      0,
      'Fathom does not respond',
      'Check that “fathom app” is running. This page reconnects automatically.',
    );
  }
  if (!response.ok) {
    const problem = (await response.json().catch(() => null)) as Problem | null;
    throw new ApiError(
      response.status,
      problem?.error ?? `${address}: status ${response.status}`,
      problem?.remedy ?? 'Reload the page.',
    );
  }
  return response;
}
