package fathom.formats;

import java.util.Optional;

import fathom.raster.advice.HasRemedy;
import fathom.raster.advice.Remedy;

/** Valid data that does not fit into the heap of this process. */
public final class TooLargeException extends UnreadableFileException implements HasRemedy {
    private static final long serialVersionUID = 1L;
    private static final long MEGABYTE = 1 << 20;
    /** Decoding, resizing and writing need several times the memory of the decoded data. */
    private static final int WORK = 4;

    private final long bytes;

    /**
     * Creates an exception for data whose size is known before it is decoded.
     *
     * @param source path or name of the data
     * @param what names the data, such as {@code "12000x12000 pixels"}
     * @param bytes the memory that it needs when it is decoded
     */
    public TooLargeException(String source, String what, long bytes) {
        super(source,
                source + ": expected data that fits into the memory, found " + what + ", which need "
                        + (bytes + MEGABYTE - 1) / MEGABYTE
                        + " MB decoded, and more to work on; the heap of Java is limited to " + heap() + " MB");
        this.bytes = bytes;
    }

    /**
     * Creates an exception for data that exhausted the heap.
     *
     * @param source path or name of the data
     * @param what what needed the memory, with the size of the data if it is known
     * @param cause the error of Java
     */
    public TooLargeException(String source, String what, OutOfMemoryError cause) {
        super(source, source + ": " + what + " needs more memory than the heap of Java, which is limited to " + heap()
                + " MB");
        this.bytes = Runtime.getRuntime().maxMemory();
        initCause(cause);
    }

    private static long heap() {
        return Runtime.getRuntime().maxMemory() / MEGABYTE;
    }

    @Override
    public Optional<Remedy> remedy() {
        long gigabytes = Math.max(1, Math.ceilDiv(WORK * bytes, MEGABYTE << 10));
        return Optional.of(new Remedy.EnlargeHeap(gigabytes));
    }
}
