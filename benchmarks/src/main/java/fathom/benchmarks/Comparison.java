package fathom.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The timing of the same work by a peer and by Fathom, alternately.
 *
 * @param work a description of the work
 * @param peer the other program, with its version
 * @param theirs wall-clock seconds of the peer
 * @param ours wall-clock seconds of Fathom
 * @param theirProcessor processor seconds of the peer
 * @param ourProcessor processor seconds of Fathom
 * @param floorSeconds a lower bound of the time
 * @param floor how the bound was computed
 * @param agreement how close the results are
 */
record Comparison(String work, String peer, Timings theirs, Timings ours, Timings theirProcessor, Timings ourProcessor,
        double floorSeconds, String floor, String agreement) {
    /** Returns the peer's median divided by Fathom's. */
    double ratio() {
        return theirs.median() / ours.median();
    }

    /** Returns the peer's best time divided by Fathom's. */
    double ratioOfBest() {
        return theirs.best() / ours.best();
    }

    /** Returns the peer's median processor time divided by Fathom's. */
    double ratioOfProcessorTimes() {
        return theirProcessor.median() / ourProcessor.median();
    }

    /** Returns a few lines for display. */
    String text() {
        return String.format(Locale.ROOT, """
                %s, against %s
                  median   theirs %10.3f ms   ours %10.3f ms   theirs / ours %6.2f
                  best     theirs %10.3f ms   ours %10.3f ms   theirs / ours %6.2f
                  processor theirs %9.3f ms   ours %10.3f ms   theirs / ours %6.2f
                  floor    %.3f ms: %s; ours / floor %.2f
                  results  %s
                """, work, peer, 1e3 * theirs.median(), 1e3 * ours.median(), ratio(), 1e3 * theirs.best(),
                1e3 * ours.best(), ratioOfBest(), 1e3 * theirProcessor.median(), 1e3 * ourProcessor.median(),
                ratioOfProcessorTimes(), 1e3 * floorSeconds, floor, ours.best() / floorSeconds, agreement);
    }

    /** Returns the values as JSON. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("work", work);
        json.put("peer", peer);
        json.put("theirs_s", theirs.seconds());
        json.put("ours_s", ours.seconds());
        json.put("ratio_of_medians", ratio());
        json.put("ratio_of_best", ratioOfBest());
        json.put("theirs_processor_s", theirProcessor.seconds());
        json.put("ours_processor_s", ourProcessor.seconds());
        json.put("ratio_of_processor_times", ratioOfProcessorTimes());
        json.put("floor_s", floorSeconds);
        json.put("floor", floor);
        json.put("agreement", agreement);
        return json;
    }
}
