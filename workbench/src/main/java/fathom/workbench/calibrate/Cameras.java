package fathom.workbench.calibrate;

import java.util.Locale;

import fathom.datasets.Sample;
import fathom.raster.Intrinsics;

/** The labels of cameras, which decide which samples share a correction. */
final class Cameras {
    /** The attributes that name a camera, the first one present is used. */
    private static final String[] ATTRIBUTES = {"camera", "sensor"};
    private static final String UNKNOWN = "unknown";

    private Cameras() {}

    /**
     * Returns the camera of a sample: its attribute {@code camera} or {@code sensor}, otherwise its intrinsics rounded to a pixel,
     * with the size of the picture, otherwise {@code unknown}.
     */
    static String of(Sample sample) {
        for (String attribute : ATTRIBUTES) {
            String value = sample.attributes().get(attribute);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return sample.intrinsics().map(camera -> label(camera, sample)).orElse(UNKNOWN);
    }

    private static String label(Intrinsics camera, Sample sample) {
        return String.format(Locale.ROOT, "%dx%d f=%.0f,%.0f c=%.0f,%.0f", sample.width(), sample.height(), camera.fx(),
                camera.fy(), camera.cx(), camera.cy());
    }
}
