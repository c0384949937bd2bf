package fathom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import fathom.cache.CacheContents;
import fathom.cache.CacheContents.Outcome;
import fathom.cache.CacheFolder;
import fathom.cache.CacheKind;
import fathom.cache.UserHome;
import fathom.cli.console.CommandGroup;
import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.Table;
import fathom.cli.datasets.DatasetView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom cache}: lists and deletes files that Fathom can create or download again. */
@Command(name = "cache", mixinStandardHelpOptions = true, header = "List and delete files that Fathom can create or download again.", description = {
        "",
        "The cache folder is FATHOM_CACHE (default: ~/.cache/fathom, on macOS ~/Library/Caches/fathom, on Windows %%LOCALAPPDATA%%\\fathom\\cache). Datasets are not in it: see FATHOM_HOME. Models of the Hugging Face Hub are not in it either: see `fathom models remove`.",
        ""}, synopsisSubcommandLabel = "COMMAND", footerHeading = "%nExamples:%n", footer = {"  fathom cache list",
                "  fathom cache clear downloads --yes"})
final class CacheCommand extends CommandGroup {
    /** Creates the command. */
    CacheCommand() {
        super(ListCommand.class, ClearCommand.class);
    }

    /** One kind of cached files in the JSON output. */
    record Row(String kind, String path, int files, long bytes, boolean inUse, boolean link, String purpose) {
        static Row of(CacheContents.Entry entry) {
            return new Row(entry.kind().key(), entry.folder().toString(), entry.files(), entry.bytes(), entry.inUse(),
                    entry.link(), entry.kind().purpose());
        }
    }

    private static CacheContents contents(Console console) throws IOException {
        return CacheContents.of(CacheFolder.path(console.environment(), System.getProperty("os.name", ""),
                UserHome.resolve(console.environment(), System.getProperties())));
    }

    private static long bytes(List<CacheContents.Entry> entries) {
        return entries.stream().mapToLong(CacheContents.Entry::bytes).sum();
    }

    /** {@code fathom cache list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, header = "List the contents of the cache folder.", description = {
            "", "Prints each kind of cached files with its folder, its size and its purpose, and the total.",
            ""}, footerHeading = "%nExamples:%n", footer = {"  fathom cache list", "  fathom cache list --json"})
    static final class ListCommand implements Callable<Integer> {
        private final Console console;

        @Mixin
        private JsonOutput json;

        ListCommand(Console console) {
            this.console = console;
        }

        /** The JSON output. */
        record Listing(String folder, List<Row> kinds, long bytes, List<String> others) {}

