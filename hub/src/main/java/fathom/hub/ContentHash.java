package fathom.hub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Verification of a file's content against the Hub's entity tag: the SHA-256 of a large file, or git's hash of a small
 * one ({@code sha1("blob " + size + NUL + content)}). A tag of any other form verifies nothing.
 */
final class ContentHash {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");

    private final String etag;
    private final MessageDigest digest;
    private final boolean checks;

    private ContentHash(String etag, MessageDigest digest, boolean checks) {
        this.etag = etag;
        this.digest = digest;
        this.checks = checks;
    }

    /** Creates the verification of a file of {@code size} bytes, negative if that is unknown. */
    static ContentHash of(String etag, long size) {
        if (SHA1.matcher(etag).matches() && size >= 0) {
            MessageDigest git = digest("SHA-1");
            git.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
            return new ContentHash(etag, git, true);
        }
        return new ContentHash(etag, digest("SHA-256"), SHA256.matcher(etag).matches());
    }

    void update(byte[] bytes, int count) {
        if (checks) {
            digest.update(bytes, 0, count);
        }
    }

    /** Throws unless the content has the hash of the tag; {@code what} names the file. */
    void verify(String what) throws HubException {
        if (!checks) {
            return;
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(etag)) {
            throw new HubException(HubException.Kind.CORRUPT, what + ": expected the hash " + etag + ", found " + found
                    + ". Something between the hub and this machine changes files: try again, or another network.");
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " belongs to every Java platform", e);
        }
    }
}
