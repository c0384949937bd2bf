package fathom.raster.resampling;

/**
 * One axis reduced by area: the source pixels under each target pixel, and how much of each lies there. Everything is a whole
 * number in units of 1/targets of a source pixel, so nothing is rounded.
 */
final class AreaSpans {
    private final int sources;
    private final int targets;
    private final int[] first;
    private final int[] last;

    /** For {@code sources} pixels that become {@code targets}. */
    AreaSpans(int sources, int targets) {
        this.sources = sources;
        this.targets = targets;
        this.first = new int[targets];
        this.last = new int[targets];
        for (int i = 0; i < targets; i++) {
            first[i] = (int) ((long) i * sources / targets);
            last[i] = (int) (((i + 1L) * sources - 1) / targets);
        }
    }

    /** Number of target pixels. */
    int targets() {
        return targets;
    }

    /** Extent of a target pixel, in units of 1/targets of a source pixel. */
    int extent() {
        return sources;
    }

    /** The first source pixel that lies under {@code target} at least in part. */
    int first(int target) {
        return first[target];
    }

    /** The last source pixel that lies under {@code target} at least in part. */
    int last(int target) {
        return last[target];
    }

    /** How much of {@code source}, from {@link #first} to {@link #last}, lies under {@code target}: 1 to targets units. */
    int covered(int target, int source) {
        long from = Math.max((long) target * sources, (long) source * targets);
        long to = Math.min((target + 1L) * sources, (source + 1L) * targets);
        return (int) (to - from);
    }
}
