package fathom.datasets.readers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.StepListener;

/** The import of the scenes of a folder into a new dataset. */
public final class SceneImport {
    /** The name of the field for the measured depth of imported scenes. */
    public static final String TRUTH = "gt";

    private SceneImport() {}

    /**
     * Imports scenes into a new dataset. The dataset appears only when all scenes are imported; if the import is killed
     * or fails, no dataset remains. Scenes that cannot be used are skipped and reported.
     *
     * @param datasets the datasets to add to
     * @param name the name of the new dataset
     * @param reader the reader of the layout
     * @param source the folder that contains the scenes
     * @param options the options of the reader
     * @param listener is called after each scene
     * @return the number of imported scenes, and the skipped ones with the reasons
     * @throws IllegalArgumentException if the source or the options are wrong, or if no scene can be used
     * @throws fathom.datasets.values.DatasetException if a dataset of that name exists, or if it cannot be written
     * @throws IOException if the source cannot be read
     */
    public static ImportReport run(Datasets datasets, String name, SceneReader reader, Path source,
            ImportOptions options, StepListener listener) throws IOException {
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
                    try {
                        dataset.add(usable.files().toDraft(TRUTH));
                        warnings.addAll(usable.warnings());
                    } catch (IllegalArgumentException e) {
                        // The name of this scene, such as one with a tab, cannot be the name of a sample.
                        skipped.add(new Scene.Unusable(usable.files().name(),
                                e.getMessage() + "; rename the files of this scene"));
                    }
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
