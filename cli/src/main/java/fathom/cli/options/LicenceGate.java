package fathom.cli.options;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import fathom.cli.console.Console;
import fathom.hub.HubReference;
import fathom.models.catalogue.Catalogue;
import fathom.models.catalogue.HubModels;
import fathom.models.catalogue.LicenceConsents;
import fathom.models.catalogue.LicenceConsents.Notice;
import fathom.models.catalogue.ModelSource;

/** Sees that a person knows of a licence that is not permissive before its weights are used. */
public final class LicenceGate {
    private LicenceGate() {}

    /** The consents kept under {@code home}. */
    static LicenceConsents consents(Path home) {
        return new LicenceConsents(home.resolve("licences.tsv"));
    }

    /**
     * Requires that the licence of a known model of the hub is permissive or was accepted.
     *
     * @throws IllegalArgumentException with the command that accepts it
     */
    public static void require(String model, Path home) throws IOException {
        if (!(Catalogue.locate(model) instanceof ModelSource.Remote(HubReference.Repository repository))
                || HubModels.find(repository.id()).isEmpty()) {
            return;
        }
        Optional<Notice> notice = LicenceConsents.notice(repository, Optional.empty());
        if (notice.isPresent() && !consents(home).isAccepted(notice.get())) {
            throw new IllegalArgumentException(
                    notice.get().text() + " To accept it, once: fathom models pull " + repository
                            + " --accept-licence");
        }
    }

    /** Tells of {@code notice}, asks unless {@code accepted}, and records the answer; false if it is no. */
    public static boolean passes(Notice notice, boolean accepted, Console console, Path home) throws IOException {
        LicenceConsents consents = consents(home);
        if (consents.isAccepted(notice)) {
            return true;
        }
        console.err().println(notice.text());
        if (!accepted && !(console.interactive() && console.confirms("Use them under this licence?"))) {
            console.err().println("Nothing was downloaded. To accept without a question, use --accept-licence");
            return false;
        }
        consents.accept(notice, Instant.now());
        return true;
    }
}
