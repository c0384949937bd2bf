package fathom.datasets.readers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.StepListener;
import fathom.datasets.depth.DepthSurvey;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;

/** The import of the scenes of a folder into a new dataset. */
public final class SceneImport {
    /** The name of the field for the measured depth of imported scenes. */
    public static final String TRUTH = "gt";

    private SceneImport() {}

    /**
     * Imports scenes into a new dataset. The dataset appears only when all scenes are imported; if the import is killed
     * or fails, no dataset remains. Scenes that cannot be used are skipped and reported. The file {@code pairs.csv} in the
     * folder of the dataset lists every picture with its depth map and the rule that assigned it.
     *
     * @param datasets the datasets to add to
     * @param name the name of the new dataset
     * @param reader the reader of the layout
     * @param source the folder that contains the scenes
     * @param options the options of the reader
     * @param listener is called after each scene
     * @return the number of imported scenes, and the skipped ones with the reasons
     * @throws IllegalArgumentException if the source or the options are wrong
     * @throws DatasetException if no scene can be used
     * @throws fathom.datasets.values.DatasetException if a dataset of that name exists, or if it cannot be written
     * @throws IOException if the source cannot be read
     */
    public static ImportReport run(Datasets datasets, String name, SceneReader reader, Path source,
            ImportOptions options, StepListener listener) throws IOException {
        datasets.requireFree(name);
        SceneList scenes = reader.find(source, options);
        DatasetOptions about = DatasetOptions.of(scenes.mediaRoot())
                .withDescription(reader.name() + " from " + source.toAbsolutePath().normalize());
        Filling filling = new Filling(scenes, listener);
        datasets.create(name, about, filling::fill).close();
        Set<String> notes = new LinkedHashSet<>(scenes.notes());
        notes.addAll(filling.notes);
        notes.addAll(filling.survey.notes());
        Set<String> warnings = new LinkedHashSet<>(filling.warnings);
        warnings.addAll(filling.survey.warnings());
        return new ImportReport(name, scenes.size() - filling.skipped.size(), filling.skipped, List.copyOf(warnings),
                List.copyOf(notes), filling.pairs, scenes.unusedDepths().stream().map(Path::toString).toList());
    }

    /** The scenes while they are added to a dataset. */
    private static final class Filling {
        private final SceneList scenes;
        private final StepListener listener;
        private final DepthSurvey survey;
        private final List<Scene.Unusable> skipped = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private final List<ImportedPair> pairs = new ArrayList<>();

        Filling(SceneList scenes, StepListener listener) {
            this.scenes = scenes;
            this.listener = listener;
            this.survey = new DepthSurvey(scenes.size());
        }

        void fill(Dataset dataset) {
            listener.at(0, scenes.size());
            int done = 0;
            for (Scene scene : scenes) {
                switch (scene) {
                    case Scene.Usable usable -> {
                        SceneFiles files = usable.files();
                        try {
                            pairs.addAll(ImportedPair.of(dataset.add(files.toDraft(TRUTH))));
                        } catch (IllegalArgumentException e) {
                            // The name of this scene, such as one with a tab, cannot be the name of a sample.
                            skipped.add(new Scene.Unusable(files.name(),
                                    e.getMessage() + "; rename the files of this scene"));
                            break;
                        }
                        survey.take(done, files.depth(), files.encoding(), files.limits());
                        notes.addAll(usable.notes());
                        warnings.addAll(usable.warnings());
                    }
                    case Scene.Unusable unusable -> skipped.add(unusable);
                }
                listener.at(++done, scenes.size());
            }
            if (skipped.size() == scenes.size()) {
                Scene.Unusable first = skipped.getFirst();
                throw new DatasetException(Problem.MEDIA, "import: none of " + scenes.size()
                        + " scenes can be used; the first, " + first.name() + ": " + first.reason());
            }
            try {
                ImportedPair.write(dataset.folder(), pairs);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
