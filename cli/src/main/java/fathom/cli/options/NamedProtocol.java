package fathom.cli.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.protocols.ProtocolFile;

/** A protocol on the command line: the name of a built-in one, or a YAML file. */
public final class NamedProtocol {
    private NamedProtocol() {}

    /**
     * Returns the protocol that a word names.
     *
     * @param word the name of a built-in protocol, or the path of a file whose name ends with .yaml or .yml
     * @return the protocol
     * @throws IOException if the file cannot be read, or is not a protocol
     * @throws IllegalArgumentException if there is no such protocol
     */
    public static Protocol of(String word) throws IOException {
        if (isFile(word)) {
            return ProtocolFile.read(Path.of(word));
        }
        if (Files.isRegularFile(Path.of(word))
                && Protocol.all().stream().noneMatch(known -> known.name().equals(word))) {
            throw new IllegalArgumentException(
                    "protocol: expected a name or a file that ends with .yaml, found the file \"" + word + "\"");
        }
        return Protocol.named(word);
    }

    /**
     * {@return whether a word is the path of a file, not a name}
     *
     * @param word a protocol on the command line
     */
    public static boolean isFile(String word) {
        return word.endsWith(".yaml") || word.endsWith(".yml");
    }
}
