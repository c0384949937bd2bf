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
 * The licences of weights that the user has accepted. A text file has one line for each: the model's identifier, the
 * licence and the time, separated by tabs. Lines are only appended, so several processes may share the file.
 */
public final class LicenceConsents {
    private final Path file;

    /**
     * Creates the consents in {@code file}, which may be missing.
     *
     * @param file the text file
     */
    public LicenceConsents(Path file) {
        this.file = file;
    }

    /**
     * A licence that the user must read before using a model.
     *
     * @param id {@code owner/name}
     * @param licence its name, as recorded with the consent
     * @param text one or two sentences for display
     */
    public record Notice(String id, String licence, String text) {}

    /**
     * Returns the notice to show before the first use of a model.
     *
     * @param repository the model
     * @param stated the licence on the model's page, if the Hub was queried; used for unknown models
     * @return the notice, or empty if the licence is permissive
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
                            + "; the model's page is authoritative.";
            String note = known.get().note().isEmpty() ? "" : " " + known.get().note();
            return Optional.of(new Notice(repository.id(), licence.spdx(), text + note + " Read it at " + page + "."));
        }
        String licence = stated.orElse("unknown");
        if (HubModel.Licence.isPermissive(licence)) {
            return Optional.empty();
        }
        return Optional.of(new Notice(repository.id(), licence, stated.isPresent()
                ? "The weights of " + repository.id() + " are under \"" + licence
                        + "\", which may not allow every use. Read it at " + page + "."
                : "The licence of the weights of " + repository.id() + " is unknown. Read it at " + page + "."));
    }

    /**
     * Returns whether the licence of {@code notice} was accepted for its model.
     *
     * @param notice the notice
     * @return whether it was accepted
     * @throws IOException if the file cannot be read
     */
    public boolean isAccepted(Notice notice) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        String start = line(notice);
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream().anyMatch(line -> line.startsWith(start));
    }

    /**
     * Records that the licence of {@code notice} was accepted.
     *
     * @param notice the notice
     * @param when the time
     * @throws IOException if the file cannot be written
     */
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
