package fathom.models.preprocessing;

import java.util.List;

import fathom.weights.Settings;

/** The image processor that a {@code preprocessor_config.json} names: each resizes in its own way. */
final class ProcessorType {
    private static final List<String> FIELDS = List.of("image_processor_type", "feature_extractor_type");
    private static final List<String> ENDINGS = List.of("ImageProcessor", "ImageProcessorFast", "FeatureExtractor");

    private ProcessorType() {}

    /**
     * Requires that the settings name no image processor, or that of a family. The first field that is present counts, as
     * in transformers' {@code AutoImageProcessor}.
     *
     * @param config the settings
     * @param family the start of the name, such as {@code DPT}
     * @throws fathom.weights.CheckpointException if they name another one
     */
    static void require(Settings config, String family) {
        for (String field : FIELDS) {
            if (config.has(field)) {
                String name = config.text(field);
                if (ENDINGS.stream().noneMatch(ending -> name.equals(family + ending))) {
                    throw config.wrong(field, family + ENDINGS.getFirst(), name);
                }
                return;
            }
        }
    }
}
