/**
 * Reads images and arrays of any supported format, which is identified by content. The codecs are in the other packages
 * of this module.
 */
@NullMarked
package fathom.formats.images;

import org.jspecify.annotations.NullMarked;
