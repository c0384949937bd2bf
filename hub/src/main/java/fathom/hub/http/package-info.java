/**
 * HTTP for every client of Fathom: retries with exponential backoff and jitter, Retry-After, redirects that keep
 * credentials at their host, proxies of the environment, limits on stalls and on the size of bodies.
 */
@NullMarked
package fathom.hub.http;

import org.jspecify.annotations.NullMarked;
