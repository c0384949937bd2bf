/** JPEG, based on the decoder of the JDK: header checks, colour conversion like Pillow's, EXIF orientation. */
@NullMarked
package fathom.formats.jpeg;

import org.jspecify.annotations.NullMarked;
