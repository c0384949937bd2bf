package fathom.weights.torch;

import java.nio.file.Path;

/** A file is not what {@code torch.save} writes, or holds more than plain values; says where, what was expected and found. */
public final class TorchFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Path file;
    private final String detail;

    TorchFormatException(Path file, String detail) {
        super(file + ": " + detail);
        this.file = file;
        this.detail = detail;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** The message without the file's name. */
    public String detail() {
        return detail;
    }
}
