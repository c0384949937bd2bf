import type { Colormap } from '../model/colour';
import { isVector, type FloatMap } from '../model/floatMap';
import type { Style } from '../model/look';
import { FRAGMENT, MISSING, VERTEX } from './shaders';

/** Maximum size of the texture cache, bytes. */
const MAX_TEXTURE_BYTES = 192 * 1024 * 1024;

interface Texture {
  readonly handle: WebGLTexture;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

interface Context {
  readonly gl: WebGL2RenderingContext;
  readonly uniforms: Readonly<Record<'range' | 'flip' | 'missing' | 'vector', WebGLUniformLocation | null>>;
  readonly maxSide: number;
  /** Most recently used last. */
  readonly textures: Map<FloatMap, Texture>;
  /** Bytes that `textures` hold. */
  held: number;
  readonly tables: Map<Colormap, WebGLTexture>;
}

/**
 * Draws maps in colour with one WebGL2 context for the whole page, since browsers limit their number to about 16. Each map
 * is drawn to a hidden canvas and copied to a visible 2D canvas. Use only on the main thread.
 */
export class Painter {
  private readonly canvas = document.createElement('canvas');
  private readonly listeners = new Set<() => void>();
  private context: Context | null = null;
  private restored = 0;

  constructor() {
    this.canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
    this.canvas.addEventListener('webglcontextrestored', () => {
      this.context = null;
      this.restored++;
      this.listeners.forEach((listener) => listener());
    });
  }

  /** Registers a listener that is called when all canvases must be repainted because the browser lost the WebGL context. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The number of lost contexts. */
  readonly generation = (): number => this.restored;

  /** Draws the map in colour, stretched to the size of `target`. Throws an error if WebGL2 is not available. */
  paint(target: CanvasRenderingContext2D, map: FloatMap, style: Style): void {
    const context = this.ready();
    const { gl, uniforms } = context;
    gl.activeTexture(gl.TEXTURE0);
    const { handle, width, height } = valuesTexture(context, map);
    gl.bindTexture(gl.TEXTURE_2D, handle);
    this.grow(width, height);
    gl.viewport(0, 0, width, height);
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, tableTexture(context, style.colormap));
    gl.uniform2f(uniforms.range, style.range.low, style.range.high);
    gl.uniform1i(uniforms.flip, style.flip ? 1 : 0);
    gl.uniform1i(uniforms.vector, map.channels === 3 ? 1 : 0);
    gl.uniform4f(uniforms.missing, ...style.missing);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    const { width: across, height: down } = target.canvas;
    target.drawImage(this.canvas, 0, this.canvas.height - height, width, height, 0, 0, across, down);
  }

  private grow(width: number, height: number): void {
    if (this.canvas.width < width || this.canvas.height < height) {
      this.canvas.width = Math.max(this.canvas.width, width);
      this.canvas.height = Math.max(this.canvas.height, height);
    }
  }

  private ready(): Context {
    this.context ??= start(this.canvas);
    return this.context;
  }
}

function start(canvas: HTMLCanvasElement): Context {
  const gl = canvas.getContext('webgl2', { antialias: false, depth: false, premultipliedAlpha: true });
  if (gl === null) {
    throw new Error(
      'WebGL2 is not available in this browser, but depth maps need it. Enable hardware acceleration or use another browser',
    );
  }
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader !== null) {
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(
      `The colour shader does not compile on this device: ${gl.getProgramInfoLog(program) ?? 'no reason given'}`,
    );
  }
  gl.useProgram(program);
  gl.uniform1i(gl.getUniformLocation(program, 'values'), 0);
  gl.uniform1i(gl.getUniformLocation(program, 'colours'), 1);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  gl.disable(gl.BLEND);
  const at = (name: string) => gl.getUniformLocation(program, name);
  return {
    gl,
    uniforms: { range: at('range'), flip: at('flip'), missing: at('missing'), vector: at('vector') },
    maxSide: gl.getParameter(gl.MAX_TEXTURE_SIZE) as number,
    textures: new Map(),
    held: 0,
    tables: new Map(),
  };
}

function valuesTexture(context: Context, map: FloatMap): Texture {
  const { gl, textures } = context;
  const known = textures.get(map);
  if (known !== undefined) {
    textures.delete(map);
    textures.set(map, known);
    return known;
  }
  const step = Math.ceil(Math.max(map.width, map.height) / context.maxSide);
  const width = Math.floor(map.width / step);
  const height = Math.floor(map.height / step);
  const bytes = 4 * width * height * map.channels;
  for (const [oldest, texture] of textures) {
    if (context.held + bytes <= MAX_TEXTURE_BYTES) {
      break;
    }
    gl.deleteTexture(texture.handle);
    textures.delete(oldest);
    context.held -= texture.bytes;
  }
  const texture = { handle: nearestTexture(gl), width, height, bytes };
  const [kept, given] = map.channels === 1 ? [gl.R32F, gl.RED] : [gl.RGB32F, gl.RGB];
  gl.texImage2D(gl.TEXTURE_2D, 0, kept, width, height, 0, given, gl.FLOAT, marked(map, step, width, height));
  textures.set(map, texture);
  context.held += bytes;
  return texture;
}

function tableTexture({ gl, tables }: Context, colormap: Colormap): WebGLTexture {
  let texture = tables.get(colormap);
  if (texture === undefined) {
    texture = nearestTexture(gl);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB8, 256, 1, 0, gl.RGB, gl.UNSIGNED_BYTE, colormap.table);
    tables.set(colormap, texture);
  }
  return texture;
}

function nearestTexture(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return texture;
}

/** Copies every `step`-th pixel per axis; NaN, infinities and zero vectors become MISSING. */
function marked(map: FloatMap, step: number, width: number, height: number): Float32Array<ArrayBuffer> {
  const { values, width: stride, channels } = map;
  const copy = new Float32Array(width * height * channels);
  for (let row = 0, to = 0; row < height; row++) {
    for (let column = 0, from = row * step * stride * channels; column < width; column++) {
      if (channels === 1) {
        const value = values[from]!;
        copy[to] = value > MISSING && value < -MISSING ? value : MISSING;
      } else {
        const vector = [values[from]!, values[from + 1]!, values[from + 2]!] as const;
        copy.set(isVector(vector) ? vector : [MISSING, MISSING, MISSING], to);
      }
      from += step * channels;
      to += channels;
    }
  }
  return copy;
}

/** The painter of the page. */
export const painter = new Painter();
