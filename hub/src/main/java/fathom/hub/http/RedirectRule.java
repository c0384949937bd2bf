package fathom.hub.http;

import java.net.URI;
import java.net.http.HttpResponse;

/** Which redirects a request follows. A redirect that is not followed is the answer. */
public interface RedirectRule {
    /** Follows none. */
    RedirectRule NEVER = (response, next) -> false;

    /** Follows all that are allowed at all: never from https to http. */
    RedirectRule ALWAYS = (response, next) -> true;

    /** Returns whether the redirect {@code response} to {@code next} is followed. */
    boolean follows(HttpResponse<?> response, URI next);
}
