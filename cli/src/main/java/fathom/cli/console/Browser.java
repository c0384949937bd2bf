package fathom.cli.console;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The user's default browser. */
public final class Browser {
    private Browser() {}

    /**
     * Opens a URL. Does nothing if the platform has no program for this: the caller prints the URL in any case.
     *
     * @param url the address to open
     */
    public static void open(String url) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("win")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", url)
                : system.contains("mac") ? List.of("open", url) : List.of("xdg-open", url);
        try {
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // The program is missing, as on a machine without a desktop; the caller has printed the address.
            return;
        }
    }
}
