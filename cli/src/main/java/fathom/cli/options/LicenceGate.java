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

/** Requires that the user accepts a licence that is not permissive before its weights are used. */
public final class LicenceGate {
    private LicenceGate() {}

    /** Returns the accepted licences that are stored in {@code home}. */
    static LicenceConsents consents(Path home) {
        return new LicenceConsents(home.resolve("licences.tsv"));
    }

    /**
     * Requires that the licence of a known Hub model is permissive or was accepted.
     *
     * @param model the model's name as given on the command line
     * @param home the folder of accepted licences
     * @throws IllegalArgumentException if it was not accepted; the message contains the command that accepts it
     * @throws IOException if the accepted licences cannot be read
     */
    public static void require(String model, Path home) throws IOException {
        if (!(Catalogue.locate(model) instanceof ModelSource.Remote(HubReference.Repository repository))
                || HubModels.find(repository.id()).isEmpty()) {
            return;
        }
        Optional<Notice> notice = LicenceConsents.notice(repository, Optional.empty());
        if (notice.isPresent() && !consents(home).isAccepted(notice.get())) {
            throw new IllegalArgumentException(notice.get().text()
                    + " To accept the licence, run once: fathom models pull " + repository + " --accept-licence");
        }
    }

    /**
     * Prints a licence notice, asks for acceptance and stores it. Does nothing if the licence was accepted before.
     *
     * @param notice the notice
     * @param accepted whether the user accepted on the command line; then no question is asked
     * @param console where to print and ask
     * @param home the folder of accepted licences
     * @return whether the licence is accepted
     * @throws IOException if accepted licences cannot be read or stored, or the answer cannot be read
     */
    public static boolean isAccepted(Notice notice, boolean accepted, Console console, Path home) throws IOException {
        LicenceConsents consents = consents(home);
        if (consents.isAccepted(notice)) {
            return true;
        }
        console.err().println(notice.text());
        if (!accepted && !(console.interactive() && console.confirms("Accept this licence?"))) {
            console.err().println("Nothing was downloaded. To accept without a question, use --accept-licence.");
            return false;
        }
        consents.accept(notice, Instant.now());
        return true;
    }
}
