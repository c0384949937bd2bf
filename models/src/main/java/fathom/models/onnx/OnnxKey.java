package fathom.models.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What can be stated of an ONNX depth model, under the same name on the command line ({@code --option key=value}) and in the
 * YAML beside it.
 */
public enum OnnxKey {
    /** What the predicted numbers mean. */
    KIND("kind", Form.WORD, "what the numbers mean: metric, scale-invariant, affine-invariant or "
            + "affine-invariant-inverse"),
    /** The unit of metric numbers. */
    UNIT("unit", Form.WORD, "unit of metric numbers: m (default), cm, mm, km, or 1/m for inverse depth"),
    /** The size of the input. */
    SIZE("size", Form.SIZE, "size of the input where the model leaves it open: one number, or height,width (default "
            + "384)"),
    /** What sides are multiples of. */
    MULTIPLE("multiple", Form.INTEGER, "both sides of the input become multiples of this (default 1)"),
    /** How the size is reached. */
    FIT("fit", Form.WORD, "how the size is reached: stretch (default), proportion (both sides alike, towards the "
            + "size), pad (both sides alike, into the size, filled around) or own (the picture's own size)"),
    /** The kernel that resizes pictures. */
    RESAMPLE("resample", Form.WORD, "kernel that resizes the picture, as pillow-bilinear (default), opencv-cubic or "
            + "torch-bilinear"),
    /** What the brightest level becomes. */
    SCALE("scale", Form.NUMBER, "what the brightest level becomes before mean and std: 1 (default) or 255"),
    /** The mean that is taken from each channel. */
    MEAN("mean", Form.THREE, "what is taken from red, green and blue, in the unit of scale (default 0,0,0)"),
    /** The deviation that each channel is divided by. */
    STD("std", Form.THREE, "what red, green and blue are then divided by (default 1,1,1)"),
    /** The colour around a padded picture. */
    FILL("fill", Form.THREE, "red, green and blue around the picture where fit is pad, 0 to 255 (default: the mean)"),
    /** The order of the channels. */
    CHANNELS("channels", Form.WORD, "order of the channels: rgb (default) or bgr"),
    /** The order of the axes. */
    LAYOUT("layout", Form.WORD, "order of the input's axes: nchw or nhwc (default: as its shape says)"),
    /** The port that takes the picture. */
    INPUT("input", Form.NAME, "name of the input that takes the picture (default: the only one that can)"),
    /** The port that gives the map. */
    OUTPUT("output", Form.NAME, "name of the output that is the depth map (default: the only one that can be)"),
    /** The focal length that a canonical camera has. */
    CANONICAL_FOCAL("canonical_focal", Form.NUMBER, "focal length, pixels of the input, of the camera that the "
            + "numbers are metres for; the picture's own is then stated by focal or fov_x"),
    /** The kernel that brings a map to the picture. */
    RESIZE("resize", Form.WORD, "kernel that brings the map to the picture, as torch-bilinear (default)");

    /** What a value looks like. */
    enum Form {
        /** A word. */
        WORD("a word"),
        /** A word or an integer: exported ports are often called 0 or 350. */
        NAME("a name"),
        /** A number. */
        NUMBER("a number"),
        /** An integer. */
        INTEGER("an integer"),
        /** One integer or two. */
        SIZE("one integer, or height and width"),
        /** Three numbers. */
        THREE("three numbers");

        private final String description;

        Form(String description) {
            this.description = description;
        }

        /** For people. */
        String description() {
            return description;
        }
    }

    private final String label;
    private final Form form;
    private final String help;

    OnnxKey(String label, Form form, String help) {
        this.label = label;
        this.form = form;
        this.help = help;
    }

    /** The name that people type. */
    public String label() {
        return label;
    }

    /** What it states, one line for people. */
    public String help() {
        return help;
    }

    /** What its value looks like. */
    Form form() {
        return form;
    }

    /** The key whose {@link #label()} is {@code label}, if there is one. */
    static Optional<OnnxKey> ofLabel(String label) {
        return Arrays.stream(values()).filter(key -> key.label.equals(label)).findFirst();
    }

    /** All names. */
    static List<String> labels() {
        return Arrays.stream(values()).map(OnnxKey::label).toList();
    }
}
