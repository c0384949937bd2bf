package fathom.cli.console;

import java.util.List;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command that only has subcommands. Their classes are given to the constructor, not to the annotation, so that only
 * those that a command line names need to be created.
 */
public abstract class CommandGroup implements Runnable {
    private final List<Class<?>> subcommands;

    @Spec
    private CommandSpec spec;

    /**
     * Creates the command.
     *
     * @param subcommands the classes of the subcommands, in the order of the help text
     */
    protected CommandGroup(Class<?>... subcommands) {
        this.subcommands = List.of(subcommands);
    }

    /** {@return the classes of the subcommands, in the order of the help text} */
    public final List<Class<?>> subcommands() {
        return subcommands;
    }

    @Override
    public final void run() {
        throw new ParameterException(spec.commandLine(), "Missing command. Choose one from the list below.");
    }
}
