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

/** The import of the scenes of a folder into a new dataset, with progress and cancellation. */
public final class ImportScenes {
    private ImportScenes() {}

    /**
     * Imports scenes into a new dataset, which appears only when all scenes are imported.
     *
     * @param datasets the datasets to add to
     * @param name the name of the new dataset
     * @param reader the reader of the layout
     * @param source the folder that contains the scenes
     * @param options the options of the reader
     * @param progress is advanced for each scene
     * @param cancellation stops the import
     * @return the number of imported scenes, and the skipped ones with the reasons
     * @throws IllegalArgumentException if the source or the options are wrong, or if no scene can be used
     * @throws fathom.datasets.values.DatasetException if a dataset of that name exists, or if it cannot be written
     * @throws java.util.concurrent.CancellationException if the import was cancelled; then no dataset remains
     * @throws IOException if the source cannot be read
     */
    public static ImportReport run(Datasets datasets, String name, SceneReader reader, Path source,
            ImportOptions options, Progress progress, Cancellation cancellation) throws IOException {
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
