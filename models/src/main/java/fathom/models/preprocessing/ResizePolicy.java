package fathom.models.preprocessing;

import fathom.formats.json.JsonValue.Members;

/** The size that a picture is resized to. */
public sealed interface ResizePolicy {
    /**
     * Returns the size for a picture; a side that would become 0 becomes one multiple.
     *
     * @param imageHeight rows of the picture
     * @param imageWidth columns of the picture
     * @return the size
     */
    Size of(int imageHeight, int imageWidth);

    /** {@return the policy in words} */
    String label();

    /** {@return the policy as data} */
    Members definition();

    /**
     * A size, at most as many pixels as an input may have.
     *
     * @param height rows
     * @param width columns
     */
    record Size(int height, int width) {
        /** Validates the components. */
        public Size {
            InputBound.require(height, width, "scale the picture down first");
        }
    }

    /**
     * A target size, as {@code get_resize_output_image_size} of transformers' DPT image processor: halves round to the
     * even multiple.
     *
     * @param height target rows, pixels
     * @param width target columns, pixels
     * @param keepAspect whether both sides are scaled by the same factor, the one that changes the picture less
     * @param multiple both sides are rounded to multiples of this
     */
    record Towards(int height, int width, boolean keepAspect, int multiple) implements ResizePolicy {
        /** Validates the components. */
        public Towards {
            requirePositive(height, width, multiple);
        }

        @Override
        public Size of(int imageHeight, int imageWidth) {
            double rows = (double) height / imageHeight;
            double columns = (double) width / imageWidth;
            if (keepAspect) {
                if (Math.abs(1 - columns) < Math.abs(1 - rows)) {
                    rows = columns;
                } else {
                    columns = rows;
                }
            }
            return new Size(toMultiple(rows * imageHeight), toMultiple(columns * imageWidth));
        }

        private int toMultiple(double extent) {
            return Math.max(multiple, (int) Math.rint(extent / multiple) * multiple);
        }

        @Override
        public Members definition() {
            return Members.NONE.with("fit", keepAspect ? "proportion" : "stretch").with("height", height)
                    .with("width", width).with("multiple", multiple);
        }

        @Override
        public String label() {
            return (keepAspect ? "resized in proportion towards " : "resized to ") + width + "×" + height
                    + (multiple > 1 ? ", multiples of " + multiple : "");
        }
    }

    /**
     * Both sides scaled by the same factor, so that none is smaller than the target, as the class {@code Resize} of
     * MiDaS and Depth Anything does with {@code lower_bound}: halves round to the even multiple, and a side that
     * rounding makes smaller than the target is rounded up.
     *
     * @param height least rows, pixels
     * @param width least columns, pixels
     * @param multiple both sides are rounded to multiples of this
     */
    record AtLeast(int height, int width, int multiple) implements ResizePolicy {
        /** Validates the components. */
        public AtLeast {
            requirePositive(height, width, multiple);
        }

        @Override
        public Size of(int imageHeight, int imageWidth) {
            double scale = Math.max((double) height / imageHeight, (double) width / imageWidth);
            return new Size(toMultiple(scale * imageHeight, height), toMultiple(scale * imageWidth, width));
        }

        private int toMultiple(double extent, int least) {
            double side = Math.rint(extent / multiple) * multiple;
            return (int) Math.min(Integer.MAX_VALUE, side < least ? Math.ceil(extent / multiple) * multiple : side);
        }

        @Override
        public Members definition() {
            return Members.NONE.with("fit", "at-least").with("height", height).with("width", width).with("multiple",
                    multiple);
        }

        @Override
        public String label() {
            return "resized in proportion to at least " + width + "×" + height
                    + (multiple > 1 ? ", multiples of " + multiple : "");
        }
    }

    /**
     * The picture's size, rounded down to multiples.
     *
     * @param multiple both sides are rounded down to multiples of this
     */
    record DownToMultiple(int multiple) implements ResizePolicy {
        /** Validates the components. */
        public DownToMultiple {
            requirePositive(multiple);
        }

        @Override
        public Size of(int imageHeight, int imageWidth) {
            return new Size(Math.max(1, imageHeight / multiple) * multiple,
                    Math.max(1, imageWidth / multiple) * multiple);
        }

        @Override
        public Members definition() {
            return Members.NONE.with("fit", "own").with("multiple", multiple);
        }

        @Override
        public String label() {
            return "both sides rounded down to multiples of " + multiple;
        }
    }

    private static void requirePositive(int... values) {
        for (int value : values) {
            if (value < 1) {
                throw new IllegalArgumentException("size and multiple: expected at least 1 each, found " + value);
            }
        }
    }
}
