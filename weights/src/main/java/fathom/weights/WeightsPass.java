package fathom.weights;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import fathom.weights.FloatRanges.Range;

/**
 * One pass over the bytes of a weight file, which computes the hash and finds out whether weights are finite. Both look
 * at a block while it is in the processor's cache.
 */
final class WeightsPass {
    private static final int BLOCK = 1 << 17;

    /** The end of the previous block is kept before the block, for a number that is stored in both. */
    private static final int KEPT = Long.BYTES;

    private final FloatRanges ranges;
    private final MessageDigest digest = WeightsHash.sha256();
    private final byte[] bytes = new byte[KEPT + BLOCK];
    private final MemorySegment segment = MemorySegment.ofArray(bytes);
    private final int[] words = new int[Math.ceilDiv(bytes.length, Integer.BYTES)];
    private boolean finite = true;

    private WeightsPass(FloatRanges ranges) {
        this.ranges = ranges;
    }

    /**
     * The result of a pass.
     *
     * @param hash SHA-256 of the file, lower-case hexadecimal
     * @param finite whether all weights in the ranges are finite
     */
    record Result(String hash, boolean finite) {}

    /**
     * Reads {@code file} once.
     *
     * @param ranges the weights to check
     * @param stopped is asked before each block whether to give up
     * @throws CancellationException if it was stopped
     * @throws IOException if the file cannot be read
     */
    static Result read(Path file, FloatRanges ranges, BooleanSupplier stopped) throws IOException {
        return new WeightsPass(ranges).read(file, stopped);
    }

    private Result read(Path file, BooleanSupplier stopped) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = 0;
            while (true) {
                if (stopped.getAsBoolean()) {
                    throw new CancellationException("reading " + file + " was stopped");
                }
                int length = channel.read(ByteBuffer.wrap(bytes, KEPT, BLOCK));
                if (length < 0) {
                    requireEnd(file, at);
                    return new Result(HexFormat.of().formatHex(digest.digest()), finite);
                }
                digest.update(bytes, KEPT, length);
                check(at, length);
                System.arraycopy(bytes, length, bytes, 0, KEPT);
                at += length;
            }
        }
    }

    /** Throws if the file, of {@code size} bytes, ends before the weights, because it was truncated after it was opened. */
    private void requireEnd(Path file, long size) throws EOFException {
        long expected = ranges.ranges().stream().mapToLong(Range::to).max().orElse(0);
        if (size < expected) {
            throw new EOFException(file + ": expected at least " + expected + " bytes, found " + size);
        }
    }

    /** Checks the numbers that end in the current block, which starts at byte {@code at} of the file. */
    private void check(long at, int length) {
        for (Range range : ranges.ranges()) {
            if (!finite) {
                return;
            }
            int size = range.type().bytes();
            long first = Math.max(0, Math.floorDiv(at - range.from(), (long) size));
            long end = Math.floorDiv(Math.min(range.to(), at + length) - range.from(), (long) size);
            if (first < end) {
                finite = ElementConversion.areFinite(range.type(),
                        segment.asSlice(range.from() + first * size - at + KEPT, (end - first) * size), words);
            }
        }
    }
}
