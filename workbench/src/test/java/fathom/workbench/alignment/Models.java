package fathom.workbench.alignment;

import fathom.models.ModelDescription;
import fathom.models.ModelIdentity;
import fathom.raster.DepthKind;

/** Descriptions of models for tests. */
final class Models {
    static final ModelDescription ANY = new ModelDescription("any", "fake", DepthKind.SCALE_INVARIANT, "torch-bilinear",
            "as it is", 1, "none", "test", ModelIdentity.NONE);

    private Models() {}
}
