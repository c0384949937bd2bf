/**
 * How Fathom behaves towards servers, the same for every one that it asks: how often and after which pause a request is
 * repeated, which redirects are followed and what they may see, which proxies are used, how long a silent connection is
 * waited for, and how much of an answer is read.
 *
 * <p>Banned here: knowledge of any one service, and the words for its failures. A caller maps {@link java.io.IOException} and
 * status codes to its own exception.
 */
@NullMarked
package fathom.models.http;

import org.jspecify.annotations.NullMarked;
