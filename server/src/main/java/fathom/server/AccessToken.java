package fathom.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The access token that each request requires: 256 random bits, created at each start and stored in memory only. */
final class AccessToken {
    private static final int BYTES = 32;

    private final String text;

    private AccessToken(String text) {
        this.text = text;
    }

    static AccessToken random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new AccessToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    String text() {
        return text;
    }

    /** Returns whether {@code candidate} is the token. Compares in constant time. */
    boolean matches(String candidate) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a text without the token, because it can appear in logs. */
    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
