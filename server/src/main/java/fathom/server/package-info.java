/**
 * The App's server: {@link fathom.server.AppServer} answers a browser on this machine with the page (built from {@code web})
 * and with what the page shows: lists and numbers as JSON, pictures as they are, maps as raw float32. Belongs: routes, who
 * may ask, caches with bounds, the mapping of failures to status codes. Banned: writing to a dataset, turning values into
 * colours (the browser's shader does), paths in addresses, printing, exiting.
 */
@NullMarked
package fathom.server;

import org.jspecify.annotations.NullMarked;
