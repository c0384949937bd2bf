package snippets;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthLimits;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;

/** Examples of the Javadoc of {@code DepthEncoding}; {@code SnippetsTest} runs them. */
public final class DepthEncodingSnippets {
    private DepthEncodingSnippets() {}

    /** Decodes a row of three pixels. */
    public static MeasuredDepth decode() {
        // @start region="decode"
        Plane stored = Plane.wrap(new float[]{2500, 0, 12_000}, 1, 3);
        DepthEncoding millimetres = new DepthEncoding.UnitsPerMetre(1000);
        MeasuredDepth depth = millimetres.decode(stored, new DepthLimits(0.5, 10));
        // depth.metres(): 2.5, 0, 0
        // depth.valid(): true, false (missing), false (beyond 10 m)
        // @end
        return depth;
    }
}
