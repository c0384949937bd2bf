/**
 * The cache folder: where it is on each platform, which kinds of files it holds, which running process uses them, and how
 * its content is listed and deleted. Everything in it can be made or downloaded again; what cannot is stored in
 * {@code FATHOM_HOME}. Nothing here knows how a cached file is made; {@code java.base} only.
 */
@NullMarked
package fathom.cache;

import org.jspecify.annotations.NullMarked;
