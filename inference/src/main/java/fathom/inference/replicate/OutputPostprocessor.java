package fathom.inference.replicate;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import fathom.formats.IntegerImage;
import fathom.formats.UnreadableFileException;
import fathom.formats.images.Images;
import fathom.formats.json.JsonValue.Members;
import fathom.inference.replicate.RemoteException.Reason;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/**
 * The conversion of a remote model's output files to depth: which file, which channel, and the meaning of its numbers.
 */
sealed interface OutputPostprocessor {
    /** Returns the index of the output file to read, from 0. */
    int file();

    /** Returns the meaning of the numbers. */
    DepthKind kind();

    /** Returns the values of a file, [H, W]. */
    Plane values(byte[] file, String name);

    /** Returns what the user must know before using the numbers. */
    List<String> warnings();

    /**
     * Returns a description of the conversion in one line. Datasets of schema 1 contain it in the key of their
     * predictions, so it must not be changed.
     */
    String provenance();

    /** Returns the conversion as data, which is part of the identity of predictions. */
    Members definition();

    /**
     * Returns the postprocessor of a model.
     *
     * @throws IllegalArgumentException if the options do not fit the model
     */
    static OutputPostprocessor of(RemoteModel model, RemoteOptions options) {
        boolean marigold = model.slug().equals("adirik/marigold");
        boolean midas = model.slug().equals("cjwbw/midas");
        if (options.asArticle() && !marigold) {
            throw new IllegalArgumentException("as article: expected replicate:adirik/marigold, whose colour picture "
                    + "the article took for depth, found " + model);
        }
        if (midas || marigold) {
            if (options.kind().isPresent()) {
                throw new IllegalArgumentException("kind of depth: expected none for " + model
                        + ", whose output is known, found " + options.kind().get().label());
            }
            return midas ? new Midas() : options.asArticle() ? new MarigoldAsArticle() : new Marigold();
        }
        return new Stated(options.kind()
                .orElseThrow(() -> new IllegalArgumentException("kind of depth: expected what " + "the numbers of "
                        + model + " mean, because its output is unknown, found none; state metric, "
                        + "scale-invariant, affine-invariant or affine-invariant-inverse")));
    }

    /** {@code cjwbw/midas}: one grey picture, inverse depth scaled to 0 to 255; near is bright. */
    record Midas() implements OutputPostprocessor {
        @Override
        public int file() {
            return 0;
        }

        @Override
        public DepthKind kind() {
            return DepthKind.AFFINE_INVERSE;
        }

        @Override
        public Plane values(byte[] file, String name) {
            return Pictures.grey(file, name).values();
        }

        @Override
        public List<String> warnings() {
            return List.of("the service returns inverse depth in only 256 levels: far away, one level spans metres, so "
                    + "these maps are not suitable for metric measurements");
        }

        @Override
        public Members definition() {
            return Members.NONE.with("file", file()).with("reading", "grey");
        }

        @Override
        public String provenance() {
            return "output[0], 8-bit picture of inverse depth, 256 levels, near bright";
        }
    }

    /**
     * {@code adirik/marigold}: two pictures. The first is the depth in 16 bits, scaled to 0 to 65535; near is dark. The
     * second shows it in matplotlib's colormap Spectral.
     */
    record Marigold() implements OutputPostprocessor {
        private static final float MAX_VALUE = 65535;

        @Override
        public int file() {
            return 0;
        }

        @Override
        public DepthKind kind() {
            return DepthKind.AFFINE;
        }

        @Override
        public Plane values(byte[] file, String name) {
            IntegerImage picture = Pictures.grey(file, name);
            if (picture.bitDepth() != 16) {
                throw new RemoteException(Reason.UNEXPECTED_ANSWER,
                        name + ": expected a grey picture of 16 bits, found " + picture.bitDepth()
                                + " bits; this version of the model returns another output");
            }
            Plane values = picture.values().copy();
            float[] array = values.array();
            for (int i = 0; i < array.length; i++) {
                array[i] /= MAX_VALUE;
            }
            return values;
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }

