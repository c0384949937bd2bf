package fathom.models.dpt;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names inside {@code scratch}, MiDaS's module for the parts of DPT that are trained from scratch, which Depth
 * Anything keeps: the fusion of the four maps. The original counts the fusion's steps from the shallowest, the Hub from
 * the deepest.
 */
public final class ScratchNames {
    private static final Pattern FUSION = Pattern.compile("refinenet([1-4])\\.(.+)");
    private static final Pattern STAGE = Pattern.compile("layer([1-4])_rn\\.weight");
    private static final int STAGES = 4;

    private ScratchNames() {}

    /**
     * Returns the Hub's name of a tensor inside {@code scratch}.
     *
     * @param name its name inside {@code scratch}
     * @return the name, or empty if the tensor is not part of the fusion
     */
    public static Optional<String> fusion(String name) {
        Matcher fusion = FUSION.matcher(name);
        if (fusion.matches()) {
            return Optional.of("neck.fusion_stage.layers." + (STAGES - Integer.parseInt(fusion.group(1))) + "."
                    + fusion.group(2).replace("out_conv", "projection").replace("resConfUnit", "residual_layer")
                            .replace("conv1", "convolution1").replace("conv2", "convolution2"));
        }
        Matcher stage = STAGE.matcher(name);
        return stage.matches()
                ? Optional.of("neck.convs." + (Integer.parseInt(stage.group(1)) - 1) + ".weight")
                : Optional.empty();
    }
}
