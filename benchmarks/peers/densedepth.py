"""Small Keras files of DenseDepth's layout, and what the network gives on them.

usage: python3 densedepth.py OUTPUT_FOLDER
Made with h5py 3.7.0, torch 1.13.0 (its convolution only), numpy 1.24.2, Debian 12, CPU.

Layer names, weight names and attributes are those of Keras 2.2.4: keras_applications' DenseNet and the decoder of
ialhashim/DenseDepth. The network is computed here in float64, channels last, from the layers' definitions in Keras and from
the three ways in which TensorFlow places the pixels of a bilinear resize.

nyu_full.h5     whole model, decoder as wide as the encoder's result, activation after the last normalisation
kitti_half.h5   weights only, decoder half as wide, no activation after the last normalisation (before August 2018)
unusual.h5      as nyu_full, but narrow and stored in every other way: big-endian, chunked, compressed, float64, float16, in the
                newest version of the format, behind a user block; epsilon and slope of its own in the configuration
MODEL.npz       input_H_W [H, W, 3], bytes; UPSAMPLING_H_W [H/2, W/2], metres; for one size tap_NAME [C, h, w]
"""
import json
import sys

import h5py
import numpy as np
import torch

OUT = sys.argv[1]
STEM, BOTTLENECK = 8, 12
BLOCKS = {2: 2, 3: 3, 4: 2, 5: 7}


