package fathom.workbench.reproduce;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The tables of {@code docs/reproduced.md}. */
public final class ReproducedPage {
    private ReproducedPage() {}

    /**
     * {@return the table of published scores and the ledger of discrepancies in Markdown}
     *
     * @param published the scores and the ledger
     */
    public static String markdown(PublishedScores published) {
        StringBuilder page = new StringBuilder();
        Map<String, Integer> counts = new TreeMap<>();
        published.cells().forEach(cell -> counts.merge(cell.status().label(), 1, Integer::sum));
        page.append(published.cells().size()).append(" published scores: ")
                .append(String.join(", ",
                        counts.entrySet().stream().map(count -> count.getValue() + " " + count.getKey()).toList()))
                .append(".\n\n## Published scores\n\n")
                .append("| cell | model | dataset | protocol | metric | published | tolerance | status | source |\n")
                .append("|---|---|---|---|---|---|---|---|---|\n");
        for (Cell cell : published.cells()) {
            page.append(String.format(Locale.ROOT, "| `%s` | %s | %s | `%s` | %s | %s | %s %% | %s | %s |%n",
                    cell.name(), cell.model(), cell.dataset(), cell.protocol(), cell.metric().title(),
                    number(cell.value()), number(100 * cell.tolerance()), cell.status().label(),
                    cell.note().isEmpty() ? cell.source() : cell.source() + ". " + cell.note()));
        }
        page.append("\n## Known discrepancies\n\n| subject | what differs | finding | source |\n|---|---|---|---|\n");
        for (Discrepancy discrepancy : published.discrepancies()) {
            page.append(String.format(Locale.ROOT, "| %s | %s | %s | %s |%n", discrepancy.subject(),
                    discrepancy.layer(), discrepancy.finding(), discrepancy.source()));
        }
        return page.toString().replace(System.lineSeparator(), "\n");
    }

    /**
     * {@return a published number without trailing zeros}
     *
     * @param value the number
     */
    public static String number(double value) {
        return BigDecimal.valueOf(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
    }
}
