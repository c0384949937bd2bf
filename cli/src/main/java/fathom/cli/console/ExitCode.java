package fathom.cli.console;

/** Exit codes of {@code fathom}, shown by {@code fathom --help}. */
public enum ExitCode {
    /** All was done. */
    OK(0),
    /** Fathom has a defect. */
    DEFECT(1),
    /** The command line is not understood. */
    USAGE(2),
    /** A file is damaged, of the wrong kind or unsupported. */
    BAD_DATA(3),
    /** A dataset, model, field or file that was named does not exist, or exists already. */
    NAMES(4),
    /** The machine does not give what is needed: disk, permission, port, library. */
    ENVIRONMENT(5),
    /** The batch is done, but for samples that failed. */
    PARTIAL(6),
    /** Interrupted; what was done is kept. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
