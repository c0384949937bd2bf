package snippets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import fathom.datasets.Datasets;
import fathom.datasets.StepListener;
import fathom.datasets.readers.ImportOptions;
import fathom.datasets.readers.ImportReport;
import fathom.datasets.readers.Scene;
import fathom.datasets.readers.SceneImport;
import fathom.datasets.readers.SceneReader;
import fathom.datasets.readers.SceneReaders;

/** Examples of the Javadoc of {@code fathom.datasets.readers}; {@code SnippetsTest} runs them. */
public final class ReaderSnippets {
    private ReaderSnippets() {}

    /** Imports at most 20 scenes. */
    public static ImportReport importScenes(Datasets datasets, Path source) throws IOException {
        // @start region="import"
        SceneReader reader = SceneReaders.named("pairs");
        ImportOptions options = ImportOptions.DEFAULT.withLimit(20).withUnitsPerMetre(5000);
        ImportReport report = SceneImport.run(datasets, "tum", reader, source, options, StepListener.NONE);
        List<String> problems = report.skipped().stream().map(Scene.Unusable::reason).toList();
        // @end
        return problems.isEmpty()
                ? report
                : new ImportReport(report.dataset(), 0, List.of(), problems, List.of(), List.of(), List.of());
    }

    /** Describes all readers. */
    public static String list() {
        StringBuilder text = new StringBuilder();
        // @start region="list"
        for (SceneReader reader : SceneReaders.all()) {
            text.append(reader.name()).append(": ").append(reader.title()).append('\n');
        }
        // @end
        return text.toString();
    }
}
