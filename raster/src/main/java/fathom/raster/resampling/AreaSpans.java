package fathom.raster.resampling;

/**
 * One axis reduced by area: the source pixels under each target pixel, and the covered length of each. All lengths are
 * integers in units of 1/targets of a source pixel, so nothing is rounded.
 */
final class AreaSpans {
    private final int sources;
    private final int targets;
    private final int[] first;
    private final int[] last;

    /** Computes the spans for {@code sources} pixels reduced to {@code targets}. */
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

    /** Returns the number of target pixels. */
    int targets() {
        return targets;
    }

    /** Returns the length of a target pixel, in units of 1/targets of a source pixel. */
    int extent() {
        return sources;
    }

    /** Returns the first source pixel that is at least partly under {@code target}. */
    int first(int target) {
        return first[target];
    }

    /** Returns the last source pixel that is at least partly under {@code target}. */
    int last(int target) {
        return last[target];
    }

    /**
     * Returns the length of {@code source}, from {@link #first} to {@link #last}, that is under {@code target}: 1 to
     * targets units.
     */
    int covered(int target, int source) {
        long from = Math.max((long) target * sources, (long) source * targets);
        long to = Math.min((target + 1L) * sources, (source + 1L) * targets);
        return (int) (to - from);
    }
}
