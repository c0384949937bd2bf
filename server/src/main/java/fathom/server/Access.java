package fathom.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.SetCookie;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRequest;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerResponse;

/**
 * A filter that rejects requests that are not from the App's page. The checks, in this order: the method is GET; the host is
 * a name of this machine (against DNS rebinding); the request comes from the page itself or from the address bar; the token
 * is in the query (first request) or in the cookie (later requests). No response allows another origin (CORS). The security
 * headers of every response forbid what the page does not need.
 */
final class Access implements Filter {
    static final String TOKEN_PARAMETER = "token";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Pattern IP_LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final HeaderName FETCH_MODE = HeaderNames.create("Sec-Fetch-Mode");
    private static final HeaderName OPENER_POLICY = HeaderNames.create("Cross-Origin-Opener-Policy");
    private static final HeaderName RESOURCE_POLICY = HeaderNames.create("Cross-Origin-Resource-Policy");
    private static final HeaderName CONTENT_POLICY = HeaderNames.create("Content-Security-Policy");
    private static final HeaderName NO_SNIFF = HeaderNames.create("X-Content-Type-Options");
    private static final HeaderName REFERRER_POLICY = HeaderNames.create("Referrer-Policy");

    private final AccessToken token;
    private final InetAddress address;
    /** The requested host in lower case. */
    private final String name;
    private volatile int port;

    Access(AccessToken token, InetAddress address, String host) {
        this.token = token;
        this.address = address;
        this.name = host.toLowerCase(Locale.ROOT);
    }

    /** Sets the port of the server. It is part of the cookie's name, because browsers share cookies between ports. */
    void setPort(int number) {
        port = number;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        protect(response);
        Method method = request.prologue().method();
        if (!method.equals(Method.GET)) {
            response.header(HeaderNames.ALLOW, "GET");
            refuse(request, response, Status.METHOD_NOT_ALLOWED_405,
                    method + ": expected GET; this server is read-only", "Change datasets on the command line.");
        } else if (!isOwnName(hostOf(request.authority()))) {
            refuse(request, response, Status.FORBIDDEN_403, "The host name in the address is not a name of this server",
                    "Open the address that was printed when the App started.");
        } else if (!isFromThePage(request)) {
            refuse(request, response, Status.FORBIDDEN_403, "The request was sent by another page",
                    "Open the address that was printed when the App started.");
        } else if (!hasToken(request)) {
            refuse(request, response, Status.UNAUTHORIZED_401, "The token in the address is missing or expired",
                    "Open the address that was printed when the App was last started.");
        } else {
            chain.proceed();
        }
    }

    /** Sets the token as a cookie that scripts cannot read and other sites cannot send. */
    void setCookie(ServerResponse response) {
        response.headers().addCookie(SetCookie.builder(cookieName(), token.text()).path("/").httpOnly(true)
                .sameSite(SetCookie.SameSite.STRICT).build());
    }

    private static void protect(ServerResponse response) {
        response.header(CONTENT_POLICY, POLICY);
        response.header(NO_SNIFF, "nosniff");
        response.header(REFERRER_POLICY, "no-referrer");
        response.header(OPENER_POLICY, "same-origin");
        response.header(RESOURCE_POLICY, "same-origin");
    }

    private static void refuse(RoutingRequest request, ServerResponse response, Status status, String error,
            String remedy) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        if (request.path().path().startsWith("/api/")) {
            Problems.send(response, status, error, remedy);
        } else {
            response.status(status).header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
            response.send(error + ". " + remedy + "\n");
        }
    }

    /**
     * Returns whether {@code host} is a name of this server: a loopback name or the server's address. If the server does not
     * listen on a loopback address, also any IP address and the requested host.
     */
    private boolean isOwnName(String host) {
        if (LOOPBACK.contains(host) || host.equals(bracketed(address.getHostAddress()))) {
            return true;
        }
        boolean open = !address.isLoopbackAddress();
        return open && (IP_LITERAL.matcher(host).matches() || host.equals(name));
    }

    private static String bracketed(String literal) {
        return literal.contains(":") ? "[" + literal + "]" : literal;
    }

    /** Returns the host of {@code authority} without the port, in lower case; empty if it has none. */
    private static String hostOf(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        return (hasPort ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    }

    private static boolean isFromThePage(HttpRequest request) {
        Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
        if (origin.isPresent() && !isOrigin(origin.get(), request.authority())) {
            return false;
        }
        String site = request.headers().first(FETCH_SITE).orElse("none");
        boolean navigates = request.headers().first(FETCH_MODE).orElse("").equals("navigate");
        return navigates || site.equals("same-origin") || site.equals("none");
    }

    private static boolean isOrigin(String origin, String authority) {
        try {
            return authority.equalsIgnoreCase(new URI(origin).getRawAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private boolean hasToken(HttpRequest request) {
        return isToken(request.query().first(TOKEN_PARAMETER).asOptional())
                || isToken(request.headers().cookies().first(cookieName()).asOptional());
    }

    private boolean isToken(Optional<String> candidate) {
        return candidate.isPresent() && token.matches(candidate.get());
    }

    private String cookieName() {
        return "fathom-" + port;
    }
}
