package fathom.workbench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the running program, as recorded in predictions and reports. */
public final class ProgramVersion {
    private static final String VERSION = read();

    private ProgramVersion() {}

    /** {@return the version, for example {@code 0.1.0}} */
    public static String number() {
        return VERSION;
    }

    /** {@return name and version, for example {@code fathom 0.1.0}} */
    public static String label() {
        return "fathom " + VERSION;
    }

    private static String read() {
        Properties properties = new Properties();
        try (InputStream in = ProgramVersion.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IllegalStateException("version.properties is missing from the program; build it again");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