        @Override
        public Integer call() throws IOException {
            CacheContents contents = contents(console);
            List<CacheContents.Entry> entries = contents.entries();
            List<String> others = contents.others().stream().map(Path::toString).toList();
            if (json.isRequested()) {
                JsonOutput.print(console.out(), new Listing(contents.folder().toString(),
                        entries.stream().map(Row::of).toList(), bytes(entries), others));
                return ExitCode.OK.code();
            }
            if (entries.isEmpty()) {
                console.out().println("The cache is empty: " + contents.folder());
            } else {
                Table table = new Table("kind", "size", "files", "path", "purpose");
                entries.forEach(entry -> table.row(entry.kind().key(), DatasetView.size(entry.bytes()), entry.files(),
                        entry.folder() + (entry.link() ? " (symbolic link, not followed)" : ""),
                        entry.kind().purpose() + (entry.inUse() ? " (in use)" : "")));
                console.out().print(table);
                console.out().println("total " + DatasetView.size(bytes(entries)) + " in " + contents.folder());
            }
            others.forEach(other -> console.out().println("not created by Fathom, never deleted: " + other));
            return ExitCode.OK.code();
        }
    }

    /** {@code fathom cache clear}. */
    @Command(name = "clear", mixinStandardHelpOptions = true, header = "Delete cached files.", description = {"",
            "Deletes the given kinds of files. Files that a running Fathom process uses are kept, as are files that Fathom did not create and the targets of symbolic links.",
            ""}, footerHeading = "%nExamples:%n", footer = {"  fathom cache clear",
                    "  fathom cache clear downloads derived --yes"})
    static final class ClearCommand implements Callable<Integer> {
        private final Console console;

        @Parameters(paramLabel = "KIND", arity = "0..*", description = "The kinds to delete: ${COMPLETION-CANDIDATES} (default: all).", completionCandidates = Keys.class)
        private List<String> kinds = new ArrayList<>();

        @Option(names = {"-y", "--yes"}, description = "Do not ask for confirmation.")
        private boolean yes;

        @Mixin
        private JsonOutput json;

        ClearCommand(Console console) {
            this.console = console;
        }

        /** The completion candidates of KIND. */
        static final class Keys extends ArrayList<String> {
            private static final long serialVersionUID = 1;

            Keys() {
                super(Arrays.stream(CacheKind.values()).map(CacheKind::key).toList());
            }
        }

        /** The JSON output. */
        record Cleared(List<Row> deleted, long bytes, List<Row> kept) {}

        @Override
        public Integer call() throws IOException {
            List<CacheKind> chosen = chosen();
            CacheContents contents = contents(console);
            List<CacheContents.Entry> entries = contents.entries().stream()
                    .filter(entry -> chosen.contains(entry.kind())).toList();
            if (!entries.isEmpty() && !yes && !console.confirms("Delete " + names(entries) + " ("
                    + DatasetView.size(bytes(entries)) + ") in " + contents.folder() + "?")) {
                console.err().println();
                console.err().println("Nothing was deleted. To skip the question, use --yes.");
                return ExitCode.USAGE.code();
            }
            List<CacheContents.Entry> deleted = new ArrayList<>();
            List<CacheContents.Entry> kept = new ArrayList<>();
            for (CacheContents.Entry entry : entries) {
                switch (contents.clear(entry.kind()).orElse(new Outcome.Deleted(entry))) {
                    case Outcome.Deleted(CacheContents.Entry entryDeleted) -> deleted.add(entryDeleted);
                    case Outcome.InUse(CacheContents.Entry used) -> {
                        kept.add(used);
                        console.err().println("Kept " + used.folder() + ": a running Fathom process uses it. End the "
                                + "process and run the same command again.");
                    }
                    case Outcome.Linked(CacheContents.Entry link) -> {
                        kept.add(link);
                        console.err().println("Kept " + link.folder() + ": it is a symbolic link, and links are not "
                                + "followed. Delete the link and the folder that it points to yourself.");
                    }
                }
            }
            if (json.isRequested()) {
                JsonOutput.print(console.out(), new Cleared(deleted.stream().map(Row::of).toList(), bytes(deleted),
                        kept.stream().map(Row::of).toList()));
            } else if (entries.isEmpty()) {
                console.out().println("Nothing to delete in " + contents.folder() + ".");
            } else {
                console.out().println("Deleted " + (deleted.isEmpty() ? "nothing" : names(deleted)) + ": "
                        + DatasetView.size(bytes(deleted)) + ".");
            }
            return (kept.isEmpty() ? ExitCode.OK : ExitCode.ENVIRONMENT).code();
        }

        private List<CacheKind> chosen() {
            if (kinds.isEmpty()) {
                return List.of(CacheKind.values());
            }
            return kinds.stream()
                    .map(key -> CacheKind.ofKey(key).orElseThrow(() -> new IllegalArgumentException(
                            "KIND: expected one of " + String.join(", ", new Keys()) + ", found \"" + key + "\"")))
                    .toList();
        }

        private static String names(List<CacheContents.Entry> entries) {
            return entries.stream().map(entry -> entry.kind().key()).collect(Collectors.joining(", "));
        }
    }
}
