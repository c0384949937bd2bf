import { afterEach, describe, expect, it, vi } from 'vitest';

import { ApiError, fetchDataset, fetchMap, thumbnailAddress } from '../src/api/api';

const signal = new AbortController().signal;

function answer(body: BodyInit | null, init: ResponseInit = {}) {
  const fetched = vi.fn<typeof fetch>(() => Promise.resolve(new Response(body, init)));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

describe('api', () => {
  it('encodes names of maps in addresses', async () => {
    const fetched = answer(new Float32Array([1, 2]).buffer, {
      headers: { 'X-Map-Width': '2', 'X-Map-Height': '1', 'X-Map-Channels': '1' },
    });
    const map = await fetchMap('a/b', '../x', 'gt?', 'v1', 64, signal);
    expect(fetched.mock.calls[0]![0]).toBe('/api/datasets/a%2Fb/samples/..%2Fx/maps/gt%3F?v=v1&side=64');
    expect([...map.values]).toEqual([1, 2]);
    expect(thumbnailAddress('d', 'i', 'v', 320)).toBe('/api/datasets/d/samples/i/thumbnail?side=320&v=v');
  });

  it('requests auxiliary maps by prediction and name, and accepts vectors', async () => {
    const fetched = answer(new Float32Array([0, 0, -1]).buffer, {
      headers: { 'X-Map-Width': '1', 'X-Map-Height': '1', 'X-Map-Channels': '3' },
    });
    const map = await fetchMap('rooms', 'id', 'moge.normal', 'v1', null, signal);
    expect(fetched.mock.calls[0]![0]).toBe('/api/datasets/rooms/samples/id/maps/moge.normal?v=v1');
    expect(map).toMatchObject({ width: 1, height: 1, channels: 3 });
    expect([...map.values]).toEqual([0, 0, -1]);
  });

  it('passes on the error and remedy of the server', async () => {
    answer('{"error":"no such dataset","remedy":"choose another"}', { status: 404 });
    await expect(fetchDataset('x', signal)).rejects.toMatchObject({
      status: 404,
      message: 'no such dataset',
      remedy: 'choose another',
    });
  });

  it('reports responses that are not JSON', async () => {
    answer('<html>', { status: 502 });
    await expect(fetchDataset('x', signal)).rejects.toMatchObject({ status: 502, remedy: 'Reload the page.' });
  });

  it('reports that the server does not respond', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('failed')));
    const error = await fetchDataset('x', signal).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 0 });
  });

  it('passes on aborted requests unchanged', async () => {
    const abort = new AbortController();
    abort.abort();
    const cause = new DOMException('aborted', 'AbortError');
    vi.stubGlobal('fetch', async () => Promise.reject(cause));
    await expect(fetchDataset('x', abort.signal)).rejects.toBe(cause);
  });
});
