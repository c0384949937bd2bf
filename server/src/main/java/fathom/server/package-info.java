/**
 * The HTTP server of the App: {@link fathom.server.AppServer} serves the page (built from {@code web}) and its data: lists and
 * numbers as JSON, pictures as files, maps as raw float32. Contains routes, access checks, bounded caches, and the mapping of
 * failures to status codes. Does not write datasets, convert values to colours (the browser's shader does), accept paths in
 * addresses, print, or exit.
 */
@NullMarked
package fathom.server;

import org.jspecify.annotations.NullMarked;
