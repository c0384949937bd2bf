package fathom.datasets.readers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import fathom.datasets.Sample;
import fathom.datasets.values.Field;
import fathom.datasets.values.SampleAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A picture and its measured depth in a dataset.
 *
 * @param sample the name of the sample
 * @param rgb the picture, relative to the media root, with forward slashes
 * @param depth the depth map, relative to the media root, with forward slashes
 * @param rule the label of the rule that assigned the depth map; null if the dataset was imported before rules were stored
 * @param seconds the difference of the timestamps of the two, seconds; null if they have none
 */
public record ImportedPair(String sample, String rgb, String depth, @Nullable String rule, @Nullable Double seconds) {
    /** The name of the file in the folder of a dataset that lists its pairs. */
    public static final String FILE_NAME = "pairs.csv";

    private static final String FORMULA_STARTS = "=+-@\t\r";

    /**
     * Returns the pairs of a sample.
     *
     * @param sample the sample
     * @return one pair for each measured depth map
     */
    public static List<ImportedPair> of(Sample sample) {
        String rgb = "";
        List<ImportedPair> pairs = new ArrayList<>();
        for (Field field : sample.fields()) {
            switch (field) {
                case Field.RgbField picture -> rgb = picture.path();
                case Field.MeasuredDepthField measured -> pairs.add(new ImportedPair(sample.name(), rgb,
                        measured.path(), sample.attributes().get(SampleAttributes.PAIR_RULE),
                        seconds(sample.attributes().get(SampleAttributes.PAIR_SECONDS))));
                case Field.PredictionField prediction -> {
                    // Not a file of the source.
                }
            }
        }
        return pairs;
    }

    private static @Nullable Double seconds(@Nullable String text) {
        try {
            return text == null ? null : Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Writes the pairs as CSV with a header (RFC 4180). */
    static void write(Path folder, List<ImportedPair> pairs) throws IOException {
        StringBuilder csv = new StringBuilder("sample,rgb,depth,rule,seconds\r\n");
        for (ImportedPair pair : pairs) {
            csv.append(cell(pair.sample)).append(',').append(cell(pair.rgb)).append(',').append(cell(pair.depth))
                    .append(',').append(pair.rule == null ? "" : pair.rule).append(',')
                    .append(pair.seconds == null ? "" : pair.seconds).append("\r\n");
        }
        Files.write(folder.resolve(FILE_NAME), csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a quoted text. An apostrophe before a formula makes it a text in spreadsheets. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
