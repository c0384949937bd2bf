package fathom.cli.console;

/** The exit codes of {@code fathom}, as listed by {@code fathom --help}. */
public enum ExitCode {
    /** Success. */
    OK(0),
    /** An internal error: a defect of Fathom. */
    DEFECT(1),
    /** The command line is invalid. */
    USAGE(2),
    /** A file is damaged, unsupported or of the wrong kind. */
    BAD_DATA(3),
    /** A named dataset, model, field or file does not exist, or already exists. */
    NAMES(4),
    /** The environment prevents the command: disk, permission, port, library or network. */
    ENVIRONMENT(5),
    /** The command completed, but some samples failed. */
    PARTIAL(6),
    /** Interrupted; completed work is kept. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** {@return the exit code of the process} */
    public int code() {
        return code;
    }
}
