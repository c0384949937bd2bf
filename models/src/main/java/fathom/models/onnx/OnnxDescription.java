package fathom.models.onnx;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import fathom.graph.DataType;
import fathom.graph.Port;
import fathom.models.onnx.file.GraphStart;
import fathom.models.preprocessing.FitAndNormalise;
import fathom.models.preprocessing.FitAndNormalise.Fit;
import fathom.models.preprocessing.FitAndNormalise.Kernel;
import fathom.models.preprocessing.Normalisation;
import fathom.raster.DepthKind;
import fathom.raster.resampling.Resampling;
import fathom.raster.resampling.RgbResampling;

/**
 * All properties that are needed to run an ONNX depth model.
 *
 * @param kind kind of depth
 * @param unit unit of metric values
 * @param canonicalFocal focal length, pixels of the input, of the camera for which the values are metres
 * @param input the port that takes the picture
 * @param output the port that provides the map
 * @param layout order of the input's axes
 * @param channels order of the channels
 * @param preparation the preprocessing, red, green, blue
 * @param resize the kernel that resizes the map to the picture
 */
public record OnnxDescription(DepthKind kind, OnnxUnit unit, OptionalDouble canonicalFocal, Port input, Port output,
        Layout layout, Channels channels, FitAndNormalise preparation, Resampling resize) {
    private static final int DEFAULT_SIZE = 384;
    private static final int PICTURE_AXES = 3;
    private static final String FLOAT = "-float";

    /** Order of the input's axes. */
    public enum Layout {
        /** Picture, channel, row, column. */
        NCHW,
        /** Picture, row, column, channel. */
        NHWC
    }

    /** Order of the channels. */
    public enum Channels {
        /** Red, green, blue. */
        RGB,
        /** Blue, green, red. */
        BGR
    }

    /**
     * Creates the description of {@code candidate} from its declared properties.
     *
     * @throws IllegalArgumentException if a property of the command line is wrong, or a required property is missing
     * @throws fathom.weights.CheckpointException if a property of a file is wrong
     */
    static OnnxDescription of(Candidate candidate, DeclaredProperties properties) {
        Port input = input(candidate, properties);
        Port output = output(candidate, properties);
        Layout layout = layout(input, properties);
        DepthKind kind = properties.get(OnnxKey.KIND).map(stated -> stated.choice(kinds()))
                .orElseThrow(() -> Unrecognised.kind(candidate, input, layout));
        Optional<DeclaredProperty> unit = properties.get(OnnxKey.UNIT);
        Optional<DeclaredProperty> canonical = properties.get(OnnxKey.CANONICAL_FOCAL);
        if (kind != DepthKind.METRIC) {
            unit.ifPresent(stated -> refuse(stated, "none, because only values of kind metric have a unit"));
            properties.binding(OnnxKey.CANONICAL_FOCAL).ifPresent(
                    stated -> refuse(stated, "none, because only values of kind metric depend on the camera"));
        }
        return new OnnxDescription(kind, unit.map(stated -> stated.choice(OnnxUnit.byLabel())).orElse(OnnxUnit.METRE),
                canonical.isPresent() && kind == DepthKind.METRIC
                        ? OptionalDouble.of(canonical.get().positive())
                        : OptionalDouble.empty(),
                input, output, layout,
                properties.get(OnnxKey.CHANNELS).map(stated -> stated.either("rgb", Channels.RGB, "bgr", Channels.BGR))
                        .orElse(Channels.RGB),
                preparation(input, layout, candidate.file().start(input.name()), properties),
                properties.get(OnnxKey.RESIZE).map(OnnxDescription::resampling).orElse(Resampling.TORCH_BILINEAR));
    }

    private static void refuse(DeclaredProperty stated, String expected) {
        throw stated.wrong(expected);
    }

    private static Map<String, DepthKind> kinds() {
        Map<String, DepthKind> kinds = new LinkedHashMap<>();
        for (DepthKind kind : EnumSet.complementOf(EnumSet.of(DepthKind.LEVELS))) {
            kinds.put(kind.label(), kind);
        }
        return kinds;
    }

    /** Returns the input that takes the picture. */
    static Port input(Candidate candidate, DeclaredProperties properties) {
        Optional<DeclaredProperty> named = properties.get(OnnxKey.INPUT);
        if (named.isPresent()) {
            return candidate.input(named.get().text()).filter(Candidate::takesPicture).orElseThrow(
                    () -> named.get().wrong("an input of numbers [1, 3, H, W], [1, H, W, 3] or [1, 1, 3, H, W] among "
                            + candidate.inputs()));
        }
        List<Port> pictures = candidate.inputs().stream().filter(Candidate::takesPicture).toList();
        if (pictures.size() != 1) {
            throw Unrecognised.ports(candidate,
                    "expected one float input [1, 3, H, W], [1, H, W, 3] or [1, 1, 3, H, W]", candidate.inputs(),
                    pictures.size() > 1 ? "; choose the picture's input with the key input" : "");
        }
        return pictures.getFirst();
    }

    private static Port output(Candidate candidate, DeclaredProperties properties) {
        Optional<DeclaredProperty> named = properties.get(OnnxKey.OUTPUT);
        if (named.isPresent()) {
            boolean isBinding = named.get().isBinding();
            return candidate.output(named.get().text())
                    .filter(port -> isBinding ? Candidate.givesMap(port) : Candidate.isOfNumbers(port))
                    .orElseThrow(() -> named.get()
                            .wrong("an output of numbers [H, W], [1, H, W], [1, 1, H, W] or [1, H, W, 1] among "
                                    + candidate.outputs()));
        }
        List<Port> maps = candidate.outputs().stream().filter(Candidate::givesMap).toList();
        if (maps.size() != 1) {
            throw Unrecognised.ports(candidate, "expected one float output that is a map", candidate.outputs(),
                    maps.size() > 1 ? "; choose the depth map's output with the key output" : "");
        }
        return maps.getFirst();
    }

    private static Layout layout(Port input, DeclaredProperties properties) {
        Optional<DeclaredProperty> stated = properties.get(OnnxKey.LAYOUT);
        int first = input.rank() - PICTURE_AXES;
        int last = input.rank() - 1;
        Layout layout = stated.map(statement -> statement.either("nchw", Layout.NCHW, "nhwc", Layout.NHWC))
                .orElse(Candidate.accepts(input, first, 3) && (!input.isOpen(first) || input.extent(last) != 3)
                        ? Layout.NCHW
                        : Layout.NHWC);
        if (!Candidate.accepts(input, layout == Layout.NCHW ? first : last, 3)) {
            stated.ifPresent(
                    statement -> refuse(statement, "an order with 3 channels where the input " + input + " has them"));
        }
        return layout;
    }

    private static FitAndNormalise preparation(Port input, Layout layout, GraphStart start,
            DeclaredProperties properties) {
        int rowAxis = input.rank() - (layout == Layout.NCHW ? 2 : PICTURE_AXES);
        int rows = fixed(input, rowAxis);
        int columns = fixed(input, rowAxis + 1);
        boolean isFixed = rows > 0 || columns > 0;
        Fit fit = properties.get(OnnxKey.FIT).map(stated -> stated.choice(fits())).orElse(Fit.STRETCH);
        if (isFixed && (fit == Fit.PROPORTION || fit == Fit.OWN)) {
            properties.binding(OnnxKey.FIT).ifPresent(
                    stated -> refuse(stated, "stretch or pad, because the input " + input + " has a fixed size"));
            fit = Fit.STRETCH;
        }
        if (fit == Fit.OWN) {
            properties.binding(OnnxKey.SIZE)
                    .ifPresent(stated -> refuse(stated, "none, because fit own keeps the size of pictures"));
        }
        if (fit != Fit.PAD) {
            properties.binding(OnnxKey.FILL)
                    .ifPresent(stated -> refuse(stated, "none, because only fit pad fills around a picture"));
        }
        List<Integer> size = size(rows, columns, input, start, properties);
        Kernel kernel = properties.get(OnnxKey.RESAMPLE).map(OnnxDescription::kernel)
                .orElse(new Kernel.OfBytes(RgbResampling.PILLOW_BILINEAR));
        Normalisation normalisation = normalisation(input, kernel, properties);
        return new FitAndNormalise(fit, size.getFirst(), size.getLast(), multiple(fit, isFixed, start, properties),
                kernel, normalisation, fill(normalisation, properties));
    }

    private static int fixed(Port input, int axis) {
        long extent = input.extent(axis);
        if (extent > DeclaredProperty.MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "input " + input + ": expected sides of at most " + DeclaredProperty.MAX_PIXELS + " pixels");
        }
        return (int) Math.max(0, extent);
    }

    private static Map<String, Fit> fits() {
        Map<String, Fit> fits = new LinkedHashMap<>();
        for (Fit fit : Fit.values()) {
            fits.put(fit.label(), fit);
        }
        return fits;
    }

    private static List<Integer> size(int rows, int columns, Port input, GraphStart start,
            DeclaredProperties properties) {
        Optional<DeclaredProperty> stated = properties.get(OnnxKey.SIZE);
        List<Integer> size = stated
                .map(statement -> statement.integers(1, 2,
                        "one or two integers of 1 to " + DeclaredProperty.MAX_PIXELS + ", height and width"))
                .orElse(List.of(defaultSize(Math.max(rows, columns), start)));
        boolean contradicts = (rows > 0 && rows != size.getFirst()) || (columns > 0 && columns != size.getLast());
        if (contradicts) {
            properties.binding(OnnxKey.SIZE)
                    .ifPresent(statement -> refuse(statement, "the size that the input " + input + " has"));
        }
        return List.of(rows > 0 ? rows : size.getFirst(), columns > 0 ? columns : size.getLast());
    }

    /** Returns the size for which the network was trained, as far as it is known, in multiples that it accepts. */
    private static int defaultSize(int fixedSide, GraphStart start) {
        if (fixedSide > 0) {
            return fixedSide;
        }
        int multiple = start.multiple();
        return start.trainedSide() > 0
                ? start.trainedSide()
                : Math.max(1, (int) Math.rint((double) DEFAULT_SIZE / multiple)) * multiple;
    }

    private static int multiple(Fit fit, boolean isFixed, GraphStart start, DeclaredProperties properties) {
        Optional<DeclaredProperty> stated = properties.get(OnnxKey.MULTIPLE);
        if (fit == Fit.PAD || isFixed) {
            properties.binding(OnnxKey.MULTIPLE).ifPresent(
                    statement -> refuse(statement, "none, because the size is fixed by the model or by fit pad"));
            return 1;
        }
        // A size that the user states for stretched pictures is kept: the network may accept it.
        boolean isChosen = fit == Fit.STRETCH && properties.binding(OnnxKey.SIZE).isPresent();
        return stated.map(statement -> statement.integers(1, 1, "an integer of at least 1").getFirst())
                .orElse(isChosen ? 1 : start.multiple());
    }

    private static Resampling resampling(DeclaredProperty stated) {
        try {
            return Resampling.ofLabel(stated.text());
        } catch (IllegalArgumentException e) {
            throw stated.wrong("the label of a kernel, such as torch-bilinear");
        }
    }

    private static Kernel kernel(DeclaredProperty stated) {
        String label = stated.text();
        try {
            if (label.endsWith(FLOAT)) {
                return new Kernel.OfNumbers(Resampling.ofLabel(label.substring(0, label.length() - FLOAT.length())));
            }
            return label.startsWith("torch-")
                    ? new Kernel.OfNumbers(Resampling.ofLabel(label))
                    : new Kernel.OfBytes(RgbResampling.ofLabel(label));
        } catch (IllegalArgumentException e) {
            throw stated.wrong("the label of a kernel, such as pillow-bicubic, opencv-area or torch-bilinear");
        }
    }

    /** Returns whether the elements of the input are floats, not whole numbers from 0 to 255. */
    static boolean takesFloats(Port input) {
        return input.type().filter(type -> switch (type) {
            case UINT8, INT8, INT32, INT64, BOOL -> true;
            case FLOAT32, FLOAT16, FLOAT64, BFLOAT16 -> false;
        }).isEmpty();
    }

    private static Normalisation normalisation(Port input, Kernel kernel, DeclaredProperties properties) {
        boolean isWhole = !takesFloats(input);
        double scale = properties.get(OnnxKey.SCALE).map(DeclaredProperty::positive).orElse(isWhole ? 255.0 : 1.0);
        List<Float> mean = properties.get(OnnxKey.MEAN).map(DeclaredProperty::three).orElse(List.of(0f, 0f, 0f));
        List<Float> deviation = properties.get(OnnxKey.STD).map(DeclaredProperty::three).orElse(List.of(1f, 1f, 1f));
        if (deviation.contains(0f)) {
            refuse(properties.get(OnnxKey.STD).orElseThrow(), "three numbers other than 0");
        }
        Normalisation normalisation = new Normalisation(scale / 255, mean, deviation);
        boolean staysWhole = normalisation.equals(new Normalisation(1, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)))
                && kernel instanceof Kernel.OfBytes;
        if (isWhole && (!staysWhole || input.type().equals(Optional.of(DataType.INT8)))) {
            throw new IllegalArgumentException("input " + input + ": expected a picture of whole numbers from 0 to 255 "
                    + "(scale 255, no mean, no std, a kernel of bytes), found scale " + scale + ", mean " + mean
                    + ", std " + deviation + ", resample " + kernel.label());
        }
        return normalisation;
    }

    private static List<Integer> fill(Normalisation normalisation, DeclaredProperties properties) {
        List<Integer> levels = new ArrayList<>();
        Optional<DeclaredProperty> stated = properties.get(OnnxKey.FILL);
        for (int channel = 0; channel < 3; channel++) {
            double level = stated.isPresent()
                    ? stated.get().three().get(channel)
                    : Math.clamp(normalisation.mean().get(channel) / normalisation.factor(), 0, 255);
            if (level < 0 || level > 255) {
                refuse(stated.orElseThrow(), "levels from 0 to 255");
            }
            levels.add((int) Math.rint(level));
        }
        return levels;
    }
}
