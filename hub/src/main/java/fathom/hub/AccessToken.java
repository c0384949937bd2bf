package fathom.hub;

/** A person's secret for the hub. Its text appears in one request header and nowhere else, not in {@link #toString()}. */
public final class AccessToken {
    private final String secret;

    /** Wraps {@code secret}; space around it is not part of it. */
    public AccessToken(String secret) {
        String stripped = secret.strip();
        if (stripped.isEmpty() || stripped.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new IllegalArgumentException("access token: expected one word of ASCII letters, found "
                    + (stripped.isEmpty() ? "nothing" : "other characters in it"));
        }
        this.secret = stripped;
    }

    /** Value of the header {@code Authorization}. */
    String authorization() {
        return "Bearer " + secret;
    }

    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
