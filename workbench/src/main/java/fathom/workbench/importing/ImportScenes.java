package fathom.workbench.importing;

import java.io.IOException;
import java.nio.file.Path;

import fathom.datasets.Datasets;
import fathom.datasets.StepListener;
import fathom.datasets.readers.ImportOptions;
import fathom.datasets.readers.ImportReport;
import fathom.datasets.readers.SceneImport;
import fathom.datasets.readers.SceneReader;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;

/** Makes a dataset of the scenes in a folder. */
public final class ImportScenes {
    private ImportScenes() {}

    /**
     * Imports scenes into a new dataset, which appears when all of them are in it.
     *
     * @throws IllegalArgumentException if the source or the options are wrong, or no scene can be used
     * @throws fathom.datasets.values.DatasetException if there is a dataset of that name, or it cannot be written
     * @throws java.util.concurrent.CancellationException if it was stopped; there is no dataset then
     * @throws IOException if the source cannot be read
     */
    public static ImportReport run(Datasets datasets, String name, SceneReader reader, Path source,
            ImportOptions options,
            Progress progress, Cancellation cancellation) throws IOException {
        StepListener listener = (done, total) -> {
            cancellation.check();
            if (done == 0) {
                progress.start("Importing " + name, total);
            } else {
                progress.advance(1);
            }
        };
        try {
            return SceneImport.run(datasets, name, reader, source, options, listener);
        } finally {
            progress.finish();
        }
    }
}
