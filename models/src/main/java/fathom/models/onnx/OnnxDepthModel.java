package fathom.models.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import fathom.graph.Port;
import fathom.models.Estimate;
import fathom.models.Focal;
import fathom.models.ModelOptions;
import fathom.models.InputGeometry;
import fathom.models.preprocessing.FitAndNormalise;
import fathom.raster.AuxiliaryMap;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.advice.Remedy;

/**
 * An ONNX depth model that is understood: how it is fed and what it gives. Statements of the command line come first, then
 * the YAML beside the file, the configuration of its repository, and what is known of its family. Immutable.
 */
public final class OnnxDepthModel {
    private final Candidate candidate;
    private final String architecture;
    private final OnnxPostprocessor.Way way;
    private final OnnxDescription description;
    private final OnnxPostprocessor reading;
    private final List<String> warnings;
    private final ModelOptions options;

    private OnnxDepthModel(Candidate candidate, String architecture, OnnxPostprocessor.Way way, DeclaredProperties statements,
            ModelOptions options, List<String> warnings) {
        for (OnnxKey key : way.fixed()) {
            statements.binding(key).ifPresent(stated -> {
                throw stated.wrong("none, because a model of " + architecture + " says it itself; state output too, to "
                        + "read that output as a plain map");
            });
        }
        this.candidate = candidate;
        this.architecture = architecture;
        this.way = way;
        this.description = OnnxDescription.of(candidate, statements);
        this.reading = switch (way) {
            case MAP -> new OnnxPostprocessor.OfMap(description.kind(), description.unit(), description.output().name(),
                    description.canonicalFocal(), Focal.of(options), description.preparation());
            case DEPTH_PRO -> new OnnxPostprocessor.OfDepthPro(description.output().name(), Focal.of(options));
            case MOGE -> OnnxPostprocessor.OfMoge.of(candidate, options);
        };
        this.options = options;
        List<String> all = new ArrayList<>(warnings);
        all.addAll(reading.warnings());
        this.warnings = List.copyOf(all);
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
            boolean isFed = port.name().equals(description.input().name()) || (reading.feeds().containsKey(port
                    .name()) && port.rank() <= 1);
            if (!isFed) {
                throw Unrecognised.ports(candidate, "expected one float input [1, 3, H, W] and nothing else that "
                        + architecture + " does not know", candidate.inputs(), "");
            }
        }
    }

    /**
     * Understands {@code file}.
     *
     * @param inputs what goes in
     * @param outputs what comes out
     * @param options what a person states, keys of {@link OnnxKey} and options of the family
     * @throws IllegalArgumentException if an option is unknown or wrong, the ports do not fit, or nothing says what the numbers
     * mean
     * @throws fathom.weights.CheckpointException if a file beside the model is wrong
     */
    public static OnnxDepthModel of(OnnxFile file, List<Port> inputs, List<Port> outputs, ModelOptions options)
            throws IOException {
        Candidate candidate = new Candidate(file, inputs, outputs);
        DeclaredProperties stated = DeclaredProperties.of(options).over(OnnxYaml.beside(file.path()));
        Optional<OnnxFamily> family = family(candidate, stated);
        HubConfiguration hub = family.map(OnnxFamily::isConfiguredByHub).orElse(true)
                ? HubConfiguration.of(file.path())
                : HubConfiguration.NONE;
        return of(candidate, family, stated, hub, options);
    }

    /** Understands a model of a known family that no file describes and of which nobody states anything. */
    public static OnnxDepthModel ofKnownFamily(OnnxFile file, List<Port> inputs, List<Port> outputs) {
        Candidate candidate = new Candidate(file, inputs, outputs);
        return of(candidate, family(candidate, DeclaredProperties.NONE), DeclaredProperties.NONE, HubConfiguration.NONE,
                ModelOptions.NONE);
    }

    /** The family; none where outputs have a meaning of their own, but a person names one as a plain map. */
    private static Optional<OnnxFamily> family(Candidate candidate, DeclaredProperties stated) {
        return OnnxFamilies.of(candidate).filter(found -> found.way() == OnnxPostprocessor.Way.MAP || stated.binding(
                OnnxKey.OUTPUT).isEmpty());
    }

    private static OnnxDepthModel of(Candidate candidate, Optional<OnnxFamily> family, DeclaredProperties stated,
            HubConfiguration hub, ModelOptions options) {
        DeclaredProperties known = family.map(found -> DeclaredProperties.ofFamily(found.label(), found.statements(candidate))).orElse(
                DeclaredProperties.NONE);
        // A config.json beside a file of no known family may be anything; with a model_type it is the hub's.
        boolean isOfHub = family.isPresent() || !hub.modelType().isEmpty();
        DeclaredProperties all = stated.over(isOfHub ? hub.statements().over(known) : known);
        boolean isUnprepared = family.filter(found -> found instanceof HubExport).isPresent() && all.get(OnnxKey.MEAN)
                .isEmpty() && all.get(OnnxKey.SCALE).isEmpty();
        List<String> warnings = isUnprepared
                ? List.of("Pictures are fed as 0 to 1, because no preprocessor_config.json is beside the model; put it "
                        + "there, or state mean and std.")
                : List.of();
        String type = hub.modelType().isEmpty() ? family.map(OnnxFamily::label).orElse("") : hub.modelType();
        return new OnnxDepthModel(candidate, type.isEmpty() ? "onnx" : "onnx/" + type, family.map(OnnxFamily::way)
                .orElse(OnnxPostprocessor.Way.MAP), all, options, warnings);
    }

    /** The family, as {@code onnx/depth-pro}; {@code onnx} where it is none that is known. */
    public String architecture() {
        return architecture;
    }

    /** How it is fed. */
    public OnnxDescription description() {
        return description;
    }

    /** What the numbers mean. */
    public DepthKind kind() {
        return reading.kind();
    }

    /** What a person should know before relying on the numbers, one sentence each. */
    public List<String> warnings() {
        return warnings;
    }

    /** What the user can do about the warnings. */
    public List<Remedy> remedies() {
        return reading.remedies();
    }

    /** The options that the model takes, by key, with what each does. */
    public SortedMap<String, String> options() {
        SortedMap<String, String> all = new TreeMap<>(reading.options());
        for (OnnxKey key : OnnxKey.values()) {
            if (!way.fixed().contains(key)) {
                all.put(key.label(), key.help());
            }
        }
        return all;
    }

    /** Returns what was chosen or stated, as data: part of the identity of predictions. */
    public Members settings() {
        Members given = Members.NONE;
        for (Map.Entry<String, String> option : options.values().entrySet()) {
            // What a key of the description states is in the description, whoever stated it.
            given = OnnxKey.ofLabel(option.getKey()).isEmpty() ? given.with(option.getKey(), option.getValue()) : given;
        }
        Members settings = Members.NONE.with("options", given).with("input", description.input().name())
                .with("outputs", JsonValue.ofTexts(reading.outputs())).with("way", label(way.name()))
                .with("layout", label(description.layout().name()))
                .with("channels", label(description.channels().name()))
                .with("unit", description.unit().label());
        return description.canonicalFocal().isPresent()
                ? settings.with("canonical-focal", description.canonicalFocal().getAsDouble())
                : settings;
    }

    private static String label(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * How a picture is brought to the input, with what else was set, in one line. Datasets of schema 1 hold it as the key of
     * their predictions: it must not be reworded.
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

    /** Inputs beside the picture, by port. */
    public Map<Port, float[]> feeds() {
        Map<Port, float[]> feeds = new TreeMap<>((a, b) -> a.name().compareTo(b.name()));
        reading.feeds().forEach((name, values) -> candidate.input(name).ifPresent(port -> feeds.put(port, values)));
        return feeds;
    }

    /** The outputs that {@link #estimate} reads. */
    public List<Port> outputs() {
        return reading.outputs().stream().map(name -> candidate.output(name).orElseThrow()).toList();
    }

    /**
     * What the outputs say of one picture, without what preparing added around it. The arrays of {@code results} may become
     * part of the estimate.
     *
     * @param results by output; [H, W] as [1, H, W], [k] as [1, 1, k]
     */
    public Estimate estimate(Map<String, FloatTensor> results, InputGeometry picture) {
        Estimate whole = reading.estimate(results, picture);
        FitAndNormalise preparation = description.preparation();
        Plane map = whole.prediction().values();
        Plane inner = preparation.withoutMargin(map, picture.imageHeight(), picture.imageWidth());
        if (inner == map) {
            return whole;
        }
        List<AuxiliaryMap> maps = whole.maps().stream().map(further -> new AuxiliaryMap(further.name(), further.kind(),
                further.unit(), further.planes().stream().map(plane -> preparation.withoutMargin(plane,
                        picture.imageHeight(), picture.imageWidth())).toList()))
                .toList();
        return new Estimate(whole.prediction().withValues(inner), maps, whole.numbers());
    }
}
