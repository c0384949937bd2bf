/**
 * Opens pictures and arrays of any supported format by content. The codecs are in the packages next to this one.
 */
@NullMarked
package fathom.formats.images;

import org.jspecify.annotations.NullMarked;
