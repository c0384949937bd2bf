package fathom.models.catalogue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

import fathom.hub.HubReference;
import fathom.hub.HubSettings;

/**
 * Which licences of weights a person has accepted: a text file with one line for each, the model's identifier, the licence and
 * the time, separated by tabs. Lines are only ever appended, so several processes may share the file.
 */
public final class LicenceConsents {
    private final Path file;

    /** The consents in {@code file}, which need not exist yet. */
    public LicenceConsents(Path file) {
        this.file = file;
    }

    /**
     * A licence that a person should know of before using a model.
     *
     * @param id {@code owner/name}
     * @param licence its name, as recorded with the consent
     * @param text one sentence or two for the person
     */
    public record Notice(String id, String licence, String text) {}

    /**
     * What to tell before the first use of a model, unless its licence is permissive.
     *
     * @param stated the licence that the model's page states, where the hub was asked; it counts for models that are not known
     */
    public static Optional<Notice> notice(HubReference.Repository repository, Optional<String> stated) {
        String page = HubSettings.DEFAULT_ENDPOINT + "/" + repository.id();
        Optional<HubModel> known = HubModels.find(repository.id());
        if (known.isPresent()) {
            HubModel.Licence licence = known.get().licence();
            if (licence.isPermissive()) {
                return Optional.empty();
            }
            String text = licence.certain()
                    ? "The weights of " + repository.id() + " are under " + licence.spdx()
                            + ", which does not allow every use."
                    : "The weights of " + repository.id() + " are believed to be under " + licence.spdx()
                            + "; the model's page has the last word.";
            String note = known.get().note().isEmpty() ? "" : " " + known.get().note();
            return Optional.of(new Notice(repository.id(), licence.spdx(), text + note + " Read it at " + page + "."));
        }
        String licence = stated.orElse("unknown");
        if (HubModel.Licence.isPermissive(licence)) {
            return Optional.empty();
        }
        return Optional.of(new Notice(repository.id(), licence, stated.isPresent()
                ? "The weights of " + repository.id() + " are under \"" + licence
                        + "\", which may not allow every use. Read it at "
                        + page + "."
                : "The licence of the weights of " + repository.id() + " is not known here. Read it at " + page + "."));
    }

    /** Whether the licence of {@code notice} was accepted for its model. */
    public boolean isAccepted(Notice notice) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        String start = line(notice);
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream().anyMatch(line -> line.startsWith(start));
    }

    /** Records that the licence of {@code notice} was accepted at {@code when}. */
    public void accept(Notice notice, Instant when) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, line(notice) + when + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static String line(Notice notice) {
        return notice.id() + "\t" + notice.licence().replaceAll("\\s+", " ") + "\t";
    }
}
