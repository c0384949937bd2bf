"""Small HDF5 files as Keras 2 saves its models, and such as it does not.

usage: python3 keras_files.py OUTPUT_FOLDER
Made with h5py 3.7.0, numpy 1.24.2 (Debian 12). Element i of every tensor, in row-major order, is i / 8.
"""
import json
import sys

import h5py
import numpy as np

OUT = sys.argv[1]


def values(*shape, kind="f4"):
    return (np.arange(np.prod(shape, dtype=int)).reshape(shape) / 8).astype(kind)


def names(texts):
    return np.array([t.encode() for t in texts])


def layer(group, name, weights, listed=None, **storage):
    one = group.create_group(name)
    one.attrs["weight_names"] = names(listed or list(weights)) if weights else np.zeros(0)
    for weight, array in weights.items():
        if array is not None:
            one.create_dataset(weight, data=array, **storage)


def file(name, **how):
    return h5py.File(f"{OUT}/{name}", "w", **how)


with file("whole.h5") as f:
    f.attrs["model_config"] = json.dumps({"class_name": "Model", "config": {"name": "net"}}).encode()
    g = f.create_group("model_weights")
    g.attrs["layer_names"] = names(["input_1", "block/conv", "norm", "dense"])
    layer(g, "input_1", {})
    layer(g, "block/conv", {"block/conv_1/kernel:0": values(2, 3, 4, 5), "block/conv_1/bias:0": values(5)})
    layer(g, "norm", {"norm/gamma:0": values(5, kind="f8"), "norm/moving_mean:0": values(5, kind=">f4"),
                      "norm/moving_variance:0": values(5, kind="f2")})
    layer(g, "dense", {"dense/kernel:0": values(5, 3)})
    f.create_group("optimizer_weights").create_dataset("Adam/iterations:0", data=np.int64(7))

with file("packed.hdf5", libver="latest", userblock_size=1024) as f:
    f.attrs["layer_names0"] = names(["first"])
    f.attrs["layer_names1"] = names(["second", "third"])
    layer(f, "first", {"first/kernel:0": values(3, 3, 2, 40)}, chunks=(2, 3, 2, 16), compression="gzip", shuffle=True)
    layer(f, "second", {"second/kernel:0": values(1, 1, 2, 3, kind=">f4")})
    layer(f, "third", {"third/bias:0": values(6)})

with file("integers.h5") as f:
    f.attrs["layer_names"] = names(["embedding"])
    layer(f, "embedding", {"embedding/table:0": np.arange(4)})

with file("missing_dataset.h5") as f:
    f.attrs["layer_names"] = names(["conv"])
    layer(f, "conv", {"conv/kernel:0": None, "conv/bias:0": values(3)})

with file("linked.h5") as f:
    f.attrs["layer_names"] = names(["conv"])
    layer(f, "conv", {"conv/bias:0": None, "conv/kernel:0": values(1, 1, 1, 1)})
    f["conv/conv/bias:0"] = h5py.ExternalLink("whole.h5", "/model_weights/dense/dense/kernel:0")

with file("nested.h5") as f:
    f.attrs["layer_names"] = names(["model_1"])
    layer(f, "model_1", {"a/kernel:0": values(1, 1, 1, 1), "b/kernel:0": values(1, 1, 1, 1)})

with file("third.h5") as f:
    f.create_group("layers/conv2d/vars").create_dataset("0", data=values(3, 3, 1, 2))
