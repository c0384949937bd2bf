package fathom.models.dpt;

import fathom.models.ModelOptions;
import fathom.models.backbones.Dinov2Backbone.PositionRule;

/** The option {@code position_rule} of models on DINOv2. */
public final class PositionRuleOption {
    /** Key of the option. */
    public static final String POSITION_RULE = "position_rule";
    /** Help text of the option. */
    public static final String POSITION_RULE_HELP = "how DINOv2's position embeddings are resized: scale (as in the authors' code, default) "
            + "or size (as in newer versions of transformers)";

    private PositionRuleOption() {}

    /**
     * Returns the value of {@link #POSITION_RULE}.
     *
     * @param options the options of the model
     * @return the rule
     * @throws IllegalArgumentException if the value is neither {@code scale} nor {@code size}
     */
    public static PositionRule positionRule(ModelOptions options) {
        String rule = options.text(POSITION_RULE);
        if (rule == null || rule.equals("scale")) {
            return PositionRule.SCALE;
        }
        if (rule.equals("size")) {
            return PositionRule.SIZE;
        }
        throw new IllegalArgumentException("option " + POSITION_RULE + ": expected scale or size, found " + rule);
    }
}
