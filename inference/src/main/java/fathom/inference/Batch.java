package fathom.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import fathom.graph.Shape;
import fathom.models.Estimate;
import fathom.models.InputGeometry;
import fathom.models.onnx.OnnxDescription.Channels;
import fathom.models.onnx.OnnxDescription.Layout;
import fathom.raster.FloatTensor;

/**
 * Pictures of the same original size and the same input size that run through a network together. They are stacked into
 * one tensor, and the outputs of the network are split per picture.
 *
 * @param picture the sizes that all pictures share
 * @param pixels the preprocessed pictures, at least one, each [3, H, W]
 */
record Batch(InputGeometry picture, List<FloatTensor> pixels) {
    private static final int RGB = 3;
    /** The axes of one picture's output: channel, row, column. */
    private static final int MAX_AXES = 3;

    Batch {
        pixels = List.copyOf(pixels);
    }

    /** Returns the batch of one picture. */
    static Batch of(PreparedInput.Numbers input) {
        return new Batch(picture(input), List.of(input.pixels()));
    }

    private static InputGeometry picture(PreparedInput.Numbers input) {
        return new InputGeometry(input.imageHeight(), input.imageWidth(), input.pixels().height(),
                input.pixels().width());
    }

    /**
     * Returns the estimates of {@code inputs}, in their order.
     *
     * @param max the largest number of pictures in a batch
     * @param network returns one estimate per picture of the batch, in their order
     */
    static List<Estimate> run(List<PreparedInput.Numbers> inputs, int max, Function<Batch, List<Estimate>> network) {
        Map<InputGeometry, List<Integer>> bySize = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            bySize.computeIfAbsent(picture(inputs.get(i)), size -> new ArrayList<>()).add(i);
        }
        Estimate[] estimates = new Estimate[inputs.size()];
        bySize.forEach((picture, places) -> {
            for (int from = 0; from < places.size(); from += max) {
                List<Integer> some = places.subList(from, Math.min(places.size(), from + max));
                Batch batch = new Batch(picture, some.stream().map(i -> inputs.get(i).pixels()).toList());
                List<Estimate> own = network.apply(batch);
                for (int i = 0; i < some.size(); i++) {
                    estimates[some.get(i)] = own.get(i);
                }
            }
        });
        return List.of(estimates);
    }

    /** Returns the number of pictures, N. */
    int size() {
        return pixels.size();
    }

    /** Returns the shape of {@link #stacked()}, [N, 3, H, W]. */
    Shape shape() {
        return Shape.of(size(), RGB, picture.inputHeight(), picture.inputWidth());
    }

    /** Returns the batch of the horizontally flipped pictures. */
    Batch mirrored() {
        return new Batch(picture, pixels.stream().map(FloatTensor::mirrored).toList());
    }

    /** Returns the pictures as one tensor, [N, 3, H, W]. A single picture is not copied. */
    FloatTensor stacked() {
        return stacked(Layout.NCHW, Channels.RGB);
    }

    /**
     * Returns the pictures as one tensor, [N, 3, H, W] or [N, H, W, 3]. A single picture in RGB and NCHW is not copied.
     */
    FloatTensor stacked(Layout layout, Channels order) {
        int height = picture.inputHeight();
        int width = picture.inputWidth();
        boolean isReversed = order == Channels.BGR;
        boolean isInterleaved = layout == Layout.NHWC;
        if (size() == 1 && !isReversed && !isInterleaved) {
            return pixels.getFirst().reshaped(1, RGB, height, width);
        }
        FloatTensor stacked = isInterleaved
                ? FloatTensor.allocate(size(), height, width, RGB)
                : FloatTensor.allocate(size(), RGB, height, width);
        float[] values = stacked.values();
        int area = height * width;
        for (int i = 0; i < size(); i++) {
            float[] own = pixels.get(i).values();
            int start = i * RGB * area;
            for (int channel = 0; channel < RGB; channel++) {
                int to = isReversed ? RGB - 1 - channel : channel;
                if (isInterleaved) {
                    for (int pixel = 0, at = start + to; pixel < area; pixel++, at += RGB) {
                        values[at] = own[channel * area + pixel];
                    }
                } else {
                    System.arraycopy(own, channel * area, values, start + to * area, area);
                }
            }
        }
        return stacked;
    }

    /**
     * Returns the outputs of each picture, by name, each [C, H, W]. Missing axes have extent 1. The outputs of a single
     * picture share their arrays with {@code outputs}. Those of several pictures are copies, because postprocessing
     * writes to them.
     *
     * @param outputs the outputs of the network for {@link #stacked}, by name: [N], [N, W], [N, H, W] or [N, C, H, W];
     *            for a single picture the first axis may be missing
     * @param source the model, for the message
     * @throws IllegalArgumentException if an output does not have the first axis or has more axes
     */
    List<Map<String, FloatTensor>> split(Map<String, FloatTensor> outputs, String source) {
        List<Map<String, FloatTensor>> split = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            Map<String, FloatTensor> own = new LinkedHashMap<>();
            for (Map.Entry<String, FloatTensor> output : outputs.entrySet()) {
                own.put(output.getKey(), part(output.getValue(), i, source + ": expected " + output.getKey()));
            }
            split.add(own);
        }
        return split;
    }

    private FloatTensor part(FloatTensor output, int index, String expected) {
        int[] extents = output.shape();
        int count = size();
        if (count > 1 && (extents.length == 0 || extents[0] != count)) {
            throw new IllegalArgumentException(
                    expected + " of each of " + count + " pictures, found " + output + "; run pictures one at a time");
        }
        int from = count > 1 ? 1 : 0;
        while (extents.length - from > MAX_AXES && extents[from] == 1) {
            from++;
        }
        int axes = extents.length - from;
        if (axes > MAX_AXES) {
            throw new IllegalArgumentException(expected + " with at most three axes of a picture, found " + output);
        }
        int[] shape = {1, 1, 1};
        System.arraycopy(extents, from, shape, MAX_AXES - axes, axes);
        if (count == 1) {
            return output.reshaped(shape);
        }
        int size = output.size() / count;
        return FloatTensor.wrap(Arrays.copyOfRange(output.values(), index * size, (index + 1) * size), shape);
    }
}
