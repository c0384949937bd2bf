package fathom.models.architectures;

import fathom.models.ModelOptions;
import fathom.models.architectures.Dinov2Backbone.PositionRule;

/** Options that several architectures share. */
final class Options {
    static final String POSITION_RULE = "position_rule";
    static final String POSITION_RULE_HELP = "how DINOv2's position embeddings are resized: scale (the original's, default) "
            + "or size (the newer library's)";

    private Options() {}

    /** The value of {@link #POSITION_RULE}. */
    static PositionRule positionRule(ModelOptions options) {
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
