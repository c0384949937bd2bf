package fathom.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WeightNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "model.fp16.safetensors", "model.bf16.safetensors",
            "pytorch_model.fp16.bin", "model.safetensors.index.fp16.json", "pytorch_model.bin.index.bf16.json",
            "diffusion_pytorch_model.non_ema.safetensors", "diffusion_pytorch_model.safetensors.fp16.index.json",
            "diffusion_pytorch_model.fp16.safetensors.index.json", "model-00001-of-00001.safetensors", "model.pt",
            "anything.pth", "epoch=3.ckpt"})
    void aloneEachNameIsFound(String name) {
        assertThat(WeightNames.choose(List.of("config.json", "training_args.bin", "optimizer.pt", name)))
                .contains(name);
    }

    @ParameterizedTest
    @CsvSource({"model.fp16.safetensors, pytorch_model.bin, pytorch_model.bin",
            "model.bf16.safetensors, model.fp16.safetensors, model.fp16.safetensors",
            "diffusion_pytorch_model.non_ema.safetensors, diffusion_pytorch_model.bin, diffusion_pytorch_model.bin",
            "a.pth, model.safetensors, model.safetensors"})
    void fullPrecisionAndUsualNamesComeFirst(String one, String other, String chosen) {
        assertThat(WeightNames.choose(List.of(one, other))).contains(chosen);
    }

    @Test
    void severalUnusualNamesAndLoneShardsAreNotChosen() {
        assertThat(WeightNames.choose(List.of("a.pth", "b.pth"))).isEqualTo(Optional.empty());
        assertThat(WeightNames.choose(List.of("model-00001-of-00002.safetensors"))).isEmpty();
        assertThat(WeightNames.choose(List.of("adapter_model.safetensors", "training_args.bin"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"module.a.weight, a.weight", "net._orig_mod.module.a.weight, a.weight",
            "student.model.a.weight, a.weight", "my_network.a.weight, a.weight", "a.module.weight, a.weight",
            "ema.a.weight, a.weight"})
    void prefixesAreLeftOut(String stored, String expected) {
        List<String> names = List.of(NamePrefixes.unwrapped(stored),
                NamePrefixes.unwrapped(stored.replace("weight", "bias")));
        List<String> candidates = new ArrayList<>(NamePrefixes.candidates(names));
        candidates.add("");
        assertThat(candidates).anySatisfy(prefix -> assertThat(names.getFirst()).isEqualTo(prefix + expected));
    }
}
