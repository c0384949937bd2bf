package fathom.datasets.readers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.StepListener;

/** Making a dataset of the scenes in a folder. */
public final class SceneImport {
    /** The field that holds the measured depth of imported scenes. */
    public static final String TRUTH = "gt";

    private SceneImport() {}

    /**
     * Imports scenes into a new dataset, which appears when all of them are in it: an import that is killed or fails leaves
     * none. A scene that cannot be used is reported, and the others are imported.
     *
     * @param listener is told of each scene
     * @throws IllegalArgumentException if the source or the options are wrong, or no scene can be used
     * @throws fathom.datasets.values.DatasetException if there is a dataset of that name, or it cannot be written
     * @throws IOException if the source cannot be read
     */
    public static ImportReport run(Datasets datasets, String name, SceneReader reader, Path source,
            ImportOptions options,
            StepListener listener) throws IOException {
        datasets.requireFree(name);
        SceneList scenes = reader.find(source, options);
        DatasetOptions about = DatasetOptions.of(scenes.mediaRoot())
                .withDescription(reader.name() + " from " + source.toAbsolutePath().normalize());
        List<Scene.Unusable> skipped = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        datasets.create(name, about, dataset -> fill(dataset, scenes, skipped, warnings, listener)).close();
        return new ImportReport(name, scenes.size() - skipped.size(), skipped, warnings, scenes.notes());
    }

    private static void fill(Dataset dataset, SceneList scenes, List<Scene.Unusable> skipped, List<String> warnings,
            StepListener listener) {
        listener.at(0, scenes.size());
        int done = 0;
        for (Scene scene : scenes) {
            switch (scene) {
                case Scene.Usable usable -> {
                    dataset.add(usable.files().toDraft(TRUTH));
                    warnings.addAll(usable.warnings());
                }
                case Scene.Unusable unusable -> skipped.add(unusable);
            }
            listener.at(++done, scenes.size());
        }
        if (skipped.size() == scenes.size()) {
            Scene.Unusable first = skipped.getFirst();
            throw new IllegalArgumentException("import: none of " + scenes.size() + " scenes can be used; the first, "
                    + first.name() + ": " + first.reason());
        }
    }
}
