package fathom.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import fathom.cli.console.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

import static org.assertj.core.api.Assertions.assertThat;

class CommandTreeTest {
    private final Console console = new Console(new PrintWriter(Writer.nullWriter()),
            new PrintWriter(Writer.nullWriter()), new BufferedReader(Reader.nullReader()), false, Map.of());

    private static void collect(CommandLine command, List<CommandLine> all) {
        all.add(command);
        command.getSubcommands().values().forEach(each -> collect(each, all));
    }

    @Test
    void everyCommandHasTheSameHelpInTheTreeOfItsCommandLine() {
        List<CommandLine> all = new ArrayList<>();
        collect(CommandTree.whole(console), all);
        assertThat(all).hasSizeGreaterThan(25);
        for (CommandLine command : all) {
            List<String> words = new ArrayList<>(List.of(command.getCommandSpec().qualifiedName().split(" ")));
            words.set(0, "--help");
            CommandLine found = CommandTree.of(console, words.toArray(String[]::new));
            for (String word : words.subList(1, words.size())) {
                found = found.getSubcommands().get(word);
            }
            assertThat(found.getUsageMessage(Ansi.OFF)).isEqualTo(command.getUsageMessage(Ansi.OFF));
            assertThat(found.getCommandSpec().options()).hasSameSizeAs(command.getCommandSpec().options());
        }
    }

    @Test
    void onlyNamedCommandsAreCreated() {
        CommandLine line = CommandTree.of(console, "datasets", "list", "--json");
        assertThat(line.getSubcommands().get("apply").getCommandSpec().options()).isEmpty();
        CommandLine datasets = line.getSubcommands().get("datasets");
        assertThat(datasets.getSubcommands().get("import").getCommandSpec().options()).isEmpty();
        assertThat(datasets.getSubcommands().get("list").getCommandSpec().options()).isNotEmpty();
    }

    @Test
    void misspelledCommandGetsASuggestion(@TempDir Path folder) {
        CommandLineRun run = new CommandLineRun(folder).run("aply");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("aply", "apply");
    }

    @Test
    void argumentFileMayNameACommand(@TempDir Path folder) throws Exception {
        Path arguments = Files.writeString(folder.resolve("arguments"), "datasets list --json\n");
        CommandLineRun run = new CommandLineRun(folder).run("@" + arguments);
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("[");
    }
}
