/** The JSON that the server sends. `tests/wire.test.ts` checks these types against examples written by the Java records. */

export interface DatasetSummary {
  readonly name: string;
  /** The number of samples; null if the dataset cannot be read. */
  readonly samples: number | null;
}

export interface DatasetList {
  readonly datasets: readonly DatasetSummary[];
  /** The dataset to open first, or null to let the user choose. */
  readonly initial: string | null;
}

/** The name of the picture's layer. */
export const PICTURE = 'rgb';

/** `map`: an auxiliary output of a model, such as an uncertainty. */
export type Role = 'image' | 'truth' | 'prediction' | 'map';

/** One named picture or map of the samples. */
export interface Layer {
  readonly name: string;
  readonly role: Role;
  /**
   * What the values mean: `metric`, `scale-invariant`, `affine-invariant`, `affine-invariant-inverse` or `levels`; a description for
   * a `map`, which may be empty; empty for a picture.
   */
  readonly kind: string;
  /** `m`, or empty if the values have no unit. */
  readonly unit: string;
  /** Whether larger values are nearer. */
  readonly inverse: boolean;
  /** The model that produced it, or empty. */
  readonly model: string;
  /** Details of a `map`; null for other roles. */
  readonly further: Further | null;
}

/** How values become colours: by range, as 0 or 1, or as a unit vector with (n + 1) / 2 as red, green and blue. */
export type Drawing = 'values' | 'mask' | 'normal';

/** An auxiliary map of a prediction; its layer is named `field.map`. */
export interface Further {
  readonly field: string;
  readonly map: string;
  readonly drawing: Drawing;
  /** [H, W] or [H, W, 3] of the first sample that has it. */
  readonly shape: readonly number[];
  /** Minimum and maximum if the meaning fixes them; otherwise empty. */
  readonly range: readonly [] | readonly [number, number];
}

export type Better = 'higher' | 'lower';

/** One number per sample, in the samples' order; null if a sample has none. */
export interface Column {
  /** `field.protocol.metric`, unique in the dataset. */
  readonly name: string;
  readonly field: string;
  /** The protocol that computed it, or empty. */
  readonly protocol: string;
  /** Whether `protocol` is the field's latest. */
  readonly latest: boolean;
  /** The display name of the metric, such as `RMSE`. */
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
  /** For each prediction, the reason of a failure, or null. */
  readonly failures: Readonly<Record<string, readonly (string | null)[]>>;
}

export interface Dataset {
  readonly name: string;
  readonly revision: string;
  readonly layers: readonly Layer[];
  readonly columns: readonly Column[];
  readonly samples: SampleColumns;
}

/** The value histogram of one layer over an evenly spaced selection of the dataset. */
export interface Spread {
  readonly low: number;
  readonly high: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly maps: number;
  /** Counts in bins of equal width from `minimum` to `maximum`. */
  readonly counts: readonly number[];
}

export interface ColormapTable {
  readonly name: string;
  /** 256 colours, `rrggbb` each, concatenated. */
  readonly colours: string;
}

export interface Colormaps {
  /** All colour schemes; the first is the default. */
  readonly colormaps: readonly ColormapTable[];
}

export interface Revision {
  /** Changes with the dataset. */
  readonly revision: string;
}

export interface Problem {
  readonly error: string;
  readonly remedy: string;
}
