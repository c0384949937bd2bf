package fathom.cli.console;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The person's own browser. */
public final class Browser {
    private Browser() {}

    /** Opens {@code url} if the platform has a way to; the address is printed in any case. */
    public static void open(String url) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("win")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", url)
                : system.contains("mac") ? List.of("open", url) : List.of("xdg-open", url);
        try {
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // No such program: a machine without a desktop. The printed address is all there is.
            return;
        }
    }
}
