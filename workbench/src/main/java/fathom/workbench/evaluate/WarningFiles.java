package fathom.workbench.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import fathom.datasets.values.Names;
import fathom.formats.AtomicFile;
import fathom.formats.FormatException;
import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;

/**
 * The warnings of the last evaluation of a field under a protocol, {@code warnings/<field>/<protocol>.json} in the folder of
 * a dataset, so that a report can repeat them.
 */
final class WarningFiles {
    private static final String FOLDER = "warnings";

    private WarningFiles() {}

    /** Writes the warnings that are sure enough to be displayed; deletes the file if there is none. */
    static void write(Path dataset, String field, String protocol, String hash, List<EvaluationWarning> warnings)
            throws IOException {
        Path file = file(dataset, field, protocol);
        List<String> texts = warnings.stream().filter(EvaluationWarning::isDisplayed).map(EvaluationWarning::text)
                .toList();
        if (texts.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Files.createDirectories(file.getParent());
        String json = Members.NONE.with("version", 1).with("definition", hash)
                .with("warnings", JsonValue.ofTexts(texts)).canonical() + "\n";
        AtomicFile.write(file, out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the warnings of an evaluation with this definition; none if they cannot be read. */
    static List<String> read(Path dataset, String field, String protocol, String hash) {
        List<String> texts = new ArrayList<>();
        try {
            Path file = file(dataset, field, protocol);
            if (JsonValue.parse(Files.readString(file), file.toString()) instanceof Members members
                    && new JsonValue.Text(hash).equals(members.values().get("definition"))
                    && members.values().get("warnings") instanceof JsonValue.Items items) {
                for (JsonValue item : items.values()) {
                    if (item instanceof JsonValue.Text text) {
                        texts.add(text.value());
                    }
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (FormatException e) {
            return List.of("the stored warnings cannot be read: " + e.getMessage());
        } catch (IOException e) {
            return List.of("the stored warnings cannot be read");
        }
        return texts;
    }

    private static Path file(Path dataset, String field, String protocol) {
        return dataset.resolve(FOLDER).resolve(Names.requirePart("field", field))
                .resolve(Names.requirePart("protocol", protocol) + ".json");
    }
}
