package fathom.evaluation.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Holm's correction of the p-values of many comparisons.
 *
 * @see <a href="https://www.jstor.org/stable/4615733">Holm, A simple sequentially rejective multiple test procedure,
 *      Scandinavian Journal of Statistics 6 (1979)</a>
 */
public final class Holm {
    private Holm() {}

    /**
     * Corrects the p-values of a family of comparisons.
     *
     * @param values the p-values, 0 to 1
     * @return the corrected p-values in the same order: rejecting those below a level keeps the probability of any false
     *         rejection below this level
     */
    public static List<Double> corrected(List<Double> values) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparing(values::get));
        List<Double> corrected = new ArrayList<>(values);
        double largest = 0;
        for (int rank = 0; rank < order.size(); rank++) {
            int at = order.get(rank);
            largest = Math.max(largest, Math.min(1, (order.size() - rank) * values.get(at)));
            corrected.set(at, largest);
        }
        return corrected;
    }
}
