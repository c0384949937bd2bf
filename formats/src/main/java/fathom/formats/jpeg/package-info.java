/**
 * JPEG around the decoder of the JDK: header checks, color spaces as Pillow converts them, EXIF orientation.
 */
@NullMarked
package fathom.formats.jpeg;

import org.jspecify.annotations.NullMarked;
