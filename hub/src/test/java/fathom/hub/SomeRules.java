package fathom.hub;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Rules for the tests: a few names of weights, and a processor for every configuration that names it. */
final class SomeRules implements FileRules {
    static final FileRules RULES = new SomeRules();

    private static final List<String> NAMES = List.of("model.safetensors", "model.safetensors.index.json",
            "diffusion_pytorch_model.safetensors", "diffusion_pytorch_model.safetensors.index.json",
            "pytorch_model.bin", "diffusion_pytorch_model.bin", "model.pt", "model.fp16.safetensors",
            "diffusion_pytorch_model.fp16.safetensors");

    private SomeRules() {}

    @Override
    public Optional<String> weights(Collection<String> names) {
        return NAMES.stream().filter(names::contains).findFirst();
    }

    @Override
    public boolean isIndex(String name) {
        return name.endsWith(".index.json");
    }

    @Override
    public Optional<String> single(Collection<String> names) {
        List<String> onnx = names.stream().filter(name -> name.endsWith(".onnx")).toList();
        return onnx.size() == 1 ? Optional.of(onnx.getFirst()) : Optional.empty();
    }

    @Override
    public boolean needsProcessor(byte[] configuration) {
        return new String(configuration, StandardCharsets.UTF_8).contains("processor");
    }
}