        @Override
        public Members definition() {
            return Members.NONE.with("file", file()).with("reading", "grey-16-bit").with("divisor", MAX_VALUE);
        }

        @Override
        public String provenance() {
            return "output[0], 16-bit picture of depth, near dark";
        }
    }

    /**
     * {@code adirik/marigold} as the article read it: 255 minus the red channel of the second picture. This is not depth
     * but part of a colormap, which rises, falls and rises again with depth. Its kind is levels, so the article's
     * protocol treats it as in the article.
     */
    record MarigoldAsArticle() implements OutputPostprocessor {
        @Override
        public int file() {
            return 1;
        }

        @Override
        public DepthKind kind() {
            return DepthKind.LEVELS;
        }

        @Override
        public Plane values(byte[] file, String name) {
            RgbImage picture = Pictures.colour(file, name);
            Plane values = Plane.allocate(picture.height(), picture.width());
            for (int row = 0; row < picture.height(); row++) {
                for (int column = 0; column < picture.width(); column++) {
                    values.set(row, column, DepthKind.MAX_LEVEL - picture.get(row, column, 0));
                }
            }
            return values;
        }

        @Override
        public List<String> warnings() {
            return List.of("read as the article did: 255 minus the red channel of the Spectral colour picture, which "
                    + "is not depth; for comparison only");
        }

        @Override
        public Members definition() {
            return Members.NONE.with("file", file()).with("reading", "255-minus-red");
        }

        @Override
        public String provenance() {
            return "as the article: output[1], 255 minus the red channel of the Spectral colour picture, not depth";
        }
    }

    /** A model whose output is unknown: its first file, a grey picture, with the kind that the user states. */
    record Stated(DepthKind kind) implements OutputPostprocessor {
        @Override
        public int file() {
            return 0;
        }

        @Override
        public Plane values(byte[] file, String name) {
            return Pictures.grey(file, name).values();
        }

        @Override
        public List<String> warnings() {
            return List.of(
                    "unknown model: its first output file is interpreted as " + kind.label() + " depth, as requested");
        }

        @Override
        public Members definition() {
            return Members.NONE.with("file", file()).with("reading", "grey");
        }

        @Override
        public String provenance() {
            return "output[0], grey picture, taken for " + kind.label() + " depth as stated";
        }
    }

    /** Decoders for the files of the service. */
    final class Pictures {
        private Pictures() {}

        /** Returns a grey picture. A colour picture is accepted if its channels are equal. */
        static IntegerImage grey(byte[] file, String name) {
            try {
                return Images.readGray(file, name);
            } catch (UnreadableFileException e) {
                return greyInColour(file, name);
            } catch (IOException e) {
                throw undecodable(e);
            }
        }

        private static IntegerImage greyInColour(byte[] file, String name) {
            RgbImage picture = colour(file, name);
            byte[] rgb = picture.toArray();
            float[] values = new float[picture.height() * picture.width()];
            for (int i = 0; i < values.length; i++) {
                if (rgb[3 * i] != rgb[3 * i + 1] || rgb[3 * i] != rgb[3 * i + 2]) {
                    throw new RemoteException(Reason.UNEXPECTED_ANSWER,
                            name + ": expected a grey picture of depth, found " + "the colour "
                                    + Arrays.toString(
                                            new int[]{rgb[3 * i] & 0xFF, rgb[3 * i + 1] & 0xFF, rgb[3 * i + 2] & 0xFF})
                                    + "; a coloured picture cannot be read as depth");
                }
                values[i] = rgb[3 * i] & 0xFF;
            }
            return new IntegerImage(Plane.wrap(values, picture.height(), picture.width()), 8);
        }

        static RgbImage colour(byte[] file, String name) {
            try {
                return Images.readRgb(file, name);
            } catch (IOException e) {
                throw undecodable(e);
            }
        }

        private static RemoteException undecodable(IOException cause) {
            return new RemoteException(Reason.UNEXPECTED_ANSWER,
                    "expected a picture, found what cannot be read: " + cause.getMessage(), cause);
        }
    }
}
