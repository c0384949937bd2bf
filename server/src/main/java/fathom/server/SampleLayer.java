package fathom.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.datasets.values.AuxiliaryMapField;
import fathom.datasets.values.Field;
import fathom.raster.Plane;

/** One layer of one sample: a field, named {@code field}, or an auxiliary map of a prediction, named {@code field.map}. */
sealed interface SampleLayer {
    /** Returns the sample. */
    Sample sample();

    /** Returns the version of the content. */
    String version(Dataset dataset);

    /** Reads the values: one plane [H, W], or three for a vector. */
    List<Plane> read();

    /** A field. */
    record Whole(Sample sample, Field field) implements SampleLayer {
        @Override
        public String version(Dataset dataset) {
            return Versions.of(dataset, field);
        }

        @Override
        public List<Plane> read() {
            return List.of(Maps.read(sample, field));
        }
    }

    /** An auxiliary map of a prediction. */
    record Further(Sample sample, Field.PredictionField field, AuxiliaryLayer map) implements SampleLayer {
        @Override
        public String version(Dataset dataset) {
            return Versions.of(field, map);
        }

        @Override
        public List<Plane> read() {
            return sample.auxiliaryPlanes(field.name(), map.map().name(), map.planes());
        }
    }

    /** Returns the layer with a name for each sample that has it, in the order of the samples. */
    static List<SampleLayer> all(Dataset dataset, String layer) {
        int dot = layer.indexOf('.');
        String name = dot < 0 ? layer : layer.substring(0, dot);
        Map<String, List<AuxiliaryMapField>> further = dot < 0 ? Map.of() : dataset.auxiliaryMaps(name);
        List<SampleLayer> having = new ArrayList<>();
        for (Sample sample : dataset.samples()) {
            Optional<Field> field = sample.field(name);
            if (field.isEmpty()) {
                continue;
            }
            if (dot < 0) {
                having.add(new Whole(sample, field.get()));
            } else if (field.get() instanceof Field.PredictionField prediction && further.containsKey(sample.id())) {
                AuxiliaryLayer.find(name, Objects.requireNonNull(further.get(sample.id())), layer.substring(dot + 1))
                        .ifPresent(map -> having.add(new Further(sample, prediction, map)));
            }
        }
        return having;
    }
}
