package fathom.hub.http;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a redirect may not be followed: to an address that is not on the web, from https to http, or after too
 * many redirects.
 */
public final class RedirectException extends IOException {
    private static final long serialVersionUID = 1;

    RedirectException(String message) {
        this(message, null);
    }

    RedirectException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
