package fathom.models.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import fathom.graph.Port;
import fathom.models.Estimate;
import fathom.models.Focal;
import fathom.models.InputGeometry;
import fathom.models.ModelOptions;
import fathom.models.onnx.file.GraphStart;
import fathom.models.onnx.file.OnnxFile;
import fathom.models.preprocessing.FitAndNormalise;
import fathom.raster.AuxiliaryMap;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.advice.Remedy;

/**
 * A recognised ONNX depth model: its preprocessing and the meaning of its outputs. Properties of the command line have
 * priority, then those of the YAML next to the file, of the configuration of its repository, and of its family.
 * Immutable.
 */
public final class OnnxDepthModel {
    private static final Remedy PREPARE = new Remedy.StatePreprocessing("0.485,0.456,0.406", "0.229,0.224,0.225");

    private final Candidate candidate;
    private final String architecture;
    private final OnnxPostprocessor.Way way;
    private final OnnxDescription description;
    private final OnnxPostprocessor reading;
    private final Advice advice;
    private final ModelOptions options;

    /** What the user should know, and what can be done about it. */
    private record Advice(List<String> warnings, List<Remedy> remedies) {
        Advice with(List<String> moreWarnings, List<Remedy> moreRemedies) {
            return new Advice(Stream.concat(warnings.stream(), moreWarnings.stream()).toList(),
                    Stream.concat(remedies.stream(), moreRemedies.stream()).toList());
        }
    }

    private OnnxDepthModel(Candidate candidate, String architecture, OnnxPostprocessor.Way way,
            DeclaredProperties properties, ModelOptions options, Advice advice) {
        for (OnnxKey key : way.fixed()) {
            properties.binding(key).ifPresent(stated -> {
                throw stated.wrong("none, because a model of " + architecture + " determines it; set output too, to "
                        + "read that output as a plain map");
            });
        }
        this.candidate = candidate;
        this.architecture = architecture;
        this.way = way;
        this.description = OnnxDescription.of(candidate, properties);
        this.reading = switch (way) {
            case MAP -> new OnnxPostprocessor.OfMap(description.kind(), description.unit(), description.output().name(),
                    description.canonicalFocal(), Focal.of(options), description.preparation());
            case DEPTH_PRO -> new OnnxPostprocessor.OfDepthPro(description.output().name(), Focal.of(options));
            case MOGE -> OnnxPostprocessor.OfMoge.of(candidate, options);
        };
        this.options = options;
        this.advice = advice.with(reading.warnings(), reading.remedies());
        options.requireKnown(candidate.file().path().toString(), options().keySet());
        requireFed();
        for (String output : reading.outputs()) {
            if (candidate.output(output).filter(Candidate::isOfNumbers).isEmpty()) {
                throw Unrecognised.ports(candidate, "expected an output " + output + " of numbers", candidate.outputs(),
                        "");
            }
        }
    }

    private void requireFed() {
        for (Port port : candidate.inputs()) {
            boolean isFed = port.name().equals(description.input().name())
                    || (reading.feeds().containsKey(port.name()) && port.rank() <= 1);
            if (!isFed) {
                throw Unrecognised.ports(candidate, "expected one float input [1, 3, H, W] and nothing else that "
                        + architecture + " does not know", candidate.inputs(), "");
            }
        }
    }

    /**
     * Recognises a model.
     *
     * @param file the file
     * @param inputs its inputs
     * @param outputs its outputs
     * @param options the user's options: keys of {@link OnnxKey} and options of the family
     * @return the recognised model
     * @throws IllegalArgumentException if an option is unknown or wrong, the ports do not fit, or the kind of depth is
     * unknown
     * @throws fathom.weights.CheckpointException if a file next to the model is wrong
     * @throws IOException if a file next to the model cannot be read
     */
    public static OnnxDepthModel of(OnnxFile file, List<Port> inputs, List<Port> outputs, ModelOptions options)
            throws IOException {
        Candidate candidate = new Candidate(file, inputs, outputs);
        DeclaredProperties stated = DeclaredProperties.of(options).over(OnnxYaml.nextTo(file.path()));
        Optional<OnnxFamily> family = family(candidate, stated);
        HubConfiguration hub = family.map(OnnxFamily::isConfiguredByHub).orElse(true)
                ? HubConfiguration.of(file.path())
                : HubConfiguration.NONE;
        return of(candidate, family, stated, hub, options);
    }

