// Written by WireExamplesTest.java from the records of fathom.server.wire; do not edit.
import type { Colormaps, Dataset, DatasetList, Problem, Revision, Spread } from '../src/api/wire';

export const datasetList = {
  "datasets" : [ {
    "name" : "broken",
    "samples" : null
  }, {
    "name" : "rooms",
    "samples" : 20
  } ],
  "initial" : "rooms"
} satisfies DatasetList;

export const datasetListWithoutInitial = {
  "datasets" : [ ],
  "initial" : null
} satisfies DatasetList;

export const dataset = {
  "name" : "rooms",
  "revision" : "r1",
  "layers" : [ {
    "name" : "rgb",
    "role" : "image",
    "kind" : "",
    "unit" : "",
    "inverse" : false,
    "model" : "",
    "further" : null
  }, {
    "name" : "gt",
    "role" : "truth",
    "kind" : "metric",
    "unit" : "m",
    "inverse" : false,
    "model" : "",
    "further" : null
  }, {
    "name" : "dpt",
    "role" : "prediction",
    "kind" : "affine-invariant-inverse",
    "unit" : "",
    "inverse" : true,
    "model" : "Intel/dpt-large",
    "further" : null
  }, {
    "name" : "dpt.mask",
    "role" : "map",
    "kind" : "validity",
    "unit" : "",
    "inverse" : false,
    "model" : "Intel/dpt-large",
    "further" : {
      "field" : "dpt",
      "map" : "mask",
      "drawing" : "mask",
      "shape" : [ 4, 6 ],
      "range" : [ 0.0, 1.0 ]
    }
  }, {
    "name" : "dpt.uncertainty",
    "role" : "map",
    "kind" : "spread",
    "unit" : "m",
    "inverse" : false,
    "model" : "Intel/dpt-large",
    "further" : {
      "field" : "dpt",
      "map" : "uncertainty",
      "drawing" : "values",
      "shape" : [ 4, 6 ],
      "range" : [ ]
    }
  }, {
    "name" : "dpt.normal",
    "role" : "map",
    "kind" : "normal",
    "unit" : "",
    "inverse" : false,
    "model" : "Intel/dpt-large",
    "further" : {
      "field" : "dpt",
      "map" : "normal",
      "drawing" : "normal",
      "shape" : [ 4, 6, 3 ],
      "range" : [ -1.0, 1.0 ]
    }
  } ],
  "columns" : [ {
    "name" : "dpt.article.rmse",
    "field" : "dpt",
    "protocol" : "article",
    "latest" : true,
    "label" : "RMSE",
    "unit" : "levels",
    "better" : "lower",
    "values" : [ 12.5, null ]
  }, {
    "name" : "dpt.article.psnr",
    "field" : "dpt",
    "protocol" : "article",
    "latest" : true,
    "label" : "PSNR",
    "unit" : "dB",
    "better" : "higher",
    "values" : [ 20.25, 21.0 ]
  }, {
    "name" : "dpt.seconds",
    "field" : "dpt",
    "protocol" : "",
    "latest" : true,
    "label" : "seconds",
    "unit" : "",
    "better" : null,
    "values" : [ 0.5, 0.75 ]
  } ],
  "samples" : {
    "ids" : [ "a1", "b2" ],
    "names" : [ "rooms/0", "rooms/1" ],
    "widths" : [ 640, 480 ],
    "heights" : [ 480, 640 ],
    "versions" : {
      "dpt" : [ "v1", null ]
    },
    "failures" : {
      "dpt" : [ null, "rgb/1.png: expected a PNG file, found 0 bytes" ]
    }
  }
} satisfies Dataset;

export const revision = {
  "revision" : "r1"
} satisfies Revision;

export const spread = {
  "low" : 1.0,
  "high" : 4.0,
  "minimum" : 0.5,
  "maximum" : 5.0,
  "maps" : 20,
  "counts" : [ 1, 2, 1 ]
} satisfies Spread;

export const colormaps = {
  "colormaps" : [ {
    "name" : "gray",
    "colours" : "0000000101010202020303030404040505050606060707070808080909090a0a0a0b0b0b0c0c0c0d0d0d0e0e0e0f0f0f1010101111111212121313131414141515151616161717171818181919191a1a1a1b1b1b1c1c1c1d1d1d1e1e1e1f1f1f2020202121212222222323232424242525252626262727272828282929292a2a2a2b2b2b2c2c2c2d2d2d2e2e2e2f2f2f3030303131313232323333333434343535353636363737373838383939393a3a3a3b3b3b3c3c3c3d3d3d3e3e3e3f3f3f4040404141414242424343434444444545454646464747474848484949494a4a4a4b4b4b4c4c4c4d4d4d4e4e4e4f4f4f5050505151515252525353535454545555555656565757575858585959595a5a5a5b5b5b5c5c5c5d5d5d5e5e5e5f5f5f6060606161616262626363636464646565656666666767676868686969696a6a6a6b6b6b6c6c6c6d6d6d6e6e6e6f6f6f7070707171717272727373737474747575757676767777777878787979797a7a7a7b7b7b7c7c7c7d7d7d7e7e7e7f7f7f8080808181818282828383838484848585858686868787878888888989898a8a8a8b8b8b8c8c8c8d8d8d8e8e8e8f8f8f9090909191919292929393939494949595959696969797979898989999999a9a9a9b9b9b9c9c9c9d9d9d9e9e9e9f9f9fa0a0a0a1a1a1a2a2a2a3a3a3a4a4a4a5a5a5a6a6a6a7a7a7a8a8a8a9a9a9aaaaaaabababacacacadadadaeaeaeafafafb0b0b0b1b1b1b2b2b2b3b3b3b4b4b4b5b5b5b6b6b6b7b7b7b8b8b8b9b9b9babababbbbbbbcbcbcbdbdbdbebebebfbfbfc0c0c0c1c1c1c2c2c2c3c3c3c4c4c4c5c5c5c6c6c6c7c7c7c8c8c8c9c9c9cacacacbcbcbcccccccdcdcdcecececfcfcfd0d0d0d1d1d1d2d2d2d3d3d3d4d4d4d5d5d5d6d6d6d7d7d7d8d8d8d9d9d9dadadadbdbdbdcdcdcdddddddedededfdfdfe0e0e0e1e1e1e2e2e2e3e3e3e4e4e4e5e5e5e6e6e6e7e7e7e8e8e8e9e9e9eaeaeaebebebecececedededeeeeeeefefeff0f0f0f1f1f1f2f2f2f3f3f3f4f4f4f5f5f5f6f6f6f7f7f7f8f8f8f9f9f9fafafafbfbfbfcfcfcfdfdfdfefefeffffff"
  } ]
} satisfies Colormaps;

export const problem = {
  "error" : "rooms: not found",
  "remedy" : "Choose another dataset."
} satisfies Problem;
