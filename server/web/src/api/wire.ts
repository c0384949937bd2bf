/** What the server sends; the Java twins are the records of `fathom.server.wire`. */

export interface DatasetSummary {
  readonly name: string;
  readonly samples: number;
}

export interface DatasetList {
  readonly datasets: readonly DatasetSummary[];
  /** The dataset to open first, or null to let the reader choose. */
  readonly initial: string | null;
}

/** Name of the layer that is the picture. */
export const PICTURE = 'rgb';

/** `map`: what a prediction has beside depth, such as an uncertainty. */
export type Role = 'image' | 'truth' | 'prediction' | 'map';

/** One named picture or map that every sample may have. */
export interface Layer {
  readonly name: string;
  readonly role: Role;
  /**
   * What the numbers mean: `metric`, `scale-invariant`, `affine-invariant`, `affine-invariant-inverse`, `levels`; words of its own for a
   * `map`, empty where only its name is known, and for a picture.
   */
  readonly kind: string;
  /** `m`, or empty where the numbers have no unit. */
  readonly unit: string;
  /** Whether larger values are nearer. */
  readonly inverse: boolean;
  /** The model that made it, or empty. */
  readonly model: string;
  /** What else is known of a `map`; null for any other. */
  readonly further: Further | null;
}

/** How numbers become colours: over their range, as 0 and 1, or a unit vector's (n + 1) / 2 as red, green and blue. */
export type Drawing = 'values' | 'mask' | 'normal';

/** A map that a prediction has beside depth; its layer is called `field.map`. */
export interface Further {
  readonly field: string;
  readonly map: string;
  readonly drawing: Drawing;
  /** [H, W] or [H, W, 3] of the first sample that has it. */
  readonly shape: readonly number[];
  /** Least and greatest value where the meaning fixes them, else empty. */
  readonly range: readonly [] | readonly [number, number];
}

export type Better = 'higher' | 'lower';

/** One number per sample, in the samples' order; null where a sample has none. */
export interface Column {
  /** `field.protocol.metric`, unique in the dataset. */
  readonly name: string;
  readonly field: string;
  /** The protocol that made it, or empty. */
  readonly protocol: string;
  /** Whether `protocol` is the field's latest. */
  readonly latest: boolean;
  /** The metric's name as people read it, such as `RMSE`. */
  readonly label: string;
  readonly unit: string;
  readonly better: Better | null;
  readonly values: readonly (number | null)[];
}

/** The samples of a dataset as columns: entry i of each list belongs to sample i. */
export interface SampleColumns {
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** Size of the picture as shown, pixels. */
  readonly widths: readonly number[];
  readonly heights: readonly number[];
  /** For each layer, a version of each sample's content (part of its address), or null where the sample has none. */
  readonly versions: Readonly<Record<string, readonly (string | null)[]>>;
  /** For each prediction, why it could not be made, or null. */
  readonly failures: Readonly<Record<string, readonly (string | null)[]>>;
}

export interface Dataset {
  readonly name: string;
  readonly revision: string;
  readonly layers: readonly Layer[];
  readonly columns: readonly Column[];
  readonly samples: SampleColumns;
}

/** How the values of one layer are spread over (an even selection of) the dataset. */
export interface Spread {
  readonly low: number;
  readonly high: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly maps: number;
  /** Counts in equal bins from `minimum` to `maximum`. */
  readonly counts: readonly number[];
}

export interface ColormapTable {
  readonly name: string;
  /** 256 colours, `rrggbb` each, one after the other. */
  readonly colours: string;
}

export interface Problem {
  readonly error: string;
  readonly remedy: string;
}
