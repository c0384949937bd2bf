package fathom.hub.http;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/** A redirect that may not be followed: to something that is no web address, from https to http, or one too many. */
public final class RedirectException extends IOException {
    private static final long serialVersionUID = 1;

    RedirectException(String message) {
        this(message, null);
    }

    RedirectException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
