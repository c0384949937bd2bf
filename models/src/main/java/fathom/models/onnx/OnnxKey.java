package fathom.models.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The properties of an ONNX depth model that can be declared, with the same name on the command line
 * ({@code --option key=value}) and in the YAML file next to the model.
 */
public enum OnnxKey {
    /** The kind of depth. */
    KIND("kind", Form.WORD,
            "kind of depth: metric, scale-invariant, affine-invariant or " + "affine-invariant-inverse"),
    /** The unit of metric numbers. */
    UNIT("unit", Form.WORD, "unit of metric values: m (default), cm, mm, km, or 1/m for inverse depth"),
    /** The size of the input. */
    SIZE("size", Form.SIZE, "size of the input if the model does not fix it: one number, or height,width (default: the "
            + "size that it is trained for, or about 384)"),
    /** The number that sides are multiples of. */
    MULTIPLE("multiple", Form.INTEGER,
            "both sides of the input are rounded to multiples of this (default: what the network accepts)"),
    /** How the picture is fitted to the size. */
    FIT("fit", Form.WORD,
            "how the picture is fitted to the size: stretch (default), proportion (keep the aspect ratio, near the "
                    + "size), pad (keep the aspect ratio, inside the size, and fill the rest) or own (the picture's size)"),
    /** The kernel that resizes pictures. */
    RESAMPLE("resample", Form.WORD,
            "kernel that resizes the picture, such as pillow-bilinear (default), opencv-cubic or " + "torch-bilinear"),
    /** The value of the brightest level. */
    SCALE("scale", Form.NUMBER,
            "value of the brightest level before mean and std: 1 (default) or 255 (default if the graph normalises levels)"),
    /** The mean that is subtracted from each channel. */
    MEAN("mean", Form.THREE, "subtracted from red, green and blue, in the unit of scale (default 0,0,0)"),
    /** The deviation that each channel is divided by. */
    STD("std", Form.THREE, "divisor of red, green and blue after mean (default 1,1,1)"),
    /** The colour around a padded picture. */
    FILL("fill", Form.THREE, "red, green and blue around the picture if fit is pad, 0 to 255 (default: the mean)"),
    /** The order of the channels. */
    CHANNELS("channels", Form.WORD, "order of the channels: rgb (default) or bgr"),
    /** The order of the axes. */
    LAYOUT("layout", Form.WORD, "order of the input's axes: nchw or nhwc (default: inferred from its shape)"),
    /** The input that takes the picture. */
    INPUT("input", Form.NAME, "name of the input that takes the picture (default: the only one that can)"),
    /** The output that is the depth map. */
    OUTPUT("output", Form.NAME, "name of the output that is the depth map (default: the only one that can be)"),
    /** The focal length of the canonical camera. */
    CANONICAL_FOCAL("canonical_focal", Form.NUMBER, "focal length, pixels of the input, of the camera for which the "
            + "values are metres; set the picture's focal length with focal or fov_x"),
    /** The kernel that resizes a map to the picture. */
    RESIZE("resize", Form.WORD, "kernel that resizes the map to the picture, such as opencv-cubic (default: "
            + "that of the family, or torch-bilinear)");

    /** The form of a value. */
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

        /** Returns the form for display. */
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

    /** {@return the name that the user types} */
    public String label() {
        return label;
    }

    /** {@return the help text, one line} */
    public String help() {
        return help;
    }

    /** Returns the form of its value. */
    Form form() {
        return form;
    }

    /** Returns the key with the label {@code label}, or empty if there is none. */
    static Optional<OnnxKey> ofLabel(String label) {
        return Arrays.stream(values()).filter(key -> key.label.equals(label)).findFirst();
    }

    /** Returns all labels. */
    static List<String> labels() {
        return Arrays.stream(values()).map(OnnxKey::label).toList();
    }
}
