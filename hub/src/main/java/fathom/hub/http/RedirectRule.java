package fathom.hub.http;

import java.net.URI;
import java.net.http.HttpResponse;

/** Decides which redirects a request follows. A redirect that is not followed is the response. */
public interface RedirectRule {
    /** Follows no redirects. */
    RedirectRule NEVER = (response, next) -> false;

    /** Follows all permitted redirects: never from https to http. */
    RedirectRule ALWAYS = (response, next) -> true;

    /**
     * Returns whether a redirect is followed.
     *
     * @param response the redirect
     * @param next its target
     * @return whether it is followed
     */
    boolean follows(HttpResponse<?> response, URI next);
}