class Net:
    """The layers in Keras' order with their weights, drawn as they are first used, statistics near those of what they see."""

    def __init__(self, seed, half, final_relu, epsilon=1.001e-5, slope=0.2, growth=6, beta="f4"):
        self.random = np.random.default_rng(seed)
        self.half, self.final_relu, self.epsilon, self.slope = half, final_relu, epsilon, slope
        self.growth, self.beta = growth, beta
        self.layers = {}    # layer: (class, config, {weight: array})
        self.taps = {}

    def layer(self, name, kind, config=None, **weights):
        if name not in self.layers:
            self.layers[name] = kind, config or {}, {k: v() for k, v in weights.items()}
        return self.layers[name][2]

    def conv(self, x, name, out, k, bias=True, stride=1, same=True):
        fan = k * k * x.shape[-1]
        weights = {"kernel": lambda: self.random.normal(0, (1.6 / fan) ** 0.5, (k, k, x.shape[-1], out)).astype("f4")}
        if bias:
            weights["bias"] = lambda: self.random.normal(0, 0.1, out).astype("f4")
        w = self.layer(name, "Conv2D", {"filters": out, "kernel_size": [k, k], "use_bias": bias}, **weights)
        y = torch.nn.functional.conv2d(torch.from_numpy(x.transpose(2, 0, 1)[None].copy()),
                                       torch.from_numpy(w["kernel"].transpose(3, 2, 0, 1).astype("f8")),
                                       stride=stride, padding=(k - 1) // 2 if same else 0)
        y = y[0].numpy().transpose(1, 2, 0)
        return y + w["bias"].astype("f8") if bias else y

    def norm(self, x, name):
        c = x.shape[-1]
        w = self.layer(name, "BatchNormalization", {"axis": 3, "momentum": 0.99, "epsilon": self.epsilon},
                       gamma=lambda: self.random.uniform(0.6, 1.4, c).astype("f4"),
                       beta=lambda: self.random.normal(0, 0.2, c).astype(self.beta),
                       moving_mean=lambda: (x.mean((0, 1)) + self.random.normal(0, 0.1, c)).astype("f4"),
                       moving_variance=lambda: (x.var((0, 1)) * self.random.uniform(0.7, 1.4, c) + 0.05).astype("f4"))
        w = {k: v.astype("f8") for k, v in w.items()}
        return (x - w["moving_mean"]) / np.sqrt(w["moving_variance"] + self.epsilon) * w["gamma"] + w["beta"]

    def relu(self, x, name):
        self.layer(name, "Activation", {"activation": "relu"})
        return np.maximum(x, 0)

    def block(self, x, name):
        y = self.relu(self.norm(x, name + "_0_bn"), name + "_0_relu")
        y = self.conv(y, name + "_1_conv", BOTTLENECK, 1, bias=False)
        y = self.relu(self.norm(y, name + "_1_bn"), name + "_1_relu")
        y = self.conv(y, name + "_2_conv", self.growth, 3, bias=False)
        self.layer(name + "_concat", "Concatenate", {"axis": 3})
        return np.concatenate([x, y], -1)

    def transition(self, x, name):
        y = self.relu(self.norm(x, name + "_bn"), name + "_relu")
        y = self.conv(y, name + "_conv", x.shape[-1] // 2, 1, bias=False)
        self.layer(name + "_pool", "AveragePooling2D", {"pool_size": [2, 2]})
        return (y[0::2, 0::2] + y[1::2, 0::2] + y[0::2, 1::2] + y[1::2, 1::2]) / 4

    def leaky(self, x, number):
        self.layer(f"leaky_re_lu_{number}", "LeakyReLU", {"alpha": self.slope})
        return np.where(x < 0, self.slope * x, x)

    def tap(self, name, x):
        self.taps[name] = x
        return x

    def __call__(self, image, upsampling):
        self.layer("input_1", "InputLayer", {"batch_input_shape": [None, None, None, 3]})
        self.layer("zero_padding2d_1", "ZeroPadding2D", {"padding": [[3, 3], [3, 3]]})
        x = np.pad(image, ((3, 3), (3, 3), (0, 0)))
        x = self.conv(x, "conv1/conv", STEM, 7, bias=False, stride=2, same=False)
        x = half = self.tap("conv1/relu", self.relu(self.norm(x, "conv1/bn"), "conv1/relu"))
        self.layer("zero_padding2d_2", "ZeroPadding2D", {"padding": [[1, 1], [1, 1]]})
        self.layer("pool1", "MaxPooling2D", {"pool_size": [3, 3], "strides": [2, 2]})
        x = np.pad(x, ((1, 1), (1, 1), (0, 0)))
        h, w = image.shape[0] // 4, image.shape[1] // 4
        x = np.max([x[i:i + 2 * h:2, j:j + 2 * w:2] for i in range(3) for j in range(3)], 0)
        skips = [half, self.tap("pool1", x)]
        for stage, count in BLOCKS.items():
            for i in range(1, count + 1):
                x = self.block(x, f"conv{stage}_block{i}")
            if stage < 5:
                x = self.transition(x, f"pool{stage}")
                if stage < 4:
                    skips.append(self.tap(f"pool{stage}_pool", x))
        x = self.norm(x, "bn")
        if self.final_relu:
            x = self.relu(x, "relu")
        self.tap("encoder", x)
        filters = x.shape[-1] // 2 if self.half else x.shape[-1]
        x = self.tap("conv2", self.conv(x, "conv2", filters, 1))
        for i in range(1, 5):
            self.layer(f"up{i}_upsampling2d", "BilinearUpSampling2D", {"size": [2, 2], "data_format": "channels_last"})
            self.layer(f"up{i}_concat", "Concatenate", {"axis": -1})
            x = np.concatenate([double(double(x, 0, upsampling), 1, upsampling), skips[4 - i]], -1)
            x = self.leaky(self.conv(x, f"up{i}_convA", filters // 2 ** i, 3), 2 * i - 1)
            x = self.tap(f"up{i}", self.leaky(self.conv(x, f"up{i}_convB", filters // 2 ** i, 3), 2 * i))
        return self.tap("conv3", self.conv(x, "conv3", 1, 3))[..., 0]


def double(x, axis, upsampling):
    n = x.shape[axis]
    i = np.arange(2 * n)
    at = {"half-pixel": (i + 0.5) / 2 - 0.5, "corner": i / 2, "aligned": i * (n - 1) / (2 * n - 1)}[upsampling]
    low = np.floor(at).astype(int)
    share = (at - low).reshape([-1 if a == axis else 1 for a in range(x.ndim)])
    return (np.take(x, np.clip(low, 0, n - 1), axis) * (1 - share)
            + np.take(x, np.clip(low + 1, 0, n - 1), axis) * share)


def picture(height, width, seed):
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    waves = [np.sin(x / (5 + 3 * c) + c) + np.cos(y / (7 - c)) for c in range(3)]
    return np.clip(127 + 50 * np.stack(waves, -1) + random.normal(0, 12, (height, width, 3)), 0, 255).astype("u1")


def strings(texts):
    return np.array([t.encode() for t in texts]) if texts else np.zeros(0)


def write_layers(group, net, store):
    group.attrs["layer_names"] = strings(list(net.layers))
    group.attrs["backend"] = b"tensorflow"
    group.attrs["keras_version"] = b"2.2.4"
    for name, (_, _, weights) in net.layers.items():
        layer = group.create_group(name)
        names = [f"{name}/{weight}:0" for weight in weights]
        layer.attrs["weight_names"] = strings(names)
        for weight, array in zip(names, weights.values()):
            store(layer, weight, array)


def config(net):
    layers, before = [], []
    for name, (kind, settings, _) in net.layers.items():
        layers.append({"name": name, "class_name": kind, "config": {"name": name, "trainable": True, **settings},
                       "inbound_nodes": before})
        before = [[[name, 0, 0, {}]]]
    return json.dumps({"class_name": "Model", "config": {"name": "model_1", "layers": layers}}).encode()


def plain(group, name, array):
    group.create_dataset(name, data=array)


def unusual(group, name, array):
    kind = name.split("/")[-1]
    if kind == "kernel:0" and array.size > 500:
        group.create_dataset(name, data=array, chunks=True, compression="gzip", shuffle=True)
    elif kind == "kernel:0":
        group.create_dataset(name, data=array.astype(">f4"))
    elif kind == "gamma:0":
        group.create_dataset(name, data=array.astype("f8"))
    elif kind == "moving_mean:0":
        group.create_dataset(name, data=array.astype(">f8"))
    elif kind == "beta:0":
        group.create_dataset(name, data=array)
    else:
        group.create_dataset(name, data=array, chunks=(1,))


def make(name, net, sizes, metres, store, whole):
    arrays = {}
    for seed, (height, width) in enumerate(sizes):
        image = picture(height, width, seed)
        arrays[f"input_{height}_{width}"] = image
        for upsampling in ("half-pixel", "corner", "aligned"):
            x = net(image / 255.0, upsampling)
            if seed == 0 and upsampling == "half-pixel":    # most of the map within the range, a little on either side
                last = net.layers["conv3"][2]
                last["kernel"] *= np.float32(12 / x.std())
                last["bias"] += np.float32(0.5 - np.quantile(net(image / 255.0, upsampling), 0.03))
                x = net(image / 255.0, upsampling)
                arrays.update({"tap_" + k: v.transpose(2, 0, 1).astype("f4") for k, v in net.taps.items()})
            low, high = metres
            depth = np.clip(high / x, low, high)
            print(name, upsampling, depth.shape, "m", depth.min(), np.median(depth), depth.max())
            arrays[f"{upsampling}_{height}_{width}"] = depth.astype("f4")
    np.savez_compressed(f"{OUT}/{name}.npz", **arrays)
    new = {"libver": "latest", "userblock_size": 512} if store is unusual else {}
    with h5py.File(f"{OUT}/{name}.h5", "w", **new) as file:
        if whole:
            file.attrs["keras_version"] = b"2.2.4"
            file.attrs["backend"] = b"tensorflow"
            file.attrs["model_config"] = config(net)
        write_layers(file.create_group("model_weights") if whole else file, net, store)
        if whole:
            file.create_group("optimizer_weights").create_dataset("Adam/iterations:0", data=np.int64(7))


make("nyu_full", Net(1, half=False, final_relu=True), [(64, 96), (96, 32)], (0.1, 10), plain, whole=True)
make("kitti_half", Net(2, half=True, final_relu=False), [(64, 160), (32, 96)], (1, 80), plain, whole=False)
make("unusual", Net(3, half=False, final_relu=True, epsilon=0.01, slope=0.3, growth=4, beta="f2"), [(64, 64)],
     (0.1, 10), unusual, whole=True)