    /**
     * Recognises a model of a known family without further files or options.
     *
     * @param file the file
     * @param inputs its inputs
     * @param outputs its outputs
     * @return the recognised model
     */
    public static OnnxDepthModel ofKnownFamily(OnnxFile file, List<Port> inputs, List<Port> outputs) {
        Candidate candidate = new Candidate(file, inputs, outputs);
        return of(candidate, family(candidate, DeclaredProperties.NONE), DeclaredProperties.NONE, HubConfiguration.NONE,
                ModelOptions.NONE);
    }

    /** Returns the family; empty if the family interprets its outputs itself but the user names one as a plain map. */
    private static Optional<OnnxFamily> family(Candidate candidate, DeclaredProperties stated) {
        return OnnxFamilies.of(candidate)
                .filter(found -> found.way() == OnnxPostprocessor.Way.MAP || stated.binding(OnnxKey.OUTPUT).isEmpty());
    }

    private static OnnxDepthModel of(Candidate candidate, Optional<OnnxFamily> family, DeclaredProperties stated,
            HubConfiguration hub, ModelOptions options) {
        DeclaredProperties known = family
                .map(found -> DeclaredProperties.ofFamily(found.label(), found.properties(candidate)))
                .orElse(DeclaredProperties.NONE);
        // A config.json next to a file of no known family may be anything; if it contains model_type, it is
        // the Hub's.
        boolean isOfHub = family.isPresent() || !hub.modelType().isEmpty();
        DeclaredProperties all = stated.over(isOfHub ? hub.properties().over(known) : known);
        GraphStart start = candidate.file().start(OnnxDescription.input(candidate, all).name());
        List<String> warnings = new ArrayList<>();
        if (start.subtractsMean() && all.get(OnnxKey.MEAN).filter(mean -> !mean.isBinding()).isPresent()) {
            all = all.without(OnnxKey.MEAN).without(OnnxKey.STD).without(OnnxKey.SCALE);
            warnings.add(
                    "The graph subtracts a mean, so the mean of preprocessor_config.json is not subtracted before.");
        }
        boolean isUnstated = all.get(OnnxKey.MEAN).isEmpty() && all.get(OnnxKey.STD).isEmpty()
                && all.get(OnnxKey.SCALE).isEmpty();
        boolean isUnprepared = false;
        if (isUnstated && OnnxDescription.takesFloats(OnnxDescription.input(candidate, all))) {
            isUnprepared = !start.normalises();
            if (isUnprepared) {
                warnings.add("Pictures are scaled to 0 to 1 without mean and deviation, because neither the graph "
                        + "nor a file states the preprocessing. If the model expects other values, its depth is "
                        + "wrong. Put its preprocessor_config.json next to the model, or set mean and std.");
            } else if (start.takesLevels()) {
                all = all.over(DeclaredProperties.ofFamily("graph", Map.of(OnnxKey.SCALE, "255")));
                warnings.add("Pictures are passed as values from 0 to 255, because the graph normalises such values.");
            }
        }
        boolean isKindAssumed = stated.get(OnnxKey.KIND).isEmpty() && hub.properties().get(OnnxKey.KIND).isEmpty();
        if (isKindAssumed) {
            family.flatMap(found -> found.assumption(candidate)).ifPresent(warnings::add);
        }
        String type = hub.modelType().isEmpty() ? family.map(OnnxFamily::label).orElse("") : hub.modelType();
        return new OnnxDepthModel(candidate, type.isEmpty() ? "onnx" : "onnx/" + type,
                family.map(OnnxFamily::way).orElse(OnnxPostprocessor.Way.MAP), all, options,
                new Advice(warnings, isUnprepared ? List.of(PREPARE) : List.of()));
    }

    /** {@return the family, such as {@code onnx/depth-pro}; {@code onnx} if it is unknown} */
    public String architecture() {
        return architecture;
    }

