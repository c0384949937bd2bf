package fathom.weights.torch;

import java.nio.file.Path;

/**
 * Thrown when a file is not in the format of {@code torch.save}, or contains more than plain values. The message says
 * where, what was expected and found.
 */
public final class TorchFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Path file;
    /** The message without the file. */
    private final String detail;

    TorchFormatException(Path file, String detail) {
        super(file + ": " + detail);
        this.file = file;
        this.detail = detail;
    }

    /** {@return the file} */
    public Path file() {
        return file;
    }

    /** {@return the message without the file's name} */
    public String detail() {
        return detail;
    }
}
