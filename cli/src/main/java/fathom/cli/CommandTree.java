package fathom.cli;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;

import fathom.cli.console.CommandGroup;
import fathom.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Creates the tree of commands. Reading the annotations of every command takes longer than most commands run, so the tree
 * for a command line contains, of the commands that it does not name, only what a list of commands shows.
 */
final class CommandTree {
    private final CommandLine.IFactory factory;
    private final Predicate<String> isNamed;

    private CommandTree(Console console, Predicate<String> isNamed) {
        this.factory = new CommandFactory(console);
        this.isNamed = isNamed;
    }

    /** Returns the tree with all options of all commands. */
    static CommandLine whole(Console console) {
        return new CommandTree(console, _ -> true).create(FathomCommand.class);
    }

    /** Returns the tree that is needed to run a command line. */
    static CommandLine of(Console console, String... arguments) {
        // An argument file may contain names of commands.
        boolean hasFile = Arrays.stream(arguments).anyMatch(argument -> argument.startsWith("@"));
        return hasFile
                ? whole(console)
                : new CommandTree(console, Set.copyOf(Arrays.asList(arguments))::contains).create(FathomCommand.class);
    }

    private CommandLine create(Class<?> type) {
        CommandLine line = new CommandLine(type, factory);
        if (line.getCommand() instanceof CommandGroup group) {
            for (Class<?> subcommand : group.subcommands()) {
                Command description = subcommand.getAnnotation(Command.class);
                if (isNamed.test(description.name())) {
                    line.addSubcommand(create(subcommand));
                } else {
                    line.addSubcommand(listed(description));
                }
            }
        }
        return line;
    }

    private static CommandSpec listed(Command description) {
        CommandSpec spec = CommandSpec.create().name(description.name());
        spec.usageMessage().header(description.header()).hidden(description.hidden());
        return spec;
    }

    /** Creates commands; passes the console to constructors that take one. */
    private record CommandFactory(Console console) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Console.class) {
                    return type.cast(constructor.newInstance(console));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