    /** {@return the preprocessing and the ports} */
    public OnnxDescription description() {
        return description;
    }

    /** {@return the kind of depth that the model predicts} */
    public DepthKind kind() {
        return reading.kind();
    }

    /** {@return what the user should know before relying on the values, one sentence each} */
    public List<String> warnings() {
        return advice.warnings();
    }

    /** {@return what the user can do about the warnings} */
    public List<Remedy> remedies() {
        return advice.remedies();
    }

    /** {@return the options of the model: the help text by key} */
    public SortedMap<String, String> options() {
        SortedMap<String, String> all = new TreeMap<>(reading.options());
        for (OnnxKey key : OnnxKey.values()) {
            if (!way.fixed().contains(key)) {
                all.put(key.label(), key.help());
            }
        }
        return all;
    }

    /** {@return the chosen and declared settings as data: part of the identity of predictions} */
    public Members settings() {
        Members given = Members.NONE;
        for (Map.Entry<String, String> option : options.values().entrySet()) {
            // The description already contains its keys, regardless of their origin.
            given = OnnxKey.ofLabel(option.getKey()).isEmpty() ? given.with(option.getKey(), option.getValue()) : given;
        }
        Members settings = Members.NONE.with("options", given).with("input", description.input().name())
                .with("outputs", JsonValue.ofTexts(reading.outputs())).with("way", label(way.name()))
                .with("layout", label(description.layout().name()))
                .with("channels", label(description.channels().name())).with("unit", description.unit().label());
        return description.canonicalFocal().isPresent()
                ? settings.with("canonical-focal", description.canonicalFocal().getAsDouble())
                : settings;
    }

    private static String label(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return the preprocessing and the other settings in one line}. Datasets of schema 1 store it as the key of
     * their predictions, so it must not be reworded.
     */
    public String policy() {
        StringBuilder policy = new StringBuilder(description.preparation().policy());
        if (description.channels() == OnnxDescription.Channels.BGR) {
            policy.append("; blue, green, red");
        }
        if (description.unit() != OnnxUnit.METRE) {
            policy.append("; output in ").append(description.unit().label());
        }
        description.canonicalFocal().ifPresent(focal -> policy.append("; canonical focal length ").append(focal));
        options.values().forEach((key, value) -> {
            if (OnnxKey.ofLabel(key).isEmpty()) {
                policy.append("; ").append(key).append('=').append(value);
            }
        });
        return policy.toString();
    }

    /** {@return the values of the inputs other than the picture, by port} */
    public Map<Port, float[]> feeds() {
        Map<Port, float[]> feeds = new TreeMap<>((a, b) -> a.name().compareTo(b.name()));
        reading.feeds().forEach((name, values) -> candidate.input(name).ifPresent(port -> feeds.put(port, values)));
        return feeds;
    }

    /** {@return the outputs that {@link #estimate} reads} */
    public List<Port> outputs() {
        return reading.outputs().stream().map(name -> candidate.output(name).orElseThrow()).toList();
    }

    /**
     * Converts the outputs for one picture to an estimate and removes the margins that preprocessing added. The
     * estimate may share the arrays of {@code results}.
     *
     * @param results by output; [H, W] as [1, H, W], [k] as [1, 1, k]
     * @param picture sizes of the picture and of the input
     * @return the estimate
     */
    public Estimate estimate(Map<String, FloatTensor> results, InputGeometry picture) {
        Estimate whole = reading.estimate(results, picture);
        FitAndNormalise preparation = description.preparation();
        Plane map = whole.prediction().values();
        Plane inner = preparation.withoutMargin(map, picture.imageHeight(), picture.imageWidth());
        if (inner == map) {
            return whole;
        }
        List<AuxiliaryMap> maps = whole.maps().stream()
                .map(further -> new AuxiliaryMap(further.name(), further.kind(), further.unit(),
                        further.planes().stream().map(
                                plane -> preparation.withoutMargin(plane, picture.imageHeight(), picture.imageWidth()))
                                .toList()))
                .toList();
        return new Estimate(whole.prediction().withValues(inner), maps, whole.numbers());
    }
}
