package fathom.engine.onnxruntime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import fathom.engine.Engine;
import fathom.engine.EngineException;
import fathom.engine.NetworkSource;
import fathom.engine.Session;
import fathom.engine.SessionSettings;
import fathom.engine.SharedBuffers;
import fathom.graph.DataType;
import fathom.graph.Port;
import fathom.raster.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * The engine that runs graphs with ONNX Runtime. A graph is passed to the runtime as ONNX protobuf, which is written
 * here. Weights in files stay mapped: external tensors are read relative to {@link SessionSettings#externalRoot}, and
 * prepacking, which would copy every matrix, is off unless {@link SessionSettings#copied} allows it.
 */
public final class OnnxRuntimeEngine implements Engine {
    private static @Nullable OnnxRuntimeEngine instance;

    private final OrtEnvironment environment;
    private final OptionalInt graphicsCard;

    private OnnxRuntimeEngine(OrtEnvironment environment, OptionalInt graphicsCard) {
        this.environment = environment;
        this.graphicsCard = graphicsCard;
    }

    /**
     * Returns the engine on an NVIDIA graphics card.
     *
     * @param index number of the card
     * @return the engine
     * @throws IllegalArgumentException if this build contains the runtime for processors only
     */
    public static OnnxRuntimeEngine onGraphicsCard(int index) {
        OrtEnvironment environment = instance().environment;
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw new IllegalArgumentException(
                    "device: expected cpu, because this build has the runtime for processors, " + "found cuda:" + index
                            + "; build with mvn -Pcuda for graphics cards");
        }
        return new OnnxRuntimeEngine(environment, OptionalInt.of(index));
    }

    /**
     * Returns the engine of this process, which is loaded on first use.
     *
     * @return the engine
     * @throws java.io.UncheckedIOException if the telemetry of ONNX Runtime cannot be switched off
     * @throws EngineException if ONNX Runtime cannot be loaded
     */
    public static synchronized OnnxRuntimeEngine instance() {
        if (instance == null) {
            instance = new OnnxRuntimeEngine(RuntimeStart.environment(), OptionalInt.empty());
        }
        return instance;
    }

    @Override
    public Session open(NetworkSource network, SessionSettings settings) {
        try (OrtSession.SessionOptions options = options(settings)) {
            return loaded(switch (network) {
                case NetworkSource.Graph(var model) -> environment.createSession(model.toBytes(), options);
                case NetworkSource.Contents contents -> environment.createSession(contents.protobuf(), options);
                case NetworkSource.File(var path) -> environment.createSession(path.toString(), options);
            });
        } catch (OrtException e) {
            throw new EngineException("loading " + label(network), e);
        }
    }

    private static String label(NetworkSource network) {
        return switch (network) {
            case NetworkSource.Graph(var model) -> "the graph " + model.name();
            case NetworkSource.Contents contents -> "the model";
            case NetworkSource.File(var path) -> "the model " + path;
        };
    }

    @Override
    public Optional<SharedBuffers> shareBuffers() {
        return SharedArena.open();
    }

    private Session loaded(OrtSession session) throws OrtException {
        NativeMemory.releaseUnused();
        return new Loaded(environment, session);
    }

    private OrtSession.SessionOptions options(SessionSettings settings) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setOptimizationLevel(switch (settings.copied()) {
            case CONVOLUTIONS, ALL -> OrtSession.SessionOptions.OptLevel.ALL_OPT;
            case NONE -> OrtSession.SessionOptions.OptLevel.EXTENDED_OPT;
        });
        if (graphicsCard.isPresent()) {
            try {
                options.addCUDA(graphicsCard.getAsInt());
            } catch (OrtException e) {
                options.close();
                throw new EngineException("using graphics card " + graphicsCard.getAsInt()
                        + ", which needs the libraries of CUDA 12 and cuDNN 9 where the system looks for libraries", e);
            }
        }
        options.addConfigEntry("session.load_model_format", "ONNX");
        options.setIntraOpNumThreads(settings.threads());
        options.setInterOpNumThreads(1);
        // Threads that wait by spinning take the processors from those that decode and prepare the next pictures.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        switch (settings.copied()) {
            case NONE, CONVOLUTIONS -> options.addConfigEntry("session.disable_prepacking", "1");
            case ALL -> {
            }
        }
        if (settings.buffers().isPresent()) {
            options.addConfigEntry("session.use_env_allocators", "1");
            // The arena rarely has one free block for all maps of a run, because the first run fragments
            // it.
            options.setMemoryPatternOptimization(false);
        }
        if (settings.externalRoot().isPresent()) {
            options.addConfigEntry("session.model_external_initializers_file_folder_path",
                    settings.externalRoot().get().toString());
        }
        return options;
    }

    private static final class Loaded implements Session {
        private final OrtEnvironment environment;
        private final OrtSession session;
        private final List<Port> inputs;
        private final List<Port> outputs;

        Loaded(OrtEnvironment environment, OrtSession session) throws OrtException {
            this.environment = environment;
            this.session = session;
            this.inputs = ports(session.getInputInfo());
            this.outputs = ports(session.getOutputInfo());
        }

        private static List<Port> ports(Map<String, NodeInfo> nodes) {
            List<Port> ports = new ArrayList<>();
            for (NodeInfo node : nodes.values()) {
                if (node.getInfo() instanceof TensorInfo tensor) {
                    ports.add(new Port(node.getName(), Conversion.type(tensor),
                            Arrays.stream(tensor.getShape()).boxed().toList()));
                } else {
                    ports.add(new Port(node.getName(), Optional.empty(), List.of()));
                }
            }
            return List.copyOf(ports);
        }

        @Override
        public List<Port> inputs() {
            return inputs;
        }

        @Override
        public List<Port> outputs() {
            return outputs;
        }

        @Override
        public Map<String, FloatTensor> run(Map<String, FloatTensor> inputs) {
            Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
            try {
                for (Map.Entry<String, FloatTensor> input : inputs.entrySet()) {
                    tensors.put(input.getKey(),
                            Conversion.toModel(environment, input.getKey(), input.getValue(), type(input.getKey())));
                }
                try (OrtSession.Result result = session.run(tensors)) {
                    Map<String, FloatTensor> outputs = new LinkedHashMap<>();
                    for (Map.Entry<String, OnnxValue> output : result) {
                        if (output.getValue() instanceof OnnxTensor tensor) {
                            Conversion.type(tensor.getInfo()).ifPresent(
                                    type -> outputs.put(output.getKey(), Conversion.fromModel(tensor, type)));
                        }
                    }
                    return outputs;
                }
            } catch (OrtException e) {
                throw new EngineException("running the model on " + inputs, e);
            } finally {
                tensors.values().forEach(OnnxTensor::close);
            }
        }

        private DataType type(String input) {
            return this.inputs.stream().filter(port -> port.name().equals(input)).findFirst().flatMap(Port::type)
                    .orElseThrow(() -> new EngineException("input " + input
                            + ": expected one that takes numbers, found among the model's inputs only " + this.inputs));
        }

        @Override
        public void close() {
            try {
                session.close();
                NativeMemory.releaseUnused();
            } catch (OrtException e) {
                throw new EngineException("closing the model", e);
            }
        }
    }
}
