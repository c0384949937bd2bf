package fathom.hub;

/**
 * The user's access token for the Hub. Its text is sent in one request header and appears nowhere else, not even in
 * {@link #toString()}.
 */
public final class AccessToken {
    private final String secret;

    /**
     * Creates a token.
     *
     * @param secret the token; surrounding whitespace is ignored
     * @throws IllegalArgumentException if it is not one word of ASCII characters; the message does not contain it
     */
    public AccessToken(String secret) {
        String stripped = secret.strip();
        if (stripped.isEmpty() || stripped.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new IllegalArgumentException("access token: expected one word of ASCII letters, found "
                    + (stripped.isEmpty() ? "nothing" : "other characters in it"));
        }
        this.secret = stripped;
    }

    /** Returns the value of the header {@code Authorization}. */
    String authorization() {
        return "Bearer " + secret;
    }

    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
