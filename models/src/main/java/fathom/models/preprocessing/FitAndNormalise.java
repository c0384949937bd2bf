package fathom.models.preprocessing;

import java.util.Arrays;
import java.util.List;

import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.resampling.Resampling;
import fathom.raster.resampling.RgbResampling;

/**
 * The whole picture fitted to a size and normalised, as declared in the description of a model.
 *
 * @param fit how the picture is fitted to the size
 * @param height target rows; ignored by {@link Fit#OWN}
 * @param width target columns; ignored by {@link Fit#OWN}
 * @param multiple both sides are rounded to multiples of this
 * @param kernel how pixels are resized
 * @param normalisation from bytes to numbers
 * @param fill red, green and blue from 0 to 255 around the picture, for {@link Fit#PAD}
 */
public record FitAndNormalise(Fit fit, int height, int width, int multiple, Kernel kernel, Normalisation normalisation,
        List<Integer> fill) implements Preparation {
    /** How a picture is fitted to a size. */
    public enum Fit {
        /** Each side is scaled separately. */
        STRETCH,
        /** Both sides are scaled by the same factor, the one that changes the picture less. */
        PROPORTION,
        /** Both sides are scaled by the same factor, to fit inside the size; the rest is filled. */
        PAD,
        /** The picture's size, each side rounded down to a multiple. */
        OWN;

        /** {@return the name in descriptions} */
        public String label() {
            return switch (this) {
                case STRETCH -> "stretch";
                case PROPORTION -> "proportion";
                case PAD -> "pad";
                case OWN -> "own";
            };
        }
    }

    /** How pixels are resized. */
    public sealed interface Kernel {
        /** {@return the name in descriptions} */
        String label();

        /**
         * As bytes, before normalisation.
         *
         * @param resampling the kernel
         */
        record OfBytes(RgbResampling resampling) implements Kernel {
            @Override
            public String label() {
                return resampling.label();
            }
        }

        /**
         * As floats, after normalisation.
         *
         * @param resampling the kernel
         */
        record OfNumbers(Resampling resampling) implements Kernel {
            @Override
            public String label() {
                return resampling.label();
            }
        }
    }

    /** Validates the components and copies the collections. */
    public FitAndNormalise {
        fill = List.copyOf(fill);
        if (height < 1 || width < 1 || multiple < 1 || fill.size() != 3) {
            throw new IllegalArgumentException(
                    "height, width, multiple and fill: expected at least 1 each and three levels, found " + height
                            + ", " + width + ", " + multiple + " and " + fill);
        }
    }

    /**
     * The position of a picture in the input.
     *
     * @param top first row
     * @param left first column
     * @param height rows of the picture in the input
     * @param width columns of the picture in the input
     * @param inputHeight rows of the input
     * @param inputWidth columns of the input
     * @param scale pixels of the input per pixel of the picture, along a row
     */
    public record Place(int top, int left, int height, int width, int inputHeight, int inputWidth, double scale) {
        boolean isWhole() {
            return height == inputHeight && width == inputWidth;
        }
    }

    /**
     * Returns the position of a picture in the input.
     *
     * @param imageHeight rows of the picture
     * @param imageWidth columns of the picture
     * @return the position
     */
    public Place place(int imageHeight, int imageWidth) {
        ResizePolicy.Size size = switch (fit) {
            case STRETCH, PROPORTION ->
                new ResizePolicy.Towards(height, width, fit == Fit.PROPORTION, multiple).of(imageHeight, imageWidth);
            case OWN -> new ResizePolicy.DownToMultiple(multiple).of(imageHeight, imageWidth);
            case PAD -> new ResizePolicy.Size(height, width);
        };
        if (fit != Fit.PAD) {
            return new Place(0, 0, size.height(), size.width(), size.height(), size.width(),
                    (double) size.width() / imageWidth);
        }
        double scale = Math.min((double) height / imageHeight, (double) width / imageWidth);
        int rows = Math.max(1, (int) (imageHeight * scale));
        int columns = Math.max(1, (int) (imageWidth * scale));
        return new Place((height - rows) / 2, (width - columns) / 2, rows, columns, height, width, scale);
    }

    @Override
    public FloatTensor prepare(RgbImage image) {
        Place place = place(image.height(), image.width());
        boolean same = place.height == image.height() && place.width == image.width();
        return switch (kernel) {
            case Kernel.OfBytes(var resampling) ->
                normalisation.apply(framed(same ? image : resampling.resized(image, place.height, place.width), place));
            case Kernel.OfNumbers(var resampling) -> numbers(image, place, resampling);
        };
    }

    /** Returns the picture surrounded by the fill colour. */
    private RgbImage framed(RgbImage image, Place place) {
        if (place.isWhole()) {
            return image;
        }
        RgbImage framed = RgbImage.allocate(place.inputHeight, place.inputWidth);
        byte[] bytes = framed.array();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = fill.get(i % RgbImage.CHANNELS).byteValue();
        }
        for (int row = 0; row < place.height; row++) {
            System.arraycopy(image.array(), image.rowStart(row), bytes,
                    framed.rowStart(place.top + row) + place.left * RgbImage.CHANNELS, place.width * RgbImage.CHANNELS);
        }
        return framed;
    }

    private FloatTensor numbers(RgbImage image, Place place, Resampling resampling) {
        FloatTensor whole = normalisation.apply(image);
        FloatTensor prepared = FloatTensor.allocate(RgbImage.CHANNELS, place.inputHeight, place.inputWidth);
        int size = place.inputHeight * place.inputWidth;
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            Arrays.fill(prepared.values(), channel * size, (channel + 1) * size,
                    normalisation.apply(fill.get(channel), channel));
            Plane to = prepared.plane(channel).crop(place.top, place.left, place.height, place.width);
            resampling.resizeInto(whole.plane(channel), to);
        }
        return prepared;
    }

    /** Returns the part of {@code map} that shows the picture, without the filled margin. */
    @Override
    public Plane withoutMargin(Plane map, int imageHeight, int imageWidth) {
        Place place = place(imageHeight, imageWidth);
        if (place.isWhole()) {
            return map;
        }
        int top = Math.min(map.height() - 1, scaled(place.top, map.height(), place.inputHeight));
        int left = Math.min(map.width() - 1, scaled(place.left, map.width(), place.inputWidth));
        int bottom = Math.max(top + 1, scaled(place.top + place.height, map.height(), place.inputHeight));
        int right = Math.max(left + 1, scaled(place.left + place.width, map.width(), place.inputWidth));
        return map.crop(top, left, bottom - top, right - left).copy();
    }

    private static int scaled(int at, int extent, int inputExtent) {
        return (int) Math.round((double) at * extent / inputExtent);
    }

    @Override
    public String policy() {
        String size = switch (fit) {
            case STRETCH -> "resized to " + width + "×" + height + multiples() + ", " + kernel.label();
            case PROPORTION ->
                "resized in proportion towards " + width + "×" + height + multiples() + ", " + kernel.label();
            case PAD ->
                "resized in proportion into " + width + "×" + height + ", " + kernel.label() + ", filled with " + fill;
            case OWN -> multiple == 1
                    ? "not resized"
                    : "both sides rounded down to multiples of " + multiple + ", " + kernel.label();
        };
        return size + "; 255 is " + number((float) (normalisation.factor() * 255)) + ", mean " + normalisation.mean()
                + ", deviation " + normalisation.deviation();
    }

    private String multiples() {
        return multiple > 1 ? ", multiples of " + multiple : "";
    }

    private static String number(float value) {
        return value == Math.rint(value) ? Integer.toString((int) value) : Float.toString(value);
    }

    @Override
    public Members definition() {
        Members definition = Members.NONE.with("method", "fit-and-normalise").with("fit", fit.label())
                .with("multiple", multiple).with("kernel", kernel.label()).with("of", switch (kernel) {
                    case Kernel.OfBytes _ -> "bytes";
                    case Kernel.OfNumbers _ -> "floats";
                }).with("normalisation", normalisation.definition());
        return switch (fit) {
            case STRETCH, PROPORTION -> definition.with("height", height).with("width", width);
            case PAD -> definition.with("height", height).with("width", width).with("fill", JsonValue.ofIntegers(fill));
            case OWN -> definition;
        };
    }
}
