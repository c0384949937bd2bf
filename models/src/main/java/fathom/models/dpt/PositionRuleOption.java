package fathom.models.dpt;

import fathom.models.ModelOptions;
import fathom.models.backbones.Dinov2Backbone.PositionRule;

/** Options that several architectures share. */
public final class PositionRuleOption {
    public static final String POSITION_RULE = "position_rule";
    public static final String POSITION_RULE_HELP = "how DINOv2's position embeddings are resized: scale (the original's, default) "
            + "or size (the newer library's)";

    private PositionRuleOption() {}

    /** The value of {@link #POSITION_RULE}. */
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
