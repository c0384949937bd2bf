package fathom.inference.diffusion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

import fathom.formats.NdArray;
import fathom.formats.images.NumberFiles;
import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import fathom.models.preprocessing.UnfitPictureException;
import fathom.weights.WeightsHash;

/** A source of the initial latents of a run and of the noise that some schedulers add between steps. */
public sealed interface InitialNoise {
    /**
     * Returns the noise of a latent.
     *
     * @param member the index of the member, from 0
     * @param draw 0 for the initial latent, i + 1 for the noise that step i adds
     * @param channels C
     * @param height h
     * @param width w
     * @return the noise, [C, h, w], row-major
     */
    float[] draw(int member, int draw, int channels, int height, int width);

    /**
     * {@return a description in one line} Datasets of schema 1 contain it in the key of their predictions, so it must
     * not be changed.
     */
    String label();

    /** {@return the parts that determine the noise, as data} */
    Members definition();

    /**
     * The numbers of {@link GaussianNoise}.
     *
     * @param seed the seed
     */
    record Seeded(long seed) implements InitialNoise {
        @Override
        public float[] draw(int member, int draw, int channels, int height, int width) {
            return new GaussianNoise(seed).draw(member, draw, channels * height * width);
        }

        @Override
        public String label() {
            return "seed " + seed;
        }

        @Override
        public Members definition() {
            return Members.NONE.with("seed", Long.toString(seed));
        }
    }

    /**
     * Zeros at the start, which models fine-tuned end to end for a single step expect (Garcia et al., WACV 2025). Noise
     * that steps add is that of seed 0.
     */
    record Zeros() implements InitialNoise {
        @Override
        public float[] draw(int member, int draw, int channels, int height, int width) {
            return draw == 0
                    ? new float[channels * height * width]
                    : new Seeded(0).draw(member, draw, channels, height, width);
        }

        @Override
        public String label() {
            return "zeros";
        }

        @Override
        public Members definition() {
            return Members.NONE.with("start", "zeros");
        }
    }

    /**
     * Noise that another program generated: [C, h, w] for one member, [members, C, h, w], or [members, draws, C, h, w]
     * if steps add noise.
     */
    final class Given implements InitialNoise {
        private final float[] values;
        private final int[] shape;
        private final String source;

        private Given(float[] values, int[] shape, String source) {
            this.values = values;
            this.shape = shape;
            this.source = source;
        }

        /**
         * Reads a NumPy file.
         *
         * @param file a {@code .npy} file, or an {@code .npz} file with one array
         * @return the noise
         * @throws IOException if the file cannot be read
         */
        public static Given read(Path file) throws IOException {
            return of(NumberFiles.readArray(file), file.toString());
        }

        /**
         * Returns the noise of an array.
         *
         * @param array the array, of one of the shapes above
         * @param source the name of the file, for messages
         * @return the noise
         * @throws IllegalArgumentException if the shape is another, or a number is not finite
         */
        public static Given of(NdArray array, String source) {
            int[] found = array.shape();
            int[] shape = switch (found.length) {
                case 3 -> new int[]{1, 1, found[0], found[1], found[2]};
                case 4 -> new int[]{found[0], 1, found[1], found[2], found[3]};
                case 5 -> found;
                default -> throw new IllegalArgumentException("noise " + source
                        + ": expected [C, h, w], [members, C, h, w] or [members, draws, C, h, w], found "
                        + Arrays.toString(found));
            };
            float[] values = array.toFloats();
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw new IllegalArgumentException("noise " + source + ": expected finite numbers, found "
                            + values[i] + " at element " + i + " of " + Arrays.toString(found));
                }
            }
            return new Given(values, shape, source);
        }

        @Override
        public float[] draw(int member, int draw, int channels, int height, int width) {
            if (shape[2] != channels || shape[3] != height || shape[4] != width) {
                throw new UnfitPictureException(
                        "noise " + source + ": expected latents of [" + channels + ", " + height + ", " + width
                                + "] for this picture, found [" + shape[2] + ", " + shape[3] + ", " + shape[4] + "]");
            }
            if (member >= shape[0] || draw >= shape[1]) {
                throw new IllegalArgumentException("noise " + source + ": expected at least " + (member + 1)
                        + " members with " + (draw + 1) + " draws each, found " + shape[0] + " with " + shape[1]);
            }
            int length = channels * height * width;
            int from = (member * shape[1] + draw) * length;
            return Arrays.copyOfRange(values, from, from + length);
        }

        @Override
        public String label() {
            return "file " + source + " (" + Integer.toHexString(Arrays.hashCode(shape) * 31 + Arrays.hashCode(values))
                    + ")";
        }

        /** {@return the hash of the numbers, so that a file under another name is the same noise} */
        @Override
        public Members definition() {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            return Members.NONE.with("sha256", WeightsHash.of(bytes.array())).with("shape",
                    JsonValue.ofIntegers(Arrays.stream(shape).boxed().toList()));
        }
    }
}
